title: a rollback puts the version before in its place at once, with planned and measured time
covers: R-117, R-118, R-119, R-126, I-17

on 2026-05-04 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags weights v1-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production
on 2026-05-11 09:00
rivera requests "tags v2" of tags as minor_update
  artifact: tags weights v2-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
  => deployed, release deployed, superseded

chen rolls production back to "tags v1" in 9 minutes: "it tags in the wrong language"
  => refused actor.not_permitted
park rolls production back to "tags v1" in 9 minutes: "it tags in the wrong language"
  => rolled back, release rolled back, reinstated
verdict on v1-bytes in production
  => allow
verdict on v2-bytes in production
  => deny
     release "tags v2" is rolled back
state of "tags v2"
  => rolled back
state of "tags v1"
  => confirmed
park rolls production back to "tags v1" in 9 minutes: "once more" on "tags v2"
  => refused release.wrong_state
novak reviews rollback-production as justified: "nine of fifteen planned minutes" on "tags v2"
  => reviewed
