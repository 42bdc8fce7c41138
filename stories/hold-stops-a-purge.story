title: a legal hold stops a purge and an erasure, and whoever lifts it purges nothing
covers: R-127

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera rejects as model_owner for other: "it names a customer"
on 2036-06-02 09:00
rivera proposes to purge evidence: "nobody needs it any more"
rivera places a hold on model tags: "a court asks for it"
  => refused actor.not_permitted
weber places a hold on model tags: "a court asks for it"
  => hold placed
okafor confirms purge 1
  => refused retention.on_hold
brandt erases the texts of event 1: "a customer asked for it"
  => refused retention.on_hold
entries legal_hold
  => Legal hold 1 on tags and all its releases: stands
okafor lifts hold 1: "the case is closed"
  => hold lifted
# The proposal was made before the hold, and whoever lifted it does not purge.
okafor confirms purge 1
  => refused purge.lifted_the_hold
rivera refuses purge 1: "asked anew"
  => purge refused
1 hours later
rivera proposes to purge evidence: "nobody needs it any more"
okafor confirms purge 2
  => refused purge.lifted_the_hold
brandt grants compliance to moreno
moreno confirms purge 2
  => evidence purged, evidence purged, evidence purged
