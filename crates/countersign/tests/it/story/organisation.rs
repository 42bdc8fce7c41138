//! The organisation every story is set in, and the answers it gives to checklists:
//! `stories/organisation.txt` and `stories/checklist.txt`.

use super::form::{Filled, fill};
use super::line::{Fault, Line, lines, tokens};
use super::script::{Script, moment};
use super::settings::Settings;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// People, machines and documents before a story begins.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub founded: Timestamp,
    /// People with their roles; the first administers the rest.
    pub people: Vec<(String, Vec<String>)>,
    /// Machines with the scopes of their tokens.
    pub machines: Vec<(String, Vec<String>)>,
    pub environments: Vec<String>,
    pub policy: String,
    pub runbooks: Vec<String>,
}

/// What an item is answered with when a story does not care.
#[derive(Debug, Clone, Default)]
pub struct StockAnswer {
    pub files: Vec<String>,
    pub answers: BTreeMap<String, String>,
    /// The entry of the risk register the answers name.
    pub risk: Option<String>,
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The bytes of a file of `stories/files`.
pub fn file(name: &str) -> Result<Vec<u8>, String> {
    let path = root().join("stories/files").join(name);
    std::fs::read(&path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
}

/// A document by its path in the repository, in `stories/files`, or among the shared seeds.
pub fn document(path: &str) -> Result<String, String> {
    let shared = std::env::var_os("COUNTERSIGN_SHARED").map(PathBuf::from);
    let places = [Some(root()), Some(root().join("stories/files")), shared];
    let found = places.into_iter().flatten().map(|folder| folder.join(path)).find(|p| p.is_file());
    let found = found.ok_or_else(|| format!("there is no document `{path}`"))?;
    std::fs::read_to_string(&found).map_err(|error| format!("cannot read `{path}`: {error}"))
}

/// A document with some of its lines written otherwise.
pub fn changed_document(path: &str, changes: &[(String, String)]) -> Result<String, String> {
    let mut text = document(path)?;
    for (old, new) in changes {
        // Columns are set with spaces nobody wants to count.
        let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = plain(old);
        let line = text.lines().find(|line| plain(line).contains(&wanted)).map(str::to_owned);
        let line = line.ok_or_else(|| format!("`{path}` says nowhere `{old}`"))?;
        let indent = line.len() - line.trim_start().len();
        let written = format!("{}{}", &line[..indent], plain(&line).replace(&wanted, new));
        text = text.replacen(&line, &written, 1);
    }
    Ok(text)
}

impl Organisation {
    /// The organisation as this story finds it.
    pub fn for_story(script: &Script) -> Result<Self, Fault> {
        let file = "stories/organisation.txt";
        let text = document(file).map_err(|why| script.fault(1, &why))?;
        let mut organisation = Self::read(&text).map_err(|(line, message)| Fault {
            file: file.into(),
            line,
            message,
        })?;
        if let Some(policy) = &script.policy {
            organisation.policy.clone_from(policy);
        }
        organisation.runbooks.extend(script.runbooks.iter().cloned());
        Ok(organisation)
    }

    fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut organisation = Self {
            founded: Timestamp::UNIX_EPOCH,
            people: Vec::new(),
            machines: Vec::new(),
            environments: Vec::new(),
            policy: String::new(),
            runbooks: Vec::new(),
        };
        for line in lines(text) {
            organisation.line(&line).map_err(|why| (line.number, why))?;
        }
        Ok(organisation)
    }

    fn line(&mut self, line: &Line) -> Result<(), String> {
        if let Some(rest) = line.text.strip_prefix("on ") {
            self.founded = moment(rest).ok_or("this is no moment such as `2026-04-01 09:00`")?;
            return Ok(());
        }
        let words = tokens(&line.text)?;
        let as_form = |form: &str| fill(form, &words);
        let named = |filled: Filled| (filled.one("name"), filled.many("list"));
        if let Some(filled) = as_form("person {name} holds {list...}") {
            self.people.push(named(filled));
        } else if let Some(filled) = as_form("person {name}") {
            self.people.push(named(filled));
        } else if let Some(filled) = as_form("machine {name} may {list...}") {
            self.machines.push(named(filled));
        } else if let Some(filled) = as_form("environment {name}") {
            self.environments.push(filled.one("name"));
        } else if let Some(filled) = as_form("policy {name}") {
            self.policy = filled.one("name");
        } else if let Some(filled) = as_form("runbook {name}") {
            self.runbooks.push(filled.one("name"));
        } else {
            return Err("nobody knows this line".into());
        }
        Ok(())
    }
}

/// What the form step of a runbook is answered with.
pub fn questionnaire() -> Result<BTreeMap<String, String>, String> {
    let text = document("stories/questionnaire.txt")?;
    let at = |line: usize| format!("stories/questionnaire.txt:{line}: this is no answer");
    Settings::read(&lines(&text)).map(|mut settings| settings.answers()).map_err(at)
}

/// What the checklist is answered with, item by item.
pub fn stock_answers() -> Result<BTreeMap<String, StockAnswer>, String> {
    let text = document("stories/checklist.txt")?;
    let at = |line: usize| format!("stories/checklist.txt:{line}: this is no answer");
    let all = lines(&text);
    let mut rest = all.as_slice();
    let mut stock = BTreeMap::new();
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|line| line.indent > 0).count();
        let (block, next) = after.split_at(below);
        let item = first.text.strip_prefix("item ").ok_or_else(|| at(first.number))?;
        let mut settings = Settings::read(block).map_err(at)?;
        let (files, risk) = (settings.all("attach"), settings.one("has risk"));
        let answers = settings.answers();
        stock.insert(item.to_owned(), StockAnswer { files, answers, risk });
        rest = next;
    }
    Ok(stock)
}
