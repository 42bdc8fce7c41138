//! The examples of the reference page.

use super::read;

/// The text between the fences that begin with this line.
fn example(fence: &str) -> String {
    let page = include_str!("../../../../../docs/reference/runbook-format.md");
    let (mark, _) = fence.split_at(fence.find(char::is_alphabetic).unwrap());
    let after = page.split_once(&format!("\n{fence}\n")).unwrap().1;
    after.split_once(&format!("\n{mark}\n")).unwrap().0.to_owned()
}

#[test]
fn the_examples_of_the_reference_are_one_runbook_without_a_remark() {
    let (markdown, remarks) = read(&example("````markdown"));
    assert_eq!(remarks, []);
    let (text, remarks) = read(&example("```text"));
    assert_eq!(remarks, []);
    assert_eq!(markdown, text);
}
