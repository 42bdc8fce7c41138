//! `GET /demo`: what a newcomer can try, and whom to act as.

use super::act_as;
use super::cast::{CAST, Part};
use super::situations::{HELPDESK, SUMMARIZATION};
use crate::api::problem::Problem;
use crate::app::App;
use crate::failure::Doing;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use countersign_store::ReleaseQuery;
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

/// What the page may load: nothing but forms that come back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

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
                input type="hidden" name="csrf" value=(self.csrf);
                input type="hidden" name="next" value=(next);
                button.button type="submit" { (text) }
            }
        }
    }

    /// The content of the page.
    pub fn main(&self) -> Markup {
        html! {
            h1 { "A demonstration of Countersign" }
            p {
                "Northlight is an invented company with eight models. Everything you see was done by "
                "its people through the same commands you are about to use, and nothing here is sent "
                "anywhere. You may act as each of them."
            }
            (self.steps())
            (self.people())
            (self.states())
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
        html! {
            h2 { "Everybody at Northlight" }
            table {
                thead { tr { th scope="col" { "Who" } th scope="col" { "What they do" } th scope="col" { "Act as" } } }
                tbody { @for part in CAST { (self.person(part)) } }
            }
        }
    }

    fn person(&self, part: &Part) -> Markup {
        let text = format!("Act as {}", part.name);
        html! {
            tr {
                th scope="row" { (part.name) }
                td { (part.job) }
                td { (self.become_somebody(part.handle, "/inbox", &text)) }
            }
        }
    }

    fn states(&self) -> Markup {
        html! {
            h2 { "A release in every state" }
            ul {
                @for (id, title, state) in &self.releases {
                    li { a href={ "/releases/" (id) } { (title) } ": " (state.replace('_', " ")) }
                }
            }
        }
    }
}

/// Shows the page.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let (csrf, line) = act_as::form_value(&app, &headers);
    let query = ReleaseQuery { limit: 200, ..ReleaseQuery::default() };
    let page = match app.store.releases(&query).await.doing("list releases") {
        Ok(page) => page,
        Err(failure) => return Problem::from(failure).into_response(),
    };
    let one =
        |row: countersign_core::rows::ReleaseRow| (row.release.to_string(), row.title, row.state);
    let start = Start { releases: page.items.into_iter().map(one).collect(), csrf };
    let headers = [
        (header::SET_COOKIE, line),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, document(&start.main())).into_response()
}

fn document(main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Demonstration – Countersign" }
            }
            body { main { (main) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_offers_everybody_and_runs_no_script() {
        for sample in Start::samples() {
            let page = document(&sample.main()).into_string();
            assert_eq!(page.matches("<h1>").count(), 1);
            assert!(!page.contains("<script"));
            for part in CAST {
                assert!(page.contains(&format!("/demo/act-as/{}", part.handle)), "{}", part.name);
            }
        }
    }
}
