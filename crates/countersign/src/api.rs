//! The HTTP API: `/api/v1`, described by the OpenAPI document it serves itself.
//!
//! One file for each endpoint or closely related pair, one line each in [`router`]. A handler gets
//! the application only through a permission ([`permit::Permit`]), so that one that forgets to
//! authenticate does not compile.

pub mod body;
pub mod calendar;
pub mod command;
pub mod controls;
mod cursor;
pub mod deployments;
mod description;
pub mod diagnostics;
pub mod emergencies;
pub mod entries;
pub mod environments;
pub mod erasures;
pub mod frameworks;
pub mod freezes;
pub mod headers;
pub mod health;
pub mod holds;
pub mod incidents;
pub mod log;
pub mod me;
pub mod meetings;
pub mod missing;
pub mod models;
pub mod moment;
pub mod notices;
pub mod once;
pub mod people;
pub mod permit;
pub mod policies;
pub mod problem;
pub mod releases;
pub mod risks;
pub mod runbooks;
pub mod sandbox;
pub mod sent;
pub mod setup;
pub mod tasks;
pub mod tokens;
pub mod verdict;
pub mod webhooks;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue};
use axum::routing::any;
use std::sync::{Arc, OnceLock};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the document says before its paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Countersign",
        description = "A self-hosted release gate for AI models. Every refusal is a problem \
                       detail (RFC 9457) with a stable `code`, every reason and a next step.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1")),
    security(("token" = [])),
    modifiers(&Token)
)]
struct Document;

/// Every endpoint asks for a token, except those that say otherwise.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let token = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A person's token, or a machine's with scopes"))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// Every endpoint, and the document that describes them.
pub fn endpoints() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(verdict::verdict))
        .routes(routes!(tasks::list))
        .routes(routes!(notices::list))
        .routes(routes!(notices::read))
        .routes(routes!(notices::undelivered))
        .routes(routes!(entries::list))
        .routes(routes!(deployments::list))
        .routes(routes!(emergencies::rates))
        .routes(routes!(health::health))
        .routes(routes!(health::openapi))
        .routes(routes!(log::checkpoint))
        .routes(routes!(log::key))
        .routes(routes!(log::events))
        .merge(of_releases())
        .merge(of_models())
        .merge(of_documents())
        .merge(of_controls())
        .merge(of_committee())
        .merge(of_people())
        .merge(of_settings())
        .merge(of_records())
        .merge(beside_releases())
}

/// Everything under `/models`.
fn of_models() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(models::register, models::list))
        .routes(routes!(models::show::show))
        .routes(routes!(models::change::tier))
        .routes(routes!(models::change::owner))
}

/// Incidents, the risk register, sandbox exclusions.
fn beside_releases() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(incidents::open))
        .routes(routes!(incidents::criteria::list))
        .routes(routes!(incidents::show::show))
        .routes(routes!(incidents::change::assign))
        .routes(routes!(incidents::change::severity))
        .routes(routes!(incidents::change::note))
        .routes(routes!(incidents::change::link))
        .routes(routes!(incidents::change::suspension))
        .routes(routes!(incidents::change::close))
        .routes(routes!(risks::enter))
        .routes(routes!(risks::show::show))
        .routes(routes!(risks::change::reassess))
        .routes(routes!(risks::change::owner))
        .routes(routes!(risks::change::link))
        .routes(routes!(risks::change::close))
        .routes(routes!(sandbox::claim))
        .routes(routes!(sandbox::show))
        .routes(routes!(sandbox::end))
}

/// Policies and runbooks.
fn of_documents() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(policies::publish::publish, policies::list))
        .routes(routes!(policies::publish::check))
        .routes(routes!(policies::show::show))
        .routes(routes!(policies::diff::diff))
        .routes(routes!(frameworks::list))
        .routes(routes!(frameworks::report))
        .routes(routes!(policies::decide::approve))
        .routes(routes!(policies::decide::decline))
        .routes(routes!(policies::review::review))
        .routes(routes!(policies::review::ask, policies::review::list))
        .routes(routes!(runbooks::publish::publish, runbooks::list))
        .routes(routes!(runbooks::publish::check))
        .routes(routes!(runbooks::show::show))
        .routes(routes!(runbooks::show::export))
}

/// Controls, and the evidence for them.
fn of_controls() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(controls::publish::publish, controls::list))
        .routes(routes!(controls::publish::check))
        .routes(routes!(controls::show::show))
        .routes(routes!(controls::maturity::maturity))
        .routes(routes!(controls::maturity::report))
        .routes(routes!(controls::pack::evidence))
}

/// Sessions of the committee.
fn of_committee() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(meetings::call::call))
        .routes(routes!(meetings::show::show))
        .routes(routes!(meetings::act::open))
        .routes(routes!(meetings::act::put))
        .routes(routes!(meetings::act::close))
        .routes(routes!(meetings::act::cancel))
        .routes(routes!(meetings::vote::cast))
        .routes(routes!(meetings::vote::recuse))
        .routes(routes!(meetings::vote::close_item))
}

