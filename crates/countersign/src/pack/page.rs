//! The page of a pack: everything an auditor reads first, without a server, a script or a network.

use super::control::{Contents, file_of};
use super::{event_path, proof_path};
use countersign_core::actor::Who;
use countersign_core::control::Part;
use countersign_core::control::evidence::{DeploymentEvidence, PartStatus};
use countersign_core::control::maturity::{Maturity, Metrics};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

/// How the page looks.
pub const STYLE: &str = include_str!("pack.css");

/// The page.
pub fn render(contents: &Contents) -> Markup {
    let title = format!("{} {}: evidence", contents.control.id, contents.title);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="style.css";
            }
            body {
                header {
                    p.caption { "Evidence for " (contents.control.id) " " (contents.control.version) }
                    h1 { (contents.title) }
                    p {
                        (contents.period.from) " to " (contents.period.to) ", in "
                        (contents.period.zone)
                    }
                }
                main {
                    (summary(contents))
                    (asked(contents))
                    @if let Some(maturity) = &contents.maturity { (level(contents, maturity)) }
                    @for one in &contents.deployments { (deployment(contents, one)) }
                    (checking(contents))
                }
            }
        }
    }
}

fn summary(contents: &Contents) -> Markup {
    let count = contents.deployments.len();
    html! {
        section {
            h2 { "What there is" }
            @if count == 0 {
                p.empty {
                    strong { "No deployment was recorded in this period." }
                    " So there is nothing to show, and nothing follows about the control."
                }
            } @else {
                p {
                    (count) @if count == 1 { " deployment" } @else { " deployments" }
                    @match contents.gaps() {
                        0 => ", nothing missing.",
                        gaps => { ", " strong { (gaps) " with something missing." } },
                    }
                }
                (overview(contents))
            }
            @if !contents.missing_evidence.is_empty() {
                p {
                    (contents.missing_evidence.len())
                    " files of evidence are not kept any more; their digests are in the tables."
                }
            }
        }
    }
}

fn overview(contents: &Contents) -> Markup {
    let parts = contents.parts();
    html! {
        div.wide { table {
            thead { tr {
                th scope="col" { "Version" } th scope="col" { "Environment" }
                th scope="col" { "When" } th scope="col" { "By" }
                @for part in &parts { th scope="col" { (part.human()) } }
            } }
            tbody { @for one in &contents.deployments { tr {
                td { a href={ "#" (anchor(one)) } { (one.title) } }
                td { (one.deployment.environment) }
                td { (moment(one.deployment.at)) }
                td { (who(contents, &one.deployment.deployer)) }
                @for part in &one.parts { td { (held(part)) } }
            } } }
        } }
    }
}

fn asked(contents: &Contents) -> Markup {
    html! {
        section {
            h2 { "What is asked" }
            p { (contents.loaded().control.objective) }
            ol { @for asked in &contents.loaded().control.evidence { li {
                (asked.asks)
                @match asked.shown_by.map(Part::human) {
                    Some(part) => { " " span.hint { "Shown under " (part) "." } },
                    None => { " " span.hint { "Not among the records of the release gate." } },
                }
            } } }
        }
    }
}

fn level(contents: &Contents, maturity: &Maturity) -> Markup {
    html! {
        section {
            h2 { "How far the control is" }
            p {
                @match maturity.level {
                    Some(level) => { strong { (level.human()) } ": "
                        (contents.loaded().control.maturity.of(level)) },
                    None => strong { "Not known: nothing was seen in this period." },
                }
            }
            div.wide { table {
                thead { tr { th scope="col" { "Level" } th scope="col" { "Seen" }
                    th scope="col" { "Why" } th scope="col" { "What is missing" }
                    th scope="col" { "Events" } } }
                tbody { @for one in &maturity.levels { tr {
                    td { (one.level.human()) }
                    td { @if one.seen { "yes" } @else { "no" } }
                    td { (one.because) }
                    td { ul { @for missing in &one.missing { li { (missing) } } } }
                    td { (one.events.len()) }
                } } }
            } }
            (numbers(&maturity.metrics))
        }
    }
}

fn numbers(metrics: &Metrics) -> Markup {
    let hours = |minutes: Option<u64>| {
        minutes.map(|minutes| format!("{} h {} min", minutes / 60, minutes % 60))
    };
    html! {
        dl {
            dt { "Approved" } dd { (metrics.approved) }
            dt { "Rejected" } dd { (metrics.rejected)
                @for (reason, count) in &metrics.rejections { ", " (reason.word().replace('_', " ")) " " (count) }
            }
            @if let Some(percent) = metrics.approval_percent {
                dt { "Approval rate" } dd { (percent) " %" }
            }
            @if let Some(median) = hours(metrics.median_minutes) {
                dt { "Median time from submission to decision" } dd { (median) }
            }
            @if let Some(longest) = hours(metrics.longest_minutes) {
                dt { "Longest" } dd { (longest) }
            }
        }
    }
}

