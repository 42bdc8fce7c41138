//! Erasure of personal data: the log keeps that something was erased, by whom and why, and never
//! what it was.
//!
//! Names and texts are kept beside the log. What erases them there follows the event; this decides
//! only whether it may be done. Everything a person did stays, under an opaque identifier.

use super::{Context, Register, RegisterEvent};
use crate::name::{ModelName, PersonId, ReleaseId};
use crate::refusal::{Refusal, RetentionRefusal};
use crate::stream::StreamId;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What was erased so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// People whose account and name were erased, with the moment.
    pub people: BTreeMap<PersonId, Timestamp>,
    /// Texts that were erased.
    pub texts: BTreeSet<Text>,
}

/// A person to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonToErase {
    /// Who.
    pub person: PersonId,
    /// The models the person owns now.
    pub owns: Vec<ModelName>,
    /// Every model and release under a hold that stands whose records name the person.
    pub acted_in: BTreeSet<(ModelName, Option<ReleaseId>)>,
    /// Why.
    pub reason: Text,
}

/// The texts of one event to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextsToErase {
    /// The history the event stands in.
    pub stream: StreamId,
    /// Its number there.
    pub version: u64,
    /// The texts it relies on that are still kept.
    pub texts: Vec<Text>,
    /// The model that history is about, where one is known.
    pub model: Option<ModelName>,
    /// Why.
    pub reason: Text,
}

impl Register {
    pub(super) fn evolve_erasures(&mut self, at: Timestamp, event: &RegisterEvent) {
        if let RegisterEvent::PersonErased { person, .. } = event {
            self.erased.people.insert(person.clone(), at);
        }
        if let RegisterEvent::TextsErased { texts, .. } = event {
            self.erased.texts.extend(texts.iter().copied());
        }
    }
}

/// The roles go first, so that nothing waits for somebody nobody can name.
pub(super) fn person(
    register: &Register,
    erase: PersonToErase,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let by = somebody(context)?;
    let PersonToErase { person, owns, acted_in, reason } = erase;
    if register.accounts_of(&by).contains(&person) {
        return Err(RetentionRefusal::ErasesOneself.into());
    }
    if register.erased.people.contains_key(&person) {
        return Err(Refusal::NothingToDo { what: "the person was erased already" });
    }
    if register.is_last_administrator(&person, context.now) {
        return Err(Refusal::LastAdministrator);
    }
    if !owns.is_empty() {
        let models = owns.iter().map(|model| format!("`{model}`")).collect();
        return Err(RetentionRefusal::StillOwns { models }.into());
    }
    let needed = needed_by(register, &acted_in);
    if !needed.is_empty() {
        let lifted_by = register.lift_holds(context.now);
        return Err(RetentionRefusal::OnHold { holds: needed, lifted_by }.into());
    }
    let mut events = super::grant::ends_of(register, &person, context.now);
    events.push(RegisterEvent::PersonErased { person, reason, by });
    Ok(events)
}

/// The holds that stand over something whose records need the person's name: who approved what
/// under a hold has to stay known.
fn needed_by(register: &Register, acted_in: &BTreeSet<(ModelName, Option<ReleaseId>)>) -> Vec<u32> {
    let holds = acted_in
        .iter()
        .flat_map(|(model, release)| register.holding(Some(model), release.as_ref()));
    holds.collect::<BTreeSet<u32>>().into_iter().collect()
}

pub(super) fn texts(
    register: &Register,
    erase: TextsToErase,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let by = somebody(context)?;
    let release = match &erase.stream {
        StreamId::Release(release) => Some(release),
        StreamId::Model(_)
        | StreamId::Meeting(_)
        | StreamId::Incident(_)
        | StreamId::Risk(_)
        | StreamId::Sandbox(_)
        | StreamId::Register => None::<&ReleaseId>,
    };
    let holds = register.holding(erase.model.as_ref(), release);
    if !holds.is_empty() {
        let lifted_by = register.lift_holds(context.now);
        return Err(RetentionRefusal::OnHold { holds, lifted_by }.into());
    }
    if erase.texts.is_empty() {
        return Err(Refusal::NothingToDo { what: "the event holds no text that is still kept" });
    }
    let TextsToErase { stream, version, texts, reason, .. } = erase;
    Ok(vec![RegisterEvent::TextsErased { stream, version, texts, reason, by }])
}

