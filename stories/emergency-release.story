title: the papers of an emergency end with a written approval by the Lead, and not without it
covers: R-070
runbook: catalog/runbooks/emergency-release.md

on 2026-05-04 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: filter configuration filter-1
  artifact: chat weights chat-v1
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "chat filter closed" of chat as configuration_change
  artifact: filter configuration filter-2
  runbook: emergency-release
  summary: "A way round the filter is in public; the new one closes it"
rivera completes the checklist
rivera confirms the prerequisites
rivera submits

# The Lead records the authority, nobody else does it in passing.
rivera completes step record-the-authority: "she said yes on the phone"
  => refused actor.not_permitted
everybody works through the runbook except make-the-papers-good
  => step 1 by rivera, step 2 by lindt, step 3 by patel, step 4 by patel, step 5 by park
lindt approves as ai_governance_lead
  => refused gate.closed
     step `Make the papers good` is open: attach a file
everybody works through the runbook
  => step 6 by rivera

# An ordinary change of this kind would be the Model Owner's alone.
approvals of "chat filter closed"
  => technical sign-off by model_owner: waits for rivera
  => Approve in writing by ai_governance_lead: waits for lindt
rivera approves as model_owner
  => approval given
verdict on filter-2 in production
  => deny
     release "chat filter closed" is in review
lindt approves as ai_governance_lead
  => approval given, approved
verdict on filter-2 in production
  => allow
everybody works through the runbook
  => step 8 by lindt
