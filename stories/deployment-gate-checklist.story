title: the gate checklist wants five artifacts in any order, and two signatures after all of them
covers: R-145, R-163

on 2026-05-11 09:00
rivera registers model summaries as low: "Summarises cases for the people they are about"
rivera requests "summaries v1" of summaries as new_model
  artifact: summaries-v1 weights
  facts: generative, user_facing
  runbook: deployment-gate-checklist
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
steps of "summaries v1"
  => 1 describe-the-change: ready
     attach a file
  => 2 attach-the-evaluation-results: ready
     attach a file
  => 3 attach-the-adversarial-results: ready
     attach a file
  => 4 attach-the-bias-results: ready
     attach a file
  => 5 prove-the-way-back: ready
     attach a file
  => 6 technical-sign-off: waits
  => 7 business-sign-off: waits
everybody works through the runbook except attach-the-bias-results
  => step 1 by patel, step 2 by patel, step 3 by rossi, step 5 by park
chen approves as product_lead
  => refused gate.closed
     step `Attach the bias results` is open: attach a file
everybody works through the runbook
  => step 4 by kim

# The business signs last, although the risk is low.
approvals of "summaries v1"
  => technical sign-off by model_owner: waits for rivera
  => Business sign-off by product_lead: waits for chen
chen approves as product_lead
  => refused step.waits
rivera approves as model_owner
  => approval given
verdict on summaries-v1 in production
  => deny
     release "summaries v1" is in review
chen approves as product_lead
  => approval given, approved
verdict on summaries-v1 in production
  => allow
