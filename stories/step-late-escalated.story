title: a step that is late is reminded of once, told once to whom it names, and to the committee a day later
covers: R-035

on 2026-05-11 07:00
rivera registers model helper as low: "Answers questions about leave"
rivera requests "helper v1" of helper as new_model
  artifact: helper-v1 weights
  facts: generative
  runbook: fine-tuned-model-release
rivera confirms the prerequisites
rivera completes the checklist
rivera submits
  => submitted
told about "helper v1"
  => nothing

# The first step is due at the close of the next business day.
on 2026-05-12 16:00
told about "helper v1"
  => reminder to ml_platform_lead: Settle ownership and intended use for helper v1
told about "helper v1"
  => nothing
on 2026-05-12 17:01
told about "helper v1"
  => escalation to rivera: Settle ownership and intended use for helper v1
told about "helper v1"
  => nothing
steps of "helper v1"
  => 1 settle-ownership-and-intended-use: ready
  => 2 clear-the-training-data: waits
  => 3 attach-the-evaluation-packet: waits
     attach a file
  => 4 look-for-ways-to-abuse-it: waits
  => 5 sign-the-release: waits
  => 6 tell-the-platform: after decision

# A business day later it is still not done.
on 2026-05-13 17:01
told about "helper v1"
  => second escalation to ai_governance_committee: Settle ownership and intended use for helper v1
3 days later
told about "helper v1"
  => nothing
