title: a model is retired by a release of its own, whose approval takes out what runs
covers: R-072, R-094

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
  => approval given, approved, retirement decided, retired, retired
verdict on tags-off in production
  => deny
     release "tags retired" is a retirement
verdict on tags-v1 in production
  => deny
     release "tags v1" is retired
state of "tags v1"
  => retired

# What comes after a retirement is a first deployment again.
rivera requests "tags v2" of tags as minor_update
  artifact: tags-v2 weights
  => refused change_type.contradicts_history
rivera requests "tags v2" of tags as new_model
  artifact: tags-v2 weights
  => requested
