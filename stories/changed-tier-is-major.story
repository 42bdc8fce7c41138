title: a changed risk class makes any update a major one
covers: R-068, R-073

on 2026-04-06 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

on 2026-05-11 09:00
rivera requests "tags v1.1" of tags as minor_update
  artifact: tags-v1.1 weights
  => requested
rivera completes the checklist
lindt changes the tier of tags to medium: "customers see the tags from June on"
  => tier changed

# What was asked for before the change is held to it as well.
rivera submits on "tags v1.1"
  => refused change_type.contradicts_history
patel requests "tags v2" of tags as major_update
  artifact: tags-v2 weights
  => requested
patel completes the checklist
patel submits
approvals of "tags v2"
  => governance sign-off by ai_governance_lead: waits for lindt
  => technical sign-off by model_owner: waits for rivera
