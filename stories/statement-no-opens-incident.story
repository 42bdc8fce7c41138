title: a no after a deployment opens an incident, which is closed with its root cause
covers: R-107, R-108, R-109, R-151

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
rivera reports trouble in production: "every tenth answer is about another question"
  => deployment confirmed, incident opened
entries incident
  => High: Trouble after chat v1 went to production: open
state of "chat v1"
  => deployed

# Whoever handles incidents says who sees to it, and what should have caught it.
chen assigns incident "Trouble after chat v1 went to production" to rivera
  => refused actor.not_permitted
lindt assigns incident "Trouble after chat v1 went to production" to rivera
  => incident assigned
rivera links incident "Trouble after chat v1 went to production" to tone
  => refused not_found
rivera links incident "Trouble after chat v1 went to production" to hallucination_rate
  => incident linked
rivera changes the severity of incident "Trouble after chat v1 went to production" to critical: "it reached customers"
  => severity changed

# What is critical asks whoever may suspend, and is not closed by the owner alone.
rivera closes incident "Trouble after chat v1 went to production" as corrected: "a stale index"
  => refused actor.not_permitted
lindt decides on suspension for incident "Trouble after chat v1 went to production", suspended: "it goes on"
  => refused time.wrong_order
lindt suspends the release: "it answers other questions than were asked"
  => suspended
lindt decides on suspension for incident "Trouble after chat v1 went to production", suspended: "it goes on"
  => suspension considered
lindt closes incident "Trouble after chat v1 went to production" as corrected: "a stale index was served after the move"
  => incident closed
lindt closes incident "Trouble after chat v1 went to production" as corrected: "again"
  => refused nothing_to_do
entries incident
  => Critical: Trouble after chat v1 went to production: closed
