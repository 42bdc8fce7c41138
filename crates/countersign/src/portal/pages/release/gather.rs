//! The release page's values from a release as the application shows it. What stands is read from
//! the report; nothing is worked out here.

use super::actions;
use super::lines::{
    Action, ApprovalLine, ArtifactLine, BlockerLine, CriterionLine, EvidenceLine, Gate, SourceLine,
    Verdict,
};
use super::titles::{Titles, who};
use super::{ReleasePage, incidents, paths, promises, schedule, sentence, tasks};
use crate::api::releases::view::emergency::sentence as sentence_of_emergency;
use crate::app::View;
use crate::portal::components::bullet::{Bullet, Holds};
use crate::portal::components::digest;
use crate::portal::components::summary_list::{Line, line, line_if};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::assess::{CriterionStatus, Outcome, RuleStatus};
use countersign_core::blocker::{Blocker, Reason};
use countersign_core::release::urgent::shuts_at_once;
use countersign_core::release::urgent::spoken::Spoken;
use countersign_core::release::{Attached, Target};
use maud::html;

/// The page.
pub async fn page(visitor: &Visitor, view: &View) -> Result<ReleasePage, Wrong> {
    let titles = Titles::of(visitor, view).await?;
    let release = &*view.release.state;
    let request = release.request.as_ref();
    let id = release.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let model = request.map(|request| request.model.to_string()).unwrap_or_default();
    let model_title = view.model.state.registration.as_ref().map(|it| it.title.clone());
    let actions = actions::of(visitor, view, &titles).await?;
    let report = view.report.as_ref();
    let tier = view.plan.as_ref().map(|plan| plan.classification.tier);
    let tier = tier.or(request.map(|request| request.tier));
    let mut groups = report.map(|report| tasks::groups(view, report, &titles)).unwrap_or_default();
    groups.retain(|group| !group.tasks.is_empty());
    Ok(ReleasePage {
        title: request.map(|request| request.title.clone()).unwrap_or_default(),
        model: Action::new(format!("/models/{model}"), model_title.unwrap_or(model)),
        state: Tag::of_state(release.state_word()),
        tier: Tag::of_tier(tier.map_or("", |tier| tier.word())),
        emergency: release.urgent.emergency.as_ref().map(|_| Tag::new("Emergency", Tone::Warn)),
        summary: request.map(|r| view.text(&r.summary).to_owned()).unwrap_or_default(),
        verdict: verdict(visitor, view),
        mine: actions.mine,
        others: actions.others,
        blockers: report
            .iter()
            .flat_map(|report| &report.blockers)
            .map(|one| blocker(visitor, view, &titles, one))
            .collect(),
        incidents: incidents::of(visitor, view).await?,
        groups,
        criteria: report.iter().flat_map(|r| &r.criteria).map(|one| criterion(&id, one)).collect(),
        evidence: Pieces { visitor, view, id: &id }.all(),
        approvals: report
            .iter()
            .flat_map(|report| &report.approvals)
            .map(|one| approval(view, &titles, one))
            .collect(),
        promises: promises::of(visitor, view, &titles).await?,
        timeline: view
            .timeline
            .iter()
            .rev()
            .filter_map(|e| sentence::entry(view, &titles, e))
            .collect(),
        facts: facts(visitor, view),
        artifacts: artifacts(view),
        pinned: pinned(view),
        kept: kept(view),
        dossier: report.map(|report| report.dossier),
        id,
    })
}

fn verdict(visitor: &Visitor, view: &View) -> Verdict {
    let spoken = view.release.state.spoken(view.at);
    let said = spoken
        .as_ref()
        .and_then(|spoken| sentence_of_emergency(view, spoken, |at| visitor.shell.zone.text(at)));
    if let (Some(Spoken::Holds { .. }), Some(sentence)) = (&spoken, &said) {
        let lacks = view.report.as_ref().map_or(0, |report| report.blockers.len());
        let lacks = words::count(lacks, "thing is missing", "things are missing");
        let sentence = format!("{sentence} Of the papers {lacks}, below.");
        return Verdict { sentence, gate: Gate::Spoken };
    }
    let over = matches!(spoken, Some(Spoken::Over { .. }));
    let spoken = said.filter(|_| over).map(|said| format!("{said} ")).unwrap_or_default();
    let shut =
        |sentence: String| Verdict { sentence: format!("{spoken}{sentence}"), gate: Gate::Shut };
    match (&view.report, &view.no_plan) {
        (Some(report), _) => match report.blockers.len() {
            0 => match schedule::shut(view, visitor.now()) {
                none if none.is_empty() => {
                    Verdict { sentence: "The gate is open.".into(), gate: Gate::Open }
                }
                why => shut(format!("It is approved, and waits. {}.", why.join(". "))),
            },
            1 => shut("The gate is shut for 1 reason.".into()),
            many => shut(format!("The gate is shut for {many} reasons.")),
        },
        (None, Some(refusal)) => {
            let next = words::capital(&refusal.next_step());
            shut(format!("There is no gate plan: {refusal}. {next}."))
        }
        (None, None) => shut("There is no gate plan.".into()),
    }
}

