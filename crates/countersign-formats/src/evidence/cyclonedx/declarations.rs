//! Attestations inside a bill: who assessed what, how far it conforms, and who affirmed it.

use super::super::measured::{self, measurement, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::stated::{fact, fact_under, list, text, texts};
use super::super::text::{cut, quoted};
use countersign_core::reading::{Measurement, Reading, Unit};

/// Adds the declarations, if there are any.
pub fn read(reading: &mut Reading, root: &Node) {
    let Some(declarations) = root.get("declarations") else { return };
    let at = At::root().key("declarations");
    for (index, assessor) in list(declarations, "assessors").iter().enumerate() {
        let name = assessor.find(&["organization", "name"]).and_then(Node::scalar);
        let name = name.or(text(assessor, "bom-ref")).unwrap_or_default();
        let third = assessor.get("thirdParty") == Some(&Node::Bool(true));
        let value = if third { format!("{name} (third party)") } else { name };
        fact(reading, "assessor", &value, at.key("assessors").index(index).place());
    }
    let claims: Vec<String> =
        list(declarations, "claims").iter().filter_map(|it| text(it, "bom-ref")).collect();
    for (index, attestation) in list(declarations, "attestations").iter().enumerate() {
        let at = at.key("attestations").index(index);
        fact_under(reading, "attestation", attestation, (&at, "summary"));
        for (index, mapped) in list(attestation, "map").iter().enumerate() {
            requirement(reading, mapped, &at.key("map").index(index), &claims);
        }
    }
    if let Some(affirmation) = declarations.get("affirmation") {
        let at = at.key("affirmation");
        fact_under(reading, "affirmation", affirmation, (&at, "statement"));
        for (index, one) in list(affirmation, "signatories").iter().enumerate() {
            let role = text(one, "role").map(|role| format!(", {role}")).unwrap_or_default();
            let value = format!("{}{role}", text(one, "name").unwrap_or_default());
            fact(reading, "signatory", &value, at.key("signatories").index(index).place());
        }
    }
    warn(reading, at.place(), "signatures of attestations and signatories are not checked");
}

/// One requirement: which claims bear it out, which speak against it, and the scores.
fn requirement(reading: &mut Reading, mapped: &Node, at: &At, claims: &[String]) {
    let requirement = text(mapped, "requirement").unwrap_or_else(|| "(no requirement)".to_owned());
    for key in ["claims", "counterClaims"] {
        fact_under(reading, &format!("{requirement} {key}"), mapped, (at, key));
        for name in texts(mapped, key).iter().filter(|name| !claims.contains(name)) {
            let message = format!("{} is not among the claims of the bill", quoted(name));
            warn(reading, at.key(key).place(), message);
        }
    }
    if !list(mapped, "counterClaims").is_empty() {
        let message = format!("claims speak against {}", quoted(&requirement));
        warn(reading, at.key("counterClaims").place(), message);
    }
    for metric in ["conformance", "confidence"] {
        let Some(stated) = mapped.get(metric) else { continue };
        let quantity = Quantity::from_node(stated.get("score"))
            .unwrap_or_else(|fault| Quantity::Nothing(fault.message));
        let one = Measurement {
            task: Some(cut(&requirement)),
            // bom-1.7.schema.json: from 0 to 1.
            unit: Unit::Fraction,
            ..measurement(metric, at.keys(&[metric, "score"]).place())
        };
        measured::push(reading, one, quantity);
        let name = format!("{requirement} {metric}");
        fact_under(reading, &name, stated, (&at.key(metric), "rationale"));
    }
}
