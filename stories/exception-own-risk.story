title: nobody accepts the risk of his own release, and no administrator gets round it
covers: R-156, I-01

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
rivera completes the checklist
rivera attaches evaluation-8.1.json to item evaluation_results
  replaces: e2
rivera submits
rivera asks to waive criterion hallucination_rate until 2026-06-30 17:00: "the new set comes in June"
brandt grants security to rivera
rivera accepts the risk of exception 1 as security: "I know the model"
  => refused approval.not_independent
brandt accepts the risk of exception 1 as administrator: "it is urgent"
  => refused actor.not_permitted
brandt accepts the risk of exception 1 as ai_governance_lead: "it is urgent"
  => refused actor.not_permitted
pipeline accepts the risk of exception 1 as security: "the build is green"
  => refused actor.people_only
sato asks to waive criterion hallucination_rate until 2026-06-30 17:00: "it is fine"
  => refused actor.not_permitted
rivera asks to waive criterion hallucination_rate until 2026-12-31 17:00: "for good"
  => refused already_exists
rivera asks to waive criterion colour until 2026-06-30 17:00: "it is red"
  => refused not_found
lindt refuses exception 1 as ai_governance_lead: "the set is there already, use it"
  => exception refused
sato accepts the risk of exception 1 as security: "then at least I"
  => refused nothing_to_do
blockers of "chat v1"
  => Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
     lifted by rivera
  => technical sign-off by `model_owner` is missing (0 of 1)
     lifted by model_owner, rivera
