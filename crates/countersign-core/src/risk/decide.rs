//! Commands to an entry of the risk register, and what the rules make of them.

use super::{Rating, Risk, RiskEntry, RiskEvent, Treatment};
use crate::beside::Beside;
use crate::name::{ModelName, PersonId};
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A request to enter a risk or to change something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum RiskCommand {
    /// Enter a risk.
    Enter(Box<RiskEntry>),
    /// Look at it again.
    Reassess(Reassessment),
    /// It is about these models, too.
    Link { models: BTreeSet<ModelName> },
    /// Somebody else watches it from now on.
    HandOver { to: PersonId, reason: Text },
    /// It is no risk any more.
    Close { reason: Text },
}

impl RiskCommand {
    /// The models the command names, so that the caller can look them up before the rules decide.
    pub fn models(&self) -> BTreeSet<ModelName> {
        match self {
            Self::Enter(entry) => entry.models.clone(),
            Self::Link { models } => models.clone(),
            Self::Reassess(_) | Self::HandOver { .. } | Self::Close { .. } => BTreeSet::new(),
        }
    }
}

/// What came of looking at a risk again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassessment {
    /// How likely and how bad it is now.
    pub rating: Rating,
    /// What is done about it.
    pub treatment: Treatment,
    /// When it is looked at next.
    pub review_by: Timestamp,
    /// What was found.
    pub note: Text,
}

/// Turns a command into events, or refuses.
pub fn decide(
    risk: &Risk,
    command: RiskCommand,
    beside: &Beside<'_>,
) -> Result<Vec<RiskEvent>, Refusal> {
    if let RiskCommand::Enter(entry) = command {
        return enter(risk, entry, beside);
    }
    let Some(entry) = &risk.entry else {
        return Err(Refusal::NotFound { what: "risk", name: String::new() });
    };
    if risk.closed.is_some() {
        return Err(Refusal::NothingToDo { what: "the risk is closed already" });
    }
    watches(entry, beside)?;
    Ok(vec![match command {
        RiskCommand::Enter(entry) => RiskEvent::RiskEntered { entry },
        RiskCommand::Reassess(Reassessment { rating, treatment, review_by, note }) => {
            review_ahead(review_by, beside)?;
            RiskEvent::RiskReassessed { rating, treatment, review_by, note }
        }
        RiskCommand::Link { models } => {
            beside.models_exist(&models)?;
            if models.is_subset(&entry.models) {
                return Err(Refusal::NothingToDo { what: "the risk is linked to it already" });
            }
            RiskEvent::ModelsLinked { models }
        }
        RiskCommand::HandOver { to, reason } => {
            let from = entry.owner.clone();
            if from == to {
                return Err(Refusal::NothingToDo { what: "the risk has this owner already" });
            }
            beside.register.may_answer(&to, beside.now)?;
            RiskEvent::RiskHandedOver { from, to, reason }
        }
        RiskCommand::Close { reason } => RiskEvent::RiskClosed { reason },
    }])
}

/// The owner of a model enters what could go wrong with it, a keeper of the register anything.
fn enter(
    risk: &Risk,
    entry: Box<RiskEntry>,
    beside: &Beside<'_>,
) -> Result<Vec<RiskEvent>, Refusal> {
    let action = "enter a risk";
    beside.person(action)?;
    if risk.entry.is_some() {
        return Err(Refusal::exists("risk", entry.id.as_str()));
    }
    beside.models_exist(&entry.models)?;
    if !beside.owns_a_model() {
        keeps(action, beside)?;
    }
    beside.register.may_answer(&entry.owner, beside.now)?;
    review_ahead(entry.review_by, beside)?;
    Ok(vec![RiskEvent::RiskEntered { entry }])
}

fn review_ahead(review_by: Timestamp, beside: &Beside<'_>) -> Result<(), Refusal> {
    let months = beside.settings().risk_review_months;
    let what = [
        "a risk is looked at again in the future",
        "the policy wants risks looked at again sooner than that",
    ];
    beside.ahead(review_by, months, what)
}

/// Whoever owns the entry, and whoever keeps the register.
fn watches(entry: &RiskEntry, beside: &Beside<'_>) -> Result<(), Refusal> {
    let action = "change a risk";
    if beside.person(action)? == &entry.owner {
        return Ok(());
    }
    keeps(action, beside)
}

