title: a deployment before the approval is denied
covers: R-104, R-146, R-153

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera deploys to production
  => refused deployment.denied
     tags-v1: release "tags v1" is draft
rivera completes the checklist
rivera submits
rivera deploys to production
  => refused deployment.denied
     tags-v1: release "tags v1" is in review
rivera approves as model_owner
grey deploys to production
  => refused actor.reads_only
rivera deploys to production
  => deployed, release deployed
