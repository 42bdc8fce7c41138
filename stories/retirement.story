title: a model is retired by a release of its own, whose approval lets nothing run
covers: R-094

on 2026-04-06 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags retired" of tags as retirement
  artifact: tags-off configuration
  => refused change_type.contradicts_history
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "tags retired" of tags as retirement
  artifact: tags-off configuration
  => requested
items of "tags retired"
  => retirement_plan: open
     confirm it and answer its questions
  => rollback_plan: open
     confirm it and answer its questions
rivera completes the checklist
rivera submits
rivera approves as model_owner
  => approval given, approved
verdict on tags-off in production
  => deny
     release "tags retired" is a retirement
