title: every deployment is logged with who approved it, and with what became of it
covers: R-157, R-164

on 2026-05-11 09:00
rivera registers model tags as medium: "Suggests tags for internal documents"
patel requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
  environments: staging, production
  summary: The first version.
patel completes the checklist
patel submits
lindt approves as ai_governance_lead
rivera approves as model_owner
entries deployment
  => nothing
park deploys to staging
  change: CHG-1041
rivera deploys to production
  change: CHG-1042
entries deployment
  => tags v1 in production: unconfirmed
  => tags v1 in staging: unconfirmed
1 days later
rivera confirms the deployment to staging
rivera reports trouble in production: "half of the tags are missing"
entries deployment
  => tags v1 in production: troubled
  => tags v1 in staging: confirmed
