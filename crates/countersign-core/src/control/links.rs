//! Whether what a control names is there. A link that points to nothing is a fault when the
//! control is published, and a gap when the policy changes afterwards.

use super::Control;
use crate::classification::{UnknownWord, word_enum};
use crate::policy::Policy;
use crate::register::Register;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// What a control points to.
    LinkKind {
        /// A published policy.
        Policy = "policy", "Policy";
        /// A published runbook.
        Runbook = "runbook", "Runbook";
        /// A checklist item of the policy in force.
        Item = "item", "Checklist item";
        /// A criterion of the policy in force.
        Criterion = "criterion", "Criterion";
        /// A kind of evidence a reader knows.
        Format = "format", "Kind of evidence";
    }
}

/// What a control may point to.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The register, which knows what was published.
    pub register: &'a Register,
    /// The policy in force; `None` when none is.
    pub policy: Option<&'a Policy>,
    /// The formats readers know.
    pub formats: &'a BTreeSet<&'a str>,
}

/// A link, and what it points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkStatus {
    /// What kind of thing it names.
    pub kind: LinkKind,
    /// The name.
    pub name: String,
    /// The title of what it points to; `None` when there is no such thing.
    pub title: Option<String>,
}

/// Every link of a control, the items of its tests included, kind by kind.
pub fn link_statuses(control: &Control, around: &Surroundings<'_>) -> Vec<LinkStatus> {
    let links = &control.links;
    let mut items = links.items.clone();
    items.extend(control.tests.all().cloned());
    let mut all = Vec::new();
    let mut add = |kind: LinkKind, name: &str, title: Option<&str>| {
        let title = title.map(str::to_owned);
        all.push(LinkStatus { kind, name: name.to_owned(), title });
    };
    for name in &links.policies {
        let known = around.register.policies.iter().any(|one| &one.policy.name == name);
        add(LinkKind::Policy, name.as_str(), known.then_some(name.as_str()));
    }
    for name in &links.runbooks {
        let known = around.register.runbook(name, None).map(|one| one.title.as_str());
        add(LinkKind::Runbook, name.as_str(), known);
    }
    for name in &items {
        let mut known = around.policy.iter().flat_map(|policy| &policy.items);
        let known = known.find(|one| &one.name == name).map(|one| one.title.as_str());
        add(LinkKind::Item, name.as_str(), known);
    }
    for name in &links.criteria {
        let mut known = around.policy.iter().flat_map(|policy| &policy.criteria);
        let known = known.find(|one| &one.name == name).map(|one| one.title.as_str());
        add(LinkKind::Criterion, name.as_str(), known);
    }
    for name in &links.formats {
        let named = |known: &&&str| {
            let rest = known.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        add(LinkKind::Format, name, around.formats.iter().find(named).copied());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn missing(change: impl FnOnce(&mut Control)) -> Vec<String> {
        let world = given(Low);
        let mut control = gate_control();
        change(&mut control);
        let (formats, policy) = (BTreeSet::from(["sarif-2.1.0"]), policy());
        let around =
            Surroundings { register: &world.register, policy: Some(&policy), formats: &formats };
        let all = link_statuses(&control, &around).into_iter();
        let missing = all.filter(|link| link.title.is_none());
        missing.map(|link| format!("{} {}", link.kind, link.name)).collect()
    }

    ///
    #[test]
    fn a_link_that_points_to_nothing_is_found_whatever_it_names() {
        assert_eq!(missing(|_| {}), Vec::<String>::new());
        let broken = missing(|control| {
            control.links.policies.insert("no-policy".parse().unwrap());
            control.links.runbooks.insert("no-runbook".parse().unwrap());
            control.links.items.insert("no_item".parse().unwrap());
            control.tests.bias.insert("no_test".parse().unwrap());
            control.links.criteria.insert("no_criterion".parse().unwrap());
            control.links.formats = ["sarif".to_owned(), "sar".to_owned()].into();
        });
        let expected = [
            "policy no-policy",
            "runbook no-runbook",
            "item no_item",
            "item no_test",
            "criterion no_criterion",
            "format sar",
        ];
        assert_eq!(broken, expected);
    }

    #[test]
    fn without_a_policy_in_force_no_item_is_there() {
        let (world, formats) = (given(Low), BTreeSet::new());
        let around = Surroundings { register: &world.register, policy: None, formats: &formats };
        let all = link_statuses(&gate_control(), &around);
        let items = all.iter().filter(|link| link.kind == LinkKind::Item);
        assert!(items.clone().count() > 0 && items.clone().all(|link| link.title.is_none()));
    }
}
