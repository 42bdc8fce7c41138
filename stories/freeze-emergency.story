title: an emergency passes a freeze, and says so
covers: R-111

on 2026-05-11 09:00
brandt freezes production until "2026-05-20 08:00": "the books are closed"
  name: quarter end
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
verdict on tags-v1 in production
  => deny
     release "tags v1" is draft
rivera claims authority of lindt for security_vulnerability: "the filter lets scripts through"
  given: 2026-05-11 08:50
verdict on tags-v1 in production
  => allow
     let through all the same: the environment is frozen (`quarter end`) until 2026-05-20T08:00:00Z
rivera deploys to production
  => deployed, papers awaited, release deployed, papers owed
