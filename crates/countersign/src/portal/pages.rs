//! Every page and every route: one line each.

pub mod approve;
pub mod artifacts;
pub mod ask_changes;
pub mod authority;
pub mod calendar;
pub mod change_request;
pub mod committee;
pub mod condition;
pub mod confirm;
pub mod confirmation;
pub mod control;
pub mod controls;
pub mod delegations;
pub mod deploy;
pub mod deployments;
pub mod drill;
pub mod emergency;
pub mod entries;
pub mod evidence;
pub mod exception;
pub mod frameworks;
pub mod inbox;
pub mod incident;
pub mod item;
pub mod model;
pub mod models;
pub mod new_incident;
pub mod new_model;
pub mod new_release;
pub mod new_risk;
pub mod new_sandbox;
pub mod new_tier;
pub mod notices;
pub mod people;
pub mod person;
pub mod policy;
pub mod prerequisites;
pub mod problems;
pub mod promise;
pub mod rates;
pub mod reason;
pub mod records;
pub mod reject;
pub mod release;
pub mod releases;
pub mod review;
pub mod risk;
pub mod rollback;
pub mod runbook;
pub mod runbook_versions;
pub mod runbooks;
pub mod sandbox;
pub mod schedule;
pub mod setup;
pub mod sign_in;
pub mod step;
pub mod submit;
pub mod texts;
pub mod undelivered;

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
        ("/notices", get(notices::show).post(notices::read)),
        ("/notices/undelivered", get(undelivered::show)),
        ("/docs/problems", get(problems::show)),
        ("/entries", get(entries::start)),
        ("/entries/{kind}", get(entries::show)),
        ("/emergencies/rates", get(rates::show)),
        ("/deployments", get(deployments::show)),
        ("/models", get(models::show)),
        ("/models/new", get(new_model::show).post(new_model::register)),
        ("/models/{model}", get(model::show)),
        ("/models/{model}/tier", get(new_tier::show).post(new_tier::change)),
        ("/runbooks", get(runbooks::show)),
        ("/runbooks/{name}", get(runbook::latest)),
        ("/runbooks/{name}/compare", get(runbook_versions::show)),
        ("/runbooks/{name}/{version}", get(runbook::show)),
        ("/runbooks/{name}/{version}/{export}", get(runbook::export)),
        ("/frameworks", get(frameworks::list)),
        ("/frameworks/{name}", get(frameworks::show)),
        ("/controls", get(controls::show)),
        ("/controls/{control}", get(control::show)),
        ("/controls/{control}/evidence", get(control::evidence)),
        ("/controls/{control}/report", post(control::report)),
        ("/committee", get(committee::show).post(committee::call)),
        ("/committee/{session}", get(committee::session::show)),
        ("/committee/{session}/{what}", post(committee::session::act)),
        ("/policy", get(policy::in_force)),
        ("/policy/{name}/{version}", get(policy::show)),
        ("/policy/{name}/{version}/changes", get(policy::changes::show)),
        ("/policy/{name}/{version}/{what}", post(policy::approval::decide)),
        ("/calendar", get(calendar::show).post(calendar::change::set)),
        ("/calendar/import", post(calendar::change::import)),
        ("/calendar/windows/{environment}", post(calendar::change::windows)),
        ("/calendar/freezes", post(calendar::change::freeze)),
        ("/calendar/freezes/{number}/lift", post(calendar::change::lift)),
        ("/delegations", get(delegations::show).post(delegations::delegate)),
        ("/delegations/{number}/end", post(delegations::end)),
        ("/people", get(people::show).post(people::add)),
        ("/people/{person}", get(person::show)),
        ("/people/{person}/roles", post(person::roles)),
        ("/people/{person}/setup-link", post(person::link)),
        ("/people/{person}/address", post(person::address)),
        ("/people/{person}/disable", post(person::disable)),
        ("/people/{person}/erase", post(person::erase)),
        ("/texts", get(texts::show).post(texts::erase)),
        ("/people/{person}/qualifications", post(person::qualify)),
    ];
    let router = routes.into_iter().chain(of_releases()).chain(beside_releases());
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
        ("/releases/{release}/schedule", get(schedule::show).post(schedule::change)),
        ("/releases/{release}/deploy/{environment}", get(deploy::show).post(deploy::record)),
        ("/releases/{release}/confirm/{environment}", get(confirm::show).post(confirm::confirm)),
        ("/releases/{release}/records", get(records::show)),
        ("/releases/{release}/records/export", get(records::export)),
        ("/releases/{release}/records/{what}", post(records::change)),
        ("/releases/{release}/say/{what}", get(reason::show).post(reason::say)),
        ("/releases/{release}/emergency", get(emergency::show).post(emergency::claim)),
        ("/releases/{release}/authority", get(authority::show).post(authority::answer)),
        ("/releases/{release}/rollback/{environment}", get(rollback::show).post(rollback::record)),
        ("/releases/{release}/drill", get(drill::show).post(drill::record)),
        ("/releases/{release}/review/{of}", get(review::show).post(review::record)),
        ("/releases/{release}/conditions/{number}", get(condition::show).post(condition::report)),
        ("/releases/{release}/conditions/{number}/evidence", streamed(post(condition::attach))),
        ("/releases/{release}/exceptions/new", get(exception::show).post(exception::ask)),
        ("/releases/{release}/change-requests/new", get(ask_changes::show).post(ask_changes::ask)),
        (
            "/releases/{release}/change-requests/{number}",
            get(change_request::show).post(change_request::answer),
        ),
    ]
}

