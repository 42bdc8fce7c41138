title: the Model Owner decides on a low-risk model, and the decision says that it was his own request
covers: R-067, R-074, R-082

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
  => submitted
items of "tags v1"
  => model_card: complete
  => data_sheet: complete
  => risk_assessment: complete
  => declared_use: complete
  => evaluation_results: complete
  => security_tests: complete
  => regulatory_mapping: complete
  => transparency_notice: complete
  => monitoring: complete
  => incident_plan: complete
  => rollback_plan: complete
  => on_call: complete
  => capacity: complete
approvals of "tags v1"
  => technical sign-off by model_owner: waits for rivera
rivera approves as model_owner
  => approval given, approved
approvals of "tags v1"
  => technical sign-off by model_owner: given by rivera, self-approved
verdict on tags-v1 in production
  => allow
