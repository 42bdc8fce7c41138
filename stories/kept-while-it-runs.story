title: what runs is kept however old it is, and its audit period counts from when it left
covers: R-127

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
rivera confirms the deployment to production
# Fifteen years in production.
on 2041-05-13 09:00
okafor proposes to purge evidence: "fifteen years are enough"
  => refused retention.still_kept
rivera requests "tags off" of tags as retirement
  artifact: off configuration
rivera completes the checklist
rivera submits
  => submitted
rivera approves as model_owner
  => approval given, approved, retirement decided, retired, retired
okafor proposes to purge evidence: "it has left" on "tags v1"
  => refused retention.still_kept
on 2043-05-14 09:00
okafor proposes to purge evidence: "it left two years ago" on "tags v1"
  => purge proposed
