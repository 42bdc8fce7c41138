title: a minor update is the Model Owner's, with a peer's review where the risk is high
covers: R-069, R-075

on 2026-04-06 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
on 2026-05-11 09:00
rivera requests "tags v1.1" of tags as minor_update
  artifact: tags-v1.1 weights
rivera completes the checklist
rivera submits
approvals of "tags v1.1"
  => technical sign-off by model_owner: waits for rivera
rivera approves as model_owner
  => approval given, approved

on 2026-05-12 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
rivera deploys to production
on 2026-05-20 09:00

# Holding the peer's role as well does not make the owner his own peer.
brandt grants peer_reviewer to rivera
rivera requests "triage v1.1" of triage as minor_update
  artifact: triage-v1.1 weights
rivera completes the checklist
rivera submits
approvals of "triage v1.1"
  => technical sign-off by model_owner: waits for rivera
  => peer review by peer_reviewer: waits for diaz
  => business sign-off by product_lead: waits for chen
rivera approves as peer_reviewer
  => refused approval.not_independent
rivera approves as model_owner
  => approval given
diaz approves as peer_reviewer
  => approval given
chen approves as product_lead
  => approval given, approved
