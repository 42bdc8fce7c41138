title: a vendor's model goes live with the Lead, Security and Legal
covers: R-061, R-071, R-132, R-133

on 2026-05-11 09:00
rivera registers model vendor-chat as medium: "A vendor's chat service for employees"
rivera requests "vendor chat 2026-05" of vendor-chat as third_party_activation
  artifact: vendor-chat-2026-05 vendor_model
  => requested
rivera completes the checklist
rivera submits
  => submitted
approvals of "vendor chat 2026-05"
  => governance sign-off by ai_governance_lead: waits for lindt
  => security sign-off by security: waits for sato
  => legal sign-off by legal: waits for weber
rivera approves as model_owner
  => refused approval.role_not_asked
sato approves as security
  => approval given
weber approves as legal
  => approval given
state of "vendor chat 2026-05"
  => in review
lindt approves as ai_governance_lead
  => approval given, approved
verdict on vendor-chat-2026-05 in production
  => allow
