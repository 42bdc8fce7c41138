//! The reference page of the command line, written from the same description that parses it.

use clap::{Arg, ArgAction, Command};

const OPENING: &str = "# The command line

This page is generated from the program's own description; `countersign COMMAND --help` says the same.

Exit codes, everywhere: **0** yes or done, **1** refused or denied, **2** fault or wrong usage. A \
refusal is what the rules or the state of things forbid. A fault is everything that leaves the \
question open: a server that cannot be reached, a token that is not valid, a request that cannot be \
understood. `gate` answers 0 only when the server allowed exactly what was asked; an error is never \
a yes.

With `--json` a command prints what the API answered. A refusal or a fault is one JSON object on \
standard error: `code`, `detail`, `next_step`, and `reasons` with who can lift them.
";

/// The page, in Markdown.
pub fn reference() -> String {
    let mut root = super::description();
    root.build();
    let mut page = OPENING.to_owned();
    page.push_str("\n## Options of every command\n\n");
    page.push_str(&options(root.get_arguments().filter(|one| one.is_global_set())));
    for command in root.get_subcommands().filter(|one| one.get_name() != "help") {
        write(&mut page, command, "countersign", 2);
    }
    let lines: Vec<&str> = page.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

fn write(page: &mut String, command: &Command, before: &str, depth: usize) {
    let name = format!("{before} {}", command.get_name());
    page.push_str(&format!("\n{} {name}\n\n", "#".repeat(depth)));
    let about = command.get_long_about().or(command.get_about());
    page.push_str(&format!("{}.\n", about.map(ToString::to_string).unwrap_or_default()));
    let own: Vec<&Arg> = command.get_arguments().filter(|one| !one.is_global_set()).collect();
    if !command.has_subcommands() {
        let positional = own.iter().filter(|one| one.is_positional());
        let mut usage: Vec<String> = positional.map(|one| positional_usage(one)).collect();
        usage.extend(own.iter().filter(|one| needed(one)).map(|one| option_usage(one)));
        page.push_str(&format!(
            "\n```text\n{}\n```\n",
            [std::slice::from_ref(&name), &usage[..]].concat().join(" ")
        ));
    }
    let table = options(own.into_iter());
    if !table.is_empty() {
        page.push_str(&format!("\n{table}"));
    }
    if let Some(after) = command.get_after_help() {
        page.push_str(&remarks(&after.to_string()));
    }
    for inner in command.get_subcommands().filter(|one| one.get_name() != "help") {
        write(page, inner, &name, depth + 1);
    }
}

/// Whether a command does not run without this option.
fn needed(one: &Arg) -> bool {
    !one.is_positional() && one.is_required_set()
}

fn positional_usage(one: &Arg) -> String {
    let name = value(one);
    match (one.is_required_set(), one.get_num_args().is_some_and(|range| range.max_values() > 1)) {
        (true, true) => format!("{name}…"),
        (true, false) => name,
        (false, true) => format!("[{name}…]"),
        (false, false) => format!("[{name}]"),
    }
}

fn option_usage(one: &Arg) -> String {
    format!("{} {}", flag(one), value(one))
}

fn flag(one: &Arg) -> String {
    one.get_long().map(|long| format!("--{long}")).unwrap_or_default()
}

fn value(one: &Arg) -> String {
    let names = one.get_value_names().unwrap_or_default();
    names.iter().map(|name| name.to_uppercase()).collect::<Vec<_>>().join(" ")
}

/// A list of options, each with what it is for, its default and its environment variable.
fn options<'a>(all: impl Iterator<Item = &'a Arg>) -> String {
    let shown = all.filter(|one| !one.is_hide_set() && one.get_id() != "help");
    shown.filter(|one| one.get_id() != "version").map(option).collect()
}

fn option(one: &Arg) -> String {
    let takes = matches!(one.get_action(), ArgAction::Set | ArgAction::Append);
    let head = match (one.is_positional(), takes) {
        (true, _) => value(one),
        (false, true) => format!("{} {}", flag(one), value(one)),
        (false, false) => flag(one),
    };
    let help = one.get_long_help().or(one.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut line = format!("- `{head}`: {}", help.replace('\n', " "));
    if !line.ends_with(['.', '…']) {
        line.push('.');
    }
    let choices: Vec<String> =
        one.get_possible_values().iter().map(|one| format!("`{}`", one.get_name())).collect();
    if takes && !choices.is_empty() {
        line.push_str(&format!(" One of {}.", choices.join(", ")));
    }
    let defaults: Vec<String> =
        one.get_default_values().iter().map(|one| one.to_string_lossy().into_owned()).collect();
    if takes && !defaults.is_empty() {
        line.push_str(&format!(" Default: `{}`.", defaults.join(" ")));
    }
    if let Some(variable) = one.get_env() {
        line.push_str(&format!(" Environment: `{}`.", variable.to_string_lossy()));
    }
    line.push('\n');
    line
}

/// The remarks behind a command; its examples become a block.
fn remarks(text: &str) -> String {
    let headed = |word: &str| text.split_once(word).map(|(before, after)| (before.trim(), after));
    match headed("Examples:\n").or_else(|| headed("Example:\n")) {
        None => format!("\n{text}\n"),
        Some((before, examples)) => {
            let before = if before.is_empty() { String::new() } else { format!("\n{before}\n") };
            let lines: Vec<&str> =
                examples.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
            format!("{before}\n```sh\n{}\n```\n", lines.join("\n"))
        }
    }
}
