title: a concern about scope stops approvals until it is resolved
covers: R-032

on 2026-05-11 09:00
rivera registers model helpdesk as low: "Drafts answers for the help desk"
rivera requests "helpdesk lora-7" of helpdesk as new_model
  artifact: lora-7 adapter
  runbook: fine-tuned-model-release
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
adeyemi completes step settle-ownership-and-intended-use: "one owner; product and security agree"
kim completes step clear-the-training-data: "every split may be used"
patel attaches evaluation-packet-lora-7.json to step attach-the-evaluation-packet
  covers: safety, quality, regression
patel completes step attach-the-evaluation-packet
rossi completes step look-for-ways-to-abuse-it
  prompt_injection_surface: customers' messages
  pii_handling: names are removed
  uses_tools: no
  jailbreak_tests: 40 known attacks, none succeeded
rossi raises a concern on step settle-ownership-and-intended-use: "product now wants to send the drafts unread"
  => concern raised
vance approves as security_operations_lead
  => refused gate.closed
     concern 1 on step `settle-ownership-and-intended-use` is not resolved
blockers of "helpdesk lora-7"
  => concern 1 on step `settle-ownership-and-intended-use` is not resolved
     lifted by ml_platform_lead
  => technical sign-off by `model_owner` is missing (0 of 1)
     lifted by model_owner, rivera
  => Sign the release by `security_operations_lead` is missing (0 of 1)
     lifted by security_operations_lead, vance
kim resolves concern 1: "fine by me"
  => refused actor.not_permitted
rossi resolves concern 1: "product withdrew the wish in writing"
  => concern resolved
vance approves as security_operations_lead
  => approval given
rivera approves as model_owner
  => approval given, approved
