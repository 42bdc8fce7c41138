//! One example of every event, taken from histories the rules themselves made.

use countersign_core::classification::ArtifactKind;
use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::event::{Envelope, Event};
use countersign_core::given::*;
use countersign_core::model::ModelEvent;
use countersign_core::reading::{FindingState, Severity, Unit};
use countersign_core::register::RegisterEvent;
use countersign_core::release::ReleaseEvent;
use countersign_core::release::command::{Command, DeliveryOutcome};
use std::collections::BTreeMap;

/// The first event of every word in all the histories below.
pub fn events() -> BTreeMap<String, Envelope> {
    let mut first = BTreeMap::new();
    for world in histories() {
        for envelope in world.history {
            first.entry(envelope.event.word().to_owned()).or_insert(envelope);
        }
    }
    first
}

fn histories() -> Vec<World> {
    vec![through_everything(), edited(), decided_otherwise(), administered()]
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
        .having("haddad", close_condition(1))
        .having("abara", suspend())
        .having("abara", resume())
        .updated("r-2", countersign_core::classification::ChangeType::MinorUpdate, next)
        .approved()
        .having("rivera", deploy_to(production()))
}

fn edited() -> World {
    let mut long = evaluation("3.1");
    let one = measured("rouge_l", "0.41", Unit::Fraction);
    if let Some(reading) = &mut long.reading {
        reading.measurements.extend((0..40).map(|_| one.clone()));
    }
    let leak = finding("leak", Severity::Critical, FindingState::Open);
    let close = Command::CloseFinding {
        evidence: evidence("e2"),
        finding: "leak".into(),
        reason: text("the key was revoked"),
    };
    drafted(High)
        .having("rivera", Command::AddArtifact(artifact(ArtifactKind::Adapter, "tone-lora")))
        .having("rivera", Command::RemoveArtifact { name: "tone-lora".into() })
        .having("rivera", attach(long))
        .having("rivera", attach(scan(vec![leak])))
        .having("santos", close)
        .having("rivera", withdraw_evidence("e1"))
        .having("rivera", withdraw())
}

fn decided_otherwise() -> World {
    let (action, code) = ("approve the release".into(), "actor.not_permitted".into());
    submitted(Low)
        .and(ReleaseEvent::AttemptRefused { action, code })
        .having("rivera", reject_as("model_owner"))
}

fn administered() -> World {
    let reason = text("used for triage");
    let (from, to) = (id("rivera"), id("zhou"));
    let (person, role) = (id("chen"), role("product_lead"));
    let world = given(Low).drafting_policy_where(|policy| policy.criteria.clear());
    let policy = world.register.policies[1].policy.clone();
    let (declined, comment) = (policy.clone(), Some(text("as discussed")));
    world
        .and(ModelEvent::TierChanged { from: Low, to: High, reason })
        .and(ModelEvent::OwnerChanged { from, to, reason })
        .and(RegisterEvent::RoleRevoked { person, role })
        .and(RegisterEvent::PolicyApprovalGiven { policy, person: id("osei"), comment })
        .and(RegisterEvent::PolicyDeclined {
            policy: declined,
            person: id("osei"),
            reason: text("too wide"),
        })
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
            variants.push((name, std::mem::take(&mut doc)));
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

/// The three enumerations of events: the stream's name, the enumeration, the source.
pub const STREAMS: [(&str, &str, &str); 3] = [
    ("release", "ReleaseEvent", "release/event.rs"),
    ("model", "ModelEvent", "model.rs"),
    ("register", "RegisterEvent", "register.rs"),
];

/// The name of the stream an event belongs to.
pub fn stream_of(event: &Event) -> &'static str {
    match event {
        Event::Release(_) => "release",
        Event::Model(_) => "model",
        Event::Register(_) => "register",
    }
}
