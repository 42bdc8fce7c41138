title: an emergency runs on verbal authority, and its papers follow in five business days
covers: R-110, R-111, R-112, R-113

on 2026-05-11 07:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags fix" of tags as new_model
  artifact: tags-fix prompt
verdict on tags-fix in production
  => deny
     release "tags fix" is draft

rivera claims authority of lindt for security_vulnerability: "the running prompt leaks addresses"
  given: 2026-05-11 06:40
  means: phone
  => emergency claimed
verdict on tags-fix in production
  => allow
rivera deploys to production
  => deployed, papers awaited, release deployed, papers owed

# Only the person named can say whether it was given.
hale confirms the authority
  => refused actor.not_permitted
rivera confirms the authority
  => refused actor.not_permitted
lindt confirms the authority
  => authority confirmed

# What was deployed is not taken back to escape the papers.
rivera withdraws the release: "it was urgent"
  => refused release.wrong_state

1 days later
rivera confirms the deployment to production
rivera completes the checklist
rivera submits
  => submitted
verdict on tags-fix in production
  => allow
rivera approves as model_owner
  => approval given, approved, papers received
state of "tags fix"
  => confirmed
hale reviews emergency as justified: "the leak was real"
  => reviewed
ito reviews emergency as misuse: "it could have waited"
  => refused nothing_to_do
