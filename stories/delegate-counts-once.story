title: whoever stands in and whom he stands in for are one person
covers: I-03

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale lets moreno act as ai_governance_committee until "2026-05-25 09:00": "on leave"
ito lets moreno act as ai_governance_committee until "2026-05-25 09:00": "on leave"
moreno approves as ai_governance_committee
  => approval given
moreno approves as ai_governance_committee
  => refused approval.already_given
hale approves as ai_governance_committee
  => refused approval.already_given
chen approves as product_lead
state of "triage v1"
  => in review
ito approves as ai_governance_committee
  => approval given, approved
