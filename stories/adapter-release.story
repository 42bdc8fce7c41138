title: an adapter is released tied to its base, and its merged weights do not come along
covers: R-013, R-042
runbook: catalog/runbooks/adapter-release.md

on 2026-05-11 09:00
rivera registers model helpdesk as low: "Drafts answers to customers' questions for the help desk"
rivera requests "helpdesk lora-7" of helpdesk as new_model
  artifact: lora-7 adapter
  facts: generative, third_party_base
  runbook: adapter-release
  summary: "A rank 16 adapter over an open-weights base, which is what changes the answers"
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
  => submitted

# The platform tries it and security attacks it while the comparison is still being made.
everybody works through the runbook except attach-the-comparison-with-the-base-alone
  => step 1 by patel, step 2 by kim, step 4 by park, step 5 by rossi

# A result that names no checkpoint could be anybody's.
patel attaches evaluation-3.1.json to step attach-the-comparison-with-the-base-alone
  covers: task, safety, regression
patel completes step attach-the-comparison-with-the-base-alone
  => refused answers.invalid
     Attach the comparison with the base alone: the name of `evaluation-3.1.json` does not hold the checkpoint's identifier
rivera withdraws evidence e5: "the file does not say which adapter it is about"
  => evidence withdrawn
everybody works through the runbook
  => step 3 by patel

# The policy asks for the Model Owner alone; the runbook adds security.
approvals of "helpdesk lora-7"
  => technical sign-off by model_owner: waits for rivera
  => Sign the adapter by security_operations_lead: waits for vance
rivera approves as model_owner
vance approves as security_operations_lead
  => approval given, approved
verdict on lora-7 in production
  => allow
verdict on base-with-lora-7-merged in production
  => deny
     no release names this digest for this environment
everybody works through the runbook
  => step 7 by countersign
