//! What a runbook says about itself, wherever it says it, and whether that holds.

use super::Options;
use super::date;
use super::source::Faults;
use super::version;
use crate::diagnostic::Level;
use crate::diagnostic::nearest::nearest;
use countersign_core::name::{RunbookName, slug};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// One thing a runbook says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Id,
    Version,
    Title,
    LastReviewed,
    Lifecycle,
    Kind,
    Complexity,
    Summary,
    Minutes,
    Authors,
    ReviewedBy,
    Compliance,
}

impl Slot {
    pub fn is_list(self) -> bool {
        matches!(self, Self::Authors | Self::ReviewedBy | Self::Compliance)
    }
}

/// Where a runbook says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    FrontMatter,
    /// The lines before the first section.
    Preamble,
}

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub text: String,
    pub at: Range<usize>,
}

/// Everything a runbook says about itself, unchecked. No text and no item of a list is empty.
#[derive(Debug)]
pub(super) struct Head {
    pub carrier: Carrier,
    /// Where something missing is reported.
    pub at: Range<usize>,
    pub texts: BTreeMap<Slot, Said>,
    pub lists: BTreeMap<Slot, Vec<Said>>,
}

/// What holds.
pub(super) struct Checked {
    pub name: Option<RunbookName>,
    pub version: String,
    pub title: String,
    pub last_reviewed: Option<Date>,
    pub minutes: Option<u32>,
    pub complexity: String,
}

impl Head {
    pub fn new(carrier: Carrier, at: Range<usize>) -> Self {
        Self { carrier, at, texts: BTreeMap::new(), lists: BTreeMap::new() }
    }

    /// Puts a text into a slot that takes one, unless the text is empty.
    pub fn say(&mut self, slot: Slot, text: &str, at: Range<usize>) {
        let text = super::prose::squeeze(text);
        if !text.is_empty() {
            self.texts.insert(slot, Said { text, at });
        }
    }

    /// Adds to a list.
    pub fn add(&mut self, slot: Slot, item: &str, at: Range<usize>) {
        let text = super::prose::squeeze(item);
        if !text.is_empty() {
            self.lists.entry(slot).or_default().push(Said { text, at });
        }
    }

    pub fn text(&self, slot: Slot) -> String {
        self.texts.get(&slot).map(|said| said.text.clone()).unwrap_or_default()
    }

    pub fn list(&self, slot: Slot) -> Vec<String> {
        let items = self.lists.get(&slot).into_iter().flatten();
        items.map(|said| said.text.clone()).collect()
    }

    /// Reports everything that does not hold.
    pub fn check(&self, options: &Options, faults: &mut Faults<'_>) -> Checked {
        let title = self.required(Slot::Title, faults);
        let checked = Checked {
            name: self.name(options, &title, faults),
            version: self.version(faults),
            last_reviewed: self.last_reviewed(faults),
            minutes: self.minutes(faults),
            complexity: self.complexity(faults),
            title,
        };
        self.check_tags(faults);
        self.check_review(faults);
        checked
    }

    fn required(&self, slot: Slot, faults: &mut Faults<'_>) -> String {
        let (code, message, help) = match (slot, self.carrier) {
            (Slot::Version, Carrier::FrontMatter) => (
                "runbook.version_missing",
                "the runbook has no version",
                "add `version: 0.1.0` to the front matter",
            ),
            (Slot::Version, Carrier::Preamble) => (
                "runbook.version_missing",
                "the runbook has no version",
                "write it below the title, for example `v0.1.0`",
            ),
            (_, Carrier::FrontMatter) => (
                "runbook.title_missing",
                "the runbook has no title",
                "add `title: …` to the front matter",
            ),
            (_, Carrier::Preamble) => (
                "runbook.title_missing",
                "the runbook has no title",
                "begin the text with a line that holds the title",
            ),
        };
        if !self.texts.contains_key(&slot) {
            faults.push(Level::Error, code, self.at.clone(), (message.into(), help));
        }
        self.text(slot)
    }

    fn name(&self, options: &Options, title: &str, faults: &mut Faults<'_>) -> Option<RunbookName> {
        if options.id.is_some() {
            return options.id.clone();
        }
        match self.texts.get(&Slot::Id) {
            Some(id) => {
                let name = RunbookName::new(id.text.clone());
                if let Err(error) = &name {
                    let help = format!("for example `{}`", slug(&id.text));
                    let message = (error.to_string(), help.as_str());
                    faults.push(Level::Error, "runbook.id_invalid", id.at.clone(), message);
                }
                name.ok()
            }
            None => self.derived_name(title, faults),
        }
    }