/// The routes of incidents, risks and sandbox exclusions.
fn beside_releases() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/incidents/new", get(new_incident::show).post(new_incident::open)),
        ("/incidents/{incident}", get(incident::show)),
        ("/incidents/{incident}/{what}", post(incident::change)),
        ("/risks/new", get(new_risk::show).post(new_risk::enter)),
        ("/risks/{risk}", get(risk::show)),
        ("/risks/{risk}/{what}", post(risk::change)),
        ("/sandbox/new", get(new_sandbox::show).post(new_sandbox::claim)),
        ("/sandbox/{exclusion}", get(sandbox::show).post(sandbox::end)),
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
    let stranger = Shell { visitor: None, ..Shell::sample() };
    let mut shown = Shown { shell: stranger, all: Vec::new() };
    shown.add("sign-in", sign_in::SignIn::samples());
    shown.add("setup", setup::SetUp::samples());
    shown.shell = Shell::sample();
    shown.add("inbox", inbox::Inbox::samples());
    shown.add("notices", notices::Notices::samples());
    shown.add("problems", problems::Problems::samples());
    shown.add("undelivered", undelivered::Undelivered::samples());
    show_releases(&mut shown);
    show_lists(&mut shown);
    show_the_rest(&mut shown);
    shown.all
}

fn show_releases(shown: &mut Shown) {
    shown.add("releases", releases::Releases::samples());
    shown.add("new-release", new_release::NewReleasePage::samples());
    shown.add("check-release", new_release::check::Check::samples());
    shown.add("release", release::ReleasePage::samples());
    shown.add("confirmation", confirmation::Confirmation::samples());
    shown.add("artifacts", artifacts::Artifacts::samples());
    shown.add("prerequisites", prerequisites::Prerequisites::samples());
    shown.add("item", item::ItemPage::samples());
    shown.add("step", step::StepPage::samples());
    shown.add("evidence", evidence::EvidencePage::samples());
    shown.add("submit", submit::Submit::samples());
    shown.add("approve", approve::ApprovePage::samples());
    shown.add("reject", reject::Reject::samples());
    shown.add("schedule", schedule::SchedulePage::samples());
    shown.add("deploy", deploy::Deploy::samples());
    shown.add("confirm", confirm::Confirm::samples());
    shown.add("reason", reason::ReasonPage::samples());
    shown.add("records", records::RecordsPage::samples());
    shown.add("condition", condition::ConditionPage::samples());
    shown.add("exception", exception::ExceptionPage::samples());
    shown.add("ask-changes", ask_changes::AskChanges::samples());
    shown.add("change-request", change_request::ChangeRequestPage::samples());
}

fn show_lists(shown: &mut Shown) {
    shown.add("entries", entries::Entries::samples());
    shown.add("deployments", deployments::Deployments::samples());
    shown.add("emergency", emergency::EmergencyPage::samples());
    shown.add("authority", authority::AuthorityPage::samples());
    shown.add("rollback", rollback::RollbackPage::samples());
    shown.add("drill", drill::DrillPage::samples());
    shown.add("review", review::ReviewPage::samples());
    shown.add("rates", rates::Rates::samples());
    shown.add("incident", incident::IncidentPage::samples());
    shown.add("new-incident", new_incident::NewIncidentPage::samples());
    shown.add("risk", risk::RiskPage::samples());
    shown.add("new-risk", new_risk::NewRiskPage::samples());
    shown.add("sandbox", sandbox::SandboxPage::samples());
    shown.add("new-sandbox", new_sandbox::NewSandbox::samples());
}

fn show_the_rest(shown: &mut Shown) {
    shown.add("models", models::Models::samples());
    shown.add("new-model", new_model::NewModelPage::samples());
    shown.add("model", model::ModelPage::samples());
    shown.add("new-tier", new_tier::NewTier::samples());
    shown.add("runbooks", runbooks::Runbooks::samples());
    shown.add("runbook", runbook::RunbookPage::samples());
    shown.add("runbook-versions", runbook_versions::Versions::samples());
    shown.add("frameworks", frameworks::Frameworks::samples());
    shown.add("framework", frameworks::Report::samples());
    shown.add("controls", controls::Controls::samples());
    shown.add("control", control::ControlPage::samples());
    shown.add("committee", committee::Room::samples());
    shown.add("session", committee::session::Session::samples());
    shown.add("policy", policy::PolicyPage::samples());
    shown.add("policy-changes", policy::changes::Changes::samples());
    shown.add("people", people::People::samples());
    shown.add("calendar", calendar::CalendarPage::samples());
    shown.add("absence", delegations::Delegations::samples());
    shown.add("person", person::PersonPage::samples());
    shown.add("texts", texts::Texts::samples());
    shown.add("demo", crate::demo::start::Start::samples());
    shown.add("wrong", WrongPage::samples());
}

/// Pages as documents, with the shell around them.
struct Shown {
    shell: Shell,
    all: Vec<(String, String)>,
}

impl Shown {
    fn add<P: Page>(&mut self, name: &str, samples: Vec<P>) {
        for (number, sample) in samples.iter().enumerate() {
            let name = format!("{name}-{}", number + 1);
            self.all.push((name, self.shell.show(sample).into_string()));
        }
    }
}
