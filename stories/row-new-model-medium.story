title: the Governance Lead and the Model Owner both decide on a medium-risk model
covers: R-066, R-082, R-130

on 2026-05-11 09:00
rivera registers model routing as medium: "Routes tickets to teams"
patel requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
patel completes the checklist
patel submits
  => submitted
approvals of "routing v1"
  => governance sign-off by ai_governance_lead: waits for lindt
  => technical sign-off by model_owner: waits for rivera
lindt approves as ai_governance_lead
  => approval given
state of "routing v1"
  => in review
rivera approves as model_owner
  => approval given, approved
verdict on routing-v1 in production
  => allow
