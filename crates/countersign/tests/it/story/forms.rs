//! Every deed a story can tell, one row each: its form, what it means, how it is read.
//!
//! `docs/reference/stories.md` is written from this table.

mod beside;

use super::deed::{Asked, Attachment, Condition, Deed, Done, MeetingDeed, NamedArtifact, Place};
use super::form::Filled;
use super::settings::Settings;
use countersign_core::release::Due;

/// A kind of line.
pub struct Form {
    pub form: &'static str,
    pub meaning: &'static str,
    pub read: fn(&Filled, &mut Settings) -> Result<Deed, String>,
}

pub const fn form(
    form: &'static str,
    meaning: &'static str,
    read: fn(&Filled, &mut Settings) -> Result<Deed, String>,
) -> Form {
    Form { form, meaning, read }
}

/// Every deed: those of releases in the order a release meets them, then what stands beside.
pub fn deeds() -> impl Iterator<Item = &'static Form> {
    DEEDS.iter().chain(beside::DEEDS)
}

const DEEDS: &[Form] = &[
    form(
        "{who} registers model {model} as {tier}: {text}",
        "Brings a model under governance; whoever does owns it.",
        |f, _| {
            Ok(Deed::RegisterModel {
                model: f.one("model"),
                tier: f.one("tier"),
                intended_use: f.one("text"),
            })
        },
    ),
    form(
        "{who} changes the tier of {model} to {tier}: {text}",
        "Changes a model's risk tier.",
        |f, _| {
            Ok(Deed::ChangeTier {
                model: f.one("model"),
                tier: f.one("tier"),
                reason: f.one("text"),
            })
        },
    ),
    form("{who} makes {owner} owner of {model}: {text}", "Gives a model another owner.", |f, _| {
        Ok(Deed::ChangeOwner {
            model: f.one("model"),
            owner: f.one("owner"),
            reason: f.one("text"),
        })
    }),
    form(
        "{who} requests {title} of {model} as {change}",
        "Asks for a release. Below it: `artifact: NAME KIND` (once for each; a third word stands for its bytes), `facts:`, `regions:`, `environments:` (lists; production when left out), `runbook: NAME`, `resubmits: \"TITLE\"`, `not before: \"2026-05-20 09:00\"`, `not after: …`, `summary:`, `override reason:` (why less than the proposed change type is enough).",
        request,
    ),
    form(
        "{who} adds artifact {name} {kind}",
        "Adds an artifact. The digest of an artifact in a story is that of its name.",
        |f, _| {
            Ok(Deed::AddArtifact(NamedArtifact {
                name: f.one("name"),
                kind: f.one("kind"),
                bytes: f.one("name"),
            }))
        },
    ),
    form("{who} removes artifact {name}", "Takes an artifact out.", |f, _| {
        Ok(Deed::RemoveArtifact { name: f.one("name") })
    }),
    form(
        "{who} confirms prerequisite {number}",
        "Confirms one prerequisite of the runbook.",
        |f, _| Ok(Deed::ConfirmPrerequisite { number: number(f)? }),
    ),
    form("{who} confirms the prerequisites", "Confirms all of them.", |_, _| {
        Ok(Deed::ConfirmPrerequisites)
    }),
    form(
        "{who} answers {item}",
        "Answers a checklist item; below it `QUESTION: ANSWER` lines.",
        |f, s| Ok(Deed::Answer { item: f.one("item"), answers: s.answers() }),
    ),
    form(
        "{who} says {item} does not apply: {text}",
        "Answers a checklist item as not applicable.",
        |f, _| Ok(Deed::NotApplicable { item: f.one("item"), reason: f.one("text") }),
    ),
    form(
        "{who} completes the checklist",
        "Answers every open item with what `stories/checklist.txt` holds for it.",
        |_, _| Ok(Deed::CompleteChecklist { except: Vec::new() }),
    ),
    form(
        "{who} completes the checklist except {items...}",
        "The same, leaving items out.",
        |f, _| Ok(Deed::CompleteChecklist { except: f.many("items") }),
    ),
    form(
        "{who} attaches {file} to item {item}",
        "Attaches a file of `stories/files`. Below it: `replaces: e1`, `redacted: yes`.",
        |f, s| attach(f, s, Place::Item(f.one("item"))),
    ),
    form(
        "{who} attaches {file} to step {step}",
        "The same to a step. Below it also `covers: PART, PART`.",
        |f, s| attach(f, s, Place::Step(f.one("step"))),
    ),
    form(
        "{who} attaches {file} to condition {number}",
        "The same to a condition of the approval, after the decision.",
        |f, s| attach(f, s, Place::Condition(number(f)?)),
    ),
    form(
        "{who} withdraws evidence {evidence}: {text}",
        "Takes a piece of evidence back.",
        |f, _| Ok(Deed::WithdrawEvidence { evidence: f.one("evidence"), reason: f.one("text") }),
    ),
    form("{who} opens evidence {evidence}", "Notes that a reviewer opened it.", |f, _| {
        Ok(Deed::OpenEvidence { evidence: f.one("evidence") })
    }),
    form(
        "{who} closes finding {finding} in {evidence}: {text}",
        "Closes a finding by hand.",
        |f, _| {
            Ok(Deed::CloseFinding {
                evidence: f.one("evidence"),
                finding: f.one("finding"),
                reason: f.one("text"),
            })
        },
    ),
    form("{who} submits", "Submits the release for review.", |_, _| Ok(Deed::Submit)),
    form(
        "{who} completes step {step}: {text}",
        "Completes a manual step, saying what was done.",
        |f, _| Ok(Deed::Complete { step: f.one("step"), done: Done::Statement(f.one("text")) }),
    ),
    form(
        "{who} completes step {step}",
        "Completes an upload step; with `QUESTION: ANSWER` lines below it, a form step.",
        |f, s| {
            let answers = s.answers();
            let done = if answers.is_empty() { Done::Files } else { Done::Answers(answers) };
            Ok(Deed::Complete { step: f.one("step"), done })
        },
    ),
    form(
        "everybody works through the runbook",
        "Each step that is ready is completed by somebody who holds its role, in the way of its kind, and then what waited for it: a statement, a small file for all parts, a form as `stories/questionnaire.txt` answers it, the message of a webhook after the decision. What came of it says who did which step. Nobody approves.",
        |_, _| Ok(Deed::WorkThroughRunbook { except: Vec::new() }),
    ),
    form(
        "everybody works through the runbook except {steps...}",
        "The same, leaving steps out, and with them what waits for them.",
        |f, _| Ok(Deed::WorkThroughRunbook { except: f.many("steps") }),
    ),
    form(
        "{who} raises a concern on step {step}: {text}",
        "Stops approvals until somebody resolves it.",
        |f, _| Ok(Deed::RaiseConcern { step: f.one("step"), text: f.one("text") }),
    ),
    form("{who} resolves concern {number}: {text}", "Resolves a concern.", |f, _| {
        Ok(Deed::ResolveConcern { number: number(f)?, text: f.one("text") })
    }),
    form(
        "{who} reads the release",
        "Remembers the dossier as it is; a later approval by the same person is for this one.",
        |_, _| Ok(Deed::Read),
    ),
    form(
        "{who} approves as {role}",
        "Approves. Below it, for conditions: `condition: OWNER by DATE TIME, TEXT`, or `condition: OWNER within 20 business days, TEXT`.",
        |f, s| {
            let conditions =
                s.all("condition").iter().map(|text| condition(text)).collect::<Result<_, _>>()?;
            Ok(Deed::Approve { role: f.one("role"), conditions })
        },
    ),
    form(
        "{who} rejects as {role} for {reason}: {text}",
        "Rejects; the reason is one of the policy's words.",
        |f, _| {
            Ok(Deed::Reject { role: f.one("role"), reason: f.one("reason"), text: f.one("text") })
        },
    ),
    form("{who} withdraws the release: {text}", "Takes the release back.", |f, _| {
        Ok(Deed::Withdraw { reason: f.one("text") })
    }),
    form(
        "{who} deploys to {environment}",
        "Records a deployment. Below it: `change: REFERENCE`.",
        |f, s| Ok(Deed::Deploy { environment: f.one("environment"), change: s.one("change") }),
    ),
    form(
        "{who} confirms the deployment to {environment}",
        "Makes the three statements after a deployment, all of them well.",
        |f, _| Ok(Deed::Confirm { environment: f.one("environment"), trouble: None }),
    ),
    form(
        "{who} reports trouble in {environment}: {text}",
        "Makes them, but says that there are issues.",
        |f, _| {
            Ok(Deed::Confirm { environment: f.one("environment"), trouble: Some(f.one("text")) })
        },
    ),
    form("{who} suspends the release: {text}", "Stops it everywhere.", |f, _| {
        Ok(Deed::Suspend { reason: f.one("text") })
    }),
    form("{who} resumes the release: {text}", "Lets it run again.", |f, _| {
        Ok(Deed::Resume { reason: f.one("text") })
    }),
    form(
        "{who} publishes policy {file}",
        "Publishes a policy. Below it, for each line that is to read otherwise: `change: OLD -> NEW`.",
        |f, s| {
            let changes =
                s.all("change").iter().map(|one| changed(one)).collect::<Result<_, _>>()?;
            Ok(Deed::PublishPolicy { file: f.one("file"), changes })
        },
    ),
    form(
        "{who} approves policy {policy}",
        "Approves a published policy, named as `\"model-release 1.1\"`.",
        |f, _| Ok(Deed::ApprovePolicy { policy: f.one("policy") }),
    ),
    form(
        "{who} declines policy {policy}: {text}",
        "Declines a published policy, for good.",
        |f, _| Ok(Deed::DeclinePolicy { policy: f.one("policy"), reason: f.one("text") }),
    ),
    form(
        "{who} calls session {meeting}",
        "Calls a session of the committee for now. Below it, out of turn: `urgent: REASON`.",
        |f, s| session(f, MeetingDeed::Call { urgent: s.one("urgent") }),
    ),
    form("{who} opens session {meeting}", "Opens it; its members are fixed.", |f, _| {
        session(f, MeetingDeed::Open)
    }),
    form(
        "{who} puts {title} on the table of {meeting}",
        "Puts a release on the table, with the content it has now.",
        |f, _| session(f, MeetingDeed::PutRelease { release: f.one("title") }),
    ),
    form(
        "{who} puts policy {policy} on the table of {meeting}",
        "Puts a policy on the table that waits for its approval.",
        |f, _| session(f, MeetingDeed::PutPolicy { policy: f.one("policy") }),
    ),
    form(
        "{who} votes {vote} on item {number} of {meeting}",
        "Votes on an item. Below it, for anything but a yes: `reason: TEXT`.",
        |f, s| {
            let (number, vote, reason) = (number(f)?, f.one("vote"), s.one("reason"));
            session(f, MeetingDeed::Vote { number, vote, reason })
        },
    ),
    form(
        "{who} steps back from item {number} of {meeting}: {text}",
        "Takes no part in the vote on an item.",
        |f, _| session(f, MeetingDeed::Recuse { number: number(f)?, reason: f.one("text") }),
    ),
    form(
        "{who} closes item {number} of {meeting}",
        "Closes an item; what the votes say happens. Below it: `statement: TEXT`.",
        |f, s| {
            let statement = s.one("statement");
            session(f, MeetingDeed::Settle { number: number(f)?, statement })
        },
    ),
    form("{who} closes session {meeting}: {text}", "Closes a session with its minutes.", |f, _| {
        session(f, MeetingDeed::Close { minutes: f.one("text") })
    }),
    form("{who} publishes runbook {file}", "Publishes a runbook.", |f, _| {
        Ok(Deed::PublishRunbook { file: f.one("file") })
    }),
    form(
        "{who} delivers the message of step {step}",
        "By `countersign` itself: the other system took the message.",
        |f, _| Ok(Deed::Delivered { step: f.one("step") }),
    ),
    form(
        "{who} finds the confirmation of {environment} missing",
        "By `countersign` itself, when its clock says so.",
        |f, _| Ok(Deed::Missed { environment: f.one("environment") }),
    ),
];

