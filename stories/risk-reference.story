title: the risk assessment names an entry of the register that exists, is open and was looked at in time
covers: R-079, R-076

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
rivera answers risk_assessment
  register_reference: RISK-7
  assessed_on: 2026-05-04
  => refused answers.invalid
     Which entry of the risk register holds the assessment?: `risk-7` is no entry of the risk register for this model, and there is none: enter the risk first
chen enters risk risk-1 of chat: "answers are believed"
  => refused actor.not_permitted
rivera enters risk risk-1 of chat: "answers are believed"
  rating: 2 x 4
  review: 2026-06-01 17:00
  => risk entered
rivera enters risk risk-1 of chat: "answers are believed"
  => refused already_exists
rivera answers risk_assessment
  register_reference: RISK-7
  assessed_on: 2026-05-04
  => refused answers.invalid
     Which entry of the risk register holds the assessment?: `risk-7` is no entry of the risk register for this model: use risk-1
rivera answers risk_assessment
  register_reference: RISK-1
  assessed_on: 2026-05-04
  => item answered
rivera completes the checklist
entries risk
  => risk-1: answers are believed, medium (2 × 4 = 8): open

# Nobody looked at it again in time: the release waits for that.
on 2026-06-02 09:00
entries risk
  => risk-1: answers are believed, medium (2 × 4 = 8): open, overdue
rivera submits
  => refused checklist.incomplete
     checklist item `Risk assessment completed and entered in the risk register` is open: risk `risk-1` was to be looked at again by 2026-06-01T17:00:00Z: reassess it
rivera reassesses risk risk-1: "a notice was added"
  rating: 1 x 4
  review: 2026-12-01 17:00
  => risk reassessed
rivera submits
  => submitted
chen closes risk risk-1: "not my business"
  => refused actor.not_permitted
lindt closes risk risk-1: "the model left"
  => risk closed
entries risk
  => risk-1: answers are believed, low (1 × 4 = 4): closed
