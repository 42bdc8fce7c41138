title: a rollback that was tried too long ago has to be tried again
covers: R-117

on 2026-10-01 09:00
rivera registers model notes as high: "Writes notes of meetings"
rivera requests "notes v1" of notes as new_model
  artifact: notes-v1 weights
rivera completes the checklist
rivera submits
  => refused checklist.incomplete
     checklist item `Rollback tested and confirmed working` is open: the last drill was on 2026-03-19, 196 days ago, and at most 180 are allowed: record a new one
rivera records a drill on 2026-10-02 back to "notes v0" in 9 minutes: worked
  => refused time.wrong_order
chen records a drill on 2026-09-30 back to "notes v0" in 9 minutes: worked
  => refused actor.not_permitted
park records a drill on 2026-09-29 back to "notes v0" in 40 minutes: failed
  => drill recorded
rivera submits
  => refused checklist.incomplete
     checklist item `Rollback tested and confirmed working` is open: the drill on 2026-09-29 failed: record one that worked
park records a drill on 2026-09-30 back to "notes v0" in 9 minutes: worked
  => drill recorded
rivera submits
  => submitted
