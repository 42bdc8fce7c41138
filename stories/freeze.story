title: in a freeze nothing new is deployed, and what runs is not taken down
covers: I-10

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
park freezes production until "2026-05-20 08:00": "it suits me"
  => refused actor.not_permitted
lindt freezes production until "2026-05-11 08:00": "the books are closed"
  => refused time.wrong_order
lindt freezes production until "2026-05-13 08:00": "the books are closed"
  name: quarter end
  from: "2026-05-12 08:00"
  => freeze declared
verdict on tags-v1 in production
  => allow

on 2026-05-12 08:00
verdict on tags-v1 in production
  => deny
     the environment is frozen (`quarter end`) until 2026-05-13T08:00:00Z
rivera deploys to production
  => refused deployment.denied
     tags-v1: the environment is frozen (`quarter end`) until 2026-05-13T08:00:00Z
park lifts freeze 1: "the release is urgent to me"
  => refused actor.not_permitted
entries freeze
  => quarter end: production: declared
brandt lifts freeze 1: "the books are closed early"
  => freeze lifted
rivera deploys to production
  => deployed, release deployed
lindt freezes production until "2026-05-14 08:00": "the auditors are here"
verdict on tags-v1 in production
  => allow
     let through all the same: the environment is frozen (`the freeze`) until 2026-05-14T08:00:00Z
