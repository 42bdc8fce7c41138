title: a suspension denies at once, and a resumption restores
covers: R-115, R-116, R-118, R-120, R-126

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
verdict on tags-v1 in production
  => allow
rivera suspends the release: "it tags payroll files"
  => refused actor.not_permitted
last event of "tags v1"
  => rivera: attempt refused
lindt suspends the release: ""
  => refused request.malformed
     this needs a text
lindt suspends the release: "it tags payroll files as public"
  => suspended
verdict on tags-v1 in production
  => deny
     release "tags v1" is suspended
state of "tags v1"
  => suspended
lindt resumes the release: "payroll files are left out now"
  => resumed
verdict on tags-v1 in production
  => allow
