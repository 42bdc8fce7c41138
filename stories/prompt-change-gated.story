title: a changed prompt does not run before somebody approved it
covers: R-144, R-146, R-159

on 2026-04-06 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat prompt 1" of chat as new_model
  artifact: chat-prompt-1 prompt
  facts: generative
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

on 2026-05-11 09:00
verdict on chat-prompt-2 in production
  => deny
     no release names this digest for this environment
patel requests "chat prompt 2" of chat as configuration_change
  artifact: chat-prompt-2 prompt
  facts: generative
  => requested
verdict on chat-prompt-2 in production
  => deny
     release "chat prompt 2" is draft
patel completes the checklist
patel submits
  => submitted
approvals of "chat prompt 2"
  => technical sign-off by model_owner: waits for rivera
patel deploys to production
  => refused actor.not_permitted
rivera approves as model_owner
  => approval given, approved
verdict on chat-prompt-2 in production
  => allow
