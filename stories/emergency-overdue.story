title: overdue papers deny, and stand in the way of the owner's next release of any model
covers: R-112

on 2026-05-11 07:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera registers model notes as low: "Writes notes of meetings"
rivera requests "tags fix" of tags as new_model
  artifact: tags-fix prompt
rivera claims authority of lindt for safety_issue: "the running prompt recommends doses"
  given: 2026-05-11 06:40
lindt confirms the authority
rivera deploys to production
countersign reminds of the papers
  => refused nothing_to_do
1 days later
rivera confirms the deployment to production

# Five business days later at closing time; a day before, the owner is reminded once.
on 2026-05-15 17:00
countersign reminds of the papers
  => refused nothing_to_do
countersign reminds of the papers
  => refused nothing_to_do
countersign finds the papers missing
  => refused nothing_to_do
on 2026-05-18 17:01
countersign finds the papers missing
  => papers overdue
countersign finds the papers missing
  => refused nothing_to_do
verdict on tags-fix in production
  => deny
     release "tags fix": papers overdue

rivera requests "notes v1" of notes as new_model
  artifact: notes-v1 prompt
rivera completes the checklist
rivera submits
  => refused checklist.incomplete
     the papers of emergency release "tags fix" were due 2026-05-18T17:00:00Z

# The papers come late, and the way is free.
rivera completes the checklist on "tags fix"
rivera submits on "tags fix"
rivera approves as model_owner on "tags fix"
  => approval given, approved, papers received
verdict on tags-fix in production
  => allow
rivera submits on "notes v1"
  => submitted
