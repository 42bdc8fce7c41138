//! Cursors as text: opaque to the caller, checked when they come back.

use crate::failure::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::str::FromStr;

/// A cursor of these parts. Only the last may hold a `|`.
pub fn write(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(parts.join("|"))
}

/// The parts of a cursor that came back, as many as were written.
pub fn read<const N: usize>(text: &str) -> Result<[String; N], Failure> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    let text = String::from_utf8(bytes).map_err(|_| broken())?;
    let parts: Vec<String> = text.splitn(N, '|').map(str::to_owned).collect();
    parts.try_into().map_err(|_| broken())
}

/// One part of a cursor, read as what it was.
pub fn part<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| broken())
}

fn broken() -> Failure {
    let message = "is no cursor of this list: send the `next` you received, unchanged";
    Failure::malformed("after", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_changed_one_does_not() {
        let text = write(&["2026-05-11T09:00:00Z", "release/r-abc", "step/a|b"]);
        let [at, subject, task] = read(&text).unwrap();
        assert_eq!((at.as_str(), subject.as_str()), ("2026-05-11T09:00:00Z", "release/r-abc"));
        assert_eq!(task, "step/a|b");
        assert!(read::<3>("not base64!").is_err());
        assert!(read::<3>(&write(&["one", "two"])).is_err());
        assert!(part::<jiff::Timestamp>("yesterday").is_err());
    }
}
