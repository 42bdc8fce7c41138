title: a deployment that nobody confirms within 48 hours is denied until somebody does
covers: R-106, R-107, R-108, R-109, R-125

on 2026-05-15 16:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
  => deployed, release deployed

# 48 hours of the clock, over a weekend as well.
48 hours later
countersign finds the confirmation of production missing
  => refused nothing_to_do
verdict on tags-v1 in production
  => allow
1 minutes later
verdict on tags-v1 in production
  => deny
     release "tags v1": confirmation missed
countersign finds the confirmation of production missing
  => confirmation missed
blockers of "tags v1"
  => the confirmation for production was due 2026-05-17T16:00:00Z and did not come
     lifted by rivera
patel confirms the deployment to production
  => refused actor.not_permitted
rivera confirms the deployment to production
  => deployment confirmed
verdict on tags-v1 in production
  => allow
state of "tags v1"
  => confirmed
