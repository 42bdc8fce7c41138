//! Broken runbooks: each fault with its code and its line.

use super::{MARKDOWN, RENDERED, errors, line};
use countersign_formats::diagnostic::{Level, has_errors, render};
use countersign_formats::runbook::parse;

/// Changes one line of the text and expects one error on the line given.
fn breaks(source: &str, change: (&str, &str), expected: (&str, &str)) {
    assert!(source.contains(change.0), "{}", change.0);
    let broken = source.replacen(change.0, change.1, 1);
    let (code, place) = expected;
    assert_eq!(errors(&broken), [(code, line(&broken, place))], "{change:?}");
}

#[test]
fn every_fault_of_a_step_is_named_with_its_line() {
    for (from, to, code, place) in [
        ("**Type:** form", "**Type:** forms", "runbook.step.type_unknown", "**Type:** forms"),
        ("**Type:** form  \n", "", "runbook.step.type_missing", "### 3. Ask the desk"),
        ("**Owner:** Desk lead  \n", "", "runbook.step.owner_missing", "### 3. Ask the desk"),
        ("**Owner:** Desk lead", "**Owner:**", "runbook.step.owner_missing", "**Owner:**"),
        ("\n**SLA:** 4 hours  ", "", "runbook.step.sla_missing", "### 1. Freeze the queues"),
        ("4 hours", "4 hour response", "runbook.step.sla_invalid", "**SLA:** 4 hour response"),
        ("4. Let it go", "4. Ask the desk", "runbook.step.name_twice", "### 4. Ask the desk"),
        ("**After:** 1", "**After:** 3", "runbook.step.after_invalid", "**After:** 3"),
        ("**After:** 1", "**SLA:** 2 hours", "runbook.step.key_twice", "**SLA:** 2 hours"),
        (
            "**Parts:** latency, answers",
            "**Form:** standard",
            "runbook.step.key_misplaced",
            "**Form:** standard",
        ),
        (
            "**Webhook:** router",
            "**Webhook:** https://router",
            "runbook.step.webhook_invalid",
            "**Webhook:** https://router",
        ),
        (
            "**Parts:** latency, answers",
            "**Parts:** a b, c",
            "runbook.step.parts_invalid",
            "**Parts:** a b, c",
        ),
        (
            "must contain checkpoint ID",
            "be nice",
            "runbook.step.file_name_invalid",
            "**File name:** be nice",
        ),
        ("### 5. Route", "### 5.", "runbook.step.title_missing", "### 5."),
        (
            "# ### 9. this is no step\nqueuectl freeze --all\n```",
            "",
            "runbook.fence_unclosed",
            "```sh",
        ),
    ] {
        breaks(MARKDOWN, (from, to), (code, place));
    }
}

#[test]
fn every_fault_of_the_front_matter_is_named_with_its_line() {
    for (from, to, code, place) in [
        ("id: adapter-rollout", "id: Adapter Rollout", "runbook.id_invalid", "id: Adapter Rollout"),
        ("id: adapter-rollout\n", "", "runbook.id_missing", "version: 2.3.0"),
        ("2.3.0", "2.3", "runbook.version_invalid", "version: 2.3"),
        ("version: 2.3.0\n", "", "runbook.version_missing", "id: adapter-rollout"),
        (
            "title: \"Adapter rollout: support desk\"\n",
            "",
            "runbook.title_missing",
            "id: adapter-rollout",
        ),
        ("2026-03-17", "last spring", "runbook.date_invalid", "last_reviewed: last spring"),
        ("complexity: high", "complexity: hihg", "runbook.complexity_unknown", "complexity: hihg"),
        ("240", "four hours", "runbook.duration_invalid", "estimated_duration_minutes: four hours"),
        ("240\n---", "240\n", "runbook.front_matter.unclosed", "---"),
        (
            "\"Adapter rollout: support desk\"",
            "Adapter rollout: support desk",
            "runbook.front_matter.yaml",
            "title: Adapter rollout: support desk",
        ),
        ("version: 2.3.0", "id: again", "runbook.front_matter.yaml", "id: again"),
        (
            "title: \"Adapter rollout: support desk\"",
            "title: [a, b]",
            "runbook.front_matter.shape",
            "title: [a, b]",
        ),
    ] {
        let broken = MARKDOWN.replacen(from, to, 1);
        let found = errors(&broken);
        assert!(found.contains(&(code, line(&broken, place))), "{code}: {found:?}");
    }
}

