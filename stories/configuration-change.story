title: a changed threshold is shown beside the old one, and somebody looks on while it takes effect
covers: R-070
runbook: catalog/runbooks/configuration-change.md

on 2026-04-06 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
  artifact: threshold configuration threshold-0.6
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "triage threshold 0.7" of triage as configuration_change
  artifact: threshold configuration threshold-0.7
  runbook: configuration-change
rivera completes the checklist
rivera confirms the prerequisites
rivera submits

# Both values are measured; the platform lead asks whether it is really only a setting.
everybody works through the runbook
  => step 1 by patel, step 2 by patel, step 3 by adeyemi
steps of "triage threshold 0.7"
  => 1 say-what-changes-for-whom: done
  => 2 attach-results-for-both-values: done
  => 3 check-that-it-is-only-a-configuration-change: done
  => 4 agree-to-the-change: ready
  => 5 tell-the-platform: after decision
  => 6 look-on-while-it-takes-effect: after decision

# The step for the Model Owner and the policy's own rule are one signature.
approvals of "triage threshold 0.7"
  => technical sign-off by model_owner: waits for rivera
  => business sign-off by product_lead: waits for chen
rivera approves as model_owner
  => approval given
verdict on threshold-0.7 in production
  => deny
     release "triage threshold 0.7" is in review
chen approves as product_lead
  => approval given, approved
rivera deploys to production
everybody works through the runbook
  => step 5 by countersign, step 6 by patel
verdict on threshold-0.7 in production
  => allow
verdict on threshold-0.6 in production
  => deny
     release "triage v1" is superseded
