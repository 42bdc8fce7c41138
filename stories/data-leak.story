title: after a leak the model returns with two more signatures than the policy asks for
covers: R-116
runbook: catalog/runbooks/data-leak.md

on 2026-04-06 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat weights chat-v1
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

# The hole is closed first: a suspension needs no release.
on 2026-05-11 09:00
lindt suspends the release: "it repeated a customer's address to somebody else"
  => suspended
verdict on chat-v1 in production
  => deny
     release "chat v1" is suspended

# The release that brings the repair carries the inquiry.
rivera requests "chat v2" of chat as minor_update
  artifact: chat weights chat-v2
  runbook: data-leak
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
kim completes step clean-up: "all copies are gone"
  => refused step.waits
everybody works through the runbook
  => step 1 by vance, step 2 by rossi, step 3 by kim, step 4 by weber, step 5 by patel, step 6 by kim, step 7 by rossi
approvals of "chat v2"
  => technical sign-off by model_owner: waits for rivera
  => Sign for security by security_operations_lead: waits for vance
  => Sign for the duties by compliance: waits for okafor
rivera approves as model_owner
  => approval given
okafor approves as compliance
  => refused step.waits
vance approves as security_operations_lead
okafor approves as compliance
  => approval given, approved
verdict on chat-v2 in production
  => allow
verdict on chat-v1 in production
  => deny
     release "chat v1" is suspended
everybody works through the runbook
  => step 10 by countersign, step 11 by lindt
