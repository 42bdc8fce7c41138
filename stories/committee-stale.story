title: a vote is for what lay on the table, and for nothing else
covers: R-131, I-05

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits

lindt calls session "May session"
lindt opens session "May session"
lindt puts "triage v1" on the table of "May session"
hale votes yes on item 1 of "May session"
ito votes yes on item 1 of "May session"
rivera attaches evaluation-3.1.json to item evaluation_results
lindt closes item 1 of "May session"
  => refused approval.stale_dossier
lindt puts "triage v1" on the table of "May session"
  => item put
novak votes yes on item 1 of "May session"
  => refused meeting.item_closed
hale votes yes on item 2 of "May session"
novak votes yes on item 2 of "May session"
lindt closes item 2 of "May session"
  => item closed, approval given, approval given
