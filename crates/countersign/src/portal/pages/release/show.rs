//! How the release page looks.

use super::lines::{Action, ApprovalLine, BlockerLine, CriterionLine, EvidenceLine, Gate};
use super::{ReleasePage, incidents, promises};
use crate::portal::components::timeline::Entry;
use crate::portal::components::{
    bullet, button, digest, heading, prose, side_by_side, summary_list, tag, task_list, timeline,
};
use crate::portal::layout::Shell;
use crate::portal::words;
use maud::{Markup, html};

/// The page.
pub fn page(page: &ReleasePage, shell: &Shell) -> Markup {
    html! {
        (head(page))
        (side_by_side::render(content(page, shell), "What the release is", side(page)))
    }
}

fn head(page: &ReleasePage) -> Markup {
    let gate = match page.verdict.gate {
        Gate::Open => "open",
        Gate::Shut => "shut",
        Gate::Spoken => "spoken",
    };
    let mine = Some(&page.mine).filter(|mine| !mine.is_empty());
    html! {
        (heading::back("/releases", "All releases"))
        p.caption { a href=(page.model.path) { (page.model.text) } }
        div.title-line {
            h1 { (page.title) }
            (tag::render(&page.state)) (tag::render(&page.tier))
            @if let Some(emergency) = &page.emergency { (tag::render(emergency)) }
        }
        div.gate.(gate) {
            p { strong { (page.verdict.sentence) } }
            @if let Some(open) = incidents::sentence(&page.incidents) {
                p { a href="#incidents" { (open) } }
            }
            @if let Some(mine) = mine {
                p.hint { "Waiting for you:" }
                ul.mine { @for one in mine { li { (button::link(&one.path, &one.text)) } } }
            }
        }
    }
}

fn content(page: &ReleasePage, shell: &Shell) -> Markup {
    let titled = |id: &str, title: &str, some: Option<Markup>| {
        html! {
            @if let Some(content) = some {
                section { h2 id=(id) { (title) } (content) }
            }
        }
    };
    let table = |some: bool, content: Markup| some.then_some(content);
    let why = match page.verdict.gate {
        Gate::Open | Gate::Shut => "Why the gate is shut",
        Gate::Spoken => "What the papers still lack",
    };
    html! {
        (titled("blockers", why, blockers(&page.blockers)))
        (titled("incidents", "Incidents", each(&page.incidents, |one| incidents::line(one, shell))))
        (titled("left", "What it takes", table(!page.groups.is_empty(), task_list::render(&page.groups))))
        (titled("criteria", "Criteria", each(&page.criteria, criterion)))
        (titled("approvals", "Approvals", each(&page.approvals, approval)))
        (promises::sections(&page.promises))
        (titled("evidence", "Evidence", each(&page.evidence, |one| evidence(one, shell))))
        (titled("timeline", "What happened", history(&page.timeline, shell)))
    }
}

fn each<T>(lines: &[T], one: impl Fn(&T) -> Markup) -> Option<Markup> {
    lines.first().map(|_| {
        html! { ul.lines { @for line in lines { li { (one(line)) } } } }
    })
}

/// Up to six reasons are shown at once; more are folded, because the tasks below say the same.
fn blockers(lines: &[BlockerLine]) -> Option<Markup> {
    let list = each(lines, blocker)?;
    let many = lines.get(6);
    Some(html! {
        @if many.is_some() {
            details {
                summary { "All " (lines.len()) " reasons, and who can lift each" }
                (list)
            }
        } @else {
            (list)
        }
    })
}

fn blocker(line: &BlockerLine) -> Markup {
    let path = Some(&line.next.path).filter(|path| !path.is_empty());
    html! {
        p { (line.text) }
        p.hint {
            @match path {
                Some(path) => a href=(path) { (line.next.text) },
                None => (line.next.text),
            }
            " · can be lifted by " (line.who)
        }
    }
}

fn criterion(line: &CriterionLine) -> Markup {
    html! {
        div.over { h3 { (line.title) } (tag::render(&line.tag)) }
        p { (line.because) }
        @for source in &line.sources {
            p.source {
                @if let Some(picture) = &source.bullet {
                    (bullet::render(picture))
                    span.number { strong { (picture.value) } " " (picture.bound) }
                }
                span.hint {
                    "from " a href=(source.evidence.path) { (source.evidence.text) } " at "
                    code { (source.place) }
                }
            }
        }
    }
}

fn approval(line: &ApprovalLine) -> Markup {
    html! {
        div.over { h3 { (line.purpose) } (tag::render(&line.tag)) }
        p { (line.role) }
        @for sentence in &line.sentences { p.hint { (sentence) } }
    }
}

fn evidence(line: &EvidenceLine, shell: &Shell) -> Markup {
    html! {
        div.over { h3 { a href=(line.file.path) { (line.file.text) } } (tag::render(&line.tag)) }
        p.hint { (line.id) " · " (line.target) " · " (line.read) }
        p.hint { (line.by) ", " (shell.zone.moment(line.at)) }
        @for text in &line.against { p { strong { (text) } } }
    }
}

fn history(entries: &[Entry], shell: &Shell) -> Option<Markup> {
    let (latest, earlier) = entries.split_at(entries.len().min(8));
    let more = earlier.first();
    entries.first().map(|_| {
        html! {
            (timeline::render(latest, shell))
            @if more.is_some() {
                details {
                    summary { (words::count(earlier.len(), "earlier entry", "earlier entries")) }
                    (timeline::render(earlier, shell))
                }
            }
        }
    })
}

fn side(page: &ReleasePage) -> Markup {
    let others = Some(&page.others).filter(|others| !others.is_empty());
    html! {
        section { h2 { "What changes" } (prose::render(&page.summary)) (summary_list::render(&page.facts)) }
        section {
            h2 { "Artifacts" }
            ul.plain {
                @for artifact in &page.artifacts {
                    li {
                        p { strong { (artifact.name) } " " span.hint { (artifact.kind) } }
                        p { (digest::short(&artifact.digest)) }
                    }
                }
            }
            p { a href={ "/releases/" (page.id) "/artifacts" } { "All digests" } }
        }
        section { h2 { "Pinned" } (summary_list::render(&page.pinned)) }
        section {
            h2 { "Records" }
            p { "Kept " (page.kept) "." }
            p { a href={ "/releases/" (page.id) "/records" } { "All records, holds and copies" } }
        }
        @if let Some(others) = others { section { h2 { "Other actions" } (links(others)) } }
    }
}

fn links(actions: &[Action]) -> Markup {
    html! { ul.plain { @for one in actions { li { a href=(one.path) { (one.text) } } } } }
}
