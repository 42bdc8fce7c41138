//! Whether a bill says something of its models, or only repeats what its schema asks for.

use super::super::MAX_ENTRIES;
use super::super::card::placeholder;
use super::super::measured::warn;
use super::super::node::{At, Node};
use super::super::stated::{conclude, list, text, texts};
use super::super::text::{cut, quoted};
use super::card::dataset_of;
use super::component::{Component, licenses};
use countersign_core::reading::Reading;

/// Words of the CycloneDX schema that stand in a card nobody filled in; in any case.
pub const EMPTY_PHRASES: &[&str] = &[
    "goes here",
    "the type of performance metric",
    "the value of the performance metric",
    "the name of the slice this metric",
    "bound of the confidence interval",
    "who are the intended users of the model",
    "what are the intended use cases of the model",
    "what are the known technical limitations",
    "what are the known tradeoffs",
    "the name of the risk",
    "strategy used to address this risk",
    "individuals at risk of being systematically",
    "expected benefits to the identified groups",
    "expected harms to the identified groups",
    "describe any mitigation strategy",
];
/// More placeholders than this change nothing.
const SHOWN: usize = 50;
/// How deep a card is looked through; the schema goes no deeper.
const DEPTH: usize = 16;

fn is_empty(said: &str) -> bool {
    let folded = said.to_lowercase();
    said.trim().is_empty()
        || placeholder::find(said).is_some()
        || EMPTY_PHRASES.iter().any(|phrase| folded.contains(phrase))
}

/// What every model must have: the check, the words for what is missing, and how it is found.
type Wanted = (&'static str, &'static str, fn(&Component) -> bool);

const WANTED: &[Wanted] = &[
    ("ml_bom.license", "names no licence", |it| licenses(it).iter().any(|(one, _)| !is_empty(one))),
    ("ml_bom.hashes", "has no hash, so the bill is bound to no bytes", has_hash),
    ("ml_bom.datasets", "names no data set", |it| {
        let datasets = parameters(it).map(|it| list(it, "datasets")).unwrap_or_default();
        datasets.iter().any(|one| !is_empty(&dataset_of(one)))
    }),
    ("ml_bom.performance", "has no performance metric with a number", has_number),
    ("ml_bom.intended_use", "does not say what it is for, or for whom", |it| {
        considers(it, &["useCases", "users"])
    }),
    ("ml_bom.limitations", "names no limitation", |it| considers(it, &["technicalLimitations"])),
];

/// Adds the checks over all models.
pub fn check(reading: &mut Reading, models: &[&Component]) {
    for (name, missing, has) in WANTED {
        let without = models.iter().find(|model| !has(model));
        let place = without.or(models.first()).map(|model| model.at.place());
        let fault = without.map(|model| format!("{} {missing}", quoted(&model.name)));
        conclude(reading, name, place.unwrap_or(At::root().place()), fault);
    }
    let mut found = Vec::new();
    for model in models {
        if let Some(card) = model.node.get("modelCard") {
            look(card, &model.at.key("modelCard"), DEPTH, &mut found);
        }
    }
    for (at, said) in found.iter().take(SHOWN) {
        warn(reading, at.place(), format!("the placeholder {} is left", quoted(said)));
    }
    let place = found.first().map_or(At::root().place(), |(at, _)| at.place());
    let fault = found
        .first()
        .map(|(_, said)| format!("{} placeholders are left, first {}", found.len(), quoted(said)));
    conclude(reading, "ml_bom.no_placeholders", place, fault);
}

/// Every placeholder of a card; pictures are left out.
fn look(node: &Node, at: &At, depth: usize, found: &mut Vec<(At, String)>) {
    match node {
        _ if found.len() > MAX_ENTRIES => {}
        Node::Text(said) if !said.trim().is_empty() && is_empty(said) => {
            found.push((at.clone(), cut(said)));
        }
        Node::List(items) if depth > 0 => {
            for (index, item) in items.iter().enumerate() {
                look(item, &at.index(index), depth - 1, found);
            }
        }
        Node::Object(entries) if depth > 0 => {
            for (key, value) in entries.iter().filter(|(key, _)| *key != "content") {
                look(value, &at.key(key), depth - 1, found);
            }
        }
        _ => {}
    }
}

fn parameters<'a>(model: &Component<'a>) -> Option<&'a Node> {
    model.node.find(&["modelCard", "modelParameters"])
}

fn has_hash(model: &Component) -> bool {
    list(model.node, "hashes").iter().any(|hash| {
        let content = text(hash, "content").unwrap_or_default();
        content.len() >= 32 && content.chars().all(|char| char.is_ascii_hexdigit())
    })
}

fn has_number(model: &Component) -> bool {
    use super::super::quantity::Quantity;
    let analysis = model.node.find(&["modelCard", "quantitativeAnalysis"]);
    let metrics = analysis.map(|it| list(it, "performanceMetrics")).unwrap_or_default();
    metrics.iter().any(|metric| {
        Quantity::from_node(metric.get("value")).is_ok_and(|it| it.number().is_some())
    })
}

fn considers(model: &Component, keys: &[&str]) -> bool {
    let considerations = model.node.find(&["modelCard", "considerations"]);
    considerations
        .is_some_and(|it| keys.iter().any(|key| texts(it, key).iter().any(|text| !is_empty(text))))
}
