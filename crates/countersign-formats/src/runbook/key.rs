//! The keys of a step: `**Type:** manual`, alone on a line or several in one.

/// A key this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Type,
    Owner,
    Sla,
    Escalation,
    After,
    Webhook,
    Form,
    Parts,
    FileName,
}

impl Key {
    pub const ALL: [Self; 9] = [
        Self::Type,
        Self::Owner,
        Self::Sla,
        Self::Escalation,
        Self::After,
        Self::Webhook,
        Self::Form,
        Self::Parts,
        Self::FileName,
    ];

    /// The key as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Owner => "Owner",
            Self::Sla => "SLA",
            Self::Escalation => "Escalation",
            Self::After => "After",
            Self::Webhook => "Webhook",
            Self::Form => "Form",
            Self::Parts => "Parts",
            Self::FileName => "File name",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word().eq_ignore_ascii_case(word))
    }

    /// The three keys every step has.
    fn is_core(self) -> bool {
        matches!(self, Self::Type | Self::Owner | Self::Sla)
    }
}

/// A key with what stands behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// `None` for a word this program does not know.
    pub key: Option<Key>,
    pub word: &'a str,
    pub value: &'a str,
    /// Key and value as written.
    pub whole: &'a str,
}

struct Marker<'a> {
    key: Option<Key>,
    word: &'a str,
    bold: bool,
    length: usize,
}

/// A key at the very start of this text.
fn marker(text: &str) -> Option<Marker<'_>> {
    let open = text.strip_prefix("**");
    let bold = open.is_some();
    let inner = open.unwrap_or(text);
    let end = inner.find([':', '*'])?;
    let word = inner[..end].trim_end();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/');
    if word.is_empty() || word.len() > 40 || word != word.trim() || !word.chars().all(letters) {
        return None;
    }
    let rest = &inner[end..];
    let closed = rest.strip_prefix("**");
    let rest = closed.unwrap_or(rest).trim_start().strip_prefix(':')?;
    let rest =
        if bold && closed.is_none() { rest.strip_prefix("**").unwrap_or(rest) } else { rest };
    let key = Key::named(word);
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let titled = word.starts_with(char::is_uppercase) && word.split(' ').count() <= 3;
    let fits = key.is_some() || bold || (spaced && titled);
    fits.then_some(Marker { key, word, bold, length: text.len() - rest.len() })
}

/// Whether a key may begin here, in the middle of a line.
fn begins_within(text: &str) -> bool {
    let known = |key: Key| {
        text.strip_prefix(key.word()).is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    Key::ALL.into_iter().any(known) || (text.starts_with("**") && marker(text).is_some())
}

/// What a key stands for, without the marks people put around it.
fn clean(value: &str) -> &str {
    let marks = |c: char| c.is_whitespace() || "|·•;,*_`\\".contains(c);
    let mut inner = value.trim_matches(marks);
    while let Some(shorter) = inner.strip_suffix("<br>").or_else(|| inner.strip_suffix("<br/>")) {
        inner = shorter.trim_matches(marks);
    }
    inner
}

/// The line without a bullet before its first key.
fn without_bullet(line: &str) -> &str {
    let text = line.trim();
    let bullet = ["- ", "* ", "+ ", "• ", "| "].iter().find_map(|mark| text.strip_prefix(mark));
    bullet.map_or(text, str::trim_start)
}

/// The keys of a line that starts with one; empty for any other line. A word we do not know counts
/// only in bold.
pub(super) fn entries(line: &str) -> Vec<Entry<'_>> {
    read(line, |first| first.key.is_some() || first.bold)
}

/// The same for a line right below other keys, where plain words count as well.
pub(super) fn entries_below_others(line: &str) -> Vec<Entry<'_>> {
    read(line, |_| true)
}

fn read<'a>(line: &'a str, accepts: impl Fn(&Marker<'a>) -> bool) -> Vec<Entry<'a>> {
    let text = without_bullet(line);
    if !marker(text).is_some_and(|first| accepts(&first)) {
        return Vec::new();
    }
    let boundaries = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut starts = vec![0];
    for at in boundaries.map(|(at, c)| at + c.len_utf8()) {
        if begins_within(&text[at..]) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim());
    parts.filter_map(entry).collect()
}

fn entry(whole: &str) -> Option<Entry<'_>> {
    let marker = marker(whole)?;
    let value = clean(&whole[marker.length..]);
    Some(Entry { key: marker.key, word: marker.word, value, whole })
}

/// Whether a line names one of the keys this program knows.
pub(super) fn has_known(line: &str) -> bool {
    entries(line).iter().any(|entry| entry.key.is_some())
}

/// Whether a line starts with type, owner or SLA, as the first line of a step does.
pub(super) fn starts_step(line: &str) -> bool {
    entries(line).first().and_then(|entry| entry.key).is_some_and(Key::is_core)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(line: &str) -> Vec<(Option<Key>, &str)> {
        entries(line).into_iter().map(|entry| (entry.key, entry.value)).collect()
    }

    #[test]
    fn a_key_is_read_however_its_marks_are_set() {
        for line in [
            "**Owner:** ML engineer  ",
            "**Owner**: ML engineer",
            "**Owner: ML engineer**",
            "Owner: ML engineer",
            "- **Owner:** ML engineer",
            "• owner : ML engineer",
            "**Owner:** `ML engineer`<br>",
            "**Owner:** ML engineer\\",
        ] {
            assert_eq!(read_all(line), [(Some(Key::Owner), "ML engineer")], "{line}");
        }
    }

    #[test]
    fn several_keys_may_stand_in_one_line() {
        let expected = [
            (Some(Key::Type), "manual"),
            (Some(Key::Owner), "ML platform lead"),
            (Some(Key::Sla), "1 business day"),
        ];
        for line in [
            "Type: manual Owner: ML platform lead SLA: 1 business day",
            "**Type:** manual | **Owner:** ML platform lead | **SLA:** 1 business day",
            "**Type**: manual · **Owner**: ML platform lead · **SLA**: 1 business day",
        ] {
            assert_eq!(read_all(line), expected, "{line}");
        }
        let unknown = read_all("**Type:** manual **System:** Jira");
        assert_eq!(unknown, [(Some(Key::Type), "manual"), (None, "Jira")]);
    }

    #[test]
    fn a_sentence_is_no_key() {
        for line in ["See the owner: it is Bob", "https://example.com", "", "**bold** text", "a: b"]
        {
            assert!(entries(line).is_empty(), "{line}");
        }
    }
}
