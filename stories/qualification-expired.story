title: nobody signs with a qualification that has expired
covers: R-130

on 2026-05-11 09:00
brandt publishes policy qualified.policy
hale approves policy "model-release 1.1"
ito approves policy "model-release 1.1"
rivera registers model routing as medium: "Routes tickets to teams"
patel requests "routing v1" of routing as new_model
  artifact: routing-v1 weights
patel answers on_call
  owner: "the support rota"
patel submits
  => refused approval.unreachable
     too few holders of `ai_governance_lead` have the qualification `Approver training`
brandt records that lindt passed for ai_governance_lead on 2025-05-20
  => qualification recorded
patel submits
  => submitted
on 2026-05-20 09:00
lindt approves as ai_governance_lead
  => refused qualification.expired
brandt records that lindt passed for ai_governance_lead on 2026-05-19
lindt approves as ai_governance_lead
  => approval given, approved
