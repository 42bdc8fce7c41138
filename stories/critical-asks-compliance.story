title: a critical model needs what a high-risk one needs, and Compliance as well
covers: R-086, R-174

on 2026-05-11 09:00
rivera registers model credit as critical: "Prepares credit decisions"
rivera requests "credit v1" of credit as new_model
  artifact: credit-v1 weights
  regions: eu
rivera completes the checklist except fria
rivera submits
  => refused checklist.incomplete
     checklist item `Fundamental rights impact assessment completed` is open: confirm it and answer its questions; attach a file
rivera completes the checklist
rivera submits
  => submitted
approvals of "credit v1"
  => technical sign-off by ai_governance_committee: waits for 2 of hale, ito, novak
  => business sign-off by product_lead: waits for chen
  => compliance sign-off by compliance: waits for okafor
hale approves as ai_governance_committee
novak approves as ai_governance_committee
chen approves as product_lead
  => approval given
state of "credit v1"
  => in review
okafor approves as compliance
  => approval given, approved
