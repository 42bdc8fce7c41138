title: a second release takes the place of the first, and both are recorded at once
covers: R-104, R-105, R-124, R-157, I-09, I-17

on 2026-04-06 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags weights v1-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
  change: CHG-1
  => deployed, release deployed
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "tags v1.1" of tags as minor_update
  artifact: tags weights v1.1-bytes
rivera completes the checklist
rivera submits
rivera approves as model_owner

# Approved is not deployed: until then the first one still may run.
verdict on v1-bytes in production
  => allow
rivera deploys to production
  change: CHG-2
  => deployed, release deployed, superseded
verdict on v1-bytes in production
  => deny
     release "tags v1" is superseded
verdict on v1.1-bytes in production
  => allow
state of "tags v1"
  => superseded
last event of "tags v1"
  => rivera: superseded

# An approval is used once for each environment.
rivera deploys to production on "tags v1.1"
  => refused already_exists
rivera deploys to production on "tags v1"
  => refused deployment.denied
     tags: release "tags v1" is superseded
