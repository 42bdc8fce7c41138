//! What people do beside the releases: incidents, risks, sandbox exclusions.

use jiff::Timestamp;

/// Something done beside the releases. Incidents and exclusions go by their titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    OpenIncident(Opened),
    AssignIncident {
        title: String,
        owner: String,
    },
    ChangeSeverity {
        title: String,
        severity: String,
        reason: String,
    },
    NoteOnIncident {
        title: String,
        text: String,
    },
    LinkIncident {
        title: String,
        criteria: Vec<String>,
    },
    ConsiderSuspension {
        title: String,
        answer: String,
        reason: String,
    },
    CloseIncident {
        title: String,
        outcome: String,
        root_cause: String,
    },
    EnterRisk {
        risk: String,
        model: String,
        text: String,
        rating: Rated,
    },
    ReassessRisk {
        risk: String,
        text: String,
        rating: Rated,
    },
    CloseRisk {
        risk: String,
        reason: String,
    },
    ClaimSandbox(Claimed),
    EndSandbox {
        title: String,
        reason: String,
    },
    /// The register has this risk, and it is about the release's model: entered or linked by the
    /// model's owner when it is not. For stories that are about something else.
    HaveRisk {
        risk: String,
    },
}

/// An incident as it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    pub title: String,
    pub severity: String,
    pub text: String,
    pub model: Option<String>,
    pub environment: Option<String>,
    /// The title of the release.
    pub release: Option<String>,
    pub criteria: Vec<String>,
}

/// How a risk is rated, and when it is looked at again; in 90 days when the story does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    pub likelihood: u8,
    pub impact: u8,
    pub review: Option<Timestamp>,
}

/// A sandbox exclusion as it is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub title: String,
    pub text: String,
    pub model: Option<String>,
    pub real_data: String,
    pub real_users: String,
    pub until: Timestamp,
}
