title: a fine-tuned model goes from request to verdict by the seed's own runbook
covers: R-001, R-002, R-025, R-026, R-029, R-033, R-034, R-036, R-039, R-043, R-045, R-046, R-048
runbook: seeds/000_18636878a71f10a4.txt

on 2026-05-11 09:00
rivera registers model helpdesk as low: "Drafts answers for the help desk"
rivera requests "helpdesk lora-7" of helpdesk as new_model
  artifact: lora-7 adapter
  facts: generative, third_party_base
  runbook: model-release-approval-fine-tuned
  => requested
plan of "helpdesk lora-7"
  => model-release 1.0
  => model-release-approval-fine-tuned 0.1.0
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
  => submitted
steps of "helpdesk lora-7"
  => 1 confirm-scope-and-ownership: ready
  => 2 validate-training-data-and-licensing: waits
  => 3 attach-evaluation-summary: waits
     attach a file
  => 4 security-review-for-extraction-and-abuse: waits
  => 5 release-approver-sign-off: waits
  => 6 notify-routing-platform: after decision
adeyemi completes step confirm-scope-and-ownership: "one owner; the use is the one declared"
  => step completed
kim completes step validate-training-data-and-licensing: "every split is ours"
  => step completed
patel attaches evaluation-packet-lora-7.json to step attach-evaluation-summary
  covers: safety, quality, regression
  redacted: yes
patel completes step attach-evaluation-summary
  => step completed
vance approves as security_operations_lead
  => refused gate.closed
     step `Security review for extraction and abuse` is open
rossi completes step security-review-for-extraction-and-abuse
  prompt_injection_surface: customers' messages
  pii_handling: names are removed
  uses_tools: no
  jailbreak_tests: 40 known attacks, none succeeded
  => step completed
vance approves as security_operations_lead
  => approval given
verdict on lora-7 in production
  => deny
     release "helpdesk lora-7" is in review
rivera approves as model_owner
  => approval given, approved
verdict on lora-7 in production
  => allow
countersign delivers the message of step notify-routing-platform
  => step completed
steps of "helpdesk lora-7"
  => 1 confirm-scope-and-ownership: done
  => 2 validate-training-data-and-licensing: done
  => 3 attach-evaluation-summary: done
  => 4 security-review-for-extraction-and-abuse: done
  => 5 release-approver-sign-off: done
  => 6 notify-routing-platform: done
