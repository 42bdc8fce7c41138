title: a rejection gives its reason, and a new release takes the matter up again
covers: R-103, I-02, I-14

on 2026-05-11 09:00
rivera registers model triage as high: "Decides which claims a person looks at first"
rivera requests "triage v1" of triage as new_model
  artifact: triage-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito rejects as ai_governance_committee for insufficient_evidence: ""
  => refused request.malformed
     this needs a text
ito rejects as ai_governance_committee for insufficient_evidence: "the validation report leaves long claims out"
  => rejected
state of "triage v1"
  => rejected
novak approves as ai_governance_committee
  => refused release.wrong_state
rivera submits
  => refused release.wrong_state
verdict on triage-v1 in production
  => deny
     release "triage v1" is rejected
blockers of "triage v1"
  => the release was rejected

on 2026-05-18 09:00
rivera requests "triage v1, long claims validated" of triage as new_model
  artifact: triage-v1 weights
  resubmits: triage v1
  => requested
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
ito approves as ai_governance_committee
chen approves as product_lead
  => approval given, approved
verdict on triage-v1 in production
  => allow
