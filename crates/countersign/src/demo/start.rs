//! `GET /demo`: what a newcomer can try, and whom to act as.

use super::cast::{CAST, Part};
use super::situations::{HELPDESK, SUMMARIZATION};
use crate::failure::Doing;
use crate::portal::components::{form, table, tag};
use crate::portal::layout::{Page, Shell};
use crate::portal::post::CSRF_FIELD;
use crate::portal::visit::{Answer, Anybody, Visitor};
use crate::portal::wrong::Wrong;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};
use countersign_core::rows::ReleaseRow;
use countersign_store::ReleaseQuery;
use maud::{Markup, html};

/// The page's content as plain values.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Releases: identifier, title, state.
    pub releases: Vec<(String, String, String)>,
    /// The value forms send back.
    pub csrf: String,
}

impl Start {
    /// What the page may show.
    pub fn samples() -> Vec<Self> {
        let release = ("r-1".to_owned(), SUMMARIZATION.to_owned(), "in_review".to_owned());
        vec![Self::default(), Self { releases: vec![release], csrf: "form_sample".into() }]
    }

    fn path(&self, title: &str) -> String {
        let found = self.releases.iter().find(|(_, known, _)| known == title);
        found.map_or_else(|| "/releases".into(), |(id, _, _)| format!("/releases/{id}"))
    }

    fn become_somebody(&self, handle: &str, next: &str, text: &str) -> Markup {
        html! {
            form method="post" action={ "/demo/act-as/" (handle) } {
                (form::hidden(&[(CSRF_FIELD, &self.csrf), ("next", next)]))
                button.button.second type="submit" { (text) }
            }
        }
    }

    fn steps(&self) -> Markup {
        let waiting = self.path(SUMMARIZATION);
        html! {
            h2 { "Four things to try" }
            ol {
                li {
                    p {
                        strong { "See why a release is stopped. " }
                        (SUMMARIZATION) " changes a prompt of a critical model. Its evaluation found "
                        "8.1 % invented facts; the policy allows 5 %."
                    }
                    (self.become_somebody("chen", &waiting, "Look at it as S. Chen, Product Lead"))
                }
                li {
                    p {
                        strong { "Bring better evidence. " }
                        "Download the "
                        a href="/demo/files/second-run" { "results of a second run" }
                        " with exactly 5 %, attach them to the validation test report and withdraw the "
                        "first results."
                    }
                    (self.become_somebody("rivera", &waiting, "Act as J. Rivera, the Model Owner"))
                }
                li {
                    p {
                        strong { "Sign. " }
                        "The Model Owner, the Product Lead and Compliance each sign the exact dossier. "
                        "With the last signature the verdict turns to allow."
                    }
                    (self.become_somebody("okafor", &waiting, "Act as M. Okafor, Compliance"))
                }
                li {
                    p {
                        strong { "Follow a runbook. " }
                        (HELPDESK) " waits for the answers of Application Security; then Security "
                        "Operations, the Governance Lead and the Model Owner sign, and the change desk "
                        "is told."
                    }
                    (self.become_somebody("rossi", &self.path(HELPDESK),
                        "Answer the questionnaire as L. Rossi"))
                }
            }
        }
    }

    fn people(&self) -> Markup {
        let rows: Vec<Vec<Markup>> = CAST.iter().map(|part| self.person(part)).collect();
        html! {
            h2 { "Everybody at Northlight" }
            (table::render("People", &["Who", "What they do", "Act as"], &rows))
        }
    }

    fn person(&self, part: &Part) -> Vec<Markup> {
        let text = format!("Act as {}", part.name);
        vec![
            table::cell(part.name),
            table::cell(part.job),
            self.become_somebody(part.handle, "/inbox", &text),
        ]
    }

    fn states(&self) -> Markup {
        let release = |(id, title, state): &(String, String, String)| {
            let link = html! { a href={ "/releases/" (id) } { (title) } };
            vec![link, tag::render(&tag::Tag::of_state(state))]
        };
        let rows: Vec<Vec<Markup>> = self.releases.iter().map(release).collect();
        html! {
            h2 { "A release in every state" }
            (table::render("Releases", &["Release", "State"], &rows))
        }
    }
}

impl Page for Start {
    fn title(&self) -> String {
        "Demonstration".into()
    }

    fn main(&self, _: &Shell) -> Markup {
        html! {
            h1 { "A demonstration of Countersign" }
            p.lead {
                "Northlight is an invented company with twelve models. Everything you see was done by "
                "its people through the same commands you are about to use, and nothing here is sent "
                "anywhere. You may act as each of them."
            }
            (self.steps())
            (self.people())
            (self.states())
        }
    }
}

/// Shows the page, with the navigation for whoever acts as somebody already.
pub async fn show(anybody: Anybody, visitor: Result<Visitor, Wrong>) -> Answer {
    let (csrf, line) = anybody.form_value();
    let query = ReleaseQuery { limit: 200, ..ReleaseQuery::default() };
    let page = anybody.app.store.releases(&query).await.doing("list releases")?;
    let one = |row: ReleaseRow| (row.release.to_string(), row.title, row.state);
    let releases = page.items.into_iter().map(one).collect();
    let shell = visitor.map_or_else(|_| anybody.shell(&csrf), |visitor| visitor.shell);
    let markup = shell.show(&Start { releases, csrf });
    Ok((AppendHeaders([(header::SET_COOKIE, line)]), markup).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_offers_everybody_and_runs_no_script() {
        for sample in Start::samples() {
            let page = Shell::sample().show(&sample).into_string();
            assert!(!page.contains("<script"));
            for part in CAST {
                assert!(page.contains(&format!("/demo/act-as/{}", part.handle)), "{}", part.name);
            }
        }
    }
}
