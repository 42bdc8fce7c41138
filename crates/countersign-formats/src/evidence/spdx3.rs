//! SPDX 3.0 documents with the AI and data set profiles, in JSON-LD.
//!
//! Only the compact form that the SPDX context defines is read: elements in `@graph`, joined by
//! `spdxId`, with names such as `ai_metric`. Numbers are strings there, and a string may as well
//! hold a list; such a one is no measurement.

mod element;
mod model;
mod vulnerability;

use self::element::{Elements, Relations};
use super::measured::{self, warn};
use super::node::{At, Node};
use super::stated::{conclude, fact, text, texts};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "spdx3",
    title: "SPDX 3.0 with AI and data set profiles, JSON-LD",
    notes: &[
        "of each `ai_AIPackage` and `dataset_DatasetPackage` the profile's properties are facts; \
         licences and data sets are followed through relationships",
        "each entry of `ai_metric` is a measurement with the model as task; one that holds a list \
         has no value; energy is a measurement such as `training_energy_kwh`",
        "`spdx_ai.license`, `spdx_ai.hashes`, `spdx_ai.training_data`: every model has it, by a \
         declared or concluded licence, by `verifiedUsing`, by `trainedOn`",
        "sensitive personal information that is used, or not ruled out, and a high or serious \
         safety risk are warned of; a word outside the profile's vocabularies, an element without \
         a type and an `spdxId` that stands twice are refused, a relationship's is warned of",
        "vulnerabilities of the security profile are findings, with the worst of their CVSS \
         assessments; `VexFixed` is gone, `VexNotAffected` is suppressed",
    ],
    recognises,
    read,
};

const CONTEXT: &str = "https://spdx.org/rdf/3.";

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| context(root).is_some())
}

/// The address of the context, which names the version.
fn context(root: &Node) -> Option<String> {
    texts(root, "@context").into_iter().find(|it| it.starts_with(CONTEXT))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let named = context(root).unwrap_or_default();
    if !named.starts_with("https://spdx.org/rdf/3.0") {
        let message = format!("the context {} is not read", quoted(&named));
        return Err(Unreadable::at(At::root().key("@context").place(), message)
            .help("write the document as SPDX 3.0.1"));
    }
    let elements = Elements::of(root)?;
    let relations = Relations::of(&elements)?;
    let mut reading = Reading::new(READER.format);
    document(&mut reading, &elements);
    fact(&mut reading, "context", &named, At::root().key("@context").place());
    let models: Vec<_> = elements.of_type("ai_AIPackage").collect();
    let datasets: Vec<_> = elements.of_type("dataset_DatasetPackage").collect();
    for (node, at) in &models {
        let name = model::name(node, at)?;
        let prefix = if models.len() > 1 { format!("{name} ") } else { String::new() };
        model::read(&mut reading, (node, at), (&name, &prefix))?;
        related(&mut reading, node, (&elements, &relations), &prefix);
    }
    for (node, at) in &datasets {
        let name = model::name(node, at)?;
        model::read_dataset(&mut reading, (node, at), &name)?;
        related(&mut reading, node, (&elements, &relations), &format!("{name} "));
    }
    if let [(node, _)] = models.as_slice() {
        reading.claimed_subject = text(node, "name").map(|it| cut(&it));
    }
    if models.is_empty() {
        warn(&mut reading, At::root().place(), "the document describes no AI package");
    } else {
        check(&mut reading, &models, (&elements, &relations));
    }
    for at in elements.twins() {
        warn(&mut reading, at.place(), "another element has the name of this relationship");
    }
    vulnerability::read(&mut reading, &elements);
    measured::blank_twins(&mut reading);
    Ok(reading)
}

