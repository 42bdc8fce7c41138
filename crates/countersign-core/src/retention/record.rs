//! The records an organisation keeps of each release: what there is, and what is missing (R-121 to
//! Nothing is stored for this list; every line is read from the history.

use crate::actor::Who;
use crate::digest::Sha256;
use crate::policy::EvidenceNeed;
use crate::release::urgent::review::Reviewed;
use crate::release::{ItemAnswer, Release, State, Target};
use crate::text::Text;
use jiff::Timestamp;

/// What is kept of each release, one line of the policy each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// The request with its checklist.
    Request,
    /// Every document of evidence.
    Evidence,
    /// The decision: who, when, on which conditions.
    Decision,
    /// Each deployment: date, deployer, environment.
    Deployment,
    /// What was confirmed after each deployment.
    Confirmation,
    /// Suspensions, resumptions and rollbacks.
    Interruption,
}

impl RecordKind {
    /// Every kind, in the order of a release's life.
    pub const ALL: [Self; 6] = [
        Self::Request,
        Self::Evidence,
        Self::Decision,
        Self::Deployment,
        Self::Confirmation,
        Self::Interruption,
    ];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Evidence => "evidence",
            Self::Decision => "decision",
            Self::Deployment => "deployment",
            Self::Confirmation => "confirmation",
            Self::Interruption => "interruption",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Request => "Request and checklist",
            Self::Evidence => "Documents of evidence",
            Self::Decision => "Decision and conditions",
            Self::Deployment => "Deployments",
            Self::Confirmation => "Confirmations after deployment",
            Self::Interruption => "Suspensions and rollbacks",
        }
    }
}

/// Whether a record is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is, as far as it can be by now.
    There,
    /// Some of it is not; each line says what.
    Missing(Vec<String>),
    /// Its time has not come.
    NotYet,
    /// Nothing of the kind happened, so that there is nothing to keep.
    Nothing,
}

impl Presence {
    /// The word used everywhere.
    pub fn word(&self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Missing(_) => "missing",
            Self::NotYet => "not_yet",
            Self::Nothing => "nothing",
        }
    }
}

/// One record of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub kind: RecordKind,
    /// Whether it is there.
    pub presence: Presence,
    /// What there is of it, oldest first.
    pub pieces: Vec<Piece>,
}

/// A piece of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is, as a person reads it.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// Who; `None` where the history names nobody.
    pub by: Option<Who>,
    /// What somebody wrote.
    pub text: Option<Text>,
    /// The digest of its file.
    pub sha256: Option<Sha256>,
    /// When the content of its file was purged.
    pub purged_at: Option<Timestamp>,
}

/// Every record of the release, one for each kind.
pub fn records(release: &Release) -> Vec<Record> {
    RecordKind::ALL.into_iter().map(|kind| record(release, kind)).collect()
}

fn record(release: &Release, kind: RecordKind) -> Record {
    let (mut pieces, presence) = match kind {
        RecordKind::Request => request(release),
        RecordKind::Evidence => evidence(release),
        RecordKind::Decision => decision(release),
        RecordKind::Deployment => deployments(release),
        RecordKind::Confirmation => confirmations(release),
        RecordKind::Interruption => interruptions(release),
    };
    pieces.sort_by_key(|piece| piece.at);
    Record { kind, presence, pieces }
}

fn piece(what: String, (at, by): (Timestamp, Option<Who>)) -> Piece {
    Piece { what, at, by, text: None, sha256: None, purged_at: None }
}

/// A word as people write it.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// A moment to the minute: seconds say nothing in a list of records.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// What evidence is for, as the plan calls it.
fn purpose(release: &Release, target: &Target) -> String {
    let plan = release.plan.as_ref();
    let title = match target {
        Target::Item(item) => plan.and_then(|plan| plan.item(item)).map(|item| item.title.clone()),
        Target::Step(step) => plan.and_then(|plan| plan.step(step)).map(|it| it.step.title.clone()),
        Target::Condition(_) => None,
    };
    title.map_or_else(|| target.to_string(), |title| format!("“{title}”"))
}

fn missing_or(missing: Vec<String>, otherwise: Presence) -> Presence {
    if missing.is_empty() { otherwise } else { Presence::Missing(missing) }
}

fn request(release: &Release) -> (Vec<Piece>, Presence) {
    let moment = |(at, who): &(Timestamp, Who)| (*at, Some(who.clone()));
    let title = release.request.as_ref().map(|one| one.title.as_str()).unwrap_or_default();
    let asked = release.requested.iter();
    let asked = asked.map(|one| piece(format!("Request: {title}"), moment(one)));
    let submitted = release.submitted.iter();
    let submitted = submitted.map(|one| piece("Submission for review".to_owned(), moment(one)));
    let items = release.plan.iter().flat_map(|plan| &plan.items);
    let called = |name: &crate::name::ItemName| {
        let known = items.clone().find(|item| &item.name == name);
        known.map_or_else(|| name.to_string(), |item| item.title.clone())
    };
    let answers = release.answers.iter().map(|(name, answered)| {
        let said = match &answered.answer {
            ItemAnswer::Confirmed(_) => "confirmed",
            ItemAnswer::NotApplicable { .. } => "does not apply",
        };
        let what = format!("Checklist: {}, {said}", called(name));
        piece(what, (answered.at, Some(answered.by.clone())))
    });
    let pieces = asked.chain(submitted).chain(answers).collect();
    let unanswered = items.clone().filter(|item| !release.answers.contains_key(&item.name));
    let unanswered = unanswered.map(|item| format!("no answer to “{}”", item.title)).collect();
    let otherwise = if release.plan.is_some() { Presence::There } else { Presence::NotYet };
    (pieces, missing_or(unanswered, otherwise))
}

