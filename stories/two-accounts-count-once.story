title: two accounts of one human count once
covers: I-03

on 2026-05-11 09:00
brandt says that hale is ito
  => accounts linked
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
  => approval given
ito approves as ai_governance_committee
  => refused approval.already_given
novak approves as ai_governance_committee
  => approval given
