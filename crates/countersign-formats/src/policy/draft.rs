//! A policy while it is read: the parts so far, and the names they use and give with their places.

use super::cursor::{Cursor, Named};
use super::faults::Faults;
use countersign_core::classification::{ChangeType, Condition, RiskTier};
use countersign_core::criterion::Criterion;
use countersign_core::name::{CriterionName, ItemName, PolicyName, RoleName};
use countersign_core::policy::{
    ApprovalRule, Document, Item, Offer, Policy, ProcessStep, RoleDefinition, Row, Settings,
    TitleMapping,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The parts of a policy, as far as they were understood.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) head: Option<Head>,
    pub(super) document: Option<Document>,
    pub(super) roles: Vec<RoleDefinition>,
    pub(super) titles: Vec<Named<TitleMapping>>,
    pub(super) rows: Vec<DraftRow>,
    /// Changes of which a row could not be read.
    pub(super) unsure: BTreeSet<ChangeType>,
    pub(super) also: Vec<ApprovalRule>,
    pub(super) items: Vec<Item>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) offers: Vec<Offer>,
    pub(super) process: Vec<ProcessStep>,
    pub(super) settings: Option<Settings>,
    /// The keywords of the blocks that were met, whole or not.
    pub(super) met: Vec<&'static str>,
    /// Roles named anywhere, to be found among the roles when all is read.
    pub(super) role_uses: Vec<Named<RoleName>>,
    /// Criteria named by settings.
    pub(super) criterion_uses: Vec<Named<CriterionName>>,
    /// Items named by criteria and settings.
    pub(super) item_uses: Vec<ItemUse>,
    /// Fields named by settings.
    pub(super) field_uses: Vec<FieldUse>,
    declared: BTreeMap<(&'static str, String), Range<usize>>,
}

/// A criterion's word of where its evidence is, and when the criterion applies; without the latter
/// where settings name the item.
pub(super) struct ItemUse {
    pub(super) item: Named<ItemName>,
    pub(super) when: Option<Condition>,
}

/// A setting's word of which question of an item it means.
pub(super) struct FieldUse {
    pub(super) item: ItemName,
    pub(super) field: Named<String>,
}

/// The first line of a policy.
pub(super) struct Head {
    pub(super) name: PolicyName,
    pub(super) version: String,
    pub(super) span: Range<usize>,
}

/// A row of the decision table and the row whose approvals it takes over.
pub(super) struct DraftRow {
    pub(super) row: Row,
    pub(super) change: Range<usize>,
    pub(super) tiers: Vec<Named<RiskTier>>,
    pub(super) same: Option<Named<(ChangeType, RiskTier)>>,
}

impl Draft {
    /// Notes that a name is given; reports one that was given before.
    pub(super) fn declare(
        &mut self,
        what: &'static str,
        name: &str,
        span: &Range<usize>,
        faults: &mut Faults<'_>,
    ) {
        let key = (what, name.to_lowercase());
        if let Some(first) = self.declared.get(&key) {
            let message = format!("there are two {what}s `{name}`");
            let help =
                format!("rename or delete one; the first is in line {}", faults.line_of(first));
            faults.error("policy.duplicate", span, message, help);
        } else {
            self.declared.insert(key, span.clone());
        }
    }

    /// Notes the name that comes next in a line, whatever its shape: a misspelt name is reported
    /// where it stands, and not again wherever it is used.
    pub(super) fn declare_next(
        &mut self,
        what: &'static str,
        cursor: &Cursor<'_>,
        faults: &mut Faults<'_>,
    ) {
        if let Some(name) = cursor.word_at(0) {
            self.declare(what, name, &cursor.here(), faults);
        }
    }

    /// The names given to one kind of thing, also those whose block has a fault.
    pub(super) fn names(&self, what: &'static str) -> BTreeSet<&str> {
        let of_kind = self.declared.keys().filter(|(kind, _)| *kind == what);
        of_kind.map(|(_, name)| name.as_str()).collect()
    }

    /// The policy, when every part that must be there is there.
    pub(super) fn finished(self) -> Option<Policy> {
        let head = self.head?;
        Some(Policy {
            name: head.name,
            version: head.version,
            document: self.document?,
            roles: self.roles,
            titles: self.titles.into_iter().map(|title| title.value).collect(),
            rows: self.rows.into_iter().map(|draft| draft.row).collect(),
            also: self.also,
            items: self.items,
            criteria: self.criteria,
            offers: self.offers,
            process: self.process,
            settings: self.settings?,
        })
    }
}
