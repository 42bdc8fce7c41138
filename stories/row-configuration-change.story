title: a configuration change is the Model Owner's, with business sign-off where the risk is high
covers: R-062, R-070, R-145, R-163

on 2026-04-06 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
  artifact: thresholds-v1 configuration
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
rivera deploys to production

on 2026-05-11 09:00
rivera requests "triage threshold 0.7" of triage as configuration_change
  artifact: thresholds-v2 configuration
  => requested
rivera completes the checklist
rivera submits
  => submitted
items of "triage threshold 0.7"
  => risk_assessment: complete
  => change_description: complete
  => standing_documents: complete
  => evaluation_results: complete
  => bias_results: complete
  => security_tests: complete
  => monitoring: complete
  => rollback_plan: complete
  => rollback_test: complete
  => on_call: complete
approvals of "triage threshold 0.7"
  => technical sign-off by model_owner: waits for rivera
  => business sign-off by product_lead: waits for chen
rivera approves as model_owner
  => approval given
verdict on thresholds-v2 in production
  => deny
     release "triage threshold 0.7" is in review
chen approves as product_lead
  => approval given, approved
verdict on thresholds-v2 in production
  => allow
