title: the committee decides about a high-risk release in a session, with a dissent
covers: R-098, R-131, I-03

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits

lindt calls session "May session"
  => meeting called
lindt opens session "May session"
lindt puts "triage v1" on the table of "May session"
  => item put
hale votes yes on item 1 of "May session"
ito votes no on item 1 of "May session"
  => refused meeting.reason_missing
ito votes no on item 1 of "May session"
  reason: the claims of one region are missing from the test set
novak votes yes on item 1 of "May session"
lindt closes item 1 of "May session"
  => item closed, approval given, approval given
verdict on triage-v1 in production
  => deny
     release "triage v1" is in review
chen approves as product_lead
  => approval given, approved
verdict on triage-v1 in production
  => allow
lindt closes session "May session": "One item, carried with one vote against."
  => meeting closed
