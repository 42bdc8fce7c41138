title: a major update needs the approvals of a new model of its tier
covers: R-060, R-068, R-080, R-143

on 2026-04-06 09:00
rivera registers model routing as medium: "Routes tickets to teams"
patel requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
patel completes the checklist
patel submits
lindt approves as ai_governance_lead
rivera approves as model_owner
rivera deploys to production
  => deployed, release deployed

on 2026-05-11 09:00
patel requests "routing v2" of routing as major_update
  artifact: routing-v2 weights
  summary: "Trained on a new source: chat transcripts"
  => requested
patel completes the checklist except change_description
patel submits
  => refused checklist.incomplete
     checklist item `What changed, and why` is open: confirm it and answer its questions
patel completes the checklist
patel submits
approvals of "routing v2"
  => governance sign-off by ai_governance_lead: waits for lindt
  => technical sign-off by model_owner: waits for rivera
rivera approves as model_owner
  => approval given
lindt approves as ai_governance_lead
  => approval given, approved
