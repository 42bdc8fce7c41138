title: a release that is not ready is not submitted, and everything missing is listed at once
covers: R-076, R-078, R-079, R-085, R-089, R-092, R-093, R-096

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera submits
  => refused checklist.incomplete
     checklist item `Model card completed` is open: confirm it and answer its questions; attach model-card
     checklist item `Data sheet for training and evaluation data` is open: confirm it and answer its questions
     checklist item `Risk assessment completed and entered in the risk register` is open: confirm it and answer its questions
     checklist item `Declared use compared with what product and security expect` is open: confirm it and answer its questions
     checklist item `Validation test report against thresholds set beforehand` is open: confirm it and answer its questions; attach lm-eval or inspect or deepeval or promptfoo or hf-eval-results or metrics-json or metrics-csv or junit
     checklist item `Security test results, adversarial testing included` is open: confirm it and answer its questions; attach sarif or garak or promptfoo or giskard or junit
     checklist item `Regulatory mapping completed` is open: confirm it and answer its questions
     checklist item `Transparency and notice to users documented` is open: confirm it and answer its questions
     checklist item `Monitoring configured` is open: confirm it and answer its questions
     checklist item `Incident response plan documented and reviewed` is open: confirm it and answer its questions
     checklist item `Rollback path defined` is open: confirm it and answer its questions
     checklist item `On-call or support ownership assigned` is open: confirm it and answer its questions
     checklist item `Capacity planned` is open: confirm it and answer its questions
rivera answers monitoring
  performance_metrics: tags that people change, on the board
  drift_detection: ""
  => refused answers.invalid
     How is drift noticed?: this needs an answer
     At which values does an alert go off, and to whom?: this needs an answer
rivera attaches injection-pass.xml to item model_card
  => refused evidence.not_accepted
