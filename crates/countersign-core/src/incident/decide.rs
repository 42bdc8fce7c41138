//! Commands to an incident, and what the rules make of them.

use super::{
    Cause, Closing, Handling, Incident, IncidentEvent, Links, Opening, Severity, Suspension,
};
use crate::beside::Beside;
use crate::name::{IncidentId, PersonId, RoleName};
use crate::refusal::Refusal;
use crate::release::State;
use crate::text::Text;
use std::collections::BTreeSet;

/// A request to open an incident or to change something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum IncidentCommand {
    /// Something went wrong.
    Open(Box<NewIncident>),
    /// Somebody shall see to it.
    Assign { owner: PersonId },
    /// It is worse, or not as bad.
    ChangeSeverity { to: Severity, reason: Text },
    /// Write something down.
    Note { text: Text },
    /// It is about this, too.
    Link { links: Links },
    /// Say what was decided about a suspension.
    ConsiderSuspension { answer: Suspension, reason: Text },
    /// It is over.
    Close { closing: Closing },
}

impl IncidentCommand {
    /// What the command names, so that the caller can look it up before the rules decide.
    pub fn links(&self) -> Links {
        match self {
            Self::Open(new) => new.links.clone(),
            Self::Link { links } => links.clone(),
            Self::Assign { .. }
            | Self::ChangeSeverity { .. }
            | Self::Note { .. }
            | Self::ConsiderSuspension { .. }
            | Self::Close { .. } => Links::default(),
        }
    }
}

/// An incident to open. The identifier is drawn by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncident {
    /// Its identifier.
    pub id: IncidentId,
    /// What people call it.
    pub title: String,
    /// What happened.
    pub text: Text,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub links: Links,
}

/// Turns a command into events, or refuses.
pub fn decide(
    incident: &Incident,
    command: IncidentCommand,
    beside: &Beside<'_>,
) -> Result<Vec<IncidentEvent>, Refusal> {
    if let IncidentCommand::Open(new) = command {
        return open(incident, *new, beside);
    }
    if incident.opening.is_none() {
        return Err(Refusal::NotFound { what: "incident", name: String::new() });
    }
    if incident.closed.is_some() {
        return Err(Refusal::NothingToDo { what: "the incident is closed already" });
    }
    let event = match command {
        IncidentCommand::Open(_) => return Ok(Vec::new()),
        IncidentCommand::Assign { owner } => assign(incident, owner, beside)?,
        IncidentCommand::ChangeSeverity { to, reason } => {
            change_severity(incident, to, reason, beside)?
        }
        IncidentCommand::Note { text } => {
            beside.person("note something about an incident")?;
            IncidentEvent::IncidentNoted { text }
        }
        IncidentCommand::Link { links } => {
            handles(incident, "link an incident", beside)?;
            let links = checked(links, incident.links.clone(), beside)?;
            IncidentEvent::IncidentLinked { links }
        }
        IncidentCommand::ConsiderSuspension { answer, reason } => {
            consider(incident, answer, reason, beside)?
        }
        IncidentCommand::Close { closing } => {
            may_close(incident, beside)?;
            IncidentEvent::IncidentClosed { closing }
        }
    };
    Ok(vec![event])
}

/// Anybody signed in says that something went wrong.
fn open(
    incident: &Incident,
    new: NewIncident,
    beside: &Beside<'_>,
) -> Result<Vec<IncidentEvent>, Refusal> {
    beside.person("open an incident")?;
    let NewIncident { id, title, text, severity, links } = new;
    if incident.opening.is_some() {
        return Err(Refusal::exists("incident", id.as_str()));
    }
    let settings = beside.settings.ok_or(Refusal::NoPolicy { because: "no policy is in force" })?;
    let links = checked(links, Links::default(), beside)?;
    let owner = beside.models.first().and_then(|model| model.owner()).cloned();
    let handling = Handling::under(settings, owner);
    let cause = Cause::Reported;
    let opening = Box::new(Opening { id, title, text, severity, links, cause, handling });
    Ok(vec![IncidentEvent::IncidentOpened { opening }])
}

/// Links that lead somewhere: a release is one that was requested, a criterion one of its plan.
fn checked(mut links: Links, known: Links, beside: &Beside<'_>) -> Result<Links, Refusal> {
    let missing = |what, name: String| Refusal::NotFound { what, name };
    beside.models_exist(&links.model)?;
    if let Some(place) = &links.environment
        && !beside.register.environments.contains(place)
    {
        return Err(missing("environment", place.to_string()));
    }
    let release = beside.release.filter(|release| release.state != State::Absent);
    let named = links.release.as_ref().or(known.release.as_ref());
    if let Some(named) = named {
        let found = release.filter(|release| release.id.as_ref() == Some(named));
        let found = found.ok_or_else(|| missing("release", named.to_string()))?;
        let model = found.request.as_ref().map(|request| request.model.clone());
        if links.model.is_some() && links.model != model {
            return Err(missing("release of this model", named.to_string()));
        }
        links.model = model;
    }
    let plan = release.and_then(|release| release.plan.as_ref()).filter(|_| named.is_some());
    for criterion in &links.criteria {
        let planned = plan.into_iter().flat_map(|plan| &plan.criteria);
        if !planned.into_iter().any(|one| &one.name == criterion) {
            return Err(missing("criterion in the release's plan", criterion.to_string()));
        }
    }
    Ok(links)
}

