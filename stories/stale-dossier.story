title: an approval is for what was read, not for what is there now
covers: R-155, I-09

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
chen reads the release
rivera adds artifact triage-tokenizer configuration
  => refused release.wrong_state
rivera attaches evaluation-5.json to item evaluation_results
  => evidence attached
chen approves as product_lead
  => refused approval.stale_dossier
chen reads the release
chen approves as product_lead
  => approval given
