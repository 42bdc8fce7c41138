title: five small changes in a row ask for a full review
covers: R-067

on 2026-04-06 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: prompt prompt tags-0
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.1" of tags as configuration_change
  artifact: prompt prompt tags-1
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.2" of tags as configuration_change
  artifact: prompt prompt tags-2
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.3" of tags as configuration_change
  artifact: prompt prompt tags-3
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.4" of tags as configuration_change
  artifact: prompt prompt tags-4
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.5" of tags as configuration_change
  artifact: prompt prompt tags-5
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production

7 days later
rivera requests "tags v1.6" of tags as configuration_change
  artifact: prompt prompt tags-6
  => refused change_type.lower_than_proposed
     5 minor changes since the last full review, at most 5
     prompt `prompt`: another runs now
rivera requests "tags v1.6" of tags as configuration_change
  artifact: prompt prompt tags-6
  override reason: "a comma; the review is set for the next session"
  => requested, change type overridden
entries override
  => tags v1.6: Configuration change instead of Major update: flagged
rivera withdraws the release: "we do the review now"
patel requests "tags v2" of tags as major_update
  artifact: prompt prompt tags-6
  => requested
