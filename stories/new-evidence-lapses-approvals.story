title: new evidence after an approval lapses it
covers: R-155

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
  => approval given
chen approves as product_lead
  => approval given
rivera attaches evaluation-5.json to item evaluation_results
  => evidence attached, approvals lapsed
approvals of "triage v1"
  => technical sign-off by ai_governance_committee: waits for 2 of hale, ito, novak; lapsed: hale
  => business sign-off by product_lead: waits for chen; lapsed: chen
ito approves as ai_governance_committee
  => approval given
state of "triage v1"
  => in review
hale approves as ai_governance_committee
  => approval given
chen approves as product_lead
  => approval given, approved
