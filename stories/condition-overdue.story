title: an overdue condition denies, and closing it restores
covers: R-101, R-102, R-123, I-11

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
  condition: rivera by 2026-06-10 17:00, "a fairness audit within 30 days"
chen approves as product_lead
  => approval given, approved
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-06-10 17:00
verdict on triage-v1 in production
  => allow
1 minutes later
verdict on triage-v1 in production
  => deny
     release "triage v1": condition overdue
blockers of "triage v1"
  => condition 1 was due 2026-06-10T17:00:00Z and is not met
     lifted by rivera
rivera closes condition 1: "done"
  => refused actor.not_permitted
ito closes condition 1: "the audit of 8 June found no difference"
  => condition closed
verdict on triage-v1 in production
  => allow
