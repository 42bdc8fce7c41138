//! Command lines in documents, tried against the real program with `--help` behind them: a flag or
//! a command that does not exist is refused before the help is reached, and nothing is carried out.

use super::super::tree::File;
use std::process::Command;

/// What stands before the program's own arguments in a command line.
const PROGRAMS: &[&str] = &["countersign ", "cargo run --release -- "];

/// Command lines of this document which the program does not take.
pub fn unknown(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for (line, text) in command_lines(&file.text) {
        for arguments in arguments(&text) {
            let run = Command::new(env!("CARGO_BIN_EXE_countersign"))
                .args(&arguments)
                .arg("--help")
                .env_clear()
                .output()
                .unwrap();
            if !run.status.success() {
                let said = String::from_utf8_lossy(&run.stderr);
                let said = said.lines().next().unwrap_or_default();
                faults.push(format!("{}:{line}: {}: {said}", file.path, arguments.join(" ")));
            }
        }
    }
    faults
}

/// The lines of all blocks marked `sh`, continued lines joined.
fn command_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    let mut continued = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(mark) = line.strip_prefix("```") {
            inside = !inside && mark == "sh";
            continued = false;
        } else if inside {
            let (text, continues) = line.strip_suffix('\\').map_or((line, false), |it| (it, true));
            match lines.last_mut().filter(|_| continued) {
                Some((_, begun)) => begun.push_str(text),
                None => lines.push((at + 1, text.to_owned())),
            }
            continued = continues;
        }
    }
    lines
}

/// The arguments of every call of the program in a line of shell.
fn arguments(line: &str) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    for part in split_commands(line) {
        let part = part.trim();
        // `NAME=value` before a command sets its environment.
        let mut rest = part;
        while let Some((word, after)) = rest.split_once(' ').filter(|(word, _)| is_setting(word)) {
            rest = after.trim_start();
            let _ = word;
        }
        if let Some(after) = PROGRAMS.iter().find_map(|program| rest.strip_prefix(program)) {
            calls.push(words(after));
        }
    }
    calls
}

fn is_setting(word: &str) -> bool {
    let name = word.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
    })
}

/// The commands of a line: parted by `|`, `&&`, `;`, `$(` and `)` outside quotes.
fn split_commands(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut before = ' ';
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '#' && before == ' ' => break,
            None if matches!(c, '|' | ';' | '&' | '(' | ')') => {
                parts.push(String::new());
                before = c;
                continue;
            }
            _ => {}
        }
        before = c;
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// The words of a command, quotes taken off, redirections left out.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    let redirected = words.iter().position(|it| it.starts_with(['>', '<']) || it.starts_with("2>"));
    words.truncate(redirected.unwrap_or(words.len()));
    words
}

#[test]
fn a_command_line_is_read_as_a_shell_reads_it() {
    let line = "A=1 countersign gate --text 'a; b' \"c d\" > out | jq . && countersign whoami # x";
    assert_eq!(arguments(line), [vec!["gate", "--text", "a; b", "c d"], vec!["whoami"]]);
    assert_eq!(arguments("export T=$(countersign token create ci)"), [["token", "create", "ci"]]);
}
