title: the owner is reminded eight hours before the confirmation is due, and the lead hears when it did not come
covers: R-035, R-106

on 2026-05-11 09:00
rivera registers model labels as low: "Suggests labels for tickets"
rivera requests "labels v1" of labels as new_model
  artifact: labels-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
told about "labels v1"
  => nothing
39 hours later
told about "labels v1"
  => nothing
1 hours later
told about "labels v1"
  => reminder to rivera: Confirm operation in production for labels v1
told about "labels v1"
  => nothing
8 hours later
1 minutes later
told about "labels v1"
  => escalation to ai_governance_lead: Confirm operation in production for labels v1
countersign finds the confirmation of production missing
  => confirmation missed
told about "labels v1"
  => nothing
rivera confirms the deployment to production
  => deployment confirmed
3 days later
told about "labels v1"
  => nothing