fn blocker(visitor: &Visitor, view: &View, titles: &Titles, one: &Blocker) -> BlockerLine {
    let id = view.release.state.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let people = &one.lifted_by.people;
    // A link leads to where it is lifted; whom nobody asks would only be told so there.
    let asked = match &one.reason {
        Reason::ApprovalMissing { .. } => people.contains(&visitor.person),
        _ => people.is_empty() || people.contains(&visitor.person),
    };
    let path = paths::of_blocker(&id, &one.reason).filter(|_| asked).unwrap_or_default();
    BlockerLine {
        text: said(titles, one),
        who: titles.lifter(view, one),
        next: Action::new(path, words::capital(one.next_step())),
    }
}

/// A reason in words; a missing approval names its role as people call it.
fn said(titles: &Titles, one: &Blocker) -> String {
    match &one.reason {
        Reason::ApprovalMissing { role, purpose, given, needed } => {
            let role = titles.role(role);
            words::capital(&format!("{purpose} by {role} is missing ({given} of {needed})"))
        }
        _ => words::capital(&one.to_string()),
    }
}

fn criterion(id: &str, one: &CriterionStatus) -> CriterionLine {
    let (tag, holds) = match one.outcome {
        Outcome::Met => (Tag::new("Met", Tone::Good), Holds::Yes),
        Outcome::Unmet => (Tag::new("Not met", Tone::Bad), Holds::No),
        Outcome::Unknown => (Tag::new("Not known", Tone::Warn), Holds::No),
        Outcome::NotApplicable => (Tag::new("Does not apply", Tone::Quiet), Holds::No),
        Outcome::Waived => (Tag::new("Waived", Tone::Warn), Holds::No),
    };
    let source = |source: &countersign_core::assess::Source| SourceLine {
        bullet: one
            .bound
            .as_ref()
            .zip(source.value)
            .map(|(bound, value)| Bullet::new(bound, value, holds)),
        evidence: Action::new(
            format!("/releases/{id}/evidence/{}", source.evidence),
            source.evidence.to_string(),
        ),
        place: source.measurement.place.to_string(),
    };
    CriterionLine {
        title: one.title.clone(),
        tag,
        because: words::capital(&one.because),
        sources: one.sources.iter().map(source).collect(),
    }
}

fn approval(view: &View, titles: &Titles, one: &RuleStatus) -> ApprovalLine {
    let names = |people: &[countersign_core::name::PersonId]| {
        words::list(&people.iter().map(|person| view.name(person)).collect::<Vec<_>>())
    };
    let some = |people: &[countersign_core::name::PersonId], before: &str| {
        people.first().map(|_| format!("{before} {}.", names(people)))
    };
    let tag = if one.satisfied() {
        let text = if one.self_approved { "Given, self-approved" } else { "Given" };
        Tag::new(text, Tone::Good)
    } else {
        Tag::new(format!("{} of {}", one.given.len(), one.needed), Tone::Active)
    };
    let left = one.needed as usize - one.given.len().min(one.needed as usize);
    let open = (left > 0).then_some(one.eligible.as_slice());
    let nobody = open.filter(|people| people.is_empty());
    let independent = one
        .independent_of
        .first()
        .map(|_| format!("Must not be {}.", one.independent_of.join(" or ")));
    let sentences = [
        some(&one.given, "Signed by"),
        some(&one.lapsed, "Lapsed, because content changed:"),
        open.and_then(|people| some(people, "Can still be given by")),
        nobody.map(|_| "Nobody is left who could give it.".to_owned()),
        independent,
    ];
    ApprovalLine {
        purpose: words::capital(&one.purpose),
        role: titles.role(&one.role),
        tag,
        sentences: sentences.into_iter().flatten().collect(),
    }
}

/// The evidence of a release, as a visitor sees it.
#[derive(Clone, Copy)]
pub struct Pieces<'a> {
    /// Who looks.
    pub visitor: &'a Visitor,
    /// The release.
    pub view: &'a View,
    /// Its identifier.
    pub id: &'a str,
}

impl Pieces<'_> {
    /// What people call the release.
    pub fn title(self) -> String {
        let request = self.view.release.state.request.as_ref();
        request.map(|request| request.title.clone()).unwrap_or_default()
    }

    /// Every piece.
    pub fn all(self) -> Vec<EvidenceLine> {
        self.view.release.state.evidence.values().map(|one| self.line(one)).collect()
    }

    /// What is attached to this, withdrawn pieces included.
    pub fn attached_to(self, target: &Target) -> Vec<EvidenceLine> {
        let pieces = self.view.release.state.evidence.values();
        pieces.filter(|one| &one.evidence.target == target).map(|one| self.line(one)).collect()
    }

    fn line(self, one: &Attached) -> EvidenceLine {
        let piece = &one.evidence;
        let opened = (piece.id.clone(), self.visitor.person.clone());
        let tag = match (one.withdrawn, self.view.release.state.opened.contains(&opened)) {
            (true, _) => Tag::new("No longer counts", Tone::Quiet),
            (false, true) => Tag::new("Opened by you", Tone::Good),
            (false, false) => Tag::new("Not opened by you", Tone::Quiet),
        };
        let read = match &piece.reading {
            Some(reading) => {
                let count = words::count(reading.len(), "reading", "readings");
                format!("{}: {count}", reading.format)
            }
            None => format!("kept as a file, {}", words::size(piece.size)),
        };
        let path = format!("/releases/{}/evidence/{}", self.id, piece.id);
        EvidenceLine {
            file: Action::new(path, piece.name.clone()),
            id: piece.id.to_string(),
            target: target(self.view, &piece.target),
            read,
            by: who(self.view, &one.by),
            at: one.at,
            against: against(self.view, one),
            tag,
        }
    }
}

