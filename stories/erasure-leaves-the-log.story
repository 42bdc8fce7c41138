title: a person and a text are erased, and the log is as it was
covers: R-128, I-07

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
  summary: what Mr Smith of accounting asked for
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera erases the texts of event 1: "he is named in it"
  => refused actor.not_permitted
brandt erases the texts of event 1: "he is named in it"
  => texts erased
brandt erases person rivera: "she left"
  => refused erasure.still_owns
rivera makes moreno owner of tags: "she leaves"
brandt erases person rivera: "she left"
  => person erased
brandt erases person brandt: "I leave as well"
  => refused erasure.oneself
grey exports the release
  => records exported
last event of "tags v1"
  => grey: records exported
state of "tags v1"
  => approved