    /// Only a rendered text may leave its id out: nothing shows it there.
    fn derived_name(&self, title: &str, faults: &mut Faults<'_>) -> Option<RunbookName> {
        let derived = RunbookName::new(slug(title)).ok();
        match (&derived, self.carrier) {
            (Some(name), Carrier::Preamble) => {
                let at = self.texts.get(&Slot::Title).map_or(self.at.clone(), |t| t.at.clone());
                let message = format!("the id `{name}` was made of the title");
                let help = "say another one when importing, or add a line `Id: …` below the title";
                faults.push(Level::Note, "runbook.id_derived", at, (message, help));
                return derived;
            }
            (Some(name), Carrier::FrontMatter) => {
                let help = format!("add `id: {name}` to the front matter");
                let message = ("the runbook has no id".into(), help.as_str());
                faults.push(Level::Error, "runbook.id_missing", self.at.clone(), message);
            }
            (None, _) => {
                let help = "add an id of lower-case letters, digits and `-`";
                let message = ("the runbook has no id".into(), help);
                faults.push(Level::Error, "runbook.id_missing", self.at.clone(), message);
            }
        }
        None
    }

    fn version(&self, faults: &mut Faults<'_>) -> String {
        let version = self.required(Slot::Version, faults);
        if let Some(said) = self.texts.get(&Slot::Version)
            && !version::is_semantic(&version)
        {
            let help = version::suggestion(&version).map_or_else(
                || "write three numbers, for example `0.1.0`".to_owned(),
                |better| format!("write `{better}`"),
            );
            let message = format!("`{version}` is not a semantic version");
            let at = said.at.clone();
            faults.push(Level::Error, "runbook.version_invalid", at, (message, &help));
        }
        version
    }

    fn last_reviewed(&self, faults: &mut Faults<'_>) -> Option<Date> {
        let Some(said) = self.texts.get(&Slot::LastReviewed) else {
            let message = "the runbook does not say when it was last reviewed".into();
            let help = match self.carrier {
                Carrier::FrontMatter => "add the date, for example `last_reviewed: 2026-05-09`",
                Carrier::Preamble => "add a line `Last reviewed: 2026-05-09` below the title",
            };
            let code = "runbook.last_reviewed_missing";
            faults.push(Level::Warning, code, self.at.clone(), (message, help));
            return None;
        };
        let date = date::read(&said.text);
        if date.is_none() {
            let message = format!("`{}` is not a date", said.text);
            let help = "write year, month and day, for example `2026-05-09`";
            faults.push(Level::Error, "runbook.date_invalid", said.at.clone(), (message, help));
        }
        date
    }

    fn minutes(&self, faults: &mut Faults<'_>) -> Option<u32> {
        let said = self.texts.get(&Slot::Minutes)?;
        let minutes = said.text.parse().ok().filter(|minutes| (1..=1_000_000).contains(minutes));
        if minutes.is_none() {
            let message = format!("`{}` is not a duration in minutes", said.text);
            let help = "write a whole number of minutes, for example `90`";
            faults.push(Level::Error, "runbook.duration_invalid", said.at.clone(), (message, help));
        }
        minutes
    }

    fn complexity(&self, faults: &mut Faults<'_>) -> String {
        const KNOWN: [&str; 3] = ["low", "medium", "high"];
        let Some(said) = self.texts.get(&Slot::Complexity) else { return String::new() };
        let lower = said.text.to_lowercase();
        if !KNOWN.contains(&lower.as_str()) {
            let meant = nearest(&lower, KNOWN).map(|word| format!("did you mean `{word}`? "));
            let help = format!("{}use `low`, `medium` or `high`", meant.unwrap_or_default());
            let message = format!("`{}` is not a complexity", said.text);
            let at = said.at.clone();
            faults.push(Level::Error, "runbook.complexity_unknown", at, (message, &help));
        }
        lower
    }

    fn check_tags(&self, faults: &mut Faults<'_>) {
        let tags = [
            (Slot::Lifecycle, "lifecycle"),
            (Slot::Kind, "type"),
            (Slot::Complexity, "complexity"),
        ];
        for (slot, word) in tags {
            if !self.texts.contains_key(&slot) {
                let message = format!("the runbook has no {word}, so nobody can filter by it");
                let help = match self.carrier {
                    Carrier::FrontMatter => format!("add `{word}: …` below `tags:`"),
                    Carrier::Preamble => {
                        "write lifecycle, type and complexity behind the duration".to_owned()
                    }
                };
                let at = self.at.clone();
                faults.push(Level::Warning, "runbook.tag_missing", at, (message, &help));
            }
        }
    }

    fn check_review(&self, faults: &mut Faults<'_>) {
        let authors = self.list(Slot::Authors);
        let Some(reviewers) = self.lists.get(&Slot::ReviewedBy) else {
            let message = "the runbook names nobody who reviewed it".into();
            let help = match self.carrier {
                Carrier::FrontMatter => "add who reviewed it under `reviewed_by`",
                Carrier::Preamble => "add a line `Reviewed by: …` below the title",
            };
            faults.push(Level::Warning, "runbook.unreviewed", self.at.clone(), (message, help));
            return;
        };
        let own = reviewers.iter().filter(|reviewer| authors.contains(&reviewer.text));
        if let (true, Some(first)) = (own.count() == reviewers.len(), reviewers.first()) {
            let message = "the runbook was reviewed by its own authors alone".into();
            let help = "have somebody else review it, and name them here";
            let code = "runbook.self_reviewed";
            faults.push(Level::Warning, code, first.at.clone(), (message, help));
        }
    }
}
