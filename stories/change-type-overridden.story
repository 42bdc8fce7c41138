title: a lower change type than the facts propose needs a reason, and everybody sees it
covers: R-068, R-070

on 2026-04-06 09:00
rivera registers model tags as medium: "Suggests tags for internal documents"
patel requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
patel completes the checklist
patel submits
lindt approves as ai_governance_lead
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
patel requests "tags head" of tags as configuration_change
  artifact: tags-v1.1 weights
  => refused change_type.lower_than_proposed
     weights `tags-v1.1`: another runs now
patel requests "tags head" of tags as configuration_change
  artifact: tags-v1.1 weights
  override reason: "only the threshold in the last layer was changed"
  => requested, change type overridden
entries override
  => tags head: Configuration change instead of Minor update: flagged
patel completes the checklist
patel submits
rivera approves as model_owner
entries override
  => tags head: Configuration change instead of Minor update: approved

patel requests "tags v2" of tags as major_update
  artifact: tags-v2 weights
  => requested
