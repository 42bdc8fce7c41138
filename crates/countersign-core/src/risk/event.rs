//! What happens to an entry of the risk register.

use super::{Rating, Risk, RiskEntry, Treatment};
use crate::actor::Who;
use crate::name::{ModelName, PersonId};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened to an entry of the risk register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum RiskEvent {
    /// A risk was entered.
    RiskEntered { entry: Box<RiskEntry> },
    /// It was looked at again.
    RiskReassessed { rating: Rating, treatment: Treatment, review_by: Timestamp, note: Text },
    /// It is about these models, too.
    ModelsLinked { models: BTreeSet<ModelName> },
    /// Somebody else watches it.
    RiskHandedOver { from: PersonId, to: PersonId, reason: Text },
    /// It is no risk any more.
    RiskClosed { reason: Text },
}

impl RiskEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::RiskEntered { .. } => "risk_entered",
            Self::RiskReassessed { .. } => "risk_reassessed",
            Self::ModelsLinked { .. } => "models_linked",
            Self::RiskHandedOver { .. } => "risk_handed_over",
            Self::RiskClosed { .. } => "risk_closed",
        }
    }
}

impl Risk {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &RiskEvent) {
        self.version += 1;
        match (event, &mut self.entry) {
            (RiskEvent::RiskEntered { entry }, _) => {
                self.ratings.push((at, by.clone(), entry.rating));
                self.entered = Some((at, by.clone()));
                self.entry = Some((**entry).clone());
            }
            (RiskEvent::RiskReassessed { rating, treatment, review_by, .. }, Some(entry)) => {
                self.ratings.push((at, by.clone(), *rating));
                entry.rating = *rating;
                entry.treatment = *treatment;
                entry.review_by = *review_by;
            }
            (RiskEvent::ModelsLinked { models }, Some(entry)) => {
                entry.models.extend(models.iter().cloned());
            }
            (RiskEvent::RiskHandedOver { to, .. }, Some(entry)) => entry.owner = to.clone(),
            (RiskEvent::RiskClosed { reason }, Some(_)) => {
                self.closed = Some((at, by.clone(), *reason));
            }
            (
                RiskEvent::RiskReassessed { .. }
                | RiskEvent::ModelsLinked { .. }
                | RiskEvent::RiskHandedOver { .. }
                | RiskEvent::RiskClosed { .. },
                None,
            ) => {}
        }
    }
}
