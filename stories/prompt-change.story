title: a prompt change by its runbook is described, measured with both prompts, and agreed to
covers: R-144, R-159

on 2026-04-06 09:00
rivera registers model chat as low: "Answers questions of employees"
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
patel requests "chat prompt 2" of chat as configuration_change
  artifact: system-prompt prompt prompt-2
  facts: generative
  runbook: prompt-change
patel completes the checklist
patel confirms the prerequisites
patel submits
rivera approves as model_owner
  => refused gate.closed
     step `Describe the change` is open
     step `Attach results for both prompts` is open: attach a file
everybody works through the runbook
  => step 1 by patel, step 2 by patel
approvals of "chat prompt 2"
  => technical sign-off by model_owner: waits for rivera
rivera approves as model_owner
  => approval given, approved
verdict on prompt-2 in production
  => allow
