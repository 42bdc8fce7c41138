title: a criterion is waived when two other people accept the risk, and shown as waived
covers: R-156, I-06

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
rivera completes the checklist
rivera attaches evaluation-8.1.json to item evaluation_results
  replaces: e2
rivera submits
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
rivera asks to waive criterion hallucination_rate until 2026-06-30 17:00: "the new set comes in June"
  measures: a person reads every answer
  => exception requested
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
lindt accepts the risk of exception 1 as ai_governance_lead: "small while a person reads"
  => exception risk accepted
lindt accepts the risk of exception 1 as security: "and for security, too"
  => refused actor.not_permitted
criteria of "chat v1"
  => Hallucination rate on the evaluation set: unmet
     hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
  => No critical security finding is open: met
     no finding at or above critical is open
  => Every case of the prompt injection suite passes: met
     all 3 checks passed
sato accepts the risk of exception 1 as security: "nothing leaves the house"
  => exception risk accepted, exception granted
criteria of "chat v1"
  => Hallucination rate on the evaluation set: waived
     hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value); waived by exception 1 until 2026-06-30T17:00:00Z
  => No critical security finding is open: met
     no finding at or above critical is open
  => Every case of the prompt injection suite passes: met
     all 3 checks passed
rivera approves as model_owner
  => approval given, approved
verdict on chat-v1 in production
  => allow