fn session(filled: &Filled, deed: MeetingDeed) -> Result<Deed, String> {
    Ok(Deed::Meeting { meeting: filled.one("meeting"), deed })
}

pub fn number(filled: &Filled) -> Result<u32, String> {
    let text = filled.one("number");
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

fn request(filled: &Filled, settings: &mut Settings) -> Result<Deed, String> {
    Ok(Deed::Request(Box::new(Asked {
        title: filled.one("title"),
        model: filled.one("model"),
        change: filled.one("change"),
        summary: settings.one("summary").unwrap_or_else(|| "What the ticket says.".into()),
        artifacts: settings
            .all("artifact")
            .iter()
            .map(|text| artifact(text))
            .collect::<Result<_, _>>()?,
        environments: settings.list("environments"),
        regions: settings.list("regions"),
        facts: settings.list("facts"),
        runbook: settings.one("runbook"),
        resubmits: settings.one("resubmits"),
        schedule: super::times::schedule(settings)?,
        override_reason: settings.one("override reason"),
    })))
}

fn artifact(text: &str) -> Result<NamedArtifact, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, kind, bytes) = match words.as_slice() {
        [name, kind] => (name, kind, name),
        [name, kind, bytes] => (name, kind, bytes),
        _ => return Err(format!("`artifact: {text}` is not `artifact: NAME KIND`")),
    };
    let owned = |word: &str| word.to_owned();
    Ok(NamedArtifact { name: owned(name), kind: owned(kind), bytes: owned(bytes) })
}

