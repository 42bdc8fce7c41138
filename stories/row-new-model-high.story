title: the Committee decides on the first deployment of a high-risk model
covers: R-059, R-065, R-084, R-131, R-163, I-03, I-05

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
  => submitted
items of "triage v1"
  => model_card: complete
  => data_sheet: complete
  => risk_assessment: complete
  => declared_use: complete
  => evaluation_results: complete
  => bias_results: complete
  => security_tests: complete
  => robustness: complete
  => independent_validation: complete
  => regulatory_mapping: complete
  => transparency_notice: complete
  => monitoring: complete
  => incident_plan: complete
  => rollback_plan: complete
  => rollback_test: complete
  => on_call: complete
  => capacity: complete
approvals of "triage v1"
  => technical sign-off by ai_governance_committee: waits for 2 of hale, ito, novak
  => business sign-off by product_lead: waits for chen
lindt approves as ai_governance_lead
  => refused approval.role_not_asked
hale approves as ai_governance_committee
  => approval given

# One person counts once: the second voice has to be somebody else's.
hale approves as ai_governance_committee
  => refused approval.already_given
ito approves as ai_governance_committee
  => approval given
novak approves as ai_governance_committee
  => refused nothing_to_do
state of "triage v1"
  => in review
chen approves as product_lead
  => approval given, approved
verdict on triage-v1 in production
  => allow
