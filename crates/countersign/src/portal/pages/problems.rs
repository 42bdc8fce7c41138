//! What each code of a problem means: where the `type` of every problem leads. Anybody may read it;
//! nothing of an installation is on it.

use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Anybody};
use axum::response::IntoResponse;
use maud::{Markup, PreEscaped, html};

/// The refusals and blockers of the rules, as their own tests write them.
const RULES: &str = include_str!("../../../../../docs/reference/refusals.md");

/// What only the server says: code, when, what to do.
const SERVER: [(&str, &str, &str); 17] = [
    (
        "actor.unknown",
        "Nobody is signed in, or the token is not valid.",
        "Sign in, or use another token.",
    ),
    (
        "token.scope_missing",
        "The token lacks the scope that this needs.",
        "Ask an administrator for a token with the scope that is named.",
    ),
    ("endpoint.unknown", "There is no such address.", "Look at the description of the API."),
    (
        "endpoint.wrong_method",
        "The address exists and takes another method.",
        "Look at the description of the API.",
    ),
    (
        "request.malformed",
        "A part of the request cannot be understood.",
        "Correct the part that is named, and repeat the request.",
    ),
    (
        "request.stale",
        "What is asked about changed since it was looked at, or the idempotency key was used for something else.",
        "Load it again and repeat.",
    ),
    ("request.too_large", "More was sent than is accepted.", "Send less at once."),
    ("request.too_many", "The same was tried too often.", "Wait as long as `Retry-After` says."),
    ("request.busy", "Others changed the same thing at the same time.", "Repeat the request."),
    ("policy.faulty", "The policy has faults.", "Correct what is named by line and column."),
    ("runbook.faulty", "The runbook has faults.", "Correct what is named by line and column."),
    ("control.faulty", "The control has faults.", "Correct what is named by line and column."),
    ("calendar.faulty", "The calendar has faults.", "Correct what is named."),
    (
        "evidence.unreadable",
        "A file of a known format is broken.",
        "Correct the file, or export it again, and attach it anew.",
    ),
    (
        "evidence.purged",
        "The content of this evidence was purged when its time was over.",
        "Rely on its digest and on what was read from it, which stay.",
    ),
    ("not_found", "There is no such thing, or the caller may not see it.", "Check the name."),
    (
        "server.fault",
        "The machine failed.",
        "Repeat the request; if it fails again, tell the operator the time.",
    ),
];

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Problems {}

/// A code, and what is known of it.
struct Explained {
    code: String,
    when: String,
    next: String,
}

impl Problems {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// Every code, by its name; the first explanation of one counts.
fn all() -> Vec<Explained> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| `")?.trim_end_matches(" |").split(" | ");
        let code = cells.next()?.trim_end_matches('`').to_owned();
        let (when, next) = (cells.next()?.to_owned(), cells.nth(1)?.to_owned());
        Some(Explained { code, when, next })
    };
    let of_server = SERVER.iter().map(|(code, when, next)| Explained {
        code: (*code).to_owned(),
        when: (*when).to_owned(),
        next: (*next).to_owned(),
    });
    let mut all: Vec<Explained> = RULES.lines().filter_map(row).chain(of_server).collect();
    all.sort_by(|one, other| one.code.cmp(&other.code));
    all.dedup_by(|later, first| later.code == first.code);
    all
}

/// A text in which words between grave accents are code.
fn marked(text: &str) -> Markup {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => html! { (part) },
        _ => html! { code { (part) } },
    });
    PreEscaped(parts.map(|part| part.into_string()).collect())
}

impl Page for Problems {
    fn title(&self) -> String {
        "What problems mean".into()
    }

    fn section(&self) -> Section {
        Section::Elsewhere
    }

    fn main(&self, _: &Shell) -> Markup {
        html! {
            h1 { "What problems mean" }
            p.lead { "Every refusal of the server, and every reason why a gate is shut, has a code that stays the same. The words around it are for people, with sample values here." }
            ul.lines { @for one in all() { li id=(one.code) {
                h2 { code { (one.code) } }
                p { (marked(&one.when)) }
                p.hint { "What to do: " (marked(&one.next)) }
            } } }
        }
    }
}

/// `GET /docs/problems`
pub async fn show(anybody: Anybody) -> Answer {
    Ok(anybody.shell("").show(&Problems {}).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::Problem;
    use crate::failure::Failure;

    #[test]
    fn every_code_is_explained_once_with_a_next_step() {
        let all = all();
        assert!(all.len() > 80, "{}", all.len());
        for pair in all.windows(2) {
            assert!(pair[0].code < pair[1].code, "{}", pair[1].code);
        }
        for one in &all {
            assert!(!one.when.is_empty() && !one.next.is_empty(), "{}", one.code);
            assert!(!one.code.contains(' '), "{}", one.code);
        }
    }

    #[test]
    fn the_type_of_a_problem_leads_to_its_line() {
        let page = Problems {}.main(&Shell::nobody()).into_string();
        for failure in [Failure::Busy, Failure::malformed("x", "y"), Failure::not_found("x", "y")] {
            let problem = Problem::from(failure);
            let (path, code) = problem.r#type.split_once('#').unwrap();
            assert_eq!(path, "/docs/problems");
            assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
        }
    }
}