fn keeps(action: &'static str, beside: &Beside<'_>) -> Result<(), Refusal> {
    let keepers = beside.keepers();
    if beside.acts_as_any(&keepers) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: keepers.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::name::RiskId;
    use crate::project::Listed;

    fn enter(world: &mut World, who: &str, entry: RiskEntry) -> Result<(), &'static str> {
        let name = entry.id.to_string();
        let entered = world.on_risk(who, (&name, RiskCommand::Enter(Box::new(entry))));
        entered.map(|_| ()).map_err(|refusal| refusal.code())
    }

    fn entered() -> World {
        let mut world = given(Low);
        enter(&mut world, "rivera", risk("risk-1")).unwrap();
        world
    }

    fn reassess(days: i64) -> RiskCommand {
        RiskCommand::Reassess(Reassessment {
            rating: Rating::new(1, 4).unwrap(),
            treatment: Treatment::Accept,
            review_by: monday() + jiff::SignedDuration::from_hours(days * 24),
            note: text("a filter was added"),
        })
    }

    ///
    #[test]
    fn the_owner_of_the_model_and_the_keepers_enter_risks() {
        for (person, expected) in
            [("rivera", Ok(())), ("abara", Ok(())), ("chen", Err("actor.not_permitted"))]
        {
            assert_eq!(enter(&mut given(Low), person, risk("risk-1")), expected, "{person}");
        }
        let again = enter(&mut entered(), "rivera", risk("risk-1"));
        assert_eq!(again, Err("already_exists"));
        let mut unknown = risk("risk-2");
        unknown.models = [crate::name::ModelName::new("nothing").unwrap()].into();
        assert_eq!(enter(&mut given(Low), "abara", unknown), Err("not_found"));
    }

    ///
    #[test]
    fn whoever_only_reads_watches_no_risk() {
        let auditors = RiskEntry { owner: id("quinn"), ..risk("risk-1") };
        assert_eq!(enter(&mut given(Low), "rivera", auditors), Err("person.reads_only"));
        let over = RiskCommand::HandOver { to: id("quinn"), reason: text("moved on") };
        let refused = entered().on_risk("rivera", ("risk-1", over)).unwrap_err();
        assert_eq!(refused.code(), "person.reads_only");
    }

    #[test]
    fn a_risk_is_looked_at_again_within_the_policy_s_months() {
        let due = |days: i64| RiskEntry {
            review_by: monday() + jiff::SignedDuration::from_hours(days * 24),
            ..risk("risk-1")
        };
        assert_eq!(enter(&mut given(Low), "rivera", due(0)), Err("time.wrong_order"));
        assert_eq!(enter(&mut given(Low), "rivera", due(365)), Ok(()));
        assert_eq!(enter(&mut given(Low), "rivera", due(367)), Err("time.wrong_order"));
    }

    #[test]
    fn a_risk_is_a_task_of_its_owner_until_it_is_closed() {
        let mut world = entered();
        let task = &world.risks[0].tasks()[0];
        let due = monday() + jiff::SignedDuration::from_hours(90 * 24);
        assert_eq!((task.person.clone(), task.due), (Some(id("rivera")), Some(due)));
        let close = || ("risk-1", RiskCommand::Close { reason: text("the feature is gone") });
        let refused = world.on_risk("chen", close()).unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        world.on_risk("rivera", close()).unwrap();
        assert_eq!(world.risks[0].tasks(), []);
        let again = world.on_risk("rivera", ("risk-1", reassess(30))).unwrap_err();
        assert_eq!(again.code(), "nothing_to_do");
    }

    #[test]
    fn a_reassessment_keeps_the_ratings_before_it() {
        let mut world = entered();
        world.on_risk("abara", ("risk-1", reassess(120))).unwrap();
        let ratings: Vec<_> = world.risks[0].ratings.iter().map(|(_, _, r)| r.score()).collect();
        assert_eq!(ratings, [8, 4]);
        let missing = world.on_risk("abara", ("risk-9", reassess(120))).unwrap_err();
        assert_eq!(missing.code(), "not_found");
    }

    #[test]
    fn a_risk_goes_to_another_owner_and_to_more_models() {
        let mut world = entered();
        let to = id("zhou");
        let over = RiskCommand::HandOver { to, reason: text("moved on") };
        world.on_risk("rivera", ("risk-1", over)).unwrap();
        assert_eq!(world.risks[0].entry.as_ref().unwrap().owner, id("zhou"));
        let link = || RiskCommand::Link { models: [summarizer()].into() };
        let refused = world.on_risk("zhou", ("risk-1", link())).unwrap_err();
        assert_eq!(refused.code(), "nothing_to_do");
        assert_eq!(RiskId::new("risk-1").unwrap().as_str(), "risk-1");
    }
}
