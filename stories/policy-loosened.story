title: loosening a criterion takes two people and rescues nothing that is open
covers: R-142, I-04

on 2026-05-11 09:00
rivera registers model digest as low: "Sums up the news of the day"
rivera requests "digest v1" of digest as new_model
  artifact: digest-v1 weights
  facts: generative
rivera completes the checklist
rivera attaches evaluation-8.1.json to item evaluation_results
rivera submits
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)

brandt publishes policy catalog/policies/model-release.policy
  change: model-release 1.0 -> model-release 1.1
  change: requires hallucination_rate at most 5 % -> requires hallucination_rate at most 10 %
hale approves policy "model-release 1.1"
  => policy approval given
hale approves policy "model-release 1.1"
  => refused approval.already_given
rivera requests "digest v2" of digest as new_model
  artifact: digest-v2 weights
plan of "digest v2"
  => model-release 1.0
ito approves policy "model-release 1.1"
  => policy approval given, policy approved
plan of "digest v2"
  => model-release 1.1
rivera approves as model_owner on "digest v1"
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
