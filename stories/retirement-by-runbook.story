title: a model is retired after its callers were found, and somebody clears up behind it
covers: R-094
runbook: catalog/runbooks/retirement.md

on 2026-04-06 09:00
rivera registers model tags as high: "Suggests tags for case files"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
hale approves as ai_governance_committee
novak approves as ai_governance_committee
chen approves as product_lead
rivera deploys to production
1 days later
rivera confirms the deployment to production

on 2026-05-11 09:00
rivera requests "tags retired" of tags as retirement
  artifact: tags-off configuration
  runbook: retirement
rivera completes the checklist
rivera submits
  => refused checklist.incomplete
     prerequisite 1 is not confirmed: The Model Owner and the Product Lead agree that it goes, and on the reason.
     prerequisite 2 is not confirmed: Calls to the model are counted by caller, over a time that includes its rare users, such as the end of a quarter.
rivera confirms the prerequisites
rivera submits
everybody works through the runbook except decide-what-is-kept
  => step 1 by park, step 2 by rivera, step 3 by chen
rivera approves as model_owner
  => refused gate.closed
     step `Decide what is kept` is open
     step `Switch it off for a trial` is open
everybody works through the runbook
  => step 4 by kim, step 5 by park

# The policy adds the business, because the risk is high.
rivera approves as model_owner
  => approval given
chen approves as product_lead
  => approval given, approved, retirement decided, retired, retired
verdict on tags-off in production
  => deny
     release "tags retired" is a retirement
everybody works through the runbook
  => step 7 by countersign, step 8 by park
