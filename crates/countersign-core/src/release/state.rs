//! Where a release stands, and the words for it.

/// Where a release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Not requested yet.
    #[default]
    Absent,
    /// Being prepared.
    Draft,
    /// Submitted; waits for steps and approvals.
    InReview,
    /// Approved; waits for deployment.
    Approved,
    /// In at least one environment.
    Deployed,
    /// Confirmed in every environment it was deployed to.
    Confirmed,
    /// Refused, with a reason.
    Rejected,
    /// Taken back by its requester.
    Withdrawn,
    /// Another release took its place everywhere.
    Superseded,
    /// The release before it took its place again everywhere it ran.
    RolledBack,
    /// It left with its model.
    Retired,
}

impl State {
    /// Every word a release's state is shown under, in the order a release meets them.
    pub const WORDS: [&'static str; 12] = [
        "draft",
        "in_review",
        "changes_requested",
        "approved",
        "deployed",
        "confirmed",
        "suspended",
        "rejected",
        "withdrawn",
        "superseded",
        "rolled_back",
        "retired",
    ];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Deployed => "deployed",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::RolledBack => "rolled_back",
            Self::Retired => "retired",
        }
    }

    /// Whether the decision was yes and still stands.
    pub fn is_allowed(self) -> bool {
        match self {
            Self::Approved | Self::Deployed | Self::Confirmed => true,
            Self::Absent
            | Self::Draft
            | Self::InReview
            | Self::Rejected
            | Self::Withdrawn
            | Self::Superseded
            | Self::RolledBack
            | Self::Retired => false,
        }
    }
}
