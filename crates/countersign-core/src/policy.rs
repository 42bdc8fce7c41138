//! The policy: the document that turns a classification into a gate plan.
//!
//! A policy is data. It is written in the policy language (`countersign-formats`), published once,
//! and never changed afterwards.

mod changes;
mod committee;
mod conditions;
pub mod difference;
mod exceptions;
mod notices;
mod retention;

pub use changes::ChangeSettings;
pub use conditions::ConditionSettings;
pub use exceptions::ExceptionSettings;
pub use notices::{EscalateAgain, NoticeSettings};
pub use retention::RetentionSettings;

mod emergency;
mod reviews;
mod rollback;

pub use committee::{CommitteeSettings, Majority};
pub use emergency::EmergencySettings;
pub use reviews::ReviewSettings;
pub use rollback::{DrillLimit, Question, RollbackSettings};

use crate::beside;
use crate::classification::{ChangeType, Classification, Condition, RiskTier};
use crate::criterion::Criterion;
use crate::digest::Sha256;
use crate::field::Field;
use crate::name::{ItemName, PolicyName, RoleName, RunbookName};
use crate::people::{PeopleRules, Qualification};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A whole policy, parsed and free of faults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its short name.
    pub name: PolicyName,
    /// Its version, as the document writes it.
    pub version: String,
    /// Document control and the texts people read.
    pub document: Document,
    /// The roles it knows.
    pub roles: Vec<RoleDefinition>,
    /// What the owner titles of runbooks mean in this organisation.
    pub titles: Vec<TitleMapping>,
    /// Who approves what.
    pub rows: Vec<Row>,
    /// Approvals asked for beside those of the row, when their condition holds.
    pub also: Vec<ApprovalRule>,
    /// The pre-release checklist.
    pub items: Vec<Item>,
    /// Blocking criteria.
    pub criteria: Vec<Criterion>,
    /// Runbooks offered to releases of some kind (R-019..R-021).
    pub offers: Vec<Offer>,
    /// The process, told to people (R-095, R-096..R-109).
    pub process: Vec<ProcessStep>,
    /// Clocks and switches.
    pub settings: Settings,
}

/// Document control and the organisation's fill-in fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The policy's title.
    pub title: String,
    /// The organisation it belongs to.
    pub organisation: String,
    /// Who keeps it.
    pub owner: RoleName,
    /// Who approves it.
    pub approved_by: RoleName,
    /// The first day it is in force.
    pub effective: Date,
    /// Months between reviews; 12 for a yearly review.
    pub review_months: u32,
    /// How confidential the document is: `Internal`.
    pub classification: String,
    /// Why it exists, for people.
    pub purpose: String,
}

impl Document {
    /// When the next review is due.
    pub fn next_review(&self) -> Date {
        let months = jiff::Span::new().try_months(self.review_months);
        months.and_then(|span| self.effective.checked_add(span)).unwrap_or(Date::MAX)
    }
}

/// A role and its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDefinition {
    /// The role.
    pub name: RoleName,
    /// What people call it: `AI Governance Lead`.
    pub title: String,
    /// What it does in a release, for people.
    #[serde(default)]
    pub duty: String,
    /// What its holders must have passed before they decide in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<Qualification>,
    /// Whether its holders read everything and change nothing.
    #[serde(default)]
    pub reads_only: bool,
}

/// "This title, met in a runbook, means that role."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleMapping {
    /// The title as runbooks write it; compared without regard to case.
    pub title: String,
    /// The role it means.
    pub role: RoleName,
}

/// One row of the decision table: who approves this change at these tiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The change.
    pub change: ChangeType,
    /// The tiers the row covers.
    pub tiers: BTreeSet<RiskTier>,
    /// What the change means, for people.
    pub means: String,
    /// Who approves. Never empty: an empty rule would never pass, so it is a fault of the policy.
    pub approvals: Vec<ApprovalRule>,
}

/// Who has to approve, how many of them, and whom they must be independent of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRule {
    /// The role.
    pub role: RoleName,
    /// How many different people.
    pub count: u32,
    /// What the signature is for: `technical sign-off`, `business sign-off`, `peer review`.
    pub purpose: String,
    /// Whom the approver must not be.
    pub independent_of: BTreeSet<Independence>,
    /// When the rule applies.
    pub when: Condition,
}

/// Whom an approver must be independent of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Independence {
    /// Whoever requested or submitted the release.
    Requester,
    /// The owner of the model.
    ModelOwner,
    /// Whoever attached evidence.
    EvidenceAuthor,
    /// Whoever approved under another rule. One person counts once in any case; this also
    /// forbids holding another of the plan's approving roles.
    OtherRoles,
}

impl Independence {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::Requester, Self::ModelOwner, Self::EvidenceAuthor, Self::OtherRoles];

    /// The word in the policy language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::ModelOwner => "model_owner",
            Self::EvidenceAuthor => "evidence_author",
            Self::OtherRoles => "other_roles",
        }
    }

    /// The words a person reads after "must not be".
    pub fn human(self) -> &'static str {
        match self {
            Self::Requester => "the requester",
            Self::ModelOwner => "the Model Owner",
            Self::EvidenceAuthor => "the author of evidence",
            Self::OtherRoles => "a holder of another approving role",
        }
    }
}

/// One item of the pre-release checklist (R-076..R-094).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: ItemName,
    /// What is confirmed.
    pub title: String,
    /// The part of the checklist it belongs to: `Documentation`.
    pub section: String,
    /// When it is asked.
    pub when: Condition,
    /// What evidence it needs.
    pub evidence: EvidenceNeed,
    /// The questions answered with it.
    pub fields: Vec<Field>,
    /// Whether "not applicable", with a reason, is an answer.
    pub may_not_apply: bool,
    /// Whether every check its evidence holds must pass, as for a model card's completeness.
    pub checks_must_pass: bool,
    /// More for the person who fills it in; may be empty.
    pub guidance: String,
}

