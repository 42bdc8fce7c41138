title: an agent is released with its tools, its prompts and its permissions, bounded and stopped once
covers: R-182
runbook: catalog/runbooks/agent-release.md

on 2026-05-11 09:00
rivera registers model desk-agent as medium: "Answers tickets of employees and resets their passwords"
patel requests "desk agent 1" of desk-agent as new_model
  artifact: desk-model weights
  artifact: tools tools
  artifact: prompts prompt
  artifact: permissions permissions
  facts: generative
  runbook: agent-release
  => requested

# Nobody stated that it uses tools; its artifacts say so.
rivera answers agent_bounds
  tools: reset of a password, search in the handbook
  least_privilege: an account of its own, which may reset passwords of employees without admin rights
  enforced_by: the directory, by the rights of that account
  => refused answers.invalid
     Which actions cannot be undone, and which person confirms each before it happens?: this needs an answer
patel completes the checklist except agent_bounds, agent_stop
patel confirms the prerequisites
patel submits
  => refused checklist.incomplete
     checklist item `What the agent may do is bounded` is open: confirm it and answer its questions
     checklist item `Stopping the agent tried` is open: confirm it and answer its questions
rivera answers agent_bounds
  tools: reset of a password, search in the handbook
  least_privilege: an account of its own, which may reset passwords of employees without admin rights
  human_approval: a reset is confirmed by the person whose password it is, on their phone
  enforced_by: the directory, by the rights of that account
rivera answers agent_stop
  how_stopped: its account is locked; a reset that was begun is rolled back
  who_may: the rota desk-night
  tried_on: 2026-05-08
  measured_minutes: 3
patel submits
  => submitted

# What it is comes first; then it is attacked, tried and stopped.
everybody works through the runbook except look-for-ways-to-abuse-it
  => step 1 by patel, step 2 by rivera, step 3 by sato, step 5 by rossi, step 6 by patel, step 7 by park
rossi completes step look-for-ways-to-abuse-it
  prompt_injection_surface: tickets, and pages of the handbook that many may edit
  pii_handling: names and departments; nothing is kept after the ticket is closed
  uses_tools: yes
  jailbreak_tests: 60 hidden instructions, 2 followed, both stopped by the rights of the account
  => refused answers.invalid
     Which tools can it call, and what can each of them change?: this needs an answer
rossi completes step look-for-ways-to-abuse-it
  prompt_injection_surface: tickets, and pages of the handbook that many may edit
  pii_handling: names and departments; nothing is kept after the ticket is closed
  uses_tools: yes
  tool_use: one that resets passwords, one that reads the handbook
  jailbreak_tests: 60 hidden instructions, 2 followed, both stopped by the rights of the account
  => step completed
approvals of "desk agent 1"
  => governance sign-off by ai_governance_lead: waits for lindt
  => technical sign-off by model_owner: waits for rivera
  => Sign the agent by security_operations_lead: waits for vance
vance approves as security_operations_lead
lindt approves as ai_governance_lead
rivera approves as model_owner
  => approval given, approved
verdict on permissions in production
  => allow

# One more tool is another release.
verdict on tool-that-reads-mail in production
  => deny
     no release names this digest for this environment
park deploys to production
everybody works through the runbook
  => step 9 by countersign, step 10 by rivera
