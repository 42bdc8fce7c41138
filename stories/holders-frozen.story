title: who may sign is fixed when the release is submitted
covers: I-04

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
brandt grants product_lead to moreno
moreno approves as product_lead
  => refused approval.not_a_holder

# Somebody who lost the role since cannot sign either.
brandt takes ai_governance_committee from novak
novak approves as ai_governance_committee
  => refused actor.not_permitted
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
  => approval given, approved
