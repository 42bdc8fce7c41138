title: a role counts until its end and not a moment longer
covers: R-129

on 2026-05-11 09:00
brandt grants ai_governance_lead to kim until "2026-05-12 09:00"
rivera registers model routing as medium: "Routes tickets to teams"
patel requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
patel completes the checklist
patel submits
approvals of "routing v1"
  => governance sign-off by ai_governance_lead: waits for kim or lindt
  => technical sign-off by model_owner: waits for rivera
on 2026-05-12 09:00
kim approves as ai_governance_lead
  => refused actor.not_permitted
brandt grants ai_governance_lead to kim until "2026-05-13 09:00"
kim approves as ai_governance_lead
  => approval given
last event of "routing v1"
  => kim: approval given
