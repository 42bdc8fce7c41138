title: a model that drifted is replaced after the measurement was doubted and a colleague looked
covers: R-109
runbook: catalog/runbooks/drift-or-quality-failure.md

on 2026-05-04 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags weights tags-v1
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera reports trouble in production: "a tenth of the files get no tag at all"
  => deployment confirmed, incident opened

rivera requests "tags v2" of tags as minor_update
  artifact: tags weights tags-v2
  runbook: drift-or-quality-failure
rivera completes the checklist
rivera confirms the prerequisites
rivera submits

# Before anybody compares models, somebody rules out the measurement.
patel completes step attach-the-comparison
  => refused step.waits
everybody works through the runbook except choose-the-remedy
  => step 1 by patel, step 2 by lindt, step 3 by patel, step 4 by kim
state of "tags v2"
  => in review
rivera completes step choose-the-remedy: "retrained with the files of April; a threshold would have hidden it"
everybody works through the runbook
  => step 6 by patel

# At this tier the policy would let the Model Owner sign alone.
approvals of "tags v2"
  => technical sign-off by model_owner: waits for rivera
  => Look at it with other eyes by peer_reviewer: waits for diaz
rivera approves as model_owner
diaz approves as peer_reviewer
  => approval given, approved
verdict on tags-v2 in production
  => allow
everybody works through the runbook
  => step 8 by park