fn evidence(release: &Release) -> (Vec<Piece>, Presence) {
    let pieces = release.evidence.iter().map(|(id, attached)| {
        let one = &attached.evidence;
        let withdrawn = if attached.withdrawn { ", withdrawn" } else { "" };
        Piece {
            sha256: Some(one.sha256),
            purged_at: release.kept.purged.get(id).map(|purged| purged.at),
            ..piece(
                format!(
                    "{}: {}, for {}{withdrawn}",
                    one.id,
                    one.name,
                    purpose(release, &one.target)
                ),
                (attached.at, Some(attached.by.clone())),
            )
        }
    });
    let pieces: Vec<Piece> = pieces.collect();
    let items = release.plan.iter().flat_map(|plan| &plan.items);
    let asked = items.filter(|item| item.evidence != EvidenceNeed::None).filter(|item| {
        let answered = release.answers.get(&item.name).map(|answered| &answered.answer);
        matches!(answered, Some(ItemAnswer::Confirmed(_)))
    });
    let bare = asked.filter(|item| {
        let target = Target::Item(item.name.clone());
        release.evidence_for(&target).next().is_none()
    });
    let bare = bare.map(|item| format!("no document for “{}”", item.title)).collect();
    let otherwise = match (pieces.is_empty(), release.plan.is_some()) {
        (false, _) => Presence::There,
        (true, true) => Presence::Nothing,
        (true, false) => Presence::NotYet,
    };
    (pieces, missing_or(bare, otherwise))
}

fn decision(release: &Release) -> (Vec<Piece>, Presence) {
    let given = release.approvals.iter().filter(|given| !given.lapsed).map(|given| Piece {
        text: given.approval.comment,
        ..piece(
            format!("Approval as {}", plain(given.approval.role.as_str())),
            (given.at, Some(Who::Person(given.approval.person.clone()))),
        )
    });
    let mut pieces: Vec<Piece> = given.collect();
    if let (Some(decision), Some(at)) = (&release.decision, release.decided_at) {
        let how = if decision.with_conditions { "Approved with conditions" } else { "Approved" };
        pieces.push(piece(how.to_owned(), (at, None)));
        let conditions = release.conditions.iter().map(|(number, open)| {
            let met = if open.closed.is_some() { "met" } else { "open" };
            Piece {
                text: Some(open.condition.text),
                ..piece(
                    format!("Condition {number}, due {}, {met}", minute(open.due)),
                    (at, Some(Who::Person(open.condition.owner.clone()))),
                )
            }
        });
        pieces.extend(conditions);
    }
    if let (Some(rejection), Some(at)) = (&release.rejection, release.kept.settled) {
        pieces.push(Piece {
            text: Some(rejection.text),
            ..piece(
                format!(
                    "Rejected as {}: {}",
                    plain(rejection.role.as_str()),
                    plain(rejection.reason.word())
                ),
                (at, Some(Who::Person(rejection.person.clone()))),
            )
        });
    }
    let presence = match (release.kept.settled.is_some(), release.state) {
        (true, State::Withdrawn) => Presence::Nothing,
        (true, _) => Presence::There,
        (false, _) => Presence::NotYet,
    };
    (pieces, presence)
}

fn deployments(release: &Release) -> (Vec<Piece>, Presence) {
    let made = release.deployments.values().map(|deployed| {
        let one = &deployed.deployment;
        let ticket = one.change_reference.iter().map(|reference| format!(", {reference}"));
        let what = format!("{}{}", one.environment, ticket.collect::<String>());
        piece(what, (one.at, Some(one.deployer.clone())))
    });
    let pieces: Vec<Piece> = made.collect();
    let presence = match (pieces.is_empty(), release.kept.settled.is_some(), release.state) {
        (false, _, _) => Presence::There,
        (true, true, State::Approved) | (true, false, _) => Presence::NotYet,
        (true, true, _) => Presence::Nothing,
    };
    (pieces, presence)
}

fn confirmations(release: &Release) -> (Vec<Piece>, Presence) {
    let (mut pieces, mut owed) = (Vec::new(), Vec::new());
    for (place, deployed) in &release.deployments {
        let by = release.owner().cloned().map(Who::Person);
        match &deployed.confirmation {
            Some((at, said)) => {
                let how = if said.all_well() { "all well" } else { "not all well" };
                let what = format!("{place}: {how}");
                pieces.push(Piece { text: said.note, ..piece(what, (*at, by)) });
            }
            None => owed.push(format!(
                "no confirmation of {place}, due by {}",
                minute(deployed.deployment.confirm_by)
            )),
        }
    }
    let otherwise = match (pieces.is_empty(), deployments(release).1) {
        (false, _) => Presence::There,
        (true, Presence::NotYet) => Presence::NotYet,
        (true, Presence::There | Presence::Missing(_) | Presence::Nothing) => Presence::Nothing,
    };
    (pieces, missing_or(owed, otherwise))
}

