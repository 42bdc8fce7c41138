//! The sections of a Markdown text: headings, and the bold labels people use in their place.

use super::placeholder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The sections in the order of the text.
pub struct Outline {
    /// Every section.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The words of its heading in lower case.
    pub title: Vec<String>,
    /// The line of its heading.
    pub line: u32,
    /// How many words it holds that are no placeholder, subsections included.
    pub words: usize,
    /// The start of its own text, one line per paragraph or item.
    pub start: String,
}

/// How much of a section's own text is kept.
const KEPT: usize = 600;
/// A bold label counts as a heading below all others.
const LABEL: u8 = 7;

impl Outline {
    /// The outline of this text, which begins on this line of the file.
    pub fn of(text: &str, first_line: u32) -> Self {
        let mut walk = Walk::new(text, first_line);
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            walk.step(event, range.start);
        }
        Self { sections: walk.sections }
    }
}

struct Walk<'a> {
    text: &'a str,
    counted: usize,
    line: u32,
    sections: Vec<Section>,
    /// The sections that are open, each with its level.
    open: Vec<(u8, usize)>,
    /// The heading being read: its level, its line and its text.
    heading: Option<(u8, u32, String)>,
    /// True at the start of a paragraph or item, where bold text is a label.
    at_start: bool,
    /// Whether text followed a label inside its own paragraph.
    label_line: Option<bool>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, first_line: u32) -> Self {
        Self {
            text,
            counted: 0,
            line: first_line,
            sections: Vec::new(),
            open: Vec::new(),
            heading: None,
            at_start: false,
            label_line: None,
        }
    }

    fn step(&mut self, event: Event, at: usize) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.begin(depth(level), at),
            Event::Start(Tag::Strong) if self.at_start && self.heading.is_none() => {
                self.begin(LABEL, at);
            }
            Event::End(TagEnd::Heading(_)) => self.title_ends(),
            Event::End(TagEnd::Strong)
                if self.heading.as_ref().is_some_and(|(level, ..)| *level == LABEL) =>
            {
                self.title_ends();
                self.label_line = Some(false);
            }
            Event::Start(Tag::Paragraph | Tag::Item) => self.at_start = true,
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                self.push_text("\n");
                // A label with text behind it ends with its paragraph; one alone is a heading.
                if self.label_line.take() == Some(true) {
                    self.close(LABEL);
                }
                self.at_start = false;
            }
            Event::Text(text) | Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => {
                self.push_text("\n");
            }
            _ => {}
        }
    }

    fn begin(&mut self, level: u8, at: usize) {
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.counted.max(at);
        self.heading = Some((level, self.line, String::new()));
        self.at_start = false;
    }

    fn title_ends(&mut self) {
        let Some((level, line, title)) = self.heading.take() else { return };
        self.close(level);
        self.open.push((level, self.sections.len()));
        let title = words_of(&title);
        self.sections.push(Section { title, line, words: 0, start: String::new() });
    }

    /// Ends the sections at this level and below.
    fn close(&mut self, level: u8) {
        self.open.retain(|(open, _)| *open < level);
    }

    fn words(&mut self, text: &str) {
        self.at_start = false;
        if let Some((_, _, title)) = &mut self.heading {
            title.push_str(text);
            return;
        }
        let words = words_of(text).len();
        if words == 0 {
            return;
        }
        self.label_line = self.label_line.map(|_| true);
        self.push_text(text);
        if placeholder::find(text).is_none() {
            for (_, section) in &self.open {
                self.sections[*section].words += words;
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some((_, section)) = self.open.last() {
            let start = &mut self.sections[*section].start;
            if start.len() < KEPT {
                start.extend(text.chars().take(KEPT));
            }
        }
    }
}

/// The words of a text in lower case, punctuation left out.
pub fn words_of(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<(String, u32, usize)> {
        let sections = Outline::of(text, 1).sections;
        sections.into_iter().map(|it| (it.title.join(" "), it.line, it.words)).collect()
    }

    #[test]
    fn a_section_holds_the_words_of_its_subsections() {
        let text = "# Card\n\n## Uses\n\n### Direct use\n\nShort news texts.\n\n## Limits\n";
        let wanted = [("card", 1, 3), ("uses", 3, 3), ("direct use", 5, 3), ("limits", 9, 0)];
        assert_eq!(outline(text), wanted.map(|(title, line, words)| (title.into(), line, words)));
    }

    #[test]
    fn a_bold_label_is_a_heading_with_or_without_text_behind_it() {
        let text =
            "**Intended use:** short news\n\nMore text.\n\n**Limitations**\n\nLong texts fail.\n";
        let wanted = [("intended use".into(), 1, 2), ("limitations".into(), 5, 3)];
        assert_eq!(outline(text), wanted);
    }

    #[test]
    fn headings_in_code_and_words_of_placeholders_do_not_count() {
        let text = "## Limits\n\n[More Information Needed]\n\nTBD\n\n```\n# not a heading\n```\n";
        assert_eq!(outline(text), [("limits".into(), 1, 3)]);
    }
}
