//! Why a command did not do what it was asked to, and how that is told: what, every reason with
//! its place and who can lift it, and the next step.

use super::reason::{self, Names};
use super::shell::Shell;
use crate::api::problem::{Problem, Reason};
use serde::Serialize;
use std::fmt::Display;
use std::process::ExitCode;

/// Why a command failed.
#[derive(Debug, Clone)]
pub struct Trouble(Box<Told>);

/// What is told, in the shape of the API's problem details.
#[derive(Debug, Clone, Serialize)]
struct Told {
    /// The HTTP status; absent when no server answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// A stable word: `server.unreachable`.
    code: String,
    /// What is wrong, in one sentence.
    detail: String,
    /// What to do next.
    next_step: String,
    /// Every reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Reason>,
    /// The server's own words, for `--json`.
    #[serde(skip)]
    raw: Option<String>,
    /// The names of the people in the reasons.
    #[serde(skip)]
    names: Names,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Refused,
    Fault,
}

impl Trouble {
    fn new(
        kind: Kind,
        code: &str,
        detail: impl Into<String>,
        next_step: impl Into<String>,
    ) -> Self {
        Self(Box::new(Told {
            status: None,
            code: code.into(),
            detail: detail.into(),
            next_step: next_step.into(),
            reasons: Vec::new(),
            raw: None,
            names: Names::default(),
            kind,
        }))
    }

    /// Something on this side cannot be done.
    pub fn fault(detail: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self::new(Kind::Fault, "cli.fault", detail, next_step)
    }

    /// The command was given something it cannot use.
    pub fn usage(detail: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self::new(Kind::Fault, "cli.usage", detail, next_step)
    }

    /// A person or a rule on this side said no.
    pub fn refused(code: &str, detail: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self::new(Kind::Refused, code, detail, next_step)
    }

    /// The machine failed at something.
    pub fn io(doing: impl Into<String>, error: &std::io::Error) -> Self {
        let next = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            std::io::ErrorKind::PermissionDenied => "check who may read and write it",
            _ => "remove the cause and repeat the command",
        };
        Self::fault(doing, next).because("io", error)
    }

    /// The server did not answer, or not in the way Countersign does.
    pub fn unreachable(server: &str, why: impl Display) -> Self {
        let detail = format!("cannot get an answer from {server}");
        let why = why.to_string();
        // What a TLS client says to a server that answers in plain text.
        let next = if server.starts_with("https:") && why.contains("InvalidContentType") {
            "nothing speaks HTTPS there: write http:// if the server is meant to be reached without"
        } else {
            "check the address given by --server or COUNTERSIGN_SERVER, and that `countersign serve` \
             runs there"
        };
        Self::new(Kind::Fault, "server.unreachable", detail, next).because("network", why)
    }

    /// The server answered with a problem.
    pub fn problem(problem: Problem, raw: String) -> Self {
        // Refused is what the rules or the state of things forbid. Whatever is wrong with the
        // request, the token or the machine is a fault: asking differently may give another answer.
        let refused = matches!(problem.status, 403 | 404 | 409 | 412 | 422);
        let refused = refused && problem.code != "request.busy";
        let kind = if refused { Kind::Refused } else { Kind::Fault };
        let mut trouble = Self::new(kind, &problem.code, problem.detail, problem.next_step);
        trouble.0.status = Some(problem.status);
        trouble.0.reasons = problem.reasons;
        trouble.0.raw = Some(raw);
        trouble
    }

    /// The same with one more reason.
    #[must_use]
    pub fn because(mut self, code: &str, why: impl Display) -> Self {
        self.0.reasons.push(Reason {
            code: code.into(),
            message: why.to_string(),
            place: None,
            roles: Vec::new(),
            people: Vec::new(),
            next_step: String::new(),
        });
        self
    }

    /// The same told in other words.
    #[must_use]
    pub fn instead(mut self, detail: &str, next_step: &str) -> Self {
        detail.clone_into(&mut self.0.detail);
        next_step.clone_into(&mut self.0.next_step);
        self
    }

    /// The same, where a no would be taken for an answer that nobody gave.
    #[must_use]
    pub fn made_fault(mut self) -> Self {
        self.0.kind = Kind::Fault;
        self
    }

    /// The same with the names of people.
    #[must_use]
    pub fn with_names(mut self, names: Names) -> Self {
        self.0.names = names;
        self
    }

    /// Whether a reason names people by identifier.
    pub fn names_people(&self) -> bool {
        self.0.reasons.iter().any(|reason| !reason.people.is_empty())
    }

    /// The HTTP status, when a server answered.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// 1 when it was refused, 2 when it is a fault.
    pub fn exit_code(&self) -> ExitCode {
        match self.0.kind {
            Kind::Refused => ExitCode::from(1),
            Kind::Fault => ExitCode::from(2),
        }
    }

    /// Tells it on standard error.
    pub fn report(&self, shell: &Shell) {
        if shell.wants_json() {
            let own = || serde_json::to_string(&self.0).unwrap_or_default();
            shell.remark(&self.0.raw.clone().unwrap_or_else(own));
        } else {
            shell.remark(&self.text());
        }
    }

    fn text(&self) -> String {
        let (detail, told) = self.without_echo();
        let mut text = format!("countersign: {detail}");
        for line in reason::lines(told, &self.0.names) {
            text.push_str("\n  ");
            text.push_str(&line);
        }
        if !self.0.next_step.is_empty() {
            text.push_str(&format!("\nnext step: {}", self.0.next_step));
        }
        text
    }

    /// What is wrong and the reasons to list, so that nothing is said twice: a single reason that
    /// the first line tells already is left out, and of several the first line tells none.
    fn without_echo(&self) -> (&str, Vec<&Reason>) {
        let detail = self.0.detail.as_str();
        let all: Vec<&Reason> = self.0.reasons.iter().collect();
        match all.as_slice() {
            [one] if detail.contains(&one.message) && one.roles.is_empty() => (detail, Vec::new()),
            [first, _, ..] => match detail.split_once(&first.message) {
                Some((lead, _)) if lead.len() > 2 => (lead.trim_end_matches([':', ' ']), all),
                Some(_) | None => (detail, all),
            },
            [] | [_] => (detail, all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_twice() {
        let one = Trouble::fault("cannot read: cut off", "").because("x", "cut off");
        assert_eq!(one.text(), "countersign: cannot read: cut off");
        let two = Trouble::fault("they do not fit: a is missing; b is missing", "mend them")
            .because("x", "a is missing")
            .because("y", "b is missing");
        let told = "countersign: they do not fit\n  - a is missing [x]\n  - b is missing [y]";
        assert_eq!(two.text(), format!("{told}\nnext step: mend them"));
    }
}
