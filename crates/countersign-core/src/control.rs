//! Controls: what an auditor holds an organisation to, as a record of its own.
//!
//! A control is data (`catalog/controls`). It says what it is for, who answers for it, which
//! evidence shows it, and what in the policy and the runbooks carries it out. Nothing here judges
//! a release: that a control works is read off the log, in [`evidence`] and [`maturity`].

pub mod evidence;
mod id;
mod links;
pub mod maturity;
mod report;

pub use id::{ControlId, InvalidControlId};
pub use links::{LinkKind, LinkStatus, Surroundings, link_statuses};
pub use report::ControlReport;

use crate::classification::{UnknownWord, word_enum};
use crate::digest::Sha256;
use crate::name::{CriterionName, ItemName, PolicyName, RunbookName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// How much work it is to bring a control into being.
    Effort {
        /// Days.
        Low = "low", "Low";
        /// Weeks.
        Medium = "medium", "Medium";
        /// Months.
        High = "high", "High";
    }
}

word_enum! {
    /// How far an organisation is with a control (R-147..R-151), from least to most.
    Level {
        /// Changes reach production without review or approval.
        Initial = "initial", "Initial";
        /// Major changes pass a gate, minor ones do not.
        Developing = "developing", "Developing";
        /// Every change has test results and sign-off before it runs.
        Defined = "defined", "Defined";
        /// How the gate works is measured and reported.
        Managed = "managed", "Managed";
        /// What the gate asks follows from what went wrong.
        Optimizing = "optimizing", "Optimizing";
    }
}

word_enum! {
    /// What an auditor expects to see of a deployment (R-153..R-157).
    Part {
        /// The checklist, complete and signed before the deployment.
        GateChecklist = "gate_checklist", "Gate checklist";
        /// Test reports for evaluation, bias and security.
        TestReports = "test_reports", "Test reports";
        /// Who approved, when, and for what exactly.
        ApprovalRecords = "approval_records", "Approval records";
        /// What was bypassed, and who accepted the risk.
        ExceptionRecords = "exception_records", "Exception records";
        /// What went where, when, by whom.
        DeploymentLog = "deployment_log", "Deployment log";
    }
}

word_enum! {
    /// What in the data says how far a control is.
    Measure {
        /// Deployments, decisions and incidents of the release gate.
        ReleaseGate = "release_gate", "The release gate";
    }
}

/// A control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Its identifier: `CHM-002`.
    pub id: ControlId,
    /// Its version, as the document writes it.
    pub version: String,
    /// What people call it.
    pub title: String,
    /// The domain it belongs to: `Change Management`.
    pub domain: String,
    /// What it is for.
    pub objective: String,
    /// Who answers for it in most organisations.
    pub typical_owner: String,
    /// How much work it is.
    pub effort: Effort,
    /// Whether it concerns agents as well.
    pub agent_relevant: bool,
    /// What each level means here.
    pub maturity: Levels,
    /// What in the data says how far it is; absent where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured_by: Option<Measure>,
    /// What an auditor expects to see. Never empty.
    pub evidence: Vec<Requirement>,
    /// What there is to do, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Which checklist items hold which kind of test.
    #[serde(default, skip_serializing_if = "TestItems::is_empty")]
    pub tests: TestItems,
    /// What carries it out.
    #[serde(default, skip_serializing_if = "Links::is_empty")]
    pub links: Links,
}

/// What each level of maturity means for one control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// The lowest.
    pub initial: String,
    /// The second.
    pub developing: String,
    /// The third.
    pub defined: String,
    /// The fourth.
    pub managed: String,
    /// The highest.
    pub optimizing: String,
}

impl Levels {
    /// What this level means.
    pub fn of(&self, level: Level) -> &str {
        match level {
            Level::Initial => &self.initial,
            Level::Developing => &self.developing,
            Level::Defined => &self.defined,
            Level::Managed => &self.managed,
            Level::Optimizing => &self.optimizing,
        }
    }
}

/// Something an auditor expects to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// What it is, in words.
    pub asks: String,
    /// The records of the release gate that show it; absent where it is shown elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<Part>,
}

/// Which checklist items hold which kind of test.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestItems {
    /// Evaluation of what it does.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub evaluation: BTreeSet<ItemName>,
    /// Bias and fairness.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub bias: BTreeSet<ItemName>,
    /// Security, attacks included.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub security: BTreeSet<ItemName>,
}

impl TestItems {
    /// Whether it names no item.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Every item named, kind by kind.
    pub fn all(&self) -> impl Iterator<Item = &ItemName> {
        self.evaluation.iter().chain(&self.bias).chain(&self.security)
    }
}

/// What carries a control out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Policies.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub policies: BTreeSet<PolicyName>,
    /// Runbooks.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub runbooks: BTreeSet<RunbookName>,
    /// Checklist items of the policy in force.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub items: BTreeSet<ItemName>,
    /// Criteria of the policy in force.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub criteria: BTreeSet<CriterionName>,
    /// Kinds of evidence, by the format a reader knows.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub formats: BTreeSet<String>,
}

impl Links {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which control, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlRef {
    /// Its identifier.
    pub id: ControlId,
    /// Its version.
    pub version: String,
    /// The digest of the published text.
    pub sha256: Sha256,
}
