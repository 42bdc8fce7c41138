title: a withdrawn release is at its end, and it is not a rejected one
covers: I-02, I-14

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
grey withdraws the release: "I would rather not"
  => refused actor.reads_only
rivera withdraws the release: "a better checkpoint is on its way"
  => withdrawn
state of "tags v1"
  => withdrawn
rivera approves as model_owner
  => refused release.wrong_state
verdict on tags-v1 in production
  => deny
     release "tags v1" is withdrawn
rivera requests "tags v1.0.1" of tags as new_model
  artifact: tags-v1.0.1 weights
  resubmits: tags v1
  => requested
