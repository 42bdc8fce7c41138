title: a suspension denies a digest everywhere, and the committee looks at it afterwards
covers: R-116, R-118, R-119, R-126

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera deploys to production
rivera requests "tags v1 in staging" of tags as new_model
  artifact: tags-v1 weights
  environments: staging
rivera completes the checklist
rivera submits
rivera approves as model_owner
verdict on tags-v1 in staging
  => allow

lindt suspends the release: "it tags payroll files as public" on "tags v1"
  => suspended
verdict on tags-v1 in staging
  => deny
     release "tags v1" is suspended
rivera deploys to staging on "tags v1 in staging"
  => refused deployment.denied
     tags-v1: release "tags v1" is suspended

hale reviews suspension-2 as justified: "there is none yet" on "tags v1"
  => refused not_found
lindt reviews suspension-1 as justified: "my own" on "tags v1"
  => refused actor.not_permitted
hale reviews suspension-1 as justified: "the files were public for a day" on "tags v1"
  => reviewed
hale reviews suspension-1 as not_justified: "on second thoughts" on "tags v1"
  => refused nothing_to_do
lindt resumes the release: "payroll files are left out now" on "tags v1"
  => resumed
ito reviews resumption-1 as justified: "tested on Friday" on "tags v1"
  => reviewed
verdict on tags-v1 in staging
  => allow
