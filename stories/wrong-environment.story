title: an approval for one environment allows nothing in another
covers: R-124, R-155, I-09

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
  environments: staging
rivera completes the checklist
rivera submits
rivera approves as model_owner
verdict on tags-v1 in staging
  => allow
verdict on tags-v1 in production
  => deny
     no release names this digest for this environment
rivera deploys to production
  => refused deployment.denied
     tags-v1: no release names this digest for this environment
rivera deploys to staging
  => deployed, release deployed
