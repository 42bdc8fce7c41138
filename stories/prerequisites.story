title: the first step cannot start before every prerequisite is confirmed
covers: R-025

on 2026-05-11 09:00
rivera registers model helpdesk as low: "Drafts answers for the help desk"
rivera requests "helpdesk lora-7" of helpdesk as new_model
  artifact: lora-7 adapter
  runbook: fine-tuned-model-release
rivera completes the checklist
rivera confirms prerequisite 1
  => prerequisite confirmed
adeyemi completes step settle-ownership-and-intended-use: "one owner"
  => refused release.wrong_state
rivera submits
  => refused checklist.incomplete
     prerequisite 2 is not confirmed: The evaluation, on a held-out set or in shadow traffic, has run against criteria that were written down before it started.
     prerequisite 3 is not confirmed: The way back is known: the checkpoint to return to, or the flag that turns the model off.
rivera confirms prerequisite 2
rivera confirms prerequisite 3
rivera confirms prerequisite 3
  => refused nothing_to_do
rivera confirms prerequisite 4
  => refused not_found
rivera submits
  => submitted
adeyemi completes step settle-ownership-and-intended-use: "one owner"
  => step completed
