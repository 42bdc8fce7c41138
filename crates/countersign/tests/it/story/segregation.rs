//! Attempts to get round the segregation of duties: `stories/segregation.txt`, one line each, told
//! to the rules alone and to the HTTP API. None succeeds, each is refused with its code, each
//! decision that was tried is in the log under the name of who tried.
//!
//! Attempts that no story can tell (a cookie, a key, a header) are in `api_segregation.rs`.

use super::gate::{Gate, Outcome};
use super::organisation::{Organisation, root};
use super::over_http::OverHttp;
use super::script::{self, Script, Told};
use super::{in_core, tell};
use std::collections::BTreeMap;

/// A line of the table.
#[derive(Debug)]
struct Attempt {
    /// What somebody tries.
    title: String,
    /// The tale before it and the attempt itself, as a story's lines.
    tale: String,
    /// The code it is refused with.
    code: String,
    /// The event that tells of it; empty when none does.
    logged: String,
}

/// Scenes are blocks under `scene NAME`; attempts are
/// `TITLE | SCENE | LINE; LINE; … | CODE | EVENT or -`.
fn table() -> Vec<Attempt> {
    let text = std::fs::read_to_string(root().join("stories/segregation.txt")).unwrap();
    let mut scenes: BTreeMap<&str, String> = BTreeMap::new();
    let mut scene = "";
    let mut attempts = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some(name) = line.strip_prefix("scene ") {
            scene = name.trim();
            scenes.insert(scene, String::new());
        } else if let Some(line) = line.strip_prefix("  ") {
            let told = scenes.entry(scene).or_default();
            told.push_str(line);
            told.push('\n');
        } else if !line.trim().is_empty() {
            attempts.push(attempt(line, &scenes));
        }
    }
    attempts
}

fn attempt(line: &str, scenes: &BTreeMap<&str, String>) -> Attempt {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [title, scene, deeds, code, logged] = cells[..] else { panic!("not five cells: {line}") };
    let scene = scenes.get(scene).unwrap_or_else(|| panic!("no scene `{scene}`: {line}"));
    let deeds: Vec<&str> = deeds.split(';').map(str::trim).collect();
    let tale = format!("title: {title}\n{scene}{}\n  => refused {code}\n", deeds.join("\n"));
    let logged = logged.trim_matches('-').to_owned();
    Attempt { title: title.into(), tale, code: code.into(), logged }
}

fn read(attempt: &Attempt) -> Result<(Script, Organisation), String> {
    let script = script::read("stories/segregation.txt", &attempt.tale);
    let script = script.map_err(|fault| format!("{fault}\n{}", attempt.tale))?;
    let organisation = Organisation::for_story(&script).map_err(|fault| fault.to_string())?;
    Ok((script, organisation))
}

/// Tells the scene and tries; the code of the refusal, or what happened instead.
fn by_the_rules(attempt: &Attempt) -> Result<String, String> {
    let (script, organisation) = read(attempt)?;
    let mut gate = in_core(&organisation)?;
    let answers = tell::tell(&script, &mut *gate, organisation.founded);
    let answers = answers.map_err(|fault| format!("{fault}\n{}", attempt.tale))?;
    Ok(answers.last().and_then(|lines| lines.first().cloned()).unwrap_or_default())
}

/// Tells a scene up to the attempt.
fn before(script: &Script) -> Script {
    let mut before = Script { file: script.file.clone(), ..Script::default() };
    for entry in &script.entries[..script.entries.len() - 1] {
        let told = match &entry.told {
            Told::Now(at) => Told::Now(*at),
            Told::Later(by) => Told::Later(*by),
            Told::Deed { who, release, deed } => {
                let (who, release, deed) = (who.clone(), release.clone(), deed.clone());
                Told::Deed { who, release, deed }
            }
            Told::Question(_) => panic!("a scene asks nothing"),
        };
        before.entries.push(script::Entry { line: entry.line, told, expected: None });
    }
    before
}

/// What is wrong with an attempt over HTTP; nothing when it was refused, and logged as said.
fn over_http(attempt: &Attempt) -> Result<(), String> {
    let (script, organisation) = read(attempt)?;
    let mut gate = OverHttp::in_memory(&organisation)?;
    let scene = before(&script);
    tell::tell(&scene, &mut gate, organisation.founded).map_err(|fault| fault.to_string())?;
    let (events, _, _) = gate.last_event()?;
    let Some(Told::Deed { who, release, deed }) = script.entries.last().map(|last| &last.told)
    else {
        return Err("the attempt is no deed".into());
    };
    let named = release.clone().or_else(|| title(&scene)).unwrap_or_default();
    let outcome = gate.perform(who, &named, deed)?;
    let Outcome::Refused { code, .. } = outcome else {
        return Err(format!("it succeeded: {outcome:?}"));
    };
    let (after, by, event) = gate.last_event()?;
    let written = after - events;
    let wanted = u64::from(!attempt.logged.is_empty());
    if code != attempt.code || written != wanted {
        return Err(format!("refused as {code}, {written} events written, the last `{event}`"));
    }
    if wanted == 1 && (&by, &event) != (who, &attempt.logged) {
        return Err(format!("logged as `{event}` by {by}"));
    }
    Ok(())
}

/// The release a scene ends with.
fn title(scene: &Script) -> Option<String> {
    let mut titles = scene.entries.iter().filter_map(|entry| match &entry.told {
        Told::Deed { release, deed: super::deed::Deed::Request(asked), .. } => {
            Some(release.clone().unwrap_or_else(|| asked.title.clone()))
        }
        Told::Deed { release, .. } => release.clone(),
        Told::Now(_) | Told::Later(_) | Told::Question(_) => None,
    });
    titles.next_back()
}

#[test]
fn the_table_has_at_least_forty_attempts_each_once() {
    let table = table();
    assert!(table.len() >= 40, "{}", table.len());
    let mut titles: Vec<&str> = table.iter().map(|one| one.title.as_str()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), table.len());
}

/// R-129, I-01, I-03
#[test]
fn no_attempt_gets_round_the_rules_alone() {
    let mut wrong = Vec::new();
    for attempt in table() {
        let came = by_the_rules(&attempt).unwrap_or_else(|why| why);
        if came != format!("refused {}", attempt.code) {
            wrong.push(format!("{}: {came}", attempt.title));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// I-01, I-03, I-16
#[test]
fn no_attempt_gets_round_the_program_and_each_is_logged() {
    let table = table();
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let tellers: Vec<_> = (0..8)
            .map(|first| {
                let some = table.iter().skip(first).step_by(8);
                scope.spawn(move || {
                    let faults = some.filter_map(|one| {
                        over_http(one).err().map(|why| format!("{}: {why}", one.title))
                    });
                    faults.collect::<Vec<_>>()
                })
            })
            .collect();
        tellers.into_iter().flat_map(|teller| teller.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
