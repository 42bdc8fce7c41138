//! The lines of a calendar file: unfolded, and taken apart into name, parameters and value.

/// A line of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// The number of the line it begins on, counted from 1.
    pub(super) number: usize,
    /// Its name, in capitals.
    pub(super) name: String,
    /// Its parameters, in capitals and without quotation marks: `VALUE=DATE`.
    parameters: Vec<String>,
    /// What stands behind the colon.
    pub(super) value: String,
}

impl Content {
    /// Whether it is this line, whatever the case.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    /// Whether it holds a date without a time.
    pub(super) fn is_date(&self) -> bool {
        self.parameters.iter().any(|one| one == "VALUE=DATE")
    }

    /// Its value as a text for people.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut characters = self.value.chars();
        while let Some(c) = characters.next() {
            match c {
                '\\' => match characters.next() {
                    Some('n' | 'N') => text.push(' '),
                    Some(other) => text.push(other),
                    None => {}
                },
                c if c.is_control() => text.push(' '),
                c => text.push(c),
            }
        }
        text.trim().to_owned()
    }
}

/// The lines of a file. One that begins with white space goes on with the one before it.
pub(super) fn unfolded(text: &str) -> Vec<Content> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut whole: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            (Some(_) | None, _) if line.trim().is_empty() => {}
            (Some(_) | None, _) => whole.push((index + 1, line.to_owned())),
        }
    }
    whole.iter().map(|(number, line)| apart(*number, line)).collect()
}

/// A colon inside quotation marks belongs to a parameter.
fn apart(number: usize, line: &str) -> Content {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    let (head, value) = match colon {
        Some((at, _)) => (&line[..at], &line[at + 1..]),
        None => (line, ""),
    };
    let mut parts = head.split(';').map(|part| part.trim().replace('"', "").to_ascii_uppercase());
    let name = parts.next().unwrap_or_default();
    Content { number, name, parameters: parts.collect(), value: value.to_owned() }
}
