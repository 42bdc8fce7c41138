title: a rollback drill gives a high-risk release the minutes it claims, signed by who runs the platform
covers: R-089
runbook: catalog/runbooks/rollback-drill.md

on 2026-04-06 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
  artifact: threshold configuration threshold-0.6
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
rivera deploys to production
1 days later
rivera confirms the deployment to production

# Only the runbook asks for the platform lead, and whoever requested a release cannot be it.
on 2026-05-11 09:00
adeyemi requests "triage threshold" of triage as configuration_change
  artifact: threshold configuration threshold-0.7
  runbook: rollback-drill
adeyemi completes the checklist
adeyemi confirms the prerequisites
adeyemi submits
  => refused approval.unreachable
     holders of `ml_platform_lead` must not be the requester
adeyemi withdraws the release: "the owner requests it"

rivera requests "triage threshold 0.7" of triage as configuration_change
  artifact: threshold configuration threshold-0.7
  runbook: rollback-drill
  resubmits: "triage threshold"
rivera completes the checklist except rollback_test
rivera confirms the prerequisites
rivera submits
  => refused checklist.incomplete
     checklist item `Rollback tested and confirmed working` is open: confirm it and answer its questions
rivera answers rollback_test
  tested_on: 2026-04-19
  result: worked
  measured_minutes: 9
rivera submits
everybody works through the runbook
  => step 1 by adeyemi, step 2 by park, step 3 by park, step 4 by park, step 5 by adeyemi

# The drill took longer than the last time; the answer is corrected, and signed as corrected.
rivera answers rollback_test
  tested_on: 2026-05-11
  result: worked
  measured_minutes: 14
rivera approves as model_owner
chen approves as product_lead
  => approval given
approvals of "triage threshold 0.7"
  => technical sign-off by model_owner: given by rivera, self-approved
  => business sign-off by product_lead: given by chen
  => Sign the record by ml_platform_lead: waits for adeyemi
adeyemi approves as ml_platform_lead
  => approval given, approved
verdict on threshold-0.7 in production
  => allow
