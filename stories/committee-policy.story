title: the committee approves a policy in a session, with the two votes a loosened bound takes
covers: R-142

on 2026-05-11 09:00
brandt publishes policy catalog/policies/model-release.policy
  change: model-release 1.0 -> model-release 1.1
  change: requires hallucination_rate at most 5 % -> requires hallucination_rate at most 10 %
lindt calls session "May session"
lindt opens session "May session"
lindt puts policy "model-release 1.1" on the table of "May session"
hale votes yes on item 1 of "May session"
ito votes yes on item 1 of "May session"
lindt closes item 1 of "May session"
  => item closed, policy approval given, policy approval given, policy approved
