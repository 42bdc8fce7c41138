//! Which refusals are attempts the log keeps.

use super::{PeopleRefusal, Refusal, list};
use crate::name::RoleName;

impl Refusal {
    /// Whether somebody tried to decide who had no right to, which the log keeps (I-01).
    pub fn is_without_right(&self) -> bool {
        if let Self::OfMeeting(why) = self {
            return why.is_without_right();
        }
        if let Self::OfRetention(why) = self {
            return why.is_without_right();
        }
        // Naming the wrong person is a slip, not a decision without a right to it.
        if matches!(self, Self::OfPeople(PeopleRefusal::AnswersForNothing { .. })) {
            return false;
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

/// Who may do what the actor may not.
pub(super) fn whom_to_ask(needs: &[RoleName]) -> String {
    match needs {
        [] => "ask an administrator".into(),
        [role] if *role == RoleName::model_owner() => "ask the owner of the model".into(),
        [role] if *role == crate::register::administrator() => "ask an administrator".into(),
        _ => format!("ask somebody who is {}", list(needs)),
    }
}
