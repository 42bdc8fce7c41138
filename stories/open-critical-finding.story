title: an open critical finding shuts the gate until Security closes it
covers: R-176, R-178

on 2026-05-11 09:00
rivera registers model tags as low: "Suggests tags for internal documents"
rivera requests "tags v1" of tags as new_model
  artifact: tags-v1 weights
rivera completes the checklist except security_tests
rivera attaches scan-critical.sarif to item security_tests
rivera answers security_tests
  scope: the checkpoint's files
rivera submits
  => submitted
rivera approves as model_owner
  => refused gate.closed
     No critical security finding is open: finding `PICKLE01 adapter.bin primary=pickle-1` (critical, PICKLE01) is open in e3, /runs/0/results/0
blockers of "tags v1"
  => No critical security finding is open: finding `PICKLE01 adapter.bin primary=pickle-1` (critical, PICKLE01) is open in e3, /runs/0/results/0
     lifted by application_security, security, rivera
  => technical sign-off by `model_owner` is missing (0 of 1)
     lifted by model_owner, rivera

# Security closes it; the requester does not, whatever role he is given.
rivera closes finding "PICKLE01 adapter.bin primary=pickle-1" in e3: "we load it elsewhere"
  => refused actor.not_permitted
last event of "tags v1"
  => rivera: attempt refused
brandt grants security to rivera
rivera closes finding "PICKLE01 adapter.bin primary=pickle-1" in e3: "we load it elsewhere"
  => refused approval.not_independent
sato closes finding "PICKLE01 adapter.bin primary=pickle-1" in e3: "loaded as safetensors only; the pickle is not shipped"
  => finding closed
rivera approves as model_owner
  => approval given, approved
