title: a condition is met when the role that set it says so, not when its owner does
covers: R-101, R-102

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
  condition: patel within 20 business days, "a fairness audit"
  => approval given, approved
# Twenty business days after Monday 11 May is Monday 8 June.
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-06-01 10:00
chen attaches bias-report.csv to condition 1
  => refused actor.not_permitted
patel attaches bias-report.csv to condition 1
  => evidence attached
okafor reports condition 1 met: "all groups compared"
  => refused actor.not_permitted
patel reports condition 1 met: "all groups compared"
  evidence: e99
  => refused not_found
patel reports condition 1 met: "all groups compared"
  evidence: e6
  => condition reported
hale accepts condition 1: "fine"
  => refused actor.not_permitted
chen sends condition 1 back: "callers who speak Spanish are not in it"
  => condition sent back
chen accepts condition 1: "fine after all"
  => refused nothing_to_do
on 2026-06-09 17:01
verdict on triage-v1 in production
  => deny
     release "triage v1": condition overdue
patel reports condition 1 met: "Spanish compared, too"
  => condition reported
chen accepts condition 1: "every group is there"
  => condition closed
verdict on triage-v1 in production
  => allow
last event of "triage v1"
  => chen: condition closed
