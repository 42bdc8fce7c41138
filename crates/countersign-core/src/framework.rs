//! Frameworks: which records of a release answer which clause of a law or a standard.
//!
//! A framework is data (`catalog/frameworks`). Nothing here knows any law: it says for each clause
//! which records there have to be, and the report says which of them there are (R-134..R-136).

mod report;

pub use report::{ClauseReport, Held, RecordReport, report};

use crate::classification::{Classification, RiskTier};
use crate::name::ItemName;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A law or a standard, as far as releases answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its short name: `eu-ai-act`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Which text: `Regulation (EU) 2024/1689`.
    pub edition: String,
    /// What a reader has to know about this table.
    pub note: String,
    /// Its clauses, in their order.
    pub clauses: Vec<Clause>,
}

/// One clause, and the records that answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its published number: `Article 9`, `A.6.2.4`.
    pub id: String,
    /// Its published short title.
    pub title: String,
    /// How the policy cites it, where it does; it may differ from the published number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cited: Option<String>,
    /// What one has to be able to show, in plain words.
    pub duty: String,
    /// The tiers it is about; empty means all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tiers: BTreeSet<RiskTier>,
    /// The first day it binds; `None` means that it does already, or that it is voluntary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The records that answer it. Never empty.
    pub records: Vec<Record>,
}

impl Clause {
    /// Whether the clause is about such a release.
    pub fn is_about(&self, of: &Classification) -> bool {
        self.tiers.is_empty() || self.tiers.contains(&of.tier)
    }
}

/// A record of a release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Record {
    /// The policy it was judged by.
    Policy,
    /// The plan that was fixed at submission.
    Plan,
    /// Its risk tier, change type and facts.
    Classification,
    /// Its artifacts, by digest.
    Artifacts,
    /// The whole checklist.
    Checklist,
    /// One item of the checklist with its answers and evidence.
    Item(ItemName),
    /// The criteria and how they were met.
    Criteria,
    /// The approvals.
    Approvals,
    /// The conditions of the approval, where there are any.
    Conditions,
    /// The decision.
    Decision,
    /// The record of its deployment.
    Deployment,
    /// The confirmation after the deployment.
    Confirmation,
    /// Its events in the log.
    Log,
}

const WORDS: &[(&str, Record)] = &[
    ("policy", Record::Policy),
    ("plan", Record::Plan),
    ("classification", Record::Classification),
    ("artifacts", Record::Artifacts),
    ("checklist", Record::Checklist),
    ("criteria", Record::Criteria),
    ("approvals", Record::Approvals),
    ("conditions", Record::Conditions),
    ("decision", Record::Decision),
    ("deployment", Record::Deployment),
    ("confirmation", Record::Confirmation),
    ("log", Record::Log),
];

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Item(item) = self {
            return write!(f, "item {item}");
        }
        let word = WORDS.iter().find(|(_, record)| record == self).map_or("", |(word, _)| word);
        f.write_str(word)
    }
}

/// Why a text names no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRecord {
    given: String,
}

impl fmt::Display for UnknownRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
        write!(f, "`{}` is no record: use {} or `item NAME`", self.given, known.join(", "))
    }
}

impl std::error::Error for UnknownRecord {}

impl FromStr for Record {
    type Err = UnknownRecord;

    fn from_str(text: &str) -> Result<Self, UnknownRecord> {
        let unknown = || UnknownRecord { given: text.to_owned() };
        match text.strip_prefix("item ") {
            Some(item) => ItemName::new(item).map(Self::Item).map_err(|_| unknown()),
            None => {
                let known = WORDS.iter().find(|(word, _)| *word == text);
                known.map(|(_, record)| record.clone()).ok_or_else(unknown)
            }
        }
    }
}

impl TryFrom<String> for Record {
    type Error = UnknownRecord;
    fn try_from(text: String) -> Result<Self, UnknownRecord> {
        text.parse()
    }
}

impl From<Record> for String {
    fn from(record: Record) -> String {
        record.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_what_it_prints_and_an_unknown_one_names_the_known() {
        for text in ["policy", "item model_card", "log", "conditions"] {
            assert_eq!(text.parse::<Record>().unwrap().to_string(), text);
        }
        let error = "itme model_card".parse::<Record>().unwrap_err();
        assert!(error.to_string().contains("or `item NAME`"), "{error}");
    }
}
