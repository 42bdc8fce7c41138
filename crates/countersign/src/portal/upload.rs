//! Attaching evidence: the form, and taking in what it sends as a stream, so that memory does not
//! grow with the file.

mod take;

pub use take::{Attached, attach};

use crate::portal::components::choice::{Answer, Choice};
use crate::portal::components::{button, form, tag};
use crate::portal::faults::Faults;
use crate::portal::layout::Shell;
use crate::portal::pages::release::lines::EvidenceLine;
use crate::portal::words;
use maud::{Markup, html};

/// What an upload form asks for.
#[derive(Debug, Clone, Default)]
pub struct UploadForm {
    /// Where it goes.
    pub action: String,
    /// What is needed, in words.
    pub needs: String,
    /// The parts a packet has to cover.
    pub parts: Vec<String>,
}

impl UploadForm {
    /// A form without parts.
    pub fn new(action: String, needs: &str) -> Self {
        Self { action, needs: needs.to_owned(), parts: Vec::new() }
    }

    fn fields(&self, evidence: &[EvidenceLine], faults: &Faults) -> Markup {
        let parts = self.parts.iter().map(|part| Answer::new(part, words::title(part)));
        let parts: Vec<Answer> = parts.collect();
        let packet = !parts.is_empty();
        let replaceable = evidence.iter().filter(|one| one.tag.text != "No longer counts");
        let older: Vec<Answer> = replaceable
            .map(|one| Answer::new(&one.id, format!("{} ({})", one.file.text, one.id)))
            .collect();
        let nothing = std::iter::once(Answer::new("", "Nothing: it is one more file"));
        let some_older = !older.is_empty();
        let redacted = vec![Answer::new("true", "Customer examples in it are redacted")];
        html! {
            @if packet {
                (Choice::new("parts", "Which parts does it cover?", parts).checkboxes(faults))
            }
            @if some_older {
                (Choice::new("replaces", "What does it replace?", nothing.chain(older).collect()).select(faults))
            }
            (Choice::new("redacted", "Redaction", redacted).optional().checkboxes(faults))
            (self.file(faults))
        }
    }

    /// The file comes last, so that everything else is known before its first byte.
    fn file(&self, faults: &Faults) -> Markup {
        let wrong: Vec<&str> = faults.of("file").collect();
        let bad = wrong.first().map(|_| "bad").unwrap_or_default();
        html! {
            div.field .(bad) {
                label for="f-file" { "File" }
                p.hint #f-file-hint { "Needed here: " (self.needs) "." }
                @for message in &wrong { p.fault { span.hidden { "Error: " } (message) } }
                input id="f-file" type="file" name="file" aria-describedby="f-file-hint";
            }
        }
    }
}

/// The evidence attached so far, and the form for more.
pub fn section(
    upload: &UploadForm,
    evidence: &[EvidenceLine],
    shell: &Shell,
    faults: &Faults,
) -> Markup {
    html! {
        section {
            h2 { "Evidence" }
            (list(evidence, shell))
            (form::upload(&upload.action, shell, html! {
                (upload.fields(evidence, faults))
                (button::submit("Attach the file"))
            }))
        }
    }
}

/// The evidence attached so far.
pub fn list(evidence: &[EvidenceLine], shell: &Shell) -> Markup {
    html! {
        @if !evidence.is_empty() {
            ul.lines {
                @for line in evidence {
                    li {
                        div.over {
                            p { a href=(line.file.path) { (line.file.text) } " " span.hint { (line.id) } }
                            (tag::render(&line.tag))
                        }
                        p.hint { (line.read) " · " (line.by) ", " (shell.zone.moment(line.at)) }
                    }
                }
            }
        }
    }
}