/// Whoever sees to it, whoever owns the model, and the roles the policy names.
fn handles(incident: &Incident, action: &'static str, beside: &Beside<'_>) -> Result<(), Refusal> {
    let person = beside.person(action)?;
    if incident.owner.as_ref() == Some(person) || beside.owns_a_model() {
        return Ok(());
    }
    in_a_role(&handling(incident).by, action, beside)
}

fn handling(incident: &Incident) -> Handling {
    incident.opening.as_ref().map(|opening| opening.handling.clone()).unwrap_or_default()
}

fn in_a_role(
    roles: &BTreeSet<RoleName>,
    action: &'static str,
    beside: &Beside<'_>,
) -> Result<(), Refusal> {
    beside.person(action)?;
    if beside.acts_as_any(roles) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: roles.iter().cloned().collect() })
}

fn assign(
    incident: &Incident,
    owner: PersonId,
    beside: &Beside<'_>,
) -> Result<IncidentEvent, Refusal> {
    handles(incident, "assign an incident", beside)?;
    if incident.owner.as_ref() == Some(&owner) {
        return Err(Refusal::NothingToDo { what: "this person sees to the incident already" });
    }
    beside.register.may_answer(&owner, beside.now)?;
    Ok(IncidentEvent::IncidentAssigned { owner })
}

fn change_severity(
    incident: &Incident,
    to: Severity,
    reason: Text,
    beside: &Beside<'_>,
) -> Result<IncidentEvent, Refusal> {
    let action = "change the severity of an incident";
    match incident.severity {
        // What is critical asks for a decision: its owner does not talk it down alone.
        Some(Severity::Critical) => in_a_role(&handling(incident).by, action, beside)?,
        Some(Severity::Low | Severity::Medium | Severity::High) | None => {
            handles(incident, action, beside)?;
        }
    }
    match incident.severity {
        Some(from) if from != to => Ok(IncidentEvent::SeverityChanged { from, to, reason }),
        Some(_) | None => {
            Err(Refusal::NothingToDo { what: "the incident is as severe as that already" })
        }
    }
}

fn consider(
    incident: &Incident,
    answer: Suspension,
    reason: Text,
    beside: &Beside<'_>,
) -> Result<IncidentEvent, Refusal> {
    in_a_role(&handling(incident).may_suspend, "decide about a suspension", beside)?;
    if !incident.asks_for_suspension() {
        return Err(Refusal::NothingToDo { what: "the incident asks for no such decision" });
    }
    let suspended = beside.release.is_some_and(|release| release.suspended.is_some());
    match answer {
        Suspension::Suspended if !suspended => {
            Err(Refusal::WrongOrder { what: "suspend the release before you say that it is" })
        }
        Suspension::Suspended | Suspension::NotNeeded => {
            Ok(IncidentEvent::SuspensionConsidered { answer, reason })
        }
    }
}

