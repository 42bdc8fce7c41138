title: nobody votes twice, late, without a seat, or on a release of his own
covers: R-131, I-01

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
brandt grants ai_governance_committee to patel
patel requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
patel completes the checklist
patel submits
lindt calls session "May session"
lindt opens session "May session"
lindt puts "triage v1" on the table of "May session"
patel votes yes on item 1 of "May session"
  => refused meeting.conflict
rivera votes yes on item 1 of "May session"
  => refused actor.not_permitted
brandt grants ai_governance_committee to weber
weber votes yes on item 1 of "May session"
  => refused meeting.not_a_member
hale votes yes on item 1 of "May session"
hale votes yes on item 1 of "May session"
  => refused meeting.voted_already

# One vote is no quorum.
lindt closes item 1 of "May session"
  => refused meeting.no_quorum
novak steps back from item 1 of "May session": "a relative works on the model"
  => member recused
novak votes yes on item 1 of "May session"
  => refused meeting.recused
ito votes yes on item 1 of "May session"
lindt closes item 1 of "May session"
  => item closed, approval given, approval given
patel votes no on item 1 of "May session"
  => refused meeting.item_closed
