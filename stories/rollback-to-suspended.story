title: what a rollback brings back must itself be allowed
covers: R-117, I-10

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags weights v1-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
lindt suspends the release: "it tags payroll files as public"
rivera requests "tags v2" of tags as minor_update
  artifact: tags weights v2-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
rivera rolls production back to "tags v1" in 9 minutes: "it tags in the wrong language"
  => refused rollback.target_not_allowed
     release "tags v1" is suspended
rivera rolls production back to "tags v2" in 9 minutes: "to itself"
  => refused not_found
lindt resumes the release: "payroll files are left out now" on "tags v1"
rivera rolls production back to "tags v1" in 22 minutes: "it tags in the wrong language" on "tags v2"
  => rolled back, release rolled back, reinstated
