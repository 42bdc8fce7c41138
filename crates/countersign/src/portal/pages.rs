//! Every page and every route: one line each.

pub mod approve;
pub mod artifacts;
pub mod confirm;
pub mod confirmation;
pub mod deploy;
pub mod evidence;
pub mod inbox;
pub mod item;
pub mod model;
pub mod models;
pub mod new_model;
pub mod new_release;
pub mod new_tier;
pub mod people;
pub mod person;
pub mod policy;
pub mod prerequisites;
pub mod reason;
pub mod reject;
pub mod release;
pub mod releases;
pub mod runbook;
pub mod runbooks;
pub mod setup;
pub mod sign_in;
pub mod step;
pub mod submit;

use crate::app::App;
use crate::portal::layout::{Page, Shell};
use crate::portal::wrong::{Wrong, WrongPage};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// Every route.
pub fn routes() -> Router<Arc<App>> {
    let routes: Vec<(&str, MethodRouter<Arc<App>>)> = vec![
        ("/", get(inbox::start)),
        ("/sign-in", get(sign_in::show).post(sign_in::sign_in)),
        ("/sign-out", post(sign_in::sign_out)),
        ("/setup/{token}", get(setup::show).post(setup::set_up)),
        ("/inbox", get(inbox::show)),
        ("/models", get(models::show)),
        ("/models/new", get(new_model::show).post(new_model::register)),
        ("/models/{model}", get(model::show)),
        ("/models/{model}/tier", get(new_tier::show).post(new_tier::change)),
        ("/runbooks", get(runbooks::show)),
        ("/runbooks/{name}", get(runbook::latest)),
        ("/runbooks/{name}/{version}", get(runbook::show)),
        ("/runbooks/{name}/{version}/{export}", get(runbook::export)),
        ("/policy", get(policy::in_force)),
        ("/policy/{name}/{version}", get(policy::show)),
        ("/people", get(people::show).post(people::add)),
        ("/people/{person}", get(person::show)),
        ("/people/{person}/roles", post(person::roles)),
        ("/people/{person}/setup-link", post(person::link)),
    ];
    let router = routes.into_iter().chain(of_releases());
    let pages = router.fold(Router::new(), |all, (path, handlers)| all.route(path, handlers));
    pages.fallback(missing)
}

/// The routes below `/releases`.
fn of_releases() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/releases", get(releases::show)),
        ("/releases/new", get(new_release::show).post(new_release::answer)),
        ("/releases/{release}", get(release::show)),
        ("/releases/{release}/done/{what}", get(confirmation::show)),
        ("/releases/{release}/artifacts", get(artifacts::show).post(artifacts::change)),
        (
            "/releases/{release}/prerequisites",
            get(prerequisites::show).post(prerequisites::confirm),
        ),
        ("/releases/{release}/items/{item}", get(item::show).post(item::answer)),
        ("/releases/{release}/items/{item}/evidence", streamed(post(item::attach))),
        ("/releases/{release}/steps/{step}", get(step::show).post(step::complete)),
        ("/releases/{release}/steps/{step}/evidence", streamed(post(step::attach))),
        ("/releases/{release}/evidence/{evidence}", get(evidence::show)),
        ("/releases/{release}/evidence/{evidence}/content", get(evidence::content)),
        ("/releases/{release}/submit", get(submit::show).post(submit::submit)),
        ("/releases/{release}/approve/{role}", get(approve::show).post(approve::approve)),
        ("/releases/{release}/reject/{role}", get(reject::show).post(reject::reject)),
        ("/releases/{release}/deploy/{environment}", get(deploy::show).post(deploy::record)),
        ("/releases/{release}/confirm/{environment}", get(confirm::show).post(confirm::confirm)),
        ("/releases/{release}/say/{what}", get(reason::show).post(reason::say)),
    ]
}

/// A file is taken in as it comes; how large it may be is the configuration's matter, and it is
/// counted while it comes in.
fn streamed(handlers: MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>> {
    handlers.layer(DefaultBodyLimit::disable())
}

/// What a page that does not exist answers.
pub async fn missing() -> Wrong {
    let text = "There is no page at this address.";
    Wrong::page(StatusCode::NOT_FOUND, "Page not found", text, "Check the address.")
}

/// Every page with each of its samples, as its name and the whole document: what tests and people
/// who look after the design go through.
pub fn samples() -> Vec<(String, String)> {
    let mut all = Vec::new();
    shown(&mut all, "sign-in", sign_in::SignIn::samples());
    shown(&mut all, "setup", setup::SetUp::samples());
    shown(&mut all, "inbox", inbox::Inbox::samples());
    shown(&mut all, "releases", releases::Releases::samples());
    shown(&mut all, "new-release", new_release::NewReleasePage::samples());
    shown(&mut all, "check-release", new_release::check::Check::samples());
    shown(&mut all, "release", release::ReleasePage::samples());
    shown(&mut all, "confirmation", confirmation::Confirmation::samples());
    shown(&mut all, "artifacts", artifacts::Artifacts::samples());
    shown(&mut all, "prerequisites", prerequisites::Prerequisites::samples());
    shown(&mut all, "item", item::ItemPage::samples());
    shown(&mut all, "step", step::StepPage::samples());
    shown(&mut all, "evidence", evidence::EvidencePage::samples());
    shown(&mut all, "submit", submit::Submit::samples());
    shown(&mut all, "approve", approve::ApprovePage::samples());
    shown(&mut all, "reject", reject::Reject::samples());
    shown(&mut all, "deploy", deploy::Deploy::samples());
    shown(&mut all, "confirm", confirm::Confirm::samples());
    shown(&mut all, "reason", reason::ReasonPage::samples());
    shown(&mut all, "models", models::Models::samples());
    shown(&mut all, "new-model", new_model::NewModelPage::samples());
    shown(&mut all, "model", model::ModelPage::samples());
    shown(&mut all, "new-tier", new_tier::NewTier::samples());
    shown(&mut all, "runbooks", runbooks::Runbooks::samples());
    shown(&mut all, "runbook", runbook::RunbookPage::samples());
    shown(&mut all, "policy", policy::PolicyPage::samples());
    shown(&mut all, "people", people::People::samples());
    shown(&mut all, "person", person::PersonPage::samples());
    shown(&mut all, "wrong", WrongPage::samples());
    all
}

fn shown<P: Page>(all: &mut Vec<(String, String)>, name: &str, samples: Vec<P>) {
    let shell = Shell::sample();
    for (number, sample) in samples.iter().enumerate() {
        let name = format!("{name}-{}", number + 1);
        all.push((name, shell.show(sample).into_string()));
    }
}
