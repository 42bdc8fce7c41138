title: whoever is said to have given authority denies it, and the verdict denies at once
covers: R-111, R-114

on 2026-05-11 07:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags fix" of tags as new_model
  artifact: tags-fix prompt

# A made-up authority: of somebody who cannot give it, of oneself, and of a colleague's role.
rivera claims authority of chen for safety_issue: "he was there"
  given: 2026-05-11 06:40
  => refused emergency.no_authority
rivera claims authority of rivera for safety_issue: "I was there"
  given: 2026-05-11 06:40
  => refused emergency.no_authority
patel claims authority of lindt for safety_issue: "she called me"
  given: 2026-05-11 06:40
  => refused actor.not_permitted
rivera claims authority of lindt for safety_issue: "she called me"
  given: 2026-05-11 07:30
  => refused time.wrong_order

rivera claims authority of lindt for safety_issue: "she called me"
  given: 2026-05-11 06:40
rivera deploys to production
lindt denies the authority: "I said that I would think about it"
  => authority denied
verdict on tags-fix in production
  => deny
     the verbal authority for release "tags fix" was denied
rivera claims authority of lindt for safety_issue: "she called again"
  given: 2026-05-11 06:50
  => refused already_exists

# Nor does the same artifact come back under another name.
rivera requests "tags fix again" of tags as major_update
  artifact: tags-fix prompt
rivera claims authority of lindt for safety_issue: "she called again"
  given: 2026-05-11 06:50
  => refused deployment.denied
     the verbal authority for release "tags fix" was denied