#[test]
fn every_fault_of_the_sections_is_named_with_its_line() {
    breaks(MARKDOWN, ("## Purpose", "## Purposes"), ("runbook.section_missing", "## When to use"));
    breaks(MARKDOWN, ("## Steps\n", "\n"), ("runbook.section_missing", "### 1. Freeze the queues"));
    breaks(
        MARKDOWN,
        ("## Steps", "## PREREQUISITES\n\n- x\n\n## Steps"),
        ("runbook.section_twice", "## PREREQUISITES"),
    );
    let empty = "- The approval is on file.\n- The old adapter is still loaded.\n";
    breaks(MARKDOWN, (empty, ""), ("runbook.section_empty", "## Prerequisites"));
    breaks(RENDERED, ("Prerequisites\n", "\n"), ("runbook.section_missing", "Steps"));
    let without = MARKDOWN.split("### 1.").next().unwrap();
    assert_eq!(errors(without), [("runbook.no_steps", line(without, "## Steps"))]);
}

#[test]
fn a_gap_in_the_numbers_is_reported_where_it_shows() {
    let at = MARKDOWN.find("### 3.").unwrap();
    let end = MARKDOWN.find("### 4.").unwrap();
    let gap = format!("{}{}", &MARKDOWN[..at], &MARKDOWN[end..]);
    assert_eq!(errors(&gap), [("runbook.step.number_gap", line(&gap, "### 4. Let it go"))]);
    let parsed = parse(&gap);
    assert!(parsed.diagnostics[0].message.contains("step 4 follows step 2"));
    let typo = MARKDOWN.replace("### 2. Attach", "### 22. Attach");
    assert_eq!(
        errors(&typo),
        [("runbook.step.number_gap", line(&typo, "### 22. Attach the dry run"))]
    );
    let twice = MARKDOWN.replace("### 5. Route", "### 4. Route");
    assert_eq!(errors(&twice), [("runbook.step.number_gap", line(&twice, "### 4. Route"))]);
}

#[test]
fn the_rendered_form_names_the_same_faults() {
    for (from, to, code, place) in [
        ("Type: form", "Type: Fomr", "runbook.step.type_unknown", "Type: Fomr"),
        ("Owner: Desk lead\n", "", "runbook.step.owner_missing", "3. Ask the desk"),
        ("SLA: 4 hours", "SLA: soon", "runbook.step.sla_invalid", "SLA: soon"),
        (
            "Adapter rollout: support desk\n\nv2.3.0 ",
            "Adapter rollout: support desk\n\n",
            "runbook.version_missing",
            "Adapter rollout: support desk",
        ),
    ] {
        breaks(RENDERED, (from, to), (code, place));
    }
    let header = RENDERED.lines().nth(4).unwrap();
    let broken =
        RENDERED.replace(header, "v2.3.0 Last reviewed someday ~240 min operational rollout high");
    assert_eq!(errors(&broken), [("runbook.date_invalid", 5)]);
    let broken = RENDERED.replace("rollout high", "rollout");
    assert_eq!(errors(&broken), [("runbook.header_words", 5)]);
}

/// R-028
#[test]
fn a_time_limit_nobody_can_count_gets_the_closest_reading_as_help() {
    let broken = MARKDOWN.replace("4 hours", "1 business day (after the call)");
    let parsed = parse(&broken);
    assert!(
        parsed.diagnostics[0].help.contains("`1 business day`"),
        "{}",
        parsed.diagnostics[0].help
    );
    let source = MARKDOWN.replace("**Type:** manual", "**Type:** sign-off");
    let help = parse(&source).diagnostics[0].help.clone();
    assert!(help.contains("did you mean `approval`?") && help.contains("webhook"), "{help}");
}

#[test]
fn every_fault_is_reported_at_once() {
    let broken = MARKDOWN
        .replace("2.3.0", "two")
        .replace("complexity: high", "complexity: huge")
        .replace("## Purpose", "## Reasons")
        .replace("**Owner:** Queue manager  \n", "")
        .replace("**SLA:** same day", "**SLA:** weekly");
    assert_eq!(errors(&broken).len(), 7, "{:?}", errors(&broken));
}

#[test]
fn an_approval_cannot_leave_out_an_earlier_step() {
    let broken = MARKDOWN
        .replace("**Owner:** Head of support  ", "**Owner:** Head of support  \n**After:** 1, 3  ");
    assert_eq!(
        errors(&broken),
        [("runbook.step.after_approval", line(&broken, "**After:** 1, 3"))]
    );
    let all = broken.replace("**After:** 1, 3", "**After:** 1–3");
    assert_eq!(errors(&all), []);
}

