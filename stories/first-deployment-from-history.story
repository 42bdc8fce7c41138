title: history says whether a deployment is the first, not the requester
covers: R-064, R-072

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v0.9" of tags as minor_update
  artifact: tags-v0.9 weights
  => refused change_type.contradicts_history
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
  => requested
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
rivera requests "tags v2" of tags as new_model
  artifact: tags-v2 weights
  => refused change_type.contradicts_history
rivera requests "tags v2" of tags as minor_update
  artifact: tags-v2 weights
  => requested
