title: a policy is in force only once the body it names approved it
covers: R-142

on 2026-05-11 09:00
brandt publishes policy catalog/policies/model-release.policy
  change: model-release 1.0 -> model-release 1.1
  change: confirm within 48 hours -> confirm within 24 hours
  => policy published
rivera registers model router as low: "Sorts tickets by subject"
rivera requests "router v1" of router as new_model
  artifact: router-v1 weights
rivera completes the checklist
rivera submits
plan of "router v1"
  => model-release 1.0

# Publishing is not approving: neither the administrator nor anybody outside the body puts it into
# force.
brandt approves policy "model-release 1.1"
  => refused actor.not_permitted
lindt approves policy "model-release 1.1"
  => refused actor.not_permitted
hale approves policy "model-release 1.1"
  => policy approval given, policy approved
ito approves policy "model-release 1.1"
  => refused nothing_to_do

# What was submitted keeps its policy; what comes now has the new one.
plan of "router v1"
  => model-release 1.0
rivera requests "router v2" of router as new_model
  artifact: router-v2 weights
rivera completes the checklist
rivera submits
plan of "router v2"
  => model-release 1.1