fn somebody(context: &Context<'_>) -> Result<PersonId, Refusal> {
    let person = context.actor.who.person();
    person.cloned().ok_or(Refusal::PeopleOnly { action: "erase personal data" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::register::{NewDelegation, RegisterCommand};

    fn erase(person: &str) -> RegisterCommand {
        erase_who_acted_in(person, [])
    }

    fn erase_who_acted_in<const N: usize>(
        person: &str,
        acted_in: [(ModelName, Option<ReleaseId>); N],
    ) -> RegisterCommand {
        let (person, acted_in, reason) = (id(person), acted_in.into(), text("asked for it"));
        let erase = PersonToErase { person, owns: Vec::new(), acted_in, reason };
        RegisterCommand::ErasePerson(erase)
    }

    fn erase_text(stream: &str) -> RegisterCommand {
        RegisterCommand::EraseTexts(TextsToErase {
            stream: stream.parse().unwrap(),
            version: 3,
            texts: vec![text("the patient's name")],
            model: Some(summarizer()),
            reason: text("a name slipped in"),
        })
    }

    #[test]
    fn whoever_is_erased_loses_every_role_and_keeps_the_opaque_identifier() {
        let mut world = deployed(Low);
        let ends = at("2026-05-25T07:00:00Z");
        let lend = RegisterCommand::Delegate(NewDelegation {
            to: id("iyer"),
            role: role("product_lead"),
            begins: None,
            ends,
            reason: text("on leave"),
        });
        world.keep("chen", lend).unwrap();
        let events = world.keep("root", erase("chen")).unwrap();
        let words: Vec<_> = events.iter().map(RegisterEvent::word).collect();
        assert_eq!(words, ["role_revoked", "delegation_ended", "person_erased"]);
        assert!(world.register.roles_of(&id("chen"), world.now).is_empty());
        assert!(world.register.erased.people.contains_key(&id("chen")));
        assert_eq!(world.keep("root", erase("chen")).unwrap_err().code(), "nothing_to_do");
    }

    #[test]
    fn only_an_administrator_erases_and_never_himself_or_an_owner() {
        let mut world = deployed(Low);
        for person in ["rivera", "okafor", "weiss"] {
            let refusal = world.keep(person, erase("chen")).unwrap_err();
            assert_eq!(refusal.code(), "actor.not_permitted");
        }
        assert_eq!(world.keep("root", erase("root")).unwrap_err().code(), "erasure.oneself");
        let (person, reason) = (id("rivera"), text("left"));
        let owns = vec![summarizer()];
        let owner = RegisterCommand::ErasePerson(PersonToErase {
            person,
            owns,
            acted_in: BTreeSet::new(),
            reason,
        });
        assert_eq!(world.keep("root", owner).unwrap_err().code(), "erasure.still_owns");
    }

    ///
    #[test]
    fn whoever_the_records_under_a_legal_hold_name_is_not_erased() {
        let mut world = deployed(Low);
        let release = |name: &str| name.parse::<ReleaseId>().unwrap();
        world.keep("weiss", place_hold(Some("r-1"))).unwrap();
        let signed = || erase_who_acted_in("haddad", [(summarizer(), Some(release("r-1")))]);
        let refusal = world.keep("root", signed()).unwrap_err();
        assert_eq!(refusal.code(), "retention.on_hold");
        assert!(world.register.erased.people.is_empty());
        // A hold on the model holds what belongs to none of its releases, too.
        let of_model = erase_who_acted_in("haddad", [(summarizer(), None)]);
        assert_eq!(world.keep("root", of_model).unwrap_err().code(), "retention.on_hold");
        let other = erase_who_acted_in("osei", [(summarizer(), Some(release("r-2")))]);
        world.keep("root", other).unwrap();
        world.keep("weiss", lift_hold(1)).unwrap();
        world.keep("root", signed()).unwrap();
    }

    #[test]
    fn a_text_under_legal_hold_is_not_erased() {
        let mut world = deployed(Low);
        world.keep("weiss", place_hold(None)).unwrap();
        for stream in ["release/r-1", "incident/i-1"] {
            let refusal = world.keep("root", erase_text(stream)).unwrap_err();
            assert_eq!(refusal.code(), "retention.on_hold");
        }
        world.keep("weiss", lift_hold(1)).unwrap();
        world.keep("root", erase_text("release/r-1")).unwrap();
        assert!(world.register.erased.texts.contains(&text("the patient's name")));
    }

    #[test]
    fn a_text_of_nobody_knows_which_model_waits_for_every_hold() {
        let mut world = deployed(Low);
        world.keep("weiss", place_hold(Some("r-1"))).unwrap();
        let RegisterCommand::EraseTexts(erase) = erase_text("meeting/m-1") else { panic!() };
        let unknown = RegisterCommand::EraseTexts(TextsToErase { model: None, ..erase });
        assert_eq!(world.keep("root", unknown).unwrap_err().code(), "retention.on_hold");
    }
}