/// A critical incident is closed in a role that handles incidents; any other also by whoever sees
/// to it.
fn may_close(incident: &Incident, beside: &Beside<'_>) -> Result<(), Refusal> {
    let action = "close an incident";
    match incident.severity {
        Some(Severity::Critical) => in_a_role(&handling(incident).by, action, beside),
        Some(Severity::Low | Severity::Medium | Severity::High) | None => {
            handles(incident, action, beside)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::incident::Outcome;
    use crate::name::CriterionName;
    use crate::project::Listed;

    fn opened(severity: Severity) -> World {
        let mut world = deployed(Low);
        world.on_incident("tanaka", IncidentCommand::Open(Box::new(incident(severity)))).unwrap();
        world
    }

    fn the(world: &World) -> &Incident {
        world.incidents.values().next().unwrap()
    }

    fn close() -> IncidentCommand {
        let (outcome, root_cause) = (Outcome::Corrected, text("an index was stale"));
        IncidentCommand::Close { closing: Closing { outcome, root_cause } }
    }

    fn tasks(world: &World) -> Vec<String> {
        the(world).tasks().into_iter().map(|task| task.task).collect()
    }

    #[test]
    fn whoever_only_reads_opens_no_incident() {
        let open = IncidentCommand::Open(Box::new(incident(Severity::Low)));
        let refused = deployed(Low).on_incident("quinn", open).unwrap_err();
        assert_eq!(refused.code(), "actor.reads_only");
    }

    #[test]
    fn anybody_signed_in_opens_an_incident_and_a_machine_does_not() {
        let world = opened(Severity::High);
        assert_eq!(the(&world).entry().unwrap().state, "open");
        let mut world = deployed(Low);
        let open = IncidentCommand::Open(Box::new(incident(Severity::Low)));
        let refused = world.on_incident(machine(crate::actor::Scope::ALL), open).unwrap_err();
        assert_eq!(refused.code(), "actor.people_only");
    }

    #[test]
    fn an_incident_is_assigned_noted_and_closed_with_its_root_cause() {
        let mut world = opened(Severity::High);
        assert_eq!(tasks(&world), ["assign/ai_governance_lead"]);
        let reader = IncidentCommand::Assign { owner: id("quinn") };
        let refused = world.on_incident("abara", reader).unwrap_err();
        assert_eq!(refused.code(), "person.reads_only");
        world.on_incident("abara", IncidentCommand::Assign { owner: id("iyer") }).unwrap();
        assert_eq!(tasks(&world), ["close"]);
        let note = IncidentCommand::Note { text: text("the index is rebuilt") };
        world.on_incident("chen", note).unwrap();
        assert_eq!(world.on_incident("chen", close()).unwrap_err().code(), "actor.not_permitted");
        assert_eq!(world.on_incident("iyer", close()).unwrap(), ["incident_closed"]);
        let (_, _, closing) = the(&world).closed.clone().unwrap();
        assert_eq!(closing.root_cause, text("an index was stale"));
        assert_eq!(tasks(&world), [] as [&str; 0]);
        assert_eq!(world.on_incident("iyer", close()).unwrap_err().code(), "nothing_to_do");
    }

    ///
    #[test]
    fn a_critical_incident_asks_whoever_may_suspend_until_they_decided() {
        let mut world = opened(Severity::Critical);
        let suspend_task = "suspend/ai_governance_lead".to_owned();
        assert!(tasks(&world).contains(&suspend_task));
        let decided = |answer| IncidentCommand::ConsiderSuspension { answer, reason: text("x") };
        let refused = world.on_incident("rivera", decided(Suspension::NotNeeded)).unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        let refused = world.on_incident("abara", decided(Suspension::Suspended)).unwrap_err();
        assert_eq!(refused.code(), "time.wrong_order");
        world.on_incident("abara", decided(Suspension::NotNeeded)).unwrap();
        assert!(!tasks(&world).contains(&suspend_task));
    }

    #[test]
    fn an_incident_that_grew_worse_asks_again() {
        let mut world = opened(Severity::Critical);
        let to = |to| IncidentCommand::ChangeSeverity { to, reason: text("more reports") };
        let answer = Suspension::NotNeeded;
        let decided = IncidentCommand::ConsiderSuspension { answer, reason: text("a test") };
        world.on_incident("abara", decided).unwrap();
        world.on_incident("abara", to(Severity::High)).unwrap();
        world.on_incident("rivera", to(Severity::Critical)).unwrap();
        assert!(the(&world).asks_for_suspension());
    }

    #[test]
    fn nobody_talks_a_critical_incident_down_or_closes_it_alone() {
        let mut world = opened(Severity::Critical);
        let to = Severity::Low;
        let lower = IncidentCommand::ChangeSeverity { to, reason: text("not that bad") };
        let refused = world.on_incident("rivera", lower).unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        let refused = world.on_incident("rivera", close()).unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        world.on_incident("abara", close()).unwrap();
    }

    ///
    #[test]
    fn an_incident_is_linked_to_criteria_of_the_release_s_plan_and_to_no_other() {
        let mut world = opened(Severity::High);
        let link = |criterion: &str, of: Option<&str>| IncidentCommand::Link {
            links: Links {
                release: of.map(release),
                criteria: [CriterionName::new(criterion).unwrap()].into(),
                ..Links::default()
            },
        };
        for (criterion, of) in
            [("hallucination_rate", None), ("tone", Some("r-1")), ("tone", Some("r-9"))]
        {
            let refused = world.on_incident("rivera", link(criterion, of)).unwrap_err();
            assert_eq!(refused.code(), "not_found", "{criterion}");
        }
        world.on_incident("rivera", link("hallucination_rate", Some("r-1"))).unwrap();
        assert_eq!(the(&world).links.criteria.len(), 1);
        assert_eq!(the(&world).links.release, Some(release("r-1")));
    }

    #[test]
    fn an_incident_names_only_what_there_is() {
        let mut world = deployed(Low);
        let nowhere = Links { environment: Some(environment("moon")), ..Links::default() };
        let new = NewIncident { links: nowhere, ..incident(Severity::Low) };
        let refused = world.on_incident("chen", IncidentCommand::Open(Box::new(new)));
        assert_eq!(refused.unwrap_err().code(), "not_found");
    }
}
