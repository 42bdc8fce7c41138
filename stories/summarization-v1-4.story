title: the summarization prompt v1.4 is blocked at 8.1 per cent and allowed at exactly five
covers: R-070, R-144, R-159, R-160, R-163, R-165, R-166, R-170, R-171, R-172, R-173, R-174, R-175, R-177, R-178

on 2026-04-06 09:00
rivera registers model summarization as critical: "Summaries that customers read"
rivera requests "summarization v1.3" of summarization as new_model
  artifact: prompt-v1.3 prompt
  facts: generative, user_facing
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
okafor approves as compliance
  => approval given, approved
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "summarization v1.4" of summarization as configuration_change
  artifact: prompt-v1.4 prompt
  facts: generative, user_facing
  summary: "The prompt asks for the customer's question first, because agents missed it in long threads"
  => requested

# Reviews start when everything is attached, and not before.
rivera submits
  => refused checklist.incomplete
     checklist item `Risk assessment completed and entered in the risk register` is open: confirm it and answer its questions
     checklist item `What changed, and why` is open: confirm it and answer its questions
     checklist item `Documents of the running version still hold` is open: confirm it and answer its questions
     checklist item `Validation test report against thresholds set beforehand` is open: confirm it and answer its questions; attach lm-eval or inspect or deepeval or promptfoo or hf-eval-results or metrics-json or metrics-csv or junit
     checklist item `People judged a sample of the output` is open: confirm it and answer its questions
     checklist item `Bias and fairness test results` is open: confirm it and answer its questions; attach a file
     checklist item `Security test results, adversarial testing included` is open: confirm it and answer its questions; attach sarif or garak or promptfoo or giskard or junit
     checklist item `Prompt injection suite run` is open: confirm it and answer its questions; attach promptfoo or garak or junit
     checklist item `Monitoring configured` is open: confirm it and answer its questions
     checklist item `Rollback path defined` is open: confirm it and answer its questions
     checklist item `Rollback tested and confirmed working` is open: confirm it and answer its questions
     checklist item `On-call or support ownership assigned` is open: confirm it and answer its questions
rivera completes the checklist except evaluation_results
rivera attaches evaluation-8.1.json to item evaluation_results
rivera answers evaluation_results
  evaluated: offline
  thresholds: Model Validation and Testing Policy 2.1
  thresholds_fixed_on: 2026-03-02
  tested_on: 2026-05-08
  => item answered
rivera submits
  => submitted
approvals of "summarization v1.4"
  => technical sign-off by model_owner: waits for rivera
  => business sign-off by product_lead: waits for chen
  => compliance sign-off by compliance: waits for okafor
chen approves as product_lead
  => refused gate.closed
     Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e4, /hallucination_rate/value)
blockers of "summarization v1.4"
  => Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e4, /hallucination_rate/value)
     lifted by rivera
  => technical sign-off by `model_owner` is missing (0 of 1)
     lifted by model_owner, rivera
  => business sign-off by `product_lead` is missing (0 of 1)
     lifted by product_lead, chen
  => compliance sign-off by `compliance` is missing (0 of 1)
     lifted by compliance, okafor
verdict on prompt-v1.4 in production
  => deny
     release "summarization v1.4" is in review

# A better prompt, measured again: exactly five per cent is not above five.
on 2026-05-13 10:00
rivera attaches evaluation-5.json to item evaluation_results
  replaces: e4
  => evidence attached
criteria of "summarization v1.4"
  => Hallucination rate on the evaluation set: met
     hallucination_rate is 5 %, at most 5 % is asked for (e5, /hallucination_rate/value)
  => No critical security finding is open: met
     no finding at or above critical is open
  => Every case of the prompt injection suite passes: met
     all 3 checks passed
rivera approves as model_owner
  => approval given
chen approves as product_lead
  => approval given
verdict on prompt-v1.4 in production
  => deny
     release "summarization v1.4" is in review
okafor approves as compliance
  => approval given, approved
verdict on prompt-v1.4 in production
  => allow
approvals of "summarization v1.4"
  => technical sign-off by model_owner: given by rivera, self-approved
  => business sign-off by product_lead: given by chen
  => compliance sign-off by compliance: given by okafor