fn deployment(contents: &Contents, one: &DeploymentEvidence) -> Markup {
    let line = &one.deployment;
    html! {
        section id=(anchor(one)) {
            h2 { (one.title) " in " (line.environment) }
            p {
                (one.change.human()) ", " (one.tier.human()) " risk. "
                (line.kind.word()) " at " (moment(line.at)) " by "
                (who(contents, &line.deployer))
                @if let Some(reference) = &line.change_reference { ", " (reference) }
                "."
            }
            ul { @for artifact in &line.artifacts { li {
                (artifact.kind.human()) " " (artifact.name) " " code { (artifact.digest) }
            } } }
            @for part in &one.parts {
                h3 { (part.part.human()) " " (held(part)) }
                p { (part.because) }
                @match part.part {
                    Part::GateChecklist => (checklist(one)),
                    Part::TestReports => (tests(one)),
                    Part::ApprovalRecords => (approvals(contents, one)),
                    Part::ExceptionRecords => (exceptions(contents, one)),
                    Part::DeploymentLog => {},
                }
                (events(part))
            }
        }
    }
}

fn checklist(one: &DeploymentEvidence) -> Markup {
    let list = &one.checklist;
    html! {
        @if list.policy.is_some() {
            div.wide { table {
                thead { tr { th scope="col" { "Asked" } th scope="col" { "State" }
                    th scope="col" { "When" } } }
                tbody {
                    @for item in &list.items { tr {
                        td { (item.title) } td { (item.state.replace('_', " ")) }
                        td { (optional(item.answered_at)) }
                    } }
                    @for step in &list.steps { tr {
                        td { (step.title) }
                        td { @if step.done_at.is_some() { "done" } @else { "open" } }
                        td { (optional(step.done_at)) }
                    } }
                    @for criterion in &list.criteria { tr {
                        td { (criterion.title) } td { (outcome(criterion.outcome)) }
                        td { (criterion.because) }
                    } }
                }
            } }
        }
    }
}

fn tests(one: &DeploymentEvidence) -> Markup {
    html! { ul { @for test in &one.tests { li {
        (test.kind.human()) ": " (test.held.word().replace('_', " ")) ". " (test.because) "."
        @if !test.reports.is_empty() { ul { @for report in &test.reports { li {
            a href=(file_of(report)) { (report.name) }
            " " (report.format.as_deref().unwrap_or("of no known format"))
            ", attached " (moment(report.attached_at))
        } } } }
    } } } }
}

fn approvals(contents: &Contents, one: &DeploymentEvidence) -> Markup {
    html! { ul { @for approval in &one.approvals { li {
        (contents.name(&approval.person)) " as " (approval.role) " for " (approval.purpose)
        " at " (moment(approval.at)) ", for "
        @for (at, environment) in approval.environments.iter().enumerate() {
            @if at > 0 { ", " } (environment)
        }
        " and the content " code { (approval.dossier) }
        @if approval.self_approved { ". The approver had asked for it himself, as the policy allows" }
        "."
    } } } }
}

fn exceptions(contents: &Contents, one: &DeploymentEvidence) -> Markup {
    let record = &one.exceptions;
    html! { ul {
        @for waiver in &record.waivers { li {
            "Waived: " (waiver.waives.to_string()) ", until " (moment(waiver.until)) ". "
            (contents.text(&waiver.reason)) " " (contents.text(&waiver.measures))
            ul { @for accepted in &waiver.accepted { li {
                (contents.name(&accepted.by)) " as " (accepted.role) " accepted the risk at "
                (moment(accepted.at)) ": " (contents.text(&accepted.statement))
            } } }
        } }
        @if let Some(emergency) = &record.emergency { li {
            "Verbal authority of " (contents.name(&emergency.authority)) " on the ground of "
            (emergency.ground.human()) ": " (contents.text(&emergency.explanation)) " Confirmed: "
            (optional(emergency.confirmed_at)) ". Approved in writing: "
            (optional(emergency.approved_at)) "."
        } }
    } }
}

fn events(part: &PartStatus) -> Markup {
    html! { p.hint {
        "Events: "
        @for (at, position) in part.events.iter().enumerate() {
            @if at > 0 { ", " }
            a href=(event_path(*position)) { (position) }
            " (" a href=(proof_path(*position)) { "proof" } ")"
        }
        @if part.events.is_empty() { "none" }
    } }
}

fn checking(contents: &Contents) -> Markup {
    html! {
        section {
            h2 { "How to check this pack" }
            p {
                "The log had " (contents.log.size) " events with the root "
                code { (contents.log.root) } "; its signed head is " a href="log/checkpoint" { "here" }
                ". " code { "countersign verify" } " checks every file and every proof, and works out "
                "what is told here from the events, without a server. Compare the key in " a href="log/key" { "log/key" }
                " with the one you know from elsewhere."
            }
            p {
                "Times are UTC. Names of people are not in the log: they were added from the "
                "directory, and whoever was erased appears by identifier."
            }
        }
    }
}

fn anchor(one: &DeploymentEvidence) -> String {
    format!("event-{}", one.deployment.position)
}

fn held(part: &PartStatus) -> Markup {
    html! { span class={ "tag " (part.held.word()) } { (part.held.word().replace('_', " ")) } }
}

fn outcome(outcome: countersign_core::assess::Outcome) -> String {
    let word = serde_json::to_value(outcome).ok();
    let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
    word.replace('_', " ")
}

fn who(contents: &Contents, who: &Who) -> String {
    match who {
        Who::Person(person) => contents.name(person).to_owned(),
        Who::Machine(_) | Who::System => who.to_string(),
    }
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn optional(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "not".to_owned(), moment)
}
