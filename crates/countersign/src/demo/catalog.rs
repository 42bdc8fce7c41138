//! The catalog as the demonstration takes it into use: all of it.

/// The policy that ships with the product; the demonstration fills in its blanks.
pub const POLICY: &str = include_str!("../../../../catalog/policies/model-release.policy");

/// Every runbook that ships with the product.
pub const RUNBOOKS: &[&str] = &[
    include_str!("../../../../catalog/runbooks/adapter-release.md"),
    include_str!("../../../../catalog/runbooks/agent-release.md"),
    include_str!("../../../../catalog/runbooks/configuration-change.md"),
    include_str!("../../../../catalog/runbooks/data-leak.md"),
    include_str!("../../../../catalog/runbooks/deployment-gate-checklist.md"),
    include_str!("../../../../catalog/runbooks/drift-or-quality-failure.md"),
    include_str!("../../../../catalog/runbooks/emergency-release.md"),
    include_str!("../../../../catalog/runbooks/fine-tuned-model-release.md"),
    include_str!("../../../../catalog/runbooks/harmful-output.md"),
    include_str!("../../../../catalog/runbooks/jailbreak-campaign.md"),
    include_str!("../../../../catalog/runbooks/prompt-change.md"),
    include_str!("../../../../catalog/runbooks/retirement.md"),
    include_str!("../../../../catalog/runbooks/rollback-drill.md"),
    include_str!("../../../../catalog/runbooks/third-party-activation.md"),
];

/// Every control that ships with the product.
pub const CONTROLS: &[&str] = &[
    include_str!("../../../../catalog/controls/chm-001.yaml"),
    include_str!("../../../../catalog/controls/chm-002.yaml"),
    include_str!("../../../../catalog/controls/chm-003.yaml"),
    include_str!("../../../../catalog/controls/chm-004.yaml"),
    include_str!("../../../../catalog/controls/chm-005.yaml"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn no_control_of_the_catalog_is_left_out() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/controls");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(CONTROLS.contains(&text.as_str()), "{} is not published", path.display());
        }
    }

    #[test]
    fn no_runbook_of_the_catalog_is_left_out() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/runbooks");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(RUNBOOKS.contains(&text.as_str()), "{} is not published", path.display());
        }
    }
}
