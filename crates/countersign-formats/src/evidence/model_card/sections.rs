//! The six sections a model card must have, under the headings people give them.

use super::super::card::CardSection;

/// Every section a card must have.
pub const CARD_SECTIONS: &[CardSection] = &[
    CardSection {
        check: "model_card.purpose",
        title: "purpose",
        headings: &["purpose", "model description", "model summary", "overview", "summary"],
    },
    CardSection {
        check: "model_card.architecture",
        title: "architecture",
        headings: &["architecture"],
    },
    CardSection {
        check: "model_card.training_data",
        title: "training data",
        headings: &[
            "training data",
            "training dataset",
            "training datasets",
            "training set",
            "data sources",
            "datasets",
        ],
    },
    CardSection {
        check: "model_card.limitations",
        title: "limitations",
        headings: &["limitations", "limitation", "limits", "caveats"],
    },
    CardSection {
        check: "model_card.intended_use",
        title: "intended use",
        headings: &["intended use", "intended uses", "uses", "use cases", "direct use"],
    },
    CardSection {
        check: "model_card.known_biases",
        title: "known biases",
        headings: &["bias", "biases", "fairness"],
    },
];
