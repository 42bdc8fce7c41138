title: a policy the committee declines never comes into force
covers: R-142

on 2026-05-11 09:00
brandt publishes policy catalog/policies/model-release.policy
  change: model-release 1.0 -> model-release 1.1
  change: self approval allowed -> self approval refused
novak declines policy "model-release 1.1": "small teams cannot release anything under it"
  => policy declined
hale approves policy "model-release 1.1"
  => refused nothing_to_do
rivera registers model labels as low: "Suggests labels"
rivera requests "labels v1" of labels as new_model
  artifact: labels-v1 weights
plan of "labels v1"
  => model-release 1.0
