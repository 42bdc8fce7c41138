title: a release without an artifact is not submitted, and bytes it does not name are denied
covers: R-015, R-016, R-177

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
rivera completes the checklist
rivera submits
  => refused checklist.incomplete
     no artifact is named
blockers of "tags v1"
  => the release is not submitted
     lifted by rivera
  => no artifact is named
     lifted by rivera
rivera adds artifact tags-v1 weights
  => artifact added
rivera submits
  => submitted
rivera approves as model_owner
verdict on tags-v1 in production
  => allow
verdict on tags-v1-quantised in production
  => deny
     no release names this digest for this environment
