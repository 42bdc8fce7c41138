//! `docs/reference/stories.md`, written from the tables of forms.

use super::forms::deeds;
use super::organisation::root;
use super::people::OF_PEOPLE;
use super::question::QUESTIONS;
use super::urgent;
use std::fmt::Write as _;

const OPENING: &str = "\
# Stories

A story is a plain text in `stories/*.story`: what people do, and what has to come of it. The same
text is told to the rules alone and to the HTTP API on SQLite, and it has to be true of both. It is
meant to be read, reviewed and sent as a report by people who write policy.

```text
title: a run that was cut short never passes
covers: R-154, I-12

on 2026-05-11 09:00
rivera registers model chat as low: \"Answers questions of employees\"
rivera requests \"chat v1\" of chat as new_model
  artifact: chat-v1 weights
  facts: generative
  => requested
rivera submits
  => refused checklist.incomplete
     prerequisite 1 is not confirmed: …
```

- `title:` is asked for; `covers:` names the requirements the story is evidence for. `policy:` and
  `runbook:` take the path of a document to use in place of, or beside, those of
  `stories/organisation.txt`, which also names the people and what roles they hold.
- `on DATE TIME` sets the clock, in UTC; `2 hours later`, `3 days later` move it. It never runs
  backwards.
- A line is about the release named last; ` on \"TITLE\"` at its end names another one.
- `=> …` below a line is what has to come of it, to the letter: the words of what happened, or
  `refused CODE` with every reason below, or the answer to a question. A line without it must not be
  refused. A story without any `=>` fails, and so does a line nobody knows.
- A line that begins with `#` is a remark.

`UPDATE_EXPECT=1 cargo test -p countersign --test it story` writes what came of each line that has
an expectation (`=> ?` will do for a new one). Read the difference before you keep it.
";

fn page() -> String {
    let mut page = String::from(OPENING);
    page.push_str("\n## What people do\n\n| Line | Meaning |\n|---|---|\n");
    let later = urgent::DEEDS.iter().chain(super::care::DEEDS).chain(super::times::DEEDS);
    let later = later.chain(super::policy_review::DEEDS).chain(super::kept::DEEDS);
    for form in deeds().chain(OF_PEOPLE).chain(later) {
        let _ = writeln!(page, "| `{}` | {} |", form.form, form.meaning);
    }
    page.push_str("\n## What can be asked\n\n| Line | Answer |\n|---|---|\n");
    for form in QUESTIONS {
        let _ = writeln!(page, "| `{}` | {} |", form.form, form.meaning);
    }
    page
}

#[test]
fn the_page_about_stories_lists_every_line_a_story_can_say() {
    let path = root().join("docs/reference/stories.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page(), "the page is out of date: UPDATE_EXPECT=1 cargo test writes it");
}