/// Signing in, people, roles, tokens.
fn of_people() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(me::login))
        .routes(routes!(setup::setup))
        .routes(routes!(me::me))
        .routes(routes!(people::add, people::list))
        .routes(routes!(people::show))
        .routes(routes!(people::roles::grant))
        .routes(routes!(people::roles::revoke))
        .routes(routes!(people::delegations::delegate))
        .routes(routes!(people::delegations::end))
        .routes(routes!(people::qualifications::record))
        .routes(routes!(people::qualifications::same_as))
        .routes(routes!(people::account::setup_link))
        .routes(routes!(people::account::disable))
        .routes(routes!(people::account::address))
        .routes(routes!(tokens::create, tokens::list))
        .routes(routes!(tokens::revoke))
}

/// What is kept of releases, and how that ends.
fn of_records() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(releases::records::show))
        .routes(routes!(releases::export::take))
        .routes(routes!(releases::purges::propose))
        .routes(routes!(releases::purges::confirm))
        .routes(routes!(releases::purges::refuse))
        .routes(routes!(holds::place))
        .routes(routes!(holds::lift))
        .routes(routes!(erasures::person))
        .routes(routes!(erasures::texts))
}

/// What the organisation sets.
fn of_settings() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(environments::define, environments::list))
        .routes(routes!(environments::windows::set))
        .routes(routes!(freezes::declare))
        .routes(routes!(freezes::lift))
        .routes(routes!(calendar::set, calendar::show))
        .routes(routes!(calendar::import::import))
        .routes(routes!(webhooks::list))
        .routes(routes!(webhooks::put, webhooks::remove))
}

/// Everything under `/releases`.
fn of_releases() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(releases::request::request, releases::list::list))
        .routes(routes!(releases::propose::propose))
        .routes(routes!(releases::change_type::keep))
        .routes(routes!(releases::show::show))
        .routes(routes!(releases::schedule::set))
        .routes(routes!(releases::artifacts::add))
        .routes(routes!(releases::artifacts::remove))
        .routes(routes!(releases::prerequisites::confirm))
        .routes(routes!(releases::items::answer))
        .routes(routes!(releases::evidence::upload::attach))
        .routes(routes!(releases::evidence::show::show))
        .routes(routes!(releases::evidence::content::content))
        .routes(routes!(releases::evidence::change::withdraw))
        .routes(routes!(releases::evidence::change::close_finding))
        .routes(routes!(releases::submit::submit))
        .routes(routes!(releases::steps::complete))
        .routes(routes!(releases::concerns::raise))
        .routes(routes!(releases::concerns::resolve))
        .routes(routes!(releases::approve::approve))
        .routes(routes!(releases::reject::reject))
        .routes(routes!(releases::withdraw::withdraw))
        .routes(routes!(releases::suspend::suspend))
        .routes(routes!(releases::suspend::resume))
        .routes(routes!(releases::deployments::record))
        .routes(routes!(releases::deployments::confirm))
        .routes(routes!(releases::emergency::claim))
        .routes(routes!(releases::emergency::confirm))
        .routes(routes!(releases::emergency::deny))
        .routes(routes!(releases::reviews::review))
        .routes(routes!(releases::rollback::roll_back))
        .routes(routes!(releases::rollback::drill))
        .routes(routes!(releases::deliveries::list))
        .merge(of_promises())
}

/// Conditions, exceptions and change requests.
fn of_promises() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(releases::conditions::report))
        .routes(routes!(releases::conditions::accept))
        .routes(routes!(releases::conditions::send_back))
        .routes(routes!(releases::exceptions::request))
        .routes(routes!(releases::exceptions::accept))
        .routes(routes!(releases::exceptions::refuse))
        .routes(routes!(releases::exceptions::revoke))
        .routes(routes!(releases::change_requests::request))
        .routes(routes!(releases::change_requests::answer))
        .routes(routes!(releases::change_requests::insist))
        .routes(routes!(releases::change_requests::accept))
}

/// The API under `/api/v1`.
pub fn router(app: Arc<App>) -> Router {
    let (router, _) = endpoints().split_for_parts();
    let router = router
        .fallback(missing::unknown)
        .method_not_allowed_fallback(missing::wrong_method)
        .layer(DefaultBodyLimit::max(body::MAX_BODY))
        .layer(unless_said(CACHE_CONTROL, "no-store"))
        .layer(unless_said(X_CONTENT_TYPE_OPTIONS, "nosniff"));
    Router::new()
        .nest("/api/v1", router)
        .route("/api", any(missing::unknown))
        .route("/api/{*rest}", any(missing::unknown))
        .with_state(app)
}

/// Answers hold tokens and evidence: nobody keeps or guesses at them unless an endpoint says so.
fn unless_said(header: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header, HeaderValue::from_static(value))
}

/// The OpenAPI 3.1 document.
pub fn document() -> &'static serde_json::Value {
    static DOCUMENT: OnceLock<serde_json::Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| description::finished(&endpoints().into_openapi()))
}
