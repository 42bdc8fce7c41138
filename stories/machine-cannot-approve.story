title: a machine attaches evidence and asks for verdicts, and it never approves
covers: R-104, R-157

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist except evaluation_results
pipeline attaches evaluation-3.1.json to item evaluation_results
  => evidence attached
rivera completes the checklist
rivera submits
pipeline approves as model_owner
  => refused actor.people_only
pipeline suspends the release: "tests are red"
  => refused actor.people_only
rivera approves as model_owner
  => approval given, approved
pipeline deploys to production
  => deployed, release deployed
last event of "tags v1"
  => pipeline: deployed
