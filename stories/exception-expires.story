title: an exception ends by itself for whoever looks, and extending it is a new decision
covers: R-156, I-11, I-20

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
lindt accepts the risk of exception 1 as ai_governance_lead: "small while a person reads"
sato accepts the risk of exception 1 as security: "nothing leaves the house"
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-06-30 17:00
verdict on chat-v1 in production
  => allow
1 minutes later
verdict on chat-v1 in production
  => deny
     release "chat v1": exception expired
criteria of "chat v1"
  => Hallucination rate on the evaluation set: unmet
     hallucination_rate is 8.1 %, at most 5 % is asked for (e5, /hallucination_rate/value)
  => No critical security finding is open: met
     no finding at or above critical is open
  => Every case of the prompt injection suite passes: met
     all 3 checks passed
blockers of "chat v1"
  => exception 1 for criterion hallucination_rate ended 2026-06-30T17:00:00Z
     lifted by rivera
countersign looks at the clock
  => exception expired
verdict on chat-v1 in production
  => deny
     release "chat v1": exception expired
rivera asks to waive criterion hallucination_rate until 2026-07-31 17:00: "the set is late"
  => refused answers.invalid
     Extends: exception 1 waived it before: say that this one extends it
rivera asks to waive criterion hallucination_rate until 2026-07-31 17:00: "the set is late"
  extends: 1
  => exception requested
verdict on chat-v1 in production
  => deny
     release "chat v1": exception expired
sato accepts the risk of exception 2 as security: "one month more"
lindt accepts the risk of exception 2 as ai_governance_lead: "one month more, not two"
  => exception risk accepted, exception granted
verdict on chat-v1 in production
  => allow
sato revokes exception 2 as security: "nobody reads along any more"
  => exception revoked
verdict on chat-v1 in production
  => deny
     release "chat v1": exception expired
