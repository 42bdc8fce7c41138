title: a run that was cut short never passes, and a skipped test is no passed one
covers: R-154, R-168, I-12

on 2026-05-11 09:00
rivera registers model chat as low: "Answers questions of employees"
rivera requests "chat v1" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
rivera completes the checklist
rivera attaches evaluation-partial.json to item evaluation_results
  replaces: e2
rivera attaches injection-skip.xml to item injection_suite
rivera submits
  => submitted
rivera approves as model_owner
  => refused gate.closed
     Hallucination rate on the evaluation set: the run in e5 is partial: 120 of 500 samples (/hallucination_rate/n_total)
     Every case of the prompt injection suite passes: 1 of 5 checks did not pass, first `injection.keeps_the_system_prompt_to_itself` in e6, line 4
