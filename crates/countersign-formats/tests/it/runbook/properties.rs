//! Properties over generated runbooks and over damaged text.

use super::{MARKDOWN, RENDERED};
use countersign_core::name::{StepName, slug};
use countersign_core::runbook::{ReviewNote, Runbook, RunbookStep};
use countersign_core::sla::Sla;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::{FileUpload, NameRule};
use countersign_core::step::webhook::Webhook;
use countersign_formats::diagnostic::{has_errors, render};
use countersign_formats::runbook::{Parsed, parse, to_markdown, to_text};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// One line of words, some of which mean something elsewhere.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-zA-Zäß0-9]{1,8}",
        1 => "[a-z]{1,4}[,.:;!?)#*\"']",
        1 => prop::sample::select(vec![
            "Purpose", "Steps", "#", "##", "**Type:**", "Owner:", "SLA:", "[Ops review]", "- ", ">",
            "1.", "2.", "3.", "Step", "\\", "|", "---", "yes", "null", "v1.2.3", "~9", "Runbooks", "©", "[x]",
            "`code`", "(a, b)", "Title:", "Id:",
        ]).prop_map(String::from),
    ];
    vec(word, 1..7).prop_map(|words| {
        let line = words.join(" ");
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// An item of a list; a task box without a task is none.
fn item() -> impl Strategy<Value = String> {
    words().prop_filter("a task", |line| line.split(' ').any(|word| word != "[x]"))
}

/// A text that the values of keys can hold.
fn title() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9/&äß()-]{0,9}( [A-Za-z0-9/&()-]{1,9}){0,3}"
}

