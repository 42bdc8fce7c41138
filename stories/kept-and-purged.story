title: evidence is purged by two people when its time is over, and what it said stays
covers: R-127

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera rejects as model_owner for other: "too slow to be of use"
  => rejected
# The policy keeps records for ten years from the decision.
on 2036-05-11 09:00
rivera proposes to purge evidence: "nobody needs it any more"
  => refused retention.still_kept
on 2036-05-11 09:01
rivera proposes to purge evidence: "nobody needs it any more"
  evidence: e1
  => purge proposed
rivera confirms purge 1
  => refused actor.not_permitted
okafor confirms purge 1
  => evidence purged
entries purge
  => Purge 1 of 1 file of tags v1: purged
# What is left is purged as well, and nothing is purged twice.
okafor proposes to purge evidence: "the rest"
okafor confirms purge 2
  => refused purge.same_person
brandt grants compliance to moreno
moreno confirms purge 2
rivera proposes to purge evidence: "again"
  => refused nothing_to_do
