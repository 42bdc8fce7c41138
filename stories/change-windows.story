title: outside its change windows production takes nothing new, and keeps what it has
covers: I-09

on 2026-05-11 09:00
lindt sets the windows of production
  window: mon-thu 09:00-16:00
  window: fri 09:00-12:00
  => change windows set
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits

on 2026-05-15 11:30
rivera approves as model_owner
verdict on tags-v1 in production
  => allow

on 2026-05-15 12:00
verdict on tags-v1 in production
  => deny
     nothing new is deployed here outside a change window; the next begins 2026-05-18T09:00:00Z
pipeline deploys to production
  => refused deployment.denied
     tags-v1: nothing new is deployed here outside a change window; the next begins 2026-05-18T09:00:00Z
park sets the windows of production
  => refused actor.not_permitted

on 2026-05-18 09:00
pipeline deploys to production
  => deployed, release deployed

on 2026-05-18 23:00
verdict on tags-v1 in production
  => allow
     let through all the same: nothing new is deployed here outside a change window; the next begins 2026-05-19T09:00:00Z
