title: a permission of an agent changes by a release of its own, and a tool nobody released is denied
covers: R-182, R-146

on 2026-04-06 09:00
rivera registers model desk-agent as low: "Answers tickets of employees from the handbook"
rivera requests "desk agent 1" of desk-agent as new_model
  artifact: model weights desk-model-1
  artifact: tools tools tools-1
  artifact: permissions permissions permissions-1
  facts: generative
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

# The permission is one file. Its bytes are denied like weights that nobody released.
on 2026-05-11 09:00
verdict on permissions-2 in production
  => deny
     no release names this digest for this environment
verdict on tools-2 in production
  => deny
     no release names this digest for this environment
rivera requests "desk agent may send" of desk-agent as configuration_change
  artifact: permissions permissions permissions-2
  facts: generative
items of "desk agent may send"
  => risk_assessment: open
     confirm it and answer its questions
  => change_description: open
     confirm it and answer its questions
  => agent_bounds: open
     confirm it and answer its questions
  => standing_documents: open
     confirm it and answer its questions
  => evaluation_results: open
     confirm it and answer its questions
     attach lm-eval or inspect or deepeval or promptfoo or hf-eval-results or metrics-json or metrics-csv or junit
  => security_tests: open
     confirm it and answer its questions
     attach sarif or garak or promptfoo or giskard or junit
  => injection_suite: open
     confirm it and answer its questions
     attach promptfoo or garak or junit
  => monitoring: open
     confirm it and answer its questions
  => rollback_plan: open
     confirm it and answer its questions
  => agent_stop: open
     confirm it and answer its questions
  => on_call: open
     confirm it and answer its questions
rivera completes the checklist except agent_bounds
rivera submits
  => refused checklist.incomplete
     checklist item `What the agent may do is bounded` is open: confirm it and answer its questions
rivera completes the checklist
rivera submits

# Between submission and decision no tool slips in beside it.
rivera adds artifact tools-2 tools
  => refused release.wrong_state
verdict on permissions-2 in production
  => deny
     release "desk agent may send" is in review
rivera approves as model_owner
  => approval given, approved
verdict on permissions-2 in production
  => allow
park deploys to production

# The wider permission took the place of the narrow one; model and tools stay as they were.
verdict on permissions-1 in production
  => deny
     release "desk agent 1" is superseded
verdict on tools-1 in production
  => allow
verdict on tools-2 in production
  => deny
     no release names this digest for this environment

# Other weights behind the same tools are an agent's release, whoever forgets to say so.
rivera requests "desk agent 2" of desk-agent as minor_update
  artifact: model weights desk-model-2
  facts: generative
rivera completes the checklist except agent_bounds, agent_stop
rivera submits
  => refused checklist.incomplete
     checklist item `What the agent may do is bounded` is open: confirm it and answer its questions
     checklist item `Stopping the agent tried` is open: confirm it and answer its questions
