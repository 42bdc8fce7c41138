title: anybody signed in opens an incident, and names only what there is
covers: R-109

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
chen opens incident "Slow answers" as low: "ten seconds and more"
  model: chat
  environment: production
  => incident opened
chen opens incident "Wrong place" as low: "it happened elsewhere"
  environment: moon
  => refused not_found
chen opens incident "Wrong model" as low: "another model did it"
  model: nothing
  => refused not_found
pipeline opens incident "Machine" as low: "a machine says so"
  => refused actor.people_only
patel notes on incident "Slow answers": "the cache was cold"
  => incident noted
rivera closes incident "Slow answers" as false_alarm: "the cache was cold after the move"
  => incident closed
entries incident
  => Low: Slow answers: closed
