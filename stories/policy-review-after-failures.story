title: three releases that failed in a quarter ask for a review of the policy, once
covers: R-140

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
rivera completes the checklist
rivera submits
rivera rejects as model_owner for insufficient_evidence: "too few cases again"
countersign looks at the clock
  => nothing due
7 days later
rivera requests "chat v2" of chat as new_model
  artifact: chat-v2 weights
rivera completes the checklist
rivera submits
rivera rejects as model_owner for insufficient_evidence: "too few cases again"
countersign looks at the clock
  => nothing due
7 days later
rivera requests "chat v3" of chat as new_model
  artifact: chat-v3 weights
rivera completes the checklist
rivera submits
rivera rejects as model_owner for insufficient_evidence: "too few cases again"
countersign looks at the clock
  => policy review opened
entries policy_review
  => Review of model-release 1.0: pattern of failed releases (3 releases): open
countersign looks at the clock
  => nothing due
chen reviews policy "model-release 1.0" as keep: "it is not my policy"
  => refused actor.not_permitted
lindt reviews policy "model-release 1.0" as revise: "owners do not know how many cases are enough"
  => policy reviewed
entries policy_review
  => Review of model-release 1.0: pattern of failed releases (3 releases): revise
countersign looks at the clock
  => nothing due
