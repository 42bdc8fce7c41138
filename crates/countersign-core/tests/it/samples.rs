//! One example of every event, taken from histories the rules themselves made.

use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::classification::{ArtifactKind, ChangeType};
use countersign_core::control::maturity::Metrics;
use countersign_core::control::{ControlReport, Level};
use countersign_core::digest::Sha256;
use countersign_core::event::{Envelope, Event};
use countersign_core::given::*;
use countersign_core::incident::{Closing, IncidentCommand, Links, Outcome, Severity, Suspension};
use countersign_core::meeting::{MeetingCommand, MeetingEvent, MinutesFile, Vote};
use countersign_core::model::ModelEvent;
use countersign_core::people::Qualification;
use countersign_core::policy::PolicyRef;
use countersign_core::reading::{self, FindingState, Unit};
use countersign_core::register::{
    NewDelegation, NewQualification, RegisterCommand, RegisterEvent, ReviewCommand,
    ReviewConclusion, TriggerKind,
};
use countersign_core::release::command::{Command, DeliveryOutcome};
use countersign_core::release::urgent::review::{ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::DrillResult;
use countersign_core::release::{Answer, RejectionReason};
use countersign_core::release::{ReleaseEvent, UrgentCommand};
use countersign_core::risk::{Reassessment, RiskCommand, RiskEntry};
use countersign_core::sandbox::SandboxCommand;
use std::collections::BTreeMap;

mod retained;

/// The first event of every stream and word in all the histories below.
pub fn events() -> BTreeMap<String, Envelope> {
    let mut first = BTreeMap::new();
    for world in histories() {
        for envelope in world.history {
            let key = format!("{} {}", stream_of(&envelope.event), envelope.event.word());
            first.entry(key).or_insert(envelope);
        }
    }
    first
}

fn histories() -> Vec<World> {
    vec![
        through_everything(),
        edited(),
        decided_otherwise(),
        administered(),
        urgent(),
        denied_and_rolled_back(),
        retired(),
        sat(),
        called_off(),
        beside(),
        cared_for(),
        retained::retained(),
    ]
}

/// From request to a release that another one replaced.
fn through_everything() -> World {
    let outcome = DeliveryOutcome::Failed { error: "connection refused".into() };
    let failed = Command::RecordDelivery { step: step("notify-routing"), outcome };
    let opened = Command::OpenEvidence { evidence: evidence("e1") };
    let missed = Command::RecordMissedConfirmation { environment: production() };
    let mut next = weights_and_prompt();
    for artifact in &mut next {
        artifact.digest =
            countersign_core::digest::Sha256::of(artifact.name.to_uppercase().as_bytes());
    }
    on_the_runbook(Low)
        .stepped()
        .having("santos", raise_concern("confirm-scope"))
        .having("santos", resolve_concern(1))
        .having("haddad", approve_if("security_operations_lead", "iyer"))
        .having("rivera", attach(evaluation("2.2")))
        .having("haddad", opened)
        .having("haddad", approve_if("security_operations_lead", "iyer"))
        .having("rivera", approve_as("model_owner"))
        .having(Acting::Countersign, failed)
        .having("zhou", deploy_to(production()))
        .later(72)
        .having(Acting::Countersign, missed)
        .having("rivera", confirm_deployment(all_well()))
        .having("iyer", report_condition(1, &[]))
        .having("haddad", accept_condition(1))
        .having("abara", suspend())
        .having("abara", resume())
        .updated("r-2", ChangeType::MinorUpdate, next)
        .approved()
        .having("rivera", deploy_to(production()))
}

/// A condition on its way, exceptions of every fate, and a change request.
fn cared_for() -> World {
    let rate = |days| exception(criterion_waived("hallucination_rate"), days);
    let accept = |world: World, number| {
        world
            .having("abara", accept_risk(number, "ai_governance_lead"))
            .having("santos", accept_risk(number, "security"))
    };
    let world = drafted(Low).having("rivera", attach(evaluation("8.1"))).prepared().submitted();
    let world = world
        .having("rivera", ask_exception(rate(9)))
        .having("santos", refuse_exception(1, "security"))
        .having("rivera", ask_exception(rate(9)));
    let world = accept(world, 2).having("abara", revoke_exception(2, "ai_governance_lead"));
    let next = countersign_core::exception::Exception { extends: Some(2), ..rate(9) };
    let world = accept(world.having("rivera", ask_exception(next)), 3)
        .later(9 * 24 + 1)
        .having(Acting::Countersign, expire_exception(3));
    let own = submitted(High)
        .having("chen", ask_changes("product_lead"))
        .having("rivera", answer_changes(1, &["e1"]))
        .having("chen", insist_on_changes(1))
        .having("rivera", answer_changes(1, &[]))
        .having("chen", accept_changes(1))
        .having("chen", approve_if("product_lead", "rivera"))
        .approved()
        .having("rivera", report_condition(1, &["e1"]))
        .having("chen", send_back_condition(1))
        .later(28 * 24)
        .having(Acting::Countersign, remind_of_condition(1))
        .later(3 * 24)
        .having(Acting::Countersign, notice(1))
        .later(3 * 24)
        .having(Acting::Countersign, lapse(1));
    let mut both = world;
    both.history.extend(own.history);
    both
}

fn edited() -> World {
    let mut long = evaluation("3.1");
    let one = measured("rouge_l", "0.41", Unit::Fraction);
    if let Some(reading) = &mut long.reading {
        reading.measurements.extend((0..40).map(|_| one.clone()));
    }
    let leak = finding("leak", reading::Severity::Critical, FindingState::Open);
    let close = Command::CloseFinding {
        evidence: evidence("e2"),
        finding: "leak".into(),
        reason: text("the key was revoked"),
    };
    let small = countersign_core::release::Request {
        override_reason: Some(text("a head for the prompt alone")),
        ..request(ChangeType::ConfigurationChange, Low)
    };
    let lowered = deployed(Low).having("rivera", ask_for("r-2", small, second_version()));
    let mut edited = drafted(High)
        .having("rivera", Command::Reschedule(scheduled(Some(24), Some(48))))
        .having("rivera", Command::AddArtifact(artifact(ArtifactKind::Adapter, "tone-lora")))
        .having("rivera", Command::RemoveArtifact { name: "tone-lora".into() })
        .having("rivera", attach(long))
        .having("rivera", attach(scan(vec![leak])))
        .having("santos", close)
        .having("rivera", withdraw_evidence("e1"))
        .having("rivera", withdraw());
    edited.history.extend(lowered.history);
    edited
}

fn decided_otherwise() -> World {
    let (action, code) = ("approve the release".into(), "actor.not_permitted".into());
    submitted(Low)
        .and(ReleaseEvent::AttemptRefused { action, code })
        .having("rivera", reject_as("model_owner"))
}

/// An emergency with everything that can follow it.
fn urgent() -> World {
    let by_clock = |command| Command::Urgent(command);
    let mut world = urgently_deployed(Low);
    world.now = at("2026-05-18T15:00:00Z");
    world = world.having(Acting::Countersign, by_clock(UrgentCommand::RemindOfPapers));
    world.now = at("2026-05-19T15:00:01Z");
    world
        .having(Acting::Countersign, by_clock(UrgentCommand::RecordOverduePapers))
        .having("moreau", review(Reviewed::Emergency, ReviewOutcome::Justified))
        .having("zhou", drill_on("2026-05-19", DrillResult::Worked))
        .prepared()
        .submitted()
        .approved_on_authority()
}

fn denied_and_rolled_back() -> World {
    let second = request(ChangeType::MinorUpdate, Low);
    deployed(Low)
        .having("rivera", ask_for("r-2", second, second_version()))
        .having("rivera", claim_authority_of("abara"))
        .having("rivera", deploy_to(production()))
        .later(30)
        .having(Acting::Countersign, lapse_authority())
        .having("abara", deny_authority())
        .having("zhou", roll_back_to("r-1", 9))
}

fn retired() -> World {
    let off = vec![artifact(ArtifactKind::Configuration, "off")];
    deployed(Low).updated("r-2", ChangeType::Retirement, off).approved()
}

fn administered() -> World {
    let reason = text("used for triage");
    let (from, to) = (id("rivera"), id("zhou"));
    let (person, role) = (id("chen"), role("product_lead"));
    let (action, code) = ("give a role".into(), "role.own".into());
    let world = kept().drafting_policy_where(|policy| policy.criteria.clear());
    let drafted = world.register.policies.last().unwrap().policy.clone();
    let world = reviewed(world, &drafted);
    let (declined, comment) = (drafted.clone(), Some(text("as discussed")));
    world
        .and(RegisterEvent::PolicyApprovalGiven { policy: drafted, person: id("osei"), comment })
        .and(RegisterEvent::PolicyDeclined {
            policy: declined,
            person: id("osei"),
            reason: text("too wide"),
        })
        .and(ModelEvent::TierChanged { from: Low, to: High, reason })
        .and(ModelEvent::OwnerChanged { from, to, reason })
        .and(RegisterEvent::RoleRevoked { person, role })
        .and(RegisterEvent::ChangeRefused { action, code })
        .and(RegisterEvent::ControlPublished {
            control: gate_control_ref(),
            title: gate_control().title,
        })
        .and(RegisterEvent::ControlReported { report: Box::new(reported()) })
}

fn reported() -> ControlReport {
    let metrics = Metrics {
        approved: 3,
        rejected: 1,
        approval_percent: Some(75),
        rejections: [(RejectionReason::CriteriaNotMet, 1)].into(),
        median_minutes: Some(240),
        longest_minutes: Some(2_880),
    };
    ControlReport {
        control: gate_control_ref(),
        from: "2026-05-01".parse().unwrap(),
        to: "2026-05-31".parse().unwrap(),
        level: Some(Level::Defined),
        metrics,
    }
}

/// Somebody asks for a review of the policy in force, and records it.
fn reviewed(mut world: World, waiting: &PolicyRef) -> World {
    let mut published = world.register.policies.iter().map(|one| &one.policy);
    let policy = published.rfind(|one| *one != waiting).unwrap().clone();
    let (kind, outcome) = (TriggerKind::Tooling, ReviewConclusion::Keep);
    let asked =
        ReviewCommand::Ask { policy: policy.clone(), kind, text: text("another orchestrator") };
    let review = ReviewCommand::Review { policy, outcome, text: text("the gate is the same") };
    for command in [asked, review] {
        world.keep("moreau", RegisterCommand::Review(command)).unwrap();
    }
    world
}

/// What an administrator and the holders of roles change about people.
fn kept() -> World {
    let lead = role("ai_governance_lead");
    let mut world = given(Low).policy_where(|policy| {
        let lead = policy.roles.iter_mut().find(|one| one.name == role("ai_governance_lead"));
        let title = "Approver training".into();
        lead.unwrap().qualification = Some(Qualification { title, months: 12 });
    });
    let lend = NewDelegation {
        to: id("santos"),
        role: lead.clone(),
        begins: None,
        ends: at("2026-05-25T07:00:00Z"),
        reason: text("on leave"),
    };
    let passed = NewQualification {
        person: id("abara"),
        role: lead,
        passed_on: "2026-05-04".parse().unwrap(),
        proof: text("certificate 17"),
    };
    let (person, same_as) = (id("moreau"), id("osei"));
    for (who, command) in [
        ("abara", RegisterCommand::Delegate(lend)),
        ("santos", RegisterCommand::EndDelegation { number: 1 }),
        ("root", RegisterCommand::RecordQualification(passed)),
        ("root", RegisterCommand::LinkAccounts { person, same_as }),
        ("root", windows(&["mon-fri 09:00-16:00"])),
        ("abara", freeze(2, 24)),
        ("root", lift_freeze(1)),
    ] {
        world.keep(who, command).unwrap();
    }
    world
}

/// A session with a vote, a step back, a no, and its minutes.
fn sat() -> World {
    let (action, code) = ("vote".into(), "meeting.not_a_member".into());
    let file = MinutesFile { name: "minutes.pdf".into(), sha256: Sha256::of(b"minutes") };
    let close = MeetingCommand::Close { minutes: text("three sat"), file: Some(file) };
    submitted(High)
        .in_session()
        .and(MeetingEvent::MeetingAttemptRefused { action, code })
        .sits("osei", recuse())
        .sits("moreau", vote(Vote::No))
        .sits("lindqvist", vote(Vote::Abstain))
        .sits("abara", close_item())
        .sits("abara", close)
}

fn called_off() -> World {
    let world = given(Low);
    let call = call_session(&world);
    world.sits("abara", call).sits("abara", MeetingCommand::Cancel { reason: text("nobody can") })
}

/// An incident, a risk and a sandbox exclusion, from beginning to end.
fn beside() -> World {
    let mut world = deployed(Low);
    let reason = text("reported again");
    let answer = Suspension::NotNeeded;
    let closing = Closing { outcome: Outcome::Corrected, root_cause: text("a stale index") };
    for command in [
        IncidentCommand::Open(Box::new(incident(Severity::High))),
        IncidentCommand::Assign { owner: id("iyer") },
        IncidentCommand::ChangeSeverity { to: Severity::Critical, reason },
        IncidentCommand::Note { text: text("the index is rebuilt") },
        IncidentCommand::Link {
            links: Links { release: Some(release("r-1")), ..Links::default() },
        },
        IncidentCommand::ConsiderSuspension { answer, reason },
        IncidentCommand::Close { closing },
    ] {
        world.on_incident("abara", command).unwrap();
    }
    let RiskEntry { rating, treatment, review_by, .. } = risk("risk-1");
    let again = Reassessment { rating, treatment, review_by, note: text("unchanged") };
    let shared = RiskEntry { models: [].into(), ..risk("risk-1") };
    for command in [
        RiskCommand::Enter(Box::new(shared)),
        RiskCommand::Reassess(again),
        RiskCommand::Link { models: [summarizer()].into() },
        RiskCommand::HandOver { to: id("zhou"), reason },
        RiskCommand::Close { reason },
    ] {
        world.on_risk("abara", ("risk-1", command)).unwrap();
    }
    let claim = Box::new(claim(Answer::No, Answer::No));
    for command in [SandboxCommand::Claim(claim), SandboxCommand::End { reason }] {
        world.on_sandbox("abara", command).unwrap();
    }
    world
}

/// An event as the pages name it.
pub struct Documented {
    /// The word it is stored under.
    pub word: String,
    /// What its line of documentation says.
    pub doc: String,
    /// The key under which its fields stand in the stored form.
    pub key: String,
}

/// Every event of an enumeration. Where the words begin with that of the group, the keys do not.
pub fn documented_events(enumeration: &str, source: &str) -> Vec<Documented> {
    let group = match enumeration {
        "ConditionEvent" => "condition_",
        "ExceptionEvent" => "exception_",
        "ChangesEvent" => "changes_",
        _ => "",
    };
    let all = documented(enumeration, source).into_iter();
    all.map(|(name, doc)| {
        let key = snake(&name);
        Documented { word: format!("{group}{key}"), doc, key }
    })
    .collect()
}

/// Every event there is, from the source: word and first line of its documentation.
pub fn documented(enumeration: &str, source: &str) -> Vec<(String, String)> {
    let path = super::expect::in_repository("crates/countersign-core/src").join(source);
    let text = std::fs::read_to_string(path).expect("the source is there");
    let start = text.find(&format!("pub enum {enumeration} {{")).expect("the enumeration");
    let mut variants = Vec::new();
    let mut doc = String::new();
    for line in text[start..].lines().skip(1).take_while(|line| *line != "}") {
        let Some(line) = line.strip_prefix("    ").filter(|line| !line.starts_with(' ')) else {
            continue;
        };
        if let Some(said) = line.strip_prefix("/// ") {
            doc = format!("{doc} {said}").trim().to_owned();
        } else if line.starts_with(|c: char| c.is_ascii_uppercase()) {
            let name: String = line.chars().take_while(char::is_ascii_alphanumeric).collect();
            let doc = std::mem::take(&mut doc);
            // A variant that holds further events is no event itself.
            if line != format!("{name}({name}Event),") {
                variants.push((name, doc));
            }
        }
    }
    variants
}

/// `ApprovalGiven` as it is stored: `approval_given`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The enumerations of events: the stream's name, the enumeration, the source.
pub const STREAMS: [(&str, &str, &str); 12] = [
    ("release", "ReleaseEvent", "release/event.rs"),
    ("release", "UrgentEvent", "release/urgent.rs"),
    ("release", "ConditionEvent", "condition.rs"),
    ("release", "ExceptionEvent", "exception.rs"),
    ("release", "ChangesEvent", "change_request.rs"),
    ("release", "RetentionEvent", "release/retention.rs"),
    ("model", "ModelEvent", "model.rs"),
    ("meeting", "MeetingEvent", "meeting/event.rs"),
    ("incident", "IncidentEvent", "incident/event.rs"),
    ("risk", "RiskEvent", "risk/event.rs"),
    ("sandbox", "SandboxEvent", "sandbox.rs"),
    ("register", "RegisterEvent", "register/event.rs"),
];

/// The fields of a stored event, which may stand in a group of its stream's events.
pub fn fields_of(sample: &Envelope, word: &str) -> Vec<String> {
    let stored = serde_json::to_value(&sample.event).expect("it encodes");
    let of_stream = &stored[stream_of(&sample.event)];
    let groups = of_stream.as_object().into_iter().flat_map(|it| it.values());
    let found = of_stream.get(word).or_else(|| groups.into_iter().find_map(|it| it.get(word)));
    let fields = found.and_then(|fields| fields.as_object()).expect("fields");
    fields.keys().map(|key| format!("`{key}`")).collect()
}

/// The name of the stream an event belongs to.
pub fn stream_of(event: &Event) -> &'static str {
    match event {
        Event::Release(_) => "release",
        Event::Model(_) => "model",
        Event::Meeting(_) => "meeting",
        Event::Incident(_) => "incident",
        Event::Risk(_) => "risk",
        Event::Sandbox(_) => "sandbox",
        Event::Register(_) => "register",
    }
}