/// When the document was made, and by which tool.
fn document(reading: &mut Reading, elements: &Elements) {
    let Some((document, at)) = elements.of_type("SpdxDocument").next() else {
        return warn(reading, At::root().place(), "no `SpdxDocument` says what the rest is about");
    };
    for profile in texts(document, "profileConformance") {
        fact(reading, "profile", &profile, at.key("profileConformance").place());
    }
    let creation = document.get("creationInfo").and_then(|info| match info {
        Node::Text(id) => elements.get(id).map(|(node, _)| node),
        other => Some(other),
    });
    let Some(creation) = creation else {
        let message = "the `creationInfo` of the document is not there";
        return warn(reading, at.key("creationInfo").place(), message);
    };
    reading.generated_at = text(creation, "created").map(|it| cut(&it));
    let tool = texts(creation, "createdUsing").into_iter().next();
    let tool = tool.map(|id| elements.name_of(&id).unwrap_or(id));
    reading.tool = tool.map(|it| cut(&it));
}

const LICENSES: &[&str] = &["hasDeclaredLicense", "hasConcludedLicense"];
/// What says that something is unknown, and so is no licence.
const NOTHING: &[&str] = &["NoAssertion", "NOASSERTION", "None", "NONE"];

/// Adds what relationships say of an element: its licences, its data, what it depends on.
fn related(
    reading: &mut Reading,
    node: &Node,
    (elements, relations): (&Elements, &Relations),
    prefix: &str,
) {
    let id = text(node, "spdxId").unwrap_or_default();
    for (kind, name) in [
        ("hasDeclaredLicense", "license"),
        ("hasConcludedLicense", "license concluded"),
        ("trainedOn", "datasets"),
        ("testedOn", "datasets tested on"),
        ("descendantOf", "base_model"),
        ("dependsOn", "depends on"),
    ] {
        for (to, at) in relations.from(&id, kind) {
            let said = elements.license_of(to).or_else(|| elements.name_of(to));
            let said = said.unwrap_or_else(|| to.to_owned());
            fact(reading, &format!("{prefix}{name}"), &said, at.place());
        }
    }
}

type Pieces<'a> = (&'a Elements<'a>, &'a Relations<'a>);

/// A check, the words for what is missing, and how it is found.
type Wanted<'a> = (&'static str, &'static str, &'a dyn Fn(&Node) -> bool);

fn check(reading: &mut Reading, models: &[(&Node, At)], (elements, relations): Pieces) {
    let licensed = |node: &Node| {
        let id = text(node, "spdxId").unwrap_or_default();
        LICENSES.iter().flat_map(|kind| relations.from(&id, kind)).any(|(to, _)| {
            let said = elements.license_of(to).unwrap_or_else(|| to.to_owned());
            !NOTHING.iter().any(|nothing| said.ends_with(nothing))
        })
    };
    let hashed = |node: &Node| {
        let all = node.get("verifiedUsing").and_then(Node::list).unwrap_or_default();
        all.iter().any(|hash| text(hash, "hashValue").is_some_and(|it| it.len() >= 32))
    };
    let trained = |node: &Node| {
        let id = text(node, "spdxId").unwrap_or_default();
        let own = relations.from(&id, "trainedOn").next().is_some();
        // A document that describes one model may say of its file what it was trained on.
        own || models.len() == 1 && relations.any("trainedOn")
    };
    let wanted: [Wanted; 3] = [
        ("spdx_ai.license", "has neither a declared nor a concluded licence", &licensed),
        ("spdx_ai.hashes", "has no `verifiedUsing`, so the document is bound to no bytes", &hashed),
        ("spdx_ai.training_data", "is not said to be `trainedOn` anything", &trained),
    ];
    for (name, missing, has) in wanted {
        let without = models.iter().find(|(node, _)| !has(node));
        let place = without.or(models.first()).map_or(At::root().place(), |(_, at)| at.place());
        let fault = without.map(|(node, _)| {
            format!("{} {missing}", quoted(&text(node, "name").unwrap_or_default()))
        });
        conclude(reading, name, place, fault);
    }
}
