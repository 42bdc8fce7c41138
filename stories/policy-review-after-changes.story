title: the policy is looked at again once a year, and when the process or the tooling changes
covers: R-137, R-138, R-139

on 2026-05-11 09:00
lindt asks for a tooling review of policy "model-release 1.0": "another orchestrator deploys from June on"
  => policy review opened
entries policy_review
  => Review of model-release 1.0: change of deployment tooling: open
hale reviews policy "model-release 1.0" as keep: "it asks the same gate"
  => policy reviewed

brandt publishes policy catalog/policies/model-release.policy
  change: model-release 1.0 -> model-release 1.1
  change: step "Request" -> step "Request, at least two days ahead"
hale approves policy "model-release 1.1"
1 minutes later
countersign looks at the clock
  => policy review opened
ito reviews policy "model-release 1.1" as keep: "the first week went well"
  => policy reviewed

on 2027-04-10 09:00
countersign looks at the clock
  => nothing due
on 2027-04-12 09:00
countersign looks at the clock
  => policy review opened
entries policy_review
  => Review of model-release 1.0: change of deployment tooling: keep
  => Review of model-release 1.1: change of the release process (process step Request, process step Request, at least two days ahead): keep
  => Review of model-release 1.1: regular review: open
