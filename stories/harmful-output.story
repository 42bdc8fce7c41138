title: after an answer did harm the Lead signs the return, and the gate is changed
covers: R-116, R-120
runbook: catalog/runbooks/harmful-output.md

on 2026-04-06 09:00
rivera registers model chat as low: "Answers questions of customers"
rivera requests "chat v1" of chat as new_model
  artifact: chat weights chat-v1
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
lindt suspends the release: "it told a customer a dose that would have harmed her"
rivera requests "chat v2" of chat as minor_update
  artifact: chat weights chat-v2
  runbook: harmful-output
rivera completes the checklist
rivera confirms the prerequisites
rivera submits

# Proof, people and duties wait for the stop, and the repair waits for the cause.
steps of "chat v2"
  => 1 stop-the-harm: ready
  => 2 keep-the-proof: waits
     attach a file
  => 3 find-everybody-concerned: waits
  => 4 decide-who-has-to-be-told: waits
  => 5 find-the-cause: waits
  => 6 attach-the-repair-and-its-proof: waits
     attach a file
  => 7 sign-the-return: waits
  => 8 tell-those-who-were-told-of-the-harm: after decision
  => 9 change-the-gate: after decision
everybody works through the runbook except find-the-cause
  => step 1 by lindt, step 2 by park, step 3 by chen, step 4 by weber
blockers of "chat v2"
  => step `Find the cause` is open
     lifted by model_owner
  => step `Attach the repair and its proof` is open: attach a file
     lifted by ml_engineer
  => technical sign-off by `model_owner` is missing (0 of 1)
     lifted by model_owner, rivera
  => Sign the return by `ai_governance_lead` is missing (0 of 1)
     lifted by ai_governance_lead, lindt
rivera completes step find-the-cause: "a fetched page with a wrong unit; no criterion looked at units"
everybody works through the runbook
  => step 6 by patel
rivera approves as model_owner
lindt approves as ai_governance_lead
  => approval given, approved
verdict on chat-v2 in production
  => allow
verdict on chat-v1 in production
  => deny
     release "chat v1" is suspended

# Those who were told of the harm hear of the return, and the gap is closed for the next model.
steps of "chat v2"
  => 1 stop-the-harm: done
  => 2 keep-the-proof: done
  => 3 find-everybody-concerned: done
  => 4 decide-who-has-to-be-told: done
  => 5 find-the-cause: done
  => 6 attach-the-repair-and-its-proof: done
  => 7 sign-the-return: done
  => 8 tell-those-who-were-told-of-the-harm: ready
  => 9 change-the-gate: ready
everybody works through the runbook
  => step 8 by countersign, step 9 by lindt
