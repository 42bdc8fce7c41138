//! Which refusals are attempts the log keeps.

use super::Refusal;

impl Refusal {
    /// Whether somebody tried to decide who had no right to, which the log keeps (I-01).
    pub fn is_without_right(&self) -> bool {
        if let Self::OfMeeting(why) = self {
            return why.is_without_right();
        }
        matches!(
            self,
            Self::NotPermitted { .. }
                | Self::PeopleOnly { .. }
                | Self::NotIndependent { .. }
                | Self::NotAHolder { .. }
                | Self::AlreadyApproved { .. }
                | Self::RoleNotAsked { .. }
                | Self::StaleDossier { .. }
                | Self::WrongState { .. }
                | Self::OfPeople(_)
                | Self::NoAuthority { .. }
                | Self::AlreadyAccepted { .. }
        )
    }
}
