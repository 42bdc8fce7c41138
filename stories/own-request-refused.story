title: nobody approves his own request where the row does not let him
covers: R-074, I-01, I-03

on 2026-05-11 09:00
rivera registers model routing as medium: "Routes tickets to teams"
rivera requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
rivera completes the checklist

# The owner would have to sign, and the owner is the requester: this could never be approved.
rivera submits
  => refused approval.unreachable
     holders of `model_owner` must not be the requester
rivera withdraws the release: "somebody else has to ask"
  => withdrawn

brandt grants ai_governance_lead to patel
patel requests "routing v1 again" of routing as new_model
  artifact: routing-v1 weights
patel completes the checklist
patel submits
  => submitted
patel approves as ai_governance_lead
  => refused approval.not_independent
last event of "routing v1 again"
  => patel: attempt refused
approvals of "routing v1 again"
  => governance sign-off by ai_governance_lead: waits for lindt
  => technical sign-off by model_owner: waits for rivera
lindt approves as ai_governance_lead
  => approval given
