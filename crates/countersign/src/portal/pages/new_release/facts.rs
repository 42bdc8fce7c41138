//! What the form of a new release says about change types, and how many rows it has.

use crate::portal::form::Typed;
use countersign_core::classification::ChangeType;

/// What a change type means, for choosing one.
pub fn means(change: ChangeType) -> &'static str {
    match change {
        ChangeType::NewModel => "The first deployment of this model.",
        ChangeType::MajorUpdate => "Architecture, a training data source or the risk tier changed.",
        ChangeType::MinorUpdate => "Retrained with the same pipeline, tuned, or a bug fixed.",
        ChangeType::ConfigurationChange => {
            "A threshold, a prompt, a feature flag, an agent's tools or permissions."
        }
        ChangeType::ThirdPartyActivation => "A vendor's AI service goes live.",
        ChangeType::Retirement => "The model leaves production.",
    }
}

/// The most artifacts one form takes; more can be added to the release afterwards.
const MOST: usize = 50;

/// How many rows of artifacts the form shows: one, or as many as were sent.
pub fn rows(typed: &Typed) -> usize {
    let sent = |number: &usize| typed.all(&format!("artifacts[{number}].name")).next().is_some();
    (0..MOST).take_while(sent).count().max(1)
}