fn attach(filled: &Filled, settings: &mut Settings, to: Place) -> Result<Deed, String> {
    Ok(Deed::Attach(Attachment {
        file: filled.one("file"),
        to,
        parts: settings.list("covers"),
        redacted: settings.one("redacted").is_some_and(|answer| answer == "yes"),
        replaces: settings.one("replaces"),
        content: None,
    }))
}

fn condition(text: &str) -> Result<Condition, String> {
    let shape = || format!("`condition: {text}` is not `condition: OWNER by DATE TIME, TEXT`");
    let (head, promise) = text.split_once(", ").ok_or_else(shape)?;
    let (owner, due) = match (head.split_once(" by "), head.split_once(" within ")) {
        (Some((owner, due)), _) => (owner, super::script::moment(due).map(Due::At)),
        (None, Some((owner, limit))) => (owner, limit.parse().ok().map(Due::Within)),
        (None, None) => return Err(shape()),
    };
    let due = due.ok_or_else(shape)?;
    Ok(Condition { owner: owner.into(), due, text: promise.trim_matches('"').into() })
}

fn changed(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once(" -> ").map(|(old, new)| (old.trim().into(), new.trim().into()));
    pair.ok_or_else(|| format!("`change: {text}` is not `change: OLD -> NEW`"))
}
