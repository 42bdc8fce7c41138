//! The people of the demonstration: a small company, invented.

/// Somebody in the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The short name used here and in web addresses.
    pub handle: &'static str,
    /// The name.
    pub name: &'static str,
    /// What they do in the company, as a newcomer needs to know it.
    pub job: &'static str,
    /// The roles they hold. The Model Owner is decided model by model.
    pub roles: &'static [&'static str],
}

const fn part(
    handle: &'static str,
    name: &'static str,
    job: &'static str,
    roles: &'static [&'static str],
) -> Part {
    Part { handle, name, job, roles }
}

/// Everybody. The administrator comes last: from then on only administrators change the register.
pub const CAST: &[Part] = &[
    part("rivera", "J. Rivera", "ML Lead, and owner of most models", &[]),
    part("chen", "S. Chen", "Product Lead", &["product_lead"]),
    part("okafor", "M. Okafor", "Compliance", &["compliance"]),
    part("lindt", "A. Lindt", "AI Governance Lead", &["ai_governance_lead"]),
    part("hale", "R. Hale", "Committee", &["ai_governance_committee"]),
    part("ito", "K. Ito", "Committee", &["ai_governance_committee"]),
    part("novak", "P. Novak", "Committee", &["ai_governance_committee"]),
    part("patel", "D. Patel", "ML Engineer, who prepares releases", &["ml_engineer"]),
    part("adeyemi", "T. Adeyemi", "ML Platform Lead", &["ml_platform_lead"]),
    part("kim", "H. Kim", "Data Governance", &["data_governance"]),
    part("rossi", "L. Rossi", "Application Security", &["application_security"]),
    part("vance", "E. Vance", "Security Operations Lead", &["security_operations_lead"]),
    part("sato", "N. Sato", "Security", &["security"]),
    part("weber", "C. Weber", "Legal", &["legal"]),
    part("diaz", "F. Diaz", "Peer Reviewer", &["peer_reviewer"]),
    part("park", "Y. Park", "ML Platform, who deploys", &["ml_platform"]),
    part("grey", "O. Grey", "Auditor, who reads and changes nothing", &["auditor"]),
    *KEEPER,
];

/// Who administers the installation.
pub const KEEPER: &Part =
    &part("brandt", "I. Brandt", "Administrator, who decides nothing", &["administrator"]);

/// The address of somebody in the demonstration.
pub fn email(part: &Part) -> String {
    format!("{}@northlight.example", part.handle)
}

/// The part with this short name.
pub fn named(handle: &str) -> Option<&'static Part> {
    CAST.iter().find(|part| part.handle == handle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::name::RoleName;

    #[test]
    fn the_administrator_comes_last_and_every_name_is_there_once() {
        assert_eq!(CAST.last().map(|part| part.roles), Some(&["administrator"][..]));
        for (at, part) in CAST.iter().enumerate() {
            assert!(CAST[..at].iter().all(|earlier| earlier.handle != part.handle));
            assert!(part.roles.iter().all(|role| RoleName::new(*role).is_ok()));
        }
    }
}