fn interruptions(release: &Release) -> (Vec<Piece>, Presence) {
    let interrupted = release.urgent.interruptions.iter().map(|one| {
        let what = match one.which {
            Reviewed::Suspension(_) => "Suspended",
            Reviewed::Resumption(_) => "Resumed",
            Reviewed::Emergency | Reviewed::Rollback(_) => "Interrupted",
        };
        let by = Some(one.by.clone());
        Piece { text: Some(one.reason), ..piece(what.to_owned(), (one.at, by)) }
    });
    let rolled = release.urgent.rolled_back.iter().map(|(place, (_, one))| Piece {
        text: Some(one.reason),
        ..piece(format!("Rolled back in {place} to {}", one.to), (one.at, Some(one.by.clone())))
    });
    let pieces: Vec<Piece> = interrupted.chain(rolled).collect();
    let presence = if pieces.is_empty() { Presence::Nothing } else { Presence::There };
    (pieces, presence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn kept(world: &World) -> Vec<(&'static str, &'static str, usize)> {
        let all = records(world.release()).into_iter();
        all.map(|one| (one.kind.word(), one.presence.word(), one.pieces.len())).collect()
    }

    fn of(world: &World, kind: RecordKind) -> Record {
        records(world.release()).into_iter().find(|one| one.kind == kind).unwrap()
    }

    ///
    #[test]
    fn a_confirmed_release_has_every_record_and_owes_none() {
        let world = deployed(Low).having("rivera", confirm_deployment(all_well()));
        let words: Vec<_> = kept(&world).into_iter().map(|(kind, is, _)| (kind, is)).collect();
        let expected = [
            ("request", "there"),
            ("evidence", "there"),
            ("decision", "there"),
            ("deployment", "there"),
            ("confirmation", "there"),
            ("interruption", "nothing"),
        ];
        assert_eq!(words, expected);
        let approval = &of(&world, RecordKind::Decision).pieces[0];
        assert_eq!(approval.by, Some(Who::Person(id("rivera"))));
        let deployment = &of(&world, RecordKind::Deployment).pieces[0];
        assert_eq!((deployment.what.as_str(), deployment.at), ("production, CHG-1042", monday()));
        assert_eq!(deployment.by, Some(Who::Person(id("rivera"))));
    }

    ///
    #[test]
    fn the_request_is_kept_with_each_answer_and_each_document_with_its_digest() {
        let world = submitted(Low);
        let answers = world.release().answers.len();
        assert_eq!(of(&world, RecordKind::Request).pieces.len(), answers + 2);
        let documents = of(&world, RecordKind::Evidence).pieces;
        let attached = world.release().evidence.values().map(|one| Some(one.evidence.sha256));
        let mut attached: Vec<_> = attached.collect();
        let mut listed: Vec<_> = documents.iter().map(|piece| piece.sha256).collect();
        attached.sort();
        listed.sort();
        assert_eq!(listed, attached);
    }

    ///
    #[test]
    fn the_decision_is_kept_with_its_conditions_and_a_rejection_with_its_reason() {
        let world = submitted(Low).having("rivera", approve_if("model_owner", "zhou"));
        let pieces = of(&world, RecordKind::Decision).pieces;
        assert!(pieces.iter().any(|piece| piece.what.starts_with("Condition 1")), "{pieces:?}");
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let pieces = of(&rejected, RecordKind::Decision).pieces;
        assert_eq!(pieces.last().unwrap().text, Some(text("the samples are too few")));
        assert_eq!(of(&rejected, RecordKind::Deployment).presence, Presence::Nothing);
    }

    ///
    #[test]
    fn a_confirmation_that_did_not_come_is_named_as_missing() {
        let Presence::Missing(owed) = of(&deployed(Low), RecordKind::Confirmation).presence else {
            panic!("nothing is missing")
        };
        assert!(owed[0].contains("production"), "{owed:?}");
        assert_eq!(of(&approved(Low), RecordKind::Confirmation).presence, Presence::NotYet);
    }

    ///
    #[test]
    fn suspensions_and_rollbacks_are_kept_with_their_reasons() {
        let world = deployed(Low).having("abara", suspend()).having("abara", resume());
        let pieces = of(&world, RecordKind::Interruption).pieces;
        let what: Vec<_> = pieces.iter().map(|piece| piece.what.as_str()).collect();
        assert_eq!(what, ["Suspended", "Resumed"]);
        assert!(pieces.iter().all(|piece| piece.text.is_some() && piece.by.is_some()));
        let world = second_deployed(Low).having("rivera", roll_back_to("r-1", 9));
        assert_eq!(of(&world, RecordKind::Interruption).pieces.len(), 1);
    }
}
