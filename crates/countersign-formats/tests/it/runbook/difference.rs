//! Two versions of a runbook, side by side.

use super::{MARKDOWN, read};
use countersign_core::runbook::difference::{Difference, differences};

fn changed(from: &str, to: &str) -> Vec<Difference> {
    assert!(MARKDOWN.contains(from), "{from}");
    differences(&read(MARKDOWN).0, &read(&MARKDOWN.replacen(from, to, 1)).0)
}

#[test]
fn a_version_differs_in_nothing_from_itself_whatever_it_is_called() {
    let runbook = read(MARKDOWN).0;
    let renumbered =
        countersign_core::runbook::Runbook { version: "9.9.9".into(), ..runbook.clone() };
    assert_eq!(differences(&runbook, &renumbered), []);
}

#[test]
fn a_longer_time_limit_stands_beside_the_shorter_one() {
    let found = changed("**SLA:** 4 hours", "**SLA:** 9 hours");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.subject, "step `Freeze the queues`: time limit");
    assert_eq!((one.before.as_str(), one.after.as_str()), ("4 hours", "9 hours"));
}

#[test]
fn a_renamed_step_is_one_gone_and_one_new() {
    let found = changed("3. Ask the desk", "3. Ask everybody");
    let told: Vec<_> =
        found.iter().map(|one| (one.subject.as_str(), !one.after.is_empty())).collect();
    assert_eq!(told, [("step `Ask the desk`", false), ("step `Ask everybody`", true)]);
}
