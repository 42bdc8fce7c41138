title: a vendor's service goes live when Security, Legal and the Lead signed in this order, each once
covers: R-071, R-132, R-133
runbook: catalog/runbooks/third-party-activation.md

on 2026-05-11 09:00
rivera registers model vendor-chat as medium: "A vendor's chat service for employees"
rivera requests "vendor chat 2026-05" of vendor-chat as third_party_activation
  artifact: vendor-chat-2026-05 vendor_model
  facts: generative, personal_data
  runbook: third-party-activation
rivera completes the checklist
rivera confirms the prerequisites
rivera submits
  => submitted

# A paper that is missing keeps everybody who reads it waiting.
rivera completes step describe-the-service-as-you-will-use-it: "version 3.1 in the region eu-1"
rivera attaches validation-report.txt to step collect-the-vendor-s-papers
  covers: model-card, security-report, terms
rivera completes step collect-the-vendor-s-papers
  => refused answers.invalid
     Collect the vendor's papers: no file covers the part `subprocessors`
weber completes step read-the-contract: "it says nothing about training on our data"
  => refused step.waits
everybody works through the runbook
  => step 2 by rivera, step 3 by kim, step 4 by weber, step 5 by rossi, step 6 by patel, step 7 by adeyemi

# The runbook's signatures are those the policy asks for anyway; it gives them their order.
approvals of "vendor chat 2026-05"
  => governance sign-off by ai_governance_lead: waits for lindt
  => security sign-off by security: waits for sato
  => legal sign-off by legal: waits for weber
lindt approves as ai_governance_lead
  => refused step.waits
sato approves as security
weber approves as legal
lindt approves as ai_governance_lead
  => approval given, approved
verdict on vendor-chat-2026-05 in production
  => allow
everybody works through the runbook
  => step 11 by countersign
verdict on vendor-chat-2026-06 in production
  => deny
     no release names this digest for this environment
