//! Semantic versions: `1.4.0`, `2.0.0-rc.1`.

/// Whether this is a semantic version.
pub(super) fn is_semantic(text: &str) -> bool {
    let (rest, build) = split(text, '+');
    let (numbers, pre) = split(rest, '-');
    let three = numbers.split('.').filter(|part| is_number(part)).count() == 3;
    three
        && numbers.split('.').count() == 3
        && build.is_none_or(|build| build.split('.').all(is_identifier))
        && pre.is_none_or(|pre| pre.split('.').all(is_pre_release))
}

/// What was probably meant: without a `v`, with three numbers.
pub(super) fn suggestion(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let missing = 3_usize.checked_sub(text.split('.').count())?;
    let full = format!("{text}{}", ".0".repeat(missing));
    is_semantic(&full).then_some(full)
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_number(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && text.len() <= 9 && (text == "0" || !text.starts_with('0'))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_pre_release(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    is_identifier(text) && (!digits || is_number(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn a_version_is_semantic() {
        for good in ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0+build.7", "1.0.0-alpha-b+x"] {
            assert!(is_semantic(good), "{good}");
        }
        for bad in
            ["1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "latest", "", "a.b.c"]
        {
            assert!(!is_semantic(bad), "{bad}");
        }
    }

    #[test]
    fn a_short_version_is_completed() {
        assert_eq!(suggestion("v1.2").as_deref(), Some("1.2.0"));
        assert_eq!(suggestion("3").as_deref(), Some("3.0.0"));
        assert_eq!(suggestion("latest"), None);
    }
}
