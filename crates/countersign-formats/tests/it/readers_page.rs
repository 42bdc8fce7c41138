//! `docs/reference/readers.md` is written from the tables the readers use.

use crate::readers::expect_file;
use countersign_formats::evidence::{
    CARD_SECTIONS, CardSection, DATASET_SECTIONS, EMPTY_PHRASES, GARAK_GRADES, GISKARD_LEVELS,
    Looks, MAX_ENTRIES, MAX_EVIDENCE_BYTES, MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_MEMBERS_BYTES,
    MAX_RATIO, MAX_READ_BYTES, PLACEHOLDERS, PROMPTFOO_SEVERITIES, READERS, SEVERITY_TABLE, Says,
};
use std::fmt::{Display, Write};
use std::path::Path;

#[test]
fn the_reference_page_of_readers_agrees_with_the_readers() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/readers.md");
    expect_file(&page, &written());
}

fn written() -> String {
    let mut page = format!(
        "# Evidence readers\n\n\
         This page is written from the readers by a test; `UPDATE_EXPECT=1 cargo test -p \
         countersign-formats` writes it anew.\n\n\
         A file is known by its content; the name is a hint for CSV, YAML and Markdown. A file no \
         reader knows is kept as plain evidence and satisfies no criterion. A file of a known format \
         that is broken, ambiguous, over {} MiB or over {MAX_ENTRIES} entries is refused with the \
         place and the remedy.\n\n\
         What is no number (`NaN`, `Infinity`, an empty cell, `1e400`), stands on zero samples, or \
         lies outside 0 to 1 where a fraction is stated, is a measurement without a value and never \
         passes a bound. Only a whole run can satisfy a criterion: a partial or failed one is shown \
         with what was cut. Units and directions are taken from the file only where it states them.\n\n\
         A ZIP archive is refused, whether a reader knows it or not, when a member has a name that \
         could lead out of the folder it is unpacked to, is a link, a device, encrypted, an archive \
         itself, or overlaps another, and when a member claims to unpack to more than {} GiB or, \
         above one MiB, to more than {MAX_RATIO} times its size, or all of them to more than {} GiB. \
         Of one that is read, at most {MAX_MEMBERS} members may be listed, and a member that is \
         asked for may unpack to {} MiB. Nothing else is unpacked, and nothing to disk.\n",
        MAX_EVIDENCE_BYTES / (1024 * 1024),
        MAX_MEMBER_BYTES >> 30,
        MAX_MEMBERS_BYTES >> 30,
        MAX_READ_BYTES >> 20,
    );
    for reader in READERS {
        write!(page, "\n## {}\n\nFormat `{}`.\n\n", reader.title, reader.format).unwrap();
        for note in reader.notes {
            writeln!(page, "- {note}").unwrap();
        }
        match reader.format {
            "cyclonedx" => {
                let phrases: Vec<String> =
                    EMPTY_PHRASES.iter().map(|it| format!("`{it}`")).collect();
                let phrases = phrases.join(", ");
                write!(page, "\nPlaceholders beside those of a model card: {phrases}.\n").unwrap();
            }
            "dataset-card" => sections(&mut page, DATASET_SECTIONS),
            "model-card" => model_card(&mut page),
            "sarif-2.1.0" => severities(&mut page),
            "garak" => mapped(&mut page, "Grade", GARAK_GRADES),
            "giskard" => mapped(&mut page, "Level", GISKARD_LEVELS),
            "promptfoo" => mapped(&mut page, "`severity`", PROMPTFOO_SEVERITIES),
            _ => {}
        }
    }
    page
}

fn mapped(page: &mut String, head: &str, table: &[(impl Display, impl Display)]) {
    write!(page, "\n| {head} | Severity |\n|---|---|\n").unwrap();
    for (said, severity) in table {
        writeln!(page, "| {said} | {severity} |").unwrap();
    }
}

fn sections(page: &mut String, sections: &[CardSection]) {
    page.push_str("\n| Check | Headings that hold it |\n|---|---|\n");
    for section in sections {
        let headings: Vec<String> = section.headings.iter().map(|it| format!("`{it}`")).collect();
        writeln!(page, "| `{}` | {} |", section.check, headings.join(", ")).unwrap();
    }
}

fn model_card(page: &mut String) {
    sections(page, CARD_SECTIONS);
    page.push_str("\nPlaceholders: ");
    let shown = PLACEHOLDERS.iter().map(|looks| match looks {
        Looks::Word(word) => format!("`{word}` as written"),
        Looks::AnyCaseWord(text) | Looks::Phrase(text) => format!("`{}`", text.replace('|', "\\|")),
    });
    writeln!(page, "{}.", shown.collect::<Vec<_>>().join(", ")).unwrap();
}

fn severities(page: &mut String) {
    page.push_str(
        "\nThe first source that a result, or else its rule, has decides. What fits no row is \
         `unknown`, which counts as the worst.\n\n\
         | Source | Written by | Says | Severity |\n|---|---|---|---|\n",
    );
    for row in SEVERITY_TABLE {
        let says = match row.says {
            Says::Score(least) => format!("{least} and above, to 10"),
            Says::Word(word) => format!("`{word}`"),
        };
        writeln!(page, "| `{}` | {} | {says} | {} |", row.source, row.written_by, row.severity)
            .unwrap();
    }
}
