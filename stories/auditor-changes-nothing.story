title: an auditor reads everything and changes nothing
covers: R-128, I-01

on 2026-05-11 09:00
rivera registers model tagging as low: "Tags tickets"
rivera requests "tags v1" of tagging as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
grey opens evidence e1
  => evidence opened
grey approves as model_owner
  => refused actor.reads_only
grey withdraws the release: "I would rather not"
  => refused actor.reads_only
last event of "tags v1"
  => grey: attempt refused
grey registers model notes as low: "Takes notes"
  => refused actor.reads_only
brandt grants compliance to grey
  => refused role.excluded
