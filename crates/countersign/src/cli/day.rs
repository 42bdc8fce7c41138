//! Days on the command line: a bad one is answered with a good one.

use jiff::civil::Date;

/// A day like 2026-06-30.
pub fn day(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is no date: write one like 2026-06-30"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_day_is_answered_with_an_example_of_a_good_one() {
        assert_eq!(day("2026-06-30").unwrap().to_string(), "2026-06-30");
        for bad in ["30.6.2026", "soon", "2026-02-30", ""] {
            assert_eq!(day(bad), Err(format!("`{bad}` is no date: write one like 2026-06-30")));
        }
    }
}
