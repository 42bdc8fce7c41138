//! `index.html` of a release's pack: what is inside, for somebody who has nothing but a browser.

use super::evidence_path;
use crate::api::releases::records::{RecordView, RecordsView};
use crate::app::View;
use crate::pack::{MANIFEST, SIGNATURE};
use countersign_core::actor::Who;
use countersign_core::release::Release;
use maud::{DOCTYPE, Markup, html};

/// The page.
pub(super) fn index(view: &View, records: &RecordsView) -> String {
    let release = &*view.release.state;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (records.title) ", records" }
            }
            body {
                h1 { (records.title) ", records" }
                p { "Release " code { (records.release) } " of the model " code { (records.model) }
                    ". It is " (view.release.state.state_word().replace('_', " ")) "." }
                p { "Its records are kept " (records.kept) "." }
                @for hold in records.holds.iter().filter(|hold| hold.lifted_at.is_none()) {
                    p { "Legal hold " (hold.number) " stands since " (hold.placed_at) ": "
                        (hold.reason) }
                }
                @for record in &records.records { (of_kind(record)) }
                (files(view, release))
                (history(view))
                (how_to_check())
            }
        }
    };
    page.into_string()
}

fn of_kind(record: &RecordView) -> Markup {
    html! {
        h2 { (record.title) ": " (record.state.replace('_', " ")) }
        @if !record.missing.is_empty() {
            ul { @for missing in &record.missing { li { "Missing: " (missing) } } }
        }
        @if !record.pieces.is_empty() {
            table border="1" {
                thead { tr { th { "What" } th { "When" } th { "Who" } th { "In words" } } }
                tbody {
                    @for piece in &record.pieces {
                        tr {
                            td { (piece.what) }
                            td { (piece.at) }
                            td { (piece.by.as_deref().unwrap_or_default()) }
                            td { (piece.text.as_deref().unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}

fn files(view: &View, release: &Release) -> Markup {
    html! {
        h2 { "Files of evidence" }
        ul {
            @for (id, attached) in &release.evidence {
                li {
                    @let one = &attached.evidence;
                    @match release.kept.purged.get(id) {
                        None => a href=(evidence_path(&one.sha256)) { (one.name) },
                        Some(purged) => {
                            (one.name) ", purged on " (purged.at) " because: "
                            (view.text(&purged.reason))
                        },
                    }
                    ", " (one.size) " bytes, " code { (one.sha256) }
                }
            }
        }
    }
}

fn history(view: &View) -> Markup {
    let name = |who: &Who| match who {
        Who::Person(person) => view.name(person).to_owned(),
        Who::Machine(_) | Who::System => who.to_string(),
    };
    html! {
        h2 { "History" }
        table border="1" {
            thead { tr { th { "No." } th { "When" } th { "Who" } th { "What" } } }
            tbody {
                @for one in &view.timeline {
                    tr {
                        td { (one.version) }
                        td { (one.at) }
                        td { (name(&one.by)) }
                        td { (one.event.word().replace('_', " ")) }
                    }
                }
            }
        }
    }
}

fn how_to_check() -> Markup {
    html! {
        h2 { "How to check this" }
        p { "Unpack the archive and run " code { "countersign verify FOLDER --key KEYFILE" }
            " with a file that holds the log's key as the organisation published it. No server is needed. The key in "
            code { "log/key" } " is the one this archive came with." }
        ul {
            li { code { "log/" } ": each event as it stands in the log, and the proof that it does" }
            li { code { "dossier.json" } ": what approvals rely on; its digest stands in them" }
            li { code { "texts.json" } ": free texts with their salts. One that is not there was "
                "erased; its digest stays in the event." }
            li { code { (MANIFEST) } ": the digest of every other file, signed in "
                code { (SIGNATURE) } }
        }
    }
}