/// What evidence a checklist item needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceNeed {
    /// None: the answers are enough.
    None,
    /// A file of any kind.
    AnyFile,
    /// A file one of these readers understands, by format name or its first word: `model-card`,
    /// `sarif`, `lm-eval`.
    Formats(Vec<String>),
}

impl EvidenceNeed {
    /// Whether evidence of this format is what is needed.
    pub fn accepts(&self, format: Option<&str>) -> bool {
        match self {
            Self::None | Self::AnyFile => true,
            Self::Formats(formats) => format.is_some_and(|given| {
                formats.iter().any(|wanted| {
                    given == wanted
                        || given
                            .strip_prefix(wanted.as_str())
                            .is_some_and(|rest| rest.starts_with('-'))
                })
            }),
        }
    }
}

/// "Offer this runbook to such releases."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The runbook.
    pub runbook: RunbookName,
    /// To which releases.
    pub when: Condition,
    /// True when such a release must follow it.
    pub required: bool,
}

/// A step of the process, told to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessStep {
    /// `Request`.
    pub title: String,
    /// What happens, in the organisation's own words.
    pub text: String,
}

/// Clocks and switches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Clock hours after a deployment within which it is confirmed.
    pub confirm_within_hours: u32,
    /// Whether a missed confirmation turns the verdict to deny.
    pub missed_confirmation_denies: bool,
    /// How long a verdict may be relied on, in minutes.
    pub lease_minutes: u32,
    /// Whether the Model Owner may approve his own request where a rule allows it.
    pub self_approval: bool,
    /// Who hears of a lapsed time limit where the runbook names nobody.
    pub escalate_to: RoleName,
    /// Who may suspend.
    pub may_suspend: BTreeSet<RoleName>,
    /// Who may close a finding.
    pub may_close_findings: BTreeSet<RoleName>,
    /// Who may record deployments beside the Model Owner and deploying machines.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub may_deploy: BTreeSet<RoleName>,
    /// Emergency releases; `None`: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<EmergencySettings>,
    /// Going back to an earlier version.
    #[serde(default, skip_serializing_if = "RollbackSettings::is_silent")]
    pub rollback: RollbackSettings,
    /// The role that reviews emergencies, suspensions and rollbacks afterwards;
    /// `None`: nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<RoleName>,
    /// The body that decides in sessions; `None` when the policy names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeSettings>,
    /// Incidents, risks and sandboxes.
    #[serde(default, skip_serializing_if = "beside::Settings::is_default")]
    pub beside: beside::Settings,
    /// Reminders of conditions, and when they bite.
    #[serde(default, skip_serializing_if = "ConditionSettings::is_default")]
    pub conditions: ConditionSettings,
    /// Who accepts the risk of exceptions, and for how long.
    #[serde(default, skip_serializing_if = "ExceptionSettings::is_default")]
    pub exceptions: ExceptionSettings,
    /// How many small changes may follow each other.
    #[serde(default, skip_serializing_if = "ChangeSettings::is_default")]
    pub changes: ChangeSettings,
    /// What asks for a review of the policy itself.
    #[serde(default, skip_serializing_if = "ReviewSettings::is_default")]
    pub reviews: ReviewSettings,
    /// Reminders of what is to be done, and who hears when it is late.
    #[serde(default, skip_serializing_if = "NoticeSettings::is_default")]
    pub notices: NoticeSettings,
    /// How long records are kept, and who may end that; `None`: for ever, and nobody may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<RetentionSettings>,
}

/// Which policy, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Its name.
    pub name: PolicyName,
    /// Its version.
    pub version: String,
    /// The digest of the published text.
    pub sha256: Sha256,
}

impl Policy {
    /// The row of the decision table for this release.
    pub fn row(&self, of: &Classification) -> Option<&Row> {
        self.rows.iter().find(|row| row.change == of.change && row.tiers.contains(&of.tier))
    }

    /// The role a runbook's owner title means: a mapping, a role's own title, or a role's name.
    pub fn role_for_title(&self, title: &str) -> Option<&RoleName> {
        let same = |other: &str| other.trim().eq_ignore_ascii_case(title.trim());
        let mapped = self.titles.iter().find(|mapping| same(&mapping.title));
        let titled =
            || self.roles.iter().find(|role| same(&role.title) || same(role.name.as_str()));
        mapped.map(|mapping| &mapping.role).or_else(|| titled().map(|role| &role.name))
    }

    /// What it asks of the people who hold its roles.
    pub fn people_rules(&self) -> PeopleRules {
        let reading = self.roles.iter().filter(|role| role.reads_only);
        let qualified = self
            .roles
            .iter()
            .filter_map(|role| Some((role.name.clone(), role.qualification.clone()?)));
        PeopleRules {
            reads_only: reading.map(|role| role.name.clone()).collect(),
            qualifications: qualified.collect(),
            keep_times: [self.settings.escalate_to.clone()].into(),
            deploy: self.settings.may_deploy.clone(),
            legal_hold_by: self
                .settings
                .retention
                .iter()
                .flat_map(|retention| retention.legal_hold_by.clone())
                .collect(),
        }
    }

    /// What people call a role; its name when the policy does not know it.
    pub fn title_of<'a>(&'a self, role: &'a RoleName) -> &'a str {
        self.roles
            .iter()
            .find(|definition| &definition.name == role)
            .map_or(role.as_str(), |definition| &definition.title)
    }
}
