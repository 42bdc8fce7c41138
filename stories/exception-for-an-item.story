title: a checklist item is waived before the release is submitted, but not one the policy keeps
covers: R-156, R-076

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
  regions: eu
rivera completes the checklist except bias_results, fria
rivera submits
  => refused checklist.incomplete
     checklist item `Bias and fairness test results` is open: confirm it and answer its questions; attach a file
     checklist item `Fundamental rights impact assessment completed` is open: confirm it and answer its questions; attach a file
rivera asks to waive item fria until 2026-06-30 17:00: "the assessment takes long"
  => refused exception.not_allowed
rivera asks to waive item bias_results until 2026-06-30 17:00: "the report comes in June"
  => exception requested
sato accepts the risk of exception 1 as security: "no harm on my side"
lindt accepts the risk of exception 1 as ai_governance_lead: "every claim is read by a person till then"
  => exception risk accepted, exception granted
items of "triage v1"
  => model_card: complete
  => data_sheet: complete
  => risk_assessment: complete
  => declared_use: complete
  => evaluation_results: complete
  => bias_results: waived
     confirm it and answer its questions
     attach a file
  => security_tests: complete
  => robustness: complete
  => independent_validation: complete
  => regulatory_mapping: complete
  => fria: open
     confirm it and answer its questions
     attach a file
  => transparency_notice: complete
  => monitoring: complete
  => incident_plan: complete
  => rollback_plan: complete
  => rollback_test: complete
  => on_call: complete
  => capacity: complete
rivera completes the checklist except bias_results
rivera submits
  => submitted
