title: a metric that is no number never passes, and neither does one nobody measured
covers: R-160, I-12

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
rivera completes the checklist except evaluation_results
rivera answers evaluation_results
  evaluated: offline
  thresholds: Model Validation and Testing Policy 2.1
  thresholds_fixed_on: 2026-03-02
  tested_on: 2026-05-08
rivera attaches evaluation-nan.json to item evaluation_results
rivera submits
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is not a number; it must be at most 5 % (e4, /hallucination_rate/value)
rivera attaches evaluation-without-hallucination.json to item evaluation_results
  replaces: e4
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: no evidence measures `hallucination_rate`

# A good value beside a bad one does not outweigh it.
rivera attaches evaluation-3.1.json to item evaluation_results
rivera attaches evaluation-8.1.json to item evaluation_results
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e7, /hallucination_rate/value)
