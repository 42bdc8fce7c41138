title: a campaign is slowed down and counted, and the repair is tried with relatives of the attack
covers: R-146
runbook: catalog/runbooks/jailbreak-campaign.md

on 2026-04-06 09:00
rivera registers model chat as low: "Answers questions of customers"
rivera requests "chat prompt 1" of chat as new_model
  artifact: system-prompt prompt prompt-1
  facts: generative
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "chat prompt 2" of chat as configuration_change
  artifact: system-prompt prompt prompt-2
  facts: generative
  runbook: jailbreak-campaign
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
everybody works through the runbook except attach-the-repair-and-its-proof
  => step 1 by vance, step 2 by rossi, step 3 by patel, step 4 by rossi

# The recipe alone is no proof: its relatives and the refusals of ordinary requests count as well.
patel attaches injection-pass.xml to step attach-the-repair-and-its-proof
  covers: recipe
patel completes step attach-the-repair-and-its-proof
  => refused answers.invalid
     Attach the repair and its proof: no file covers the part `relatives`
     Attach the repair and its proof: no file covers the part `refusals`
everybody works through the runbook
  => step 5 by patel
rivera approves as model_owner
  => approval given
rivera approves as security_operations_lead
  => refused actor.not_permitted
vance approves as security_operations_lead
  => approval given, approved
verdict on prompt-2 in production
  => allow
rivera deploys to production
verdict on prompt-1 in production
  => deny
     release "chat prompt 1" is superseded
everybody works through the runbook
  => step 7 by countersign, step 8 by vance
