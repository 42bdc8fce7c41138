title: somebody stands in for the Governance Lead, and it is said for whom
covers: R-130, I-03

on 2026-05-11 09:00
rivera registers model routing as medium: "Routes tickets to teams"
patel requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
patel completes the checklist
patel submits

# Lindt goes on leave. Moreno holds no role of his own.
lindt lets moreno act as ai_governance_lead until "2026-05-25 09:00": "on leave"
  => role delegated
moreno lets kim act as ai_governance_lead until "2026-05-20 09:00": "busy"
  => refused delegation.chained
moreno approves as ai_governance_lead
  => approval given
rivera approves as model_owner
  => approval given, approved

# After the leave it is Lindt's alone again.
on 2026-05-25 09:00
rivera deploys to production
moreno suspends the release: "it routes to nobody"
  => refused actor.not_permitted
lindt suspends the release: "it routes to nobody"
  => suspended
