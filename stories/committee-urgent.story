title: a session is called out of turn, and its no rejects the release
covers: R-099, R-131

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits

hale calls session "Extraordinary session"
  urgent: the vendor stops the old version tomorrow
  => meeting called
hale opens session "Extraordinary session"
  => refused actor.not_permitted
lindt opens session "Extraordinary session"
hale puts "triage v1" on the table of "Extraordinary session"
hale votes no on item 1 of "Extraordinary session"
  reason: nobody measured how often urgent claims come last
ito votes no on item 1 of "Extraordinary session"
  reason: the same
lindt closes item 1 of "Extraordinary session"
  => refused meeting.reason_missing
lindt closes item 1 of "Extraordinary session"
  statement: measure how urgent claims are ordered, and come back
  => item closed, rejected
