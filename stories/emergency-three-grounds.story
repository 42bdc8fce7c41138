title: there are three grounds for an emergency and no fourth
covers: R-110

on 2026-05-11 07:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags fix" of tags as new_model
  artifact: tags-fix prompt
rivera claims authority of lindt for customer_deadline: "the customer waits"
  given: 2026-05-11 06:40
  => refused request.malformed
     `customer_deadline` is not known: use `safety_issue`, `security_vulnerability`, `regulatory_deadline`
rivera claims authority of lindt for regulatory_deadline: ""
  given: 2026-05-11 06:40
  => refused request.malformed
     this needs a text
rivera claims authority of lindt for regulatory_deadline: "the order is in force from noon"
  given: 2026-05-11 06:40
  => emergency claimed

# Authority that nobody confirms within a day lapses until it is confirmed.
on 2026-05-12 07:01
verdict on tags-fix in production
  => deny
     release "tags fix": authority unconfirmed
lindt confirms the authority
  => authority confirmed
verdict on tags-fix in production
  => allow
