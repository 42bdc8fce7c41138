title: a release is approved ahead of its time, and allowed from then on by itself
covers: I-09

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
  not before: "2026-05-12 20:00"
  not after: "2026-05-13 04:00"
rivera completes the checklist
rivera submits
chen schedules the deployment
  => refused actor.not_permitted
rivera approves as model_owner
state of "tags v1"
  => approved
verdict on tags-v1 in production
  => deny
     release "tags v1" is not to be deployed yet, but from 2026-05-12T20:00:00Z on
rivera deploys to production
  => refused deployment.denied
     tags-v1: release "tags v1" is not to be deployed yet, but from 2026-05-12T20:00:00Z on
rivera schedules the deployment
  => refused release.wrong_state

on 2026-05-12 20:00
verdict on tags-v1 in production
  => allow

on 2026-05-13 04:00
verdict on tags-v1 in production
  => deny
     the time in which release "tags v1" was to be deployed is over
