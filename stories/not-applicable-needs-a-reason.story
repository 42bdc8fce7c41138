title: not applicable needs a reason, and not every item may be left out
covers: R-083, R-094

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist except security_tests
rivera says security_tests does not apply: ""
  => refused request.malformed
     this needs a text
rivera says model_card does not apply: "everybody knows the model"
  => refused answers.invalid
     Model card completed: the policy does not take `not applicable` here
rivera says security_tests does not apply: "it reads nothing but file names made by us"
  => item answered
items of "tags v1"
  => model_card: complete
  => data_sheet: complete
  => risk_assessment: complete
  => declared_use: complete
  => evaluation_results: complete
  => security_tests: not applicable
  => regulatory_mapping: complete
  => transparency_notice: complete
  => monitoring: complete
  => incident_plan: complete
  => rollback_plan: complete
  => on_call: complete
  => capacity: complete
rivera submits
  => submitted
