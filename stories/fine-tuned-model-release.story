title: a fine-tuned adapter goes from request to verdict by the runbook's six steps
covers: R-013, R-014, R-015, R-016, R-025, R-026, R-027, R-029, R-036, R-039, R-040, R-041, R-042, R-043, R-044, R-045, R-046, R-048, R-056, R-155, I-10, I-13

on 2026-05-11 09:00
rivera registers model helpdesk as low: "Drafts answers to customers' questions for the help desk"
rivera requests "helpdesk lora-7" of helpdesk as new_model
  artifact: lora-7 adapter
  facts: generative, third_party_base, contractor_made
  runbook: fine-tuned-model-release
  summary: "A rank 16 adapter made by a contracted trainer over an open-weights base"
  => requested
plan of "helpdesk lora-7"
  => model-release 1.0
  => fine-tuned-model-release 1.0.0
verdict on lora-7 in production
  => deny
     release "helpdesk lora-7" is draft

# Nothing is submitted before the runbook's prerequisites are confirmed.
rivera completes the checklist
rivera submits
  => refused checklist.incomplete
     prerequisite 1 is not confirmed: A model card is drafted and says which base model was used, where the training data came from, and what the model is meant for.
     prerequisite 2 is not confirmed: The evaluation, on a held-out set or in shadow traffic, has run against criteria that were written down before it started.
     prerequisite 3 is not confirmed: The way back is known: the checkpoint to return to, or the flag that turns the model off.
rivera confirms the prerequisites
rivera submits
  => submitted
steps of "helpdesk lora-7"
  => 1 settle-ownership-and-intended-use: ready
  => 2 clear-the-training-data: waits
  => 3 attach-the-evaluation-packet: waits
     attach a file
  => 4 look-for-ways-to-abuse-it: waits
  => 5 sign-the-release: waits
  => 6 tell-the-platform: after decision

# Steps wait for one another, and each belongs to its owner's role.
kim completes step clear-the-training-data: "three splits cleared"
  => refused step.waits
rivera completes step settle-ownership-and-intended-use: "I own it"
  => refused actor.not_permitted
adeyemi completes step settle-ownership-and-intended-use: "one owner, J. Rivera; product and security expect drafts only"
  => step completed

2 hours later
kim completes step clear-the-training-data: "DS-0114, DS-0115 and DS-0120 are ours and may be used"
  => step completed
patel completes step attach-the-evaluation-packet
  => refused answers.invalid
     Attach the evaluation packet: attach a file
patel attaches evaluation-packet-lora-7.json to step attach-the-evaluation-packet
  covers: safety, quality
  redacted: yes
  => evidence attached
patel completes step attach-the-evaluation-packet
  => refused answers.invalid
     Attach the evaluation packet: no file covers the part `regression`
patel attaches evaluation-3.1.json to step attach-the-evaluation-packet
  covers: regression
  => evidence attached
steps of "helpdesk lora-7"
  => 1 settle-ownership-and-intended-use: done
  => 2 clear-the-training-data: done
  => 3 attach-the-evaluation-packet: ready
     the name of `evaluation-3.1.json` does not hold the checkpoint's identifier
  => 4 look-for-ways-to-abuse-it: ready
  => 5 sign-the-release: waits
  => 6 tell-the-platform: after decision
patel completes step attach-the-evaluation-packet
  => step completed

# The questionnaire asks about tools only where there are any.
rossi completes step look-for-ways-to-abuse-it
  prompt_injection_surface: customers' messages
  pii_handling: names are removed before the model sees a ticket
  uses_tools: yes
  jailbreak_tests: 40 known attacks, none succeeded
  => refused answers.invalid
     Which tools can it call, and what can each of them change?: this needs an answer

# Nobody signs while a step is open.
vance approves as security_operations_lead
  => refused gate.closed
     step `Look for ways to abuse it` is open
rossi completes step look-for-ways-to-abuse-it
  prompt_injection_surface: customers' messages
  pii_handling: names are removed before the model sees a ticket
  uses_tools: no
  jailbreak_tests: 40 known attacks, none succeeded
  => step completed
approvals of "helpdesk lora-7"
  => technical sign-off by model_owner: waits for rivera
  => Sign the release by security_operations_lead: waits for vance
vance approves as security_operations_lead
  => approval given
verdict on lora-7 in production
  => deny
     release "helpdesk lora-7" is in review
rivera approves as model_owner
  => approval given, approved
verdict on lora-7 in production
  => allow
verdict on lora-8 in production
  => deny
     no release names this digest for this environment

# The platform is told, and the deployment is confirmed within two days.
steps of "helpdesk lora-7"
  => 1 settle-ownership-and-intended-use: done
  => 2 clear-the-training-data: done
  => 3 attach-the-evaluation-packet: done
     the name of `evaluation-3.1.json` does not hold the checkpoint's identifier
  => 4 look-for-ways-to-abuse-it: done
  => 5 sign-the-release: done
  => 6 tell-the-platform: ready
countersign delivers the message of step tell-the-platform
  => step completed
park deploys to production
  change: CHG-4711
  => deployed, release deployed
1 days later
rivera confirms the deployment to production
  => deployment confirmed
state of "helpdesk lora-7"
  => confirmed
