title: an owner who reports trouble after a deployment says what it is
covers: R-107, R-109

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist
rivera submits
rivera approves as model_owner
rivera confirms the deployment to production
  => refused not_found
rivera deploys to production
rivera reports trouble in production: ""
  => refused answers.invalid
     Note: say what is wrong when one of the statements is a no
rivera reports trouble in production: "a tenth of the files get no tag at all"
  => deployment confirmed, incident opened
state of "tags v1"
  => deployed
