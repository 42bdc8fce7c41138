title: a reviewer asks for more tests, the release shows it, and the answer comes back into it
covers: R-100

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
  runbook: fine-tuned-model-release
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
  => submitted
kim asks for changes as legal: "show me more"
  => refused actor.not_permitted
rivera asks for changes as model_owner: "I want more time"
  => refused actor.not_permitted
chen asks for changes as product_lead: "test in Spanish as well"
  about: item bias_results
  => changes requested
state of "triage v1"
  => changes requested
steps of "triage v1"
  => 1 settle-ownership-and-intended-use: ready
  => 2 clear-the-training-data: waits
  => 3 attach-the-evaluation-packet: waits
     attach a file
  => 4 look-for-ways-to-abuse-it: waits
  => 5 sign-the-release: waits
  => 6 tell-the-platform: after decision
verdict on triage-v1 in production
  => deny
     release "triage v1" waits for requested changes
hale approves as ai_governance_committee
  => refused gate.closed
     step `Settle ownership and intended use` is open
     step `Clear the training data` is open
     step `Attach the evaluation packet` is open: attach a file
     step `Look for ways to abuse it` is open
     change request 1 waits for an answer
30 days later
steps of "triage v1"
  => 1 settle-ownership-and-intended-use: ready
  => 2 clear-the-training-data: waits
  => 3 attach-the-evaluation-packet: waits
     attach a file
  => 4 look-for-ways-to-abuse-it: waits
  => 5 sign-the-release: waits
  => 6 tell-the-platform: after decision
chen answers change request 1: "I did it myself"
  => refused actor.not_permitted
rivera attaches bias-report.csv to item bias_results
rivera answers change request 1: "tested in Spanish, no difference"
  evidence: e6
  => changes answered
state of "triage v1"
  => in review
rivera settles change request 1: "answered"
  => refused actor.not_permitted
chen insists on change request 1: "in Catalan as well"
  => changes insisted
rivera answers change request 1: "there are no callers who speak Catalan"
  => changes answered
chen settles change request 1: "then it is enough"
  => changes accepted
blockers of "triage v1"
  => step `Settle ownership and intended use` is open
     lifted by ml_platform_lead
  => step `Clear the training data` is open
     lifted by data_governance
  => step `Attach the evaluation packet` is open: attach a file
     lifted by ml_engineer
  => step `Look for ways to abuse it` is open
     lifted by application_security
  => technical sign-off by `ai_governance_committee` is missing (0 of 2)
     lifted by ai_governance_committee, hale, ito, novak
  => business sign-off by `product_lead` is missing (0 of 1)
     lifted by product_lead, chen
  => Sign the release by `security_operations_lead` is missing (0 of 1)
     lifted by security_operations_lead, vance