#[test]
fn a_document_without_steps_is_no_runbook_and_gets_its_closest_reading() {
    assert_eq!(errors(""), [("runbook.empty", 1)]);
    assert_eq!(errors(" \r\n\n"), [("runbook.empty", 1)]);
    let alert = "---\ntitle: Disk full\nweight: 3\n---\n\n# DiskFull\n\n## Meaning\n\nThe disk is full.\n\n## Diagnosis\n\n```sh\n## not a heading\n```\n";
    assert_eq!(errors(alert), [("runbook.not_a_runbook", 1)]);
    let notes: Vec<(u32, String)> = parse(alert)
        .diagnostics
        .into_iter()
        .filter(|found| found.level == Level::Note)
        .map(|found| (found.line, found.message))
        .collect();
    assert_eq!(notes.len(), 3);
    assert_eq!(notes[1], (8, "closest reading of `Meaning`: the section `Purpose`".into()));
    assert_eq!(notes[2].0, 12);
    assert!(notes[2].1.contains("step 1 `Diagnosis` of type manual"), "{}", notes[2].1);
    let checklist = "Release\n\n- [ ] tests\n- [x] notes\n";
    assert_eq!(errors(checklist), [("runbook.not_a_runbook", 1)]);
    assert!(parse(checklist).diagnostics.iter().any(|found| found.message.contains("a list of 2")));
}

#[test]
fn a_bomb_of_aliases_and_a_text_beyond_all_measure_are_refused() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..9 {
        bomb.push_str(&format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1));
    }
    let source = MARKDOWN.replacen("---\n", &bomb, 1);
    assert!(errors(&source).iter().any(|(code, _)| *code == "runbook.front_matter.yaml"));
    let deep = MARKDOWN.replace("2.3.0", &"[".repeat(10_000));
    assert!(errors(&deep).iter().any(|(code, _)| *code == "runbook.front_matter.yaml"));
    let long = "x".repeat(countersign_formats::runbook::MAX_SOURCE + 1);
    assert_eq!(errors(&long), [("runbook.too_long", 1)]);
}

#[test]
fn a_rendered_step_whose_keys_were_forgotten_is_not_taken_for_text_of_the_step_before() {
    let keys = "Type: webhook\nOwner: Queue manager\nSLA: same day\nWebhook: router\n\n";
    let broken = RENDERED.replace(keys, "");
    let at = line(&broken, "5. Route");
    let missing = ["type", "owner", "sla"];
    let found = errors(&broken);
    assert_eq!(found.len(), 3, "{found:?}");
    for (word, (code, place)) in missing.iter().zip(found) {
        assert!(code.contains(word) && place == at, "{code} {place}");
    }
    // The items of a list are not steps, whatever their numbers.
    let list = RENDERED.replace("Then check that\n", "1. one\n\n2. two\n\n3. three\n");
    assert_eq!(errors(&list), []);
}

/// Texts made to take long: each is answered at once.
#[test]
fn a_text_made_to_take_long_is_answered_like_any_other() {
    let steps = |line: &str| format!("{MARKDOWN}\n{}", line.repeat(250_000 / line.len()));
    for hostile in [
        steps("\n"),
        steps("```a\n"),
        steps("### 1. a\n"),
        steps("- [x] "),
        steps("a<br>"),
        steps("> [Ops] a\n> b\n"),
        steps("**Type:** "),
        steps("**Type:** form\n"),
        MARKDOWN.replace("**After:** 1", &format!("**After:** {}", "1-2,".repeat(50_000))),
        MARKDOWN.replace("**Owner:** Desk lead", &format!("**Owner:** {}", "x<br>".repeat(40_000))),
        MARKDOWN.replace("- The approval", &format!("- {}", "[x] ".repeat(50_000))),
        MARKDOWN.replace("id: adapter-rollout", &"a: [{b: c}]\n".repeat(10_000)),
        RENDERED.replace("Last reviewed", &format!("Last reviewed {}", "1 ".repeat(100_000))),
        format!("{RENDERED}\n{}", "\n".repeat(200_000)),
        format!("{RENDERED}\n{}", "9. a\n\n".repeat(30_000)),
        "#".repeat(250_000),
        "# a\n".repeat(60_000),
    ] {
        let parsed = parse(&hostile);
        assert_eq!(parsed.runbook.is_none(), has_errors(&parsed.diagnostics));
        assert!(render("hostile", &hostile, &parsed.diagnostics).len() < 2_000_000);
    }
}