/// What evidence that was taken back said against the release, and why it went.
fn against(view: &View, one: &Attached) -> Vec<String> {
    let all = view.report.iter().flat_map(|report| &report.withdrawn);
    let Some(found) = all.into_iter().find(|it| it.evidence == one.evidence.id) else {
        return Vec::new();
    };
    let why = match (&found.reason, &found.replaced_by) {
        (Some(reason), _) => format!("Withdrawn because: {}", view.text(reason)),
        (None, Some(other)) => format!("Replaced by {other}"),
        (None, None) => "Withdrawn without a reason".to_owned(),
    };
    let said = found.said.iter().map(|said| format!("It spoke against the release: {said}"));
    said.chain([why]).collect()
}

/// What evidence is attached to, as people call it.
pub fn target(view: &View, target: &Target) -> String {
    let plan = view.plan.as_ref();
    let title = match target {
        Target::Item(item) => plan.and_then(|p| p.item(item)).map(|item| item.title.clone()),
        Target::Step(step) => plan.and_then(|p| p.step(step)).map(|step| step.step.title.clone()),
        Target::Condition(number) => Some(format!("Condition {number}")),
    };
    title.unwrap_or_else(|| target.to_string())
}

fn artifacts(view: &View) -> Vec<ArtifactLine> {
    let one = |artifact: &countersign_core::release::Artifact| ArtifactLine {
        name: artifact.name.clone(),
        kind: artifact.kind.human().to_owned(),
        digest: artifact.digest,
    };
    view.release.state.artifacts.iter().map(one).collect()
}

fn facts(visitor: &Visitor, view: &View) -> Vec<Line> {
    let release = &*view.release.state;
    let Some(request) = &release.request else { return Vec::new() };
    let joined = |words: Vec<String>| words.join(", ");
    let traits = words::facts(request.traits.iter().map(|it| it.human()));
    let environments = joined(request.environments.iter().map(ToString::to_string).collect());
    let regions = joined(request.regions.iter().map(ToString::to_string).collect());
    let requested = release.requested.as_ref().map(|(_, by)| who(view, by)).unwrap_or_default();
    let resubmits = request.resubmits.as_ref();
    [
        Some(line("Change", request.change.human())),
        shuts_at_once(request).map(|at_once| line("When it is approved", at_once)),
        proposed(view),
        Some(line("Environments", environments)),
        schedule::facts(&visitor.shell.zone, &request.schedule),
        line_if("Regions", &regions),
        line_if("Facts", &traits),
        Some(line("Requested by", requested)),
        resubmits.map(|id| {
            line("Takes up", html! { a href={ "/releases/" (id) } { (view.title(id)) } })
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The flag that a lower change type was chosen than the facts proposed, for whoever looks at the
/// release or signs it.
fn proposed(view: &View) -> Option<Line> {
    let one = view.release.state.overridden.as_ref()?;
    let (by, why) = (who(view, &one.by), view.text(&one.reason));
    let flag = tag::render(&Tag::new("Lower than proposed", Tone::Warn));
    Some(line(
        "Proposed by the facts",
        html! {
            strong { (one.proposal.change.human()) } " " (flag)
            p { (words::capital(&one.proposal.to_string())) "." }
            p { (by) " chose less: “" (why) "”" }
        },
    ))
}

/// How long its records are kept, by the plan it has or would get.
fn kept(view: &View) -> String {
    let settings = view.plan.as_ref().and_then(|plan| plan.settings.retention.as_ref());
    countersign_core::retention::keeping(&view.release.state, settings).to_string()
}

fn pinned(view: &View) -> Vec<Line> {
    let frozen = match view.release.state.plan {
        Some(_) => "since it was submitted",
        None => "if it were submitted now",
    };
    let Some(plan) = &view.plan else { return Vec::new() };
    let policy = &plan.policy;
    let runbook = plan.runbook.as_ref();
    let policy_line = html! {
        a href={ "/policy/" (policy.name) "/" (policy.version) } { (policy.name) " " (policy.version) }
        " " span.hint { (frozen) }
    };
    let runbook_line = runbook.map(|it| {
        html! { a href={ "/runbooks/" (it.name) "/" (it.version) } { (it.name) " " (it.version) } }
    });
    let dossier = view.report.as_ref().map(|report| digest::whole(&report.dossier));
    [
        Some(line("Policy", policy_line)),
        Some(line("Runbook", runbook_line.unwrap_or_else(|| html! { "none" }))),
        dossier.map(|dossier| line("Dossier", dossier)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
