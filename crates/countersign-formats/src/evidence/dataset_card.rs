//! Hugging Face data set cards: YAML front matter, then Markdown, and nothing in the format to tell
//! them from model cards but the keys.

use super::card::sections::check;
use super::card::{self, CardSection, front_matter, license, placeholder};
use super::node::{At, Node};
use super::stated::{fact, fact_under, list, text};
use super::text::cut;
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "dataset-card",
    title: "Hugging Face data set card",
    notes: &[
        "known by a front-matter key that only data sets have (`task_categories`, `dataset_info`, \
         `pretty_name` …) and none that only models have, by a heading `Dataset Card`, or by a \
         name such as `dataset_card.md`",
        "licence, languages, tasks, size, sources, and the splits of `dataset_info` with their \
         numbers of examples are facts",
        "`dataset_card.license`: named, and not `unknown`; `other` needs `license_name` or \
         `license_link`",
        "one check per section below; `dataset_card.no_placeholders` as for a model card",
    ],
    recognises,
    read,
};

/// Every section a data set card must have.
pub const DATASET_SECTIONS: &[CardSection] = &[
    CardSection {
        check: "dataset_card.description",
        title: "description",
        headings: &["description", "summary", "overview", "dataset details"],
    },
    CardSection {
        check: "dataset_card.uses",
        title: "uses",
        headings: &["uses", "intended use", "intended uses", "use cases", "supported tasks"],
    },
    CardSection {
        check: "dataset_card.structure",
        title: "structure",
        headings: &["structure", "data fields", "data splits", "fields"],
    },
    CardSection {
        check: "dataset_card.source_data",
        title: "source data",
        headings: &[
            "source data",
            "sources",
            "data collection",
            "collection",
            "creation",
            "curation",
        ],
    },
    CardSection {
        check: "dataset_card.personal_information",
        title: "personal and sensitive information",
        headings: &[
            "personal and sensitive information",
            "personal information",
            "personal data",
            "sensitive information",
            "privacy",
        ],
    },
    CardSection {
        check: "dataset_card.biases",
        title: "biases and limitations",
        headings: &["bias", "biases", "limitations", "risks"],
    },
];

const DATASET_KEYS: &[&str] = &[
    "annotations_creators:",
    "configs:",
    "dataset_info:",
    "language_creators:",
    "multilinguality:",
    "paperswithcode_id:",
    "pretty_name:",
    "size_categories:",
    "source_datasets:",
    "task_categories:",
    "task_ids:",
];
const MODEL_KEYS: &[&str] = &[
    "base_model:",
    "base_model_relation:",
    "datasets:",
    "library_name:",
    "model-index:",
    "model_name:",
    "pipeline_tag:",
];
const FACTS: &[&str] = &[
    "license",
    "license_name",
    "license_link",
    "pretty_name",
    "language",
    "task_categories",
    "task_ids",
    "size_categories",
    "source_datasets",
    "annotations_creators",
    "language_creators",
    "multilinguality",
];

/// Whether this is the card of a data set and not of a model.
pub fn claims(upload: &Upload) -> bool {
    let head = upload.head();
    let front = front_matter(head);
    let has = |keys: &[&str]| {
        let mut lines = front.unwrap_or_default().lines();
        lines.any(|line| keys.iter().any(|key| line.starts_with(key)))
    };
    let name = upload.name().to_ascii_lowercase().replace(['_', '-', ' '], "");
    let titled = || {
        let mut headings = head.lines().filter(|line| line.starts_with('#'));
        headings.any(|line| line.to_ascii_lowercase().contains("dataset card"))
    };
    (upload.has_extension("md") || upload.has_extension("markdown"))
        && !has(MODEL_KEYS)
        && (has(DATASET_KEYS) || name.contains("datasetcard") || titled())
}

fn recognises(upload: &Upload) -> bool {
    claims(upload)
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let card = card::take_apart(upload.text()?)?;
    let mut reading = Reading::new(READER.format);
    for key in FACTS {
        fact_under(&mut reading, key, &card.front, (&At::root(), key));
    }
    reading.claimed_subject = text(&card.front, "pretty_name").map(|it| cut(&it));
    let at = At::root().key("dataset_info");
    match card.front.get("dataset_info") {
        Some(Node::List(configs)) => {
            for (index, config) in configs.iter().enumerate() {
                splits(&mut reading, config, &at.index(index));
            }
        }
        Some(config) => splits(&mut reading, config, &at),
        None => {}
    }
    license::check(&mut reading, "dataset_card.license", &card.front);
    check(&mut reading, &card, DATASET_SECTIONS);
    placeholder::check(&mut reading, "dataset_card.no_placeholders", card.text);
    Ok(reading)
}

/// The splits of one configuration, with their sizes.
fn splits(reading: &mut Reading, config: &Node, at: &At) {
    let named = text(config, "config_name").filter(|name| name != "default");
    let prefix = named.map(|name| format!("{name} ")).unwrap_or_default();
    for (index, split) in list(config, "splits").iter().enumerate() {
        let name = text(split, "name").unwrap_or_default();
        let examples = text(split, "num_examples").unwrap_or_else(|| "an unknown number of".into());
        let place = at.key("splits").index(index).place();
        fact(reading, &format!("{prefix}split {name}"), &format!("{examples} examples"), place);
    }
}