/// Paragraphs as the parser leaves them: what one text makes of lines, it makes again.
fn prose() -> impl Strategy<Value = String> {
    let code = vec("[ -~]{0,20}", 0..3)
        .prop_filter("no fence within", |lines| lines.iter().all(|line| !line.contains("```")))
        .prop_map(|lines| {
            format!("```sh\n{}```", lines.iter().map(|l| format!("{l}\n")).collect::<String>())
        });
    let block = prop_oneof![
        6 => words(),
        2 => vec(words(), 1..4).prop_map(|items| items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")),
        1 => words().prop_map(|line| format!("wrapped {line}\nand more")),
        1 => words().prop_map(|line| format!("broken {line}  \nand more")),
        1 => Just("| a | b |\n|---|---|\n| 1 | 2 |".to_owned()),
        1 => code,
    ];
    vec(block, 0..4).prop_map(|blocks| blocks.join("\n\n"))
}

fn kind() -> impl Strategy<Value = StepKind> {
    let word = "[a-z][a-z0-9-]{0,8}";
    let rule = prop::sample::select(vec![NameRule::Ignore, NameRule::Warn, NameRule::Block]);
    let parts = prop::collection::btree_set(word, 0..4);
    let upload = (parts, rule).prop_filter_map(
        "`none` says that there are no parts",
        |(parts, name_rule)| {
            let parts: Vec<String> = parts.into_iter().collect();
            (parts != ["none"]).then_some(StepKind::FileUpload(FileUpload { parts, name_rule }))
        },
    );
    prop_oneof![
        prop::sample::select(vec!["manual", "form", "approval"])
            .prop_filter_map("a kind", StepKind::from_word),
        upload,
        word.prop_map(|endpoint| StepKind::Webhook(Webhook { endpoint })),
    ]
}

fn note() -> impl Strategy<Value = ReviewNote> {
    ("[A-Za-z]{2,6}( [A-Za-z/]{1,8})?", words())
        .prop_map(|(reviewer, text)| ReviewNote { reviewer, text })
}

fn step() -> impl Strategy<Value = RunbookStep> {
    let sla = prop_oneof![
        (1u32..1_000).prop_map(Sla::Hours),
        (1u32..1_000).prop_map(Sla::BusinessDays),
        Just(Sla::SameDay),
    ];
    let escalation = prop_oneof![Just(String::new()), title()];
    (title(), kind(), title(), sla, escalation, prose(), vec(note(), 0..3)).prop_map(
        |(title, kind, owner, sla, escalation, text, notes)| RunbookStep {
            name: StepName::new("x").unwrap(),
            title,
            kind,
            owner,
            sla,
            escalation,
            after: None,
            text,
            notes,
        },
    )
}

/// Gives every step a title and a name of its own and lets some of them wait for less.
fn number(mut steps: Vec<RunbookStep>, waits: &[bool]) -> Vec<RunbookStep> {
    for (at, step) in steps.iter_mut().enumerate() {
        step.title = format!("{} {at}", step.title);
        step.name = StepName::new(slug(&step.title)).unwrap();
        let free =
            waits.get(at).is_some_and(|wait| *wait) && !matches!(step.kind, StepKind::Approval(_));
        step.after = free.then(|| (1..=u32::try_from(at).unwrap()).step_by(2).collect());
    }
    steps
}

fn runbook() -> impl Strategy<Value = Runbook> {
    let tag = prop_oneof![3 => "[a-z]{1,8}(-[a-z]{1,8})?", 1 => words(), 1 => Just(String::new())];
    let tags = (tag.clone(), tag, prop::sample::select(vec!["", "low", "medium", "high"]));
    let names = || vec(words(), 0..3);
    let date = option::of((2000i16..2100, 1i8..13, 1i8..29));
    let head = (names(), names(), names(), date, option::of(1u32..10_000), words(), words());
    let body =
        (prose(), vec(item(), 1..4), vec(item(), 1..4), vec(step(), 1..5), vec(any::<bool>(), 5));
    (tags, head, body).prop_map(|(tags, head, body)| {
        let (authors, reviewed_by, compliance, date, estimated_minutes, title, summary) = head;
        let (purpose, when_to_use, prerequisites, steps, waits) = body;
        Runbook {
            name: "generated".parse().unwrap(),
            version: "1.20.3-rc.1+b".into(),
            title,
            authors,
            reviewed_by,
            last_reviewed: date.and_then(|(year, month, day)| Date::new(year, month, day).ok()),
            lifecycle: tags.0,
            kind: tags.1,
            compliance,
            complexity: tags.2.into(),
            summary,
            estimated_minutes,
            purpose: format!("Because.\n\n{purpose}"),
            when_to_use,
            prerequisites,
            steps: number(steps, &waits),
        }
    })
}

/// Either there is a runbook, or errors that say why not; all of it can be shown, and what was
/// read survives export.
fn sound(source: &str, parsed: &Parsed) {
    assert_eq!(parsed.runbook.is_none(), has_errors(&parsed.diagnostics));
    render("runbook", source, &parsed.diagnostics);
    if let Some(runbook) = &parsed.runbook {
        assert_round_trip(runbook);
    }
}

fn assert_round_trip(runbook: &Runbook) {
    for (form, text) in [("markdown", to_markdown(runbook)), ("text", to_text(runbook))] {
        let parsed = parse(&text);
        let shown = render("export", &text, &parsed.diagnostics);
        let again = parsed.runbook.unwrap_or_else(|| panic!("{form}:\n{text}\n{shown}"));
        assert_eq!(&again, runbook, "{form}:\n{text}");
    }
}

/// The first runbook with the free text of the second, whose blanks and wraps were tidied.
fn with_words_of(mut runbook: Runbook, tidied: &Runbook) -> Runbook {
    runbook.purpose.clone_from(&tidied.purpose);
    runbook.when_to_use.clone_from(&tidied.when_to_use);
    runbook.prerequisites.clone_from(&tidied.prerequisites);
    for (step, tidied) in runbook.steps.iter_mut().zip(&tidied.steps) {
        step.text.clone_from(&tidied.text);
        for (note, tidied) in step.notes.iter_mut().zip(&tidied.notes) {
            note.text.clone_from(&tidied.text);
        }
    }
    runbook
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// R-054
    #[test]
    fn a_runbook_that_was_read_survives_export_in_both_forms(runbook in runbook()) {
        for text in [to_markdown(&runbook), to_text(&runbook)] {
            let parsed = parse(&text);
            let shown = render("export", &text, &parsed.diagnostics);
            let Some(read) = parsed.runbook else { panic!("{text}\n{shown}") };
            assert_round_trip(&read);
            prop_assert_eq!(&with_words_of(runbook.clone(), &read), &read);
        }
    }

    #[test]
    fn no_damage_to_a_runbook_breaks_the_parser(
        rendered in any::<bool>(),
        damage in vec((0usize..4_000, 0usize..60, "[ -~]{0,6}|[\n\r\t#*>\\[\\]`~:•é\u{feff}-]{0,4}"), 1..4),
    ) {
        let mut source = String::from(if rendered { RENDERED } else { MARKDOWN });
        for (at, length, text) in damage {
            let floor = |at: usize| (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
            let (from, to) = (floor(at), floor(at + length));
            source.replace_range(from..to, &text);
        }
        sound(&source, &parse(&source));
    }

    #[test]
    fn lines_of_a_runbook_in_any_order_never_break_the_parser(order in vec(0usize..200, 0..60)) {
        let lines: Vec<&str> = MARKDOWN.lines().chain(RENDERED.lines()).collect();
        let source: Vec<&str> = order.iter().map(|at| lines[at % lines.len()]).collect();
        let source = source.join("\n");
        sound(&source, &parse(&source));
        let source = format!("{MARKDOWN}\n{source}");
        sound(&source, &parse(&source));
        let source = format!("{RENDERED}\n{source}");
        sound(&source, &parse(&source));
    }

    #[test]
    fn any_text_is_answered(source in any::<String>()) {
        sound(&source, &parse(&source));
    }
}

/// R-054
#[test]
fn a_title_that_begins_with_a_mark_of_encoding_survives_export() {
    let (mut runbook, _) =
        super::read(include_str!("../../../../../catalog/runbooks/prompt-change.md"));
    runbook.title = format!("\u{feff}{}", runbook.title);
    assert_round_trip(&runbook);
}

/// R-054
#[test]
fn code_that_reads_like_a_heading_or_a_key_survives_export() {
    let (mut runbook, _) =
        super::read(include_str!("../../../../../catalog/runbooks/prompt-change.md"));
    for code in ["\t#", "    ## Steps", "    Owner: nobody", "      # made by hand"] {
        runbook.steps[0].text = format!("The router is told.\n\n{code}\n\nThen it is asked.");
        assert_round_trip(&runbook);
    }
}
