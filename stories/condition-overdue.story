title: an overdue condition denies after its day of grace, and closing it restores
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

on 2026-06-05 17:00
countersign looks at the clock
  => condition reminded
on 2026-06-10 17:00
verdict on triage-v1 in production
  => allow
1 minutes later
# The due date has passed. Its owner is told, and has until the close of the next business day.
countersign looks at the clock
  => condition overdue
countersign looks at the clock
  => nothing due
verdict on triage-v1 in production
  => allow
on 2026-06-11 17:01
verdict on triage-v1 in production
  => deny
     release "triage v1": condition overdue
blockers of "triage v1"
  => condition 1 was due 2026-06-10T17:00:00Z and is not met
     lifted by ai_governance_committee, rivera
ito accepts condition 1: "it will be fine"
  => refused nothing_to_do
rivera reports condition 1 met: "the audit of 8 June found no difference"
rivera accepts condition 1: "done"
  => refused actor.not_permitted
verdict on triage-v1 in production
  => deny
     release "triage v1": condition overdue
ito accepts condition 1: "the audit covers every group we asked for"
  => condition closed
verdict on triage-v1 in production
  => allow
