//! Answers of several lines: one line for each thing, its columns parted by `|`.

/// What is wrong with an answer: the first line that is not as it should be.
pub(super) fn check(
    answer: &str,
    columns: &[String],
    confirms: Option<&str>,
) -> Result<(), String> {
    let wanted = columns.len() + usize::from(confirms.is_some());
    let shape = shape(columns, confirms);
    for (number, line) in (1..).zip(answer.lines().filter(|line| !line.trim().is_empty())) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        if parts.len() != wanted || parts.iter().any(|part| part.is_empty()) {
            return Err(format!("line {number} is not `{shape}`"));
        }
        if let Some(what) = confirms
            && parts.last() != Some(&"yes")
        {
            return Err(format!("line {number} does not confirm with `yes`: {what}"));
        }
    }
    Ok(())
}

/// How a line reads: `split | licence | yes`.
pub(super) fn shape(columns: &[String], confirms: Option<&str>) -> String {
    let columns = columns.iter().map(String::as_str).chain(confirms.map(|_| "yes"));
    columns.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(answer: &str) -> Result<(), String> {
        let columns = ["split", "licence"].map(str::to_owned);
        check(answer, &columns, Some("the licence fits"))
    }

    ///
    #[test]
    fn every_split_is_confirmed_on_a_line_of_its_own() {
        assert_eq!(checked("train | CC-BY-4.0 | yes\n\nvalidation | own | yes"), Ok(()));
        let short = checked("train | CC-BY-4.0 | yes\nvalidation | yes").unwrap_err();
        assert_eq!(short, "line 2 is not `split | licence | yes`");
        assert!(checked("train | | yes").is_err());
        let unsure = checked("train | CC-BY-4.0 | yes\ntest | unknown | no").unwrap_err();
        assert_eq!(unsure, "line 2 does not confirm with `yes`: the licence fits");
    }
}
