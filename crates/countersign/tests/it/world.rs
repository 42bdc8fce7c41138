//! A whole installation in the process, with a small organisation in it: what every test of a
//! face starts from. The clock stands still until a test moves it.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use countersign::app::{AnyCommand, App, Caller, Submission};
use countersign::boot;
use countersign::clock::Clock;
use countersign::config::Config;
use countersign::serve;
use countersign_core::actor::Scope;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::register::{RegisterCommand, Term};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The policy shipped with the product.
pub const POLICY: &str = include_str!("../../../../catalog/policies/model-release.policy");
/// The runbook shipped with the product for fine-tuned models.
pub const RUNBOOK: &str = include_str!("../../../../catalog/runbooks/fine-tuned-model-release.md");
/// When every world begins: a Monday morning.
pub const MONDAY: &str = "2026-05-11T09:00:00Z";

/// Everybody in the organisation and the roles they hold. The administrator comes last: from then
/// on only administrators change the register.
pub const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("rivera", "J. Rivera", &["ml_engineer"]),
    ("chen", "S. Chen", &["product_lead"]),
    ("okafor", "M. Okafor", &["compliance"]),
    ("haddad", "R. Haddad", &["ai_governance_lead"]),
    ("ito", "K. Ito", &["ai_governance_committee"]),
    ("novak", "P. Novak", &["ai_governance_committee"]),
    ("weber", "A. Weber", &["security"]),
    ("dubois", "C. Dubois", &["legal"]),
    ("silva", "T. Silva", &["peer_reviewer"]),
    ("banerjee", "D. Banerjee", &["ml_platform_lead"]),
    ("larsen", "E. Larsen", &["data_governance"]),
    ("moreau", "L. Moreau", &["application_security"]),
    ("kovacs", "B. Kovacs", &["security_operations_lead"]),
    ("petrov", "N. Petrov", &["ml_platform"]),
    ("audrey", "Audrey Auditor", &["auditor"]),
    ("newcomer", "Nobody in particular", &[]),
    ("admin", "Administrator", &["administrator"]),
];

/// An installation.
pub struct World {
    /// The application.
    pub app: Arc<App>,
    router: Router,
    members: BTreeMap<&'static str, (PersonId, String)>,
    _folder: TempDir,
}

impl World {
    /// An installation in memory with the organisation, the policy and the runbook.
    pub async fn new() -> Self {
        let mut world = Self::in_memory().await;
        world.populate().await;
        world
    }

    /// An installation in memory with the organisation and nothing published.
    pub async fn without_policy() -> Self {
        let mut world = Self::in_memory().await;
        world.people().await;
        world
    }

    /// An installation in memory that nobody has set up.
    pub async fn in_memory() -> Self {
        Self::empty(|config| config.store_url = Some("memory:".into())).await
    }

    /// Adds the organisation, the policy and the runbook.
    pub async fn populate(&mut self) {
        self.people().await;
        let admin = self.caller("admin");
        let (policy, _) = self.app.publish_policy(&admin, POLICY).await.unwrap();
        self.app.approve_policy(&self.caller("ito"), policy).await.unwrap();
        self.app.publish_runbook(&admin, RUNBOOK, None).await.unwrap();
    }

    async fn people(&mut self) {
        for (short, name, roles) in PEOPLE {
            self.add(short, name, roles).await;
        }
    }

    /// An installation nobody has set up, configured as the test wants it. On SQLite unless the
    /// test chooses another store.
    pub async fn empty(configure: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::in_folder(folder.path());
        configure(&mut config);
        let app = boot::open(config, Clock::at(MONDAY.parse().unwrap())).await.unwrap();
        let router = serve::router(app.clone());
        Self { app, router, members: BTreeMap::new(), _folder: folder }
    }

    /// Adds a person with roles, while nobody administers the installation.
    pub async fn add(&mut self, short: &'static str, name: &str, roles: &[&str]) {
        let email = format!("{short}@example.org");
        let mut person = self.app.add_person(name, &email).await.unwrap();
        // The account is set up; nobody signs in with this password.
        person.password_hash = Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$bm9ib2R5".to_owned());
        self.app.store.update_person(&person).await.unwrap();
        for role in roles {
            let (person, role) = (person.id.clone(), RoleName::new(*role).unwrap());
            let grant = AnyCommand::Register(RegisterCommand::GrantRole {
                person,
                role,
                term: Term::default(),
            });
            self.app.execute(&Caller::system(), Submission::new(grant)).await.unwrap();
        }
        let token = self.app.personal_token(&person, "tests").await.unwrap();
        self.members.insert(short, (person.id, token.token));
    }

    /// Gives everybody a new token: those of the beginning end after a time.
    pub async fn sign_in_again(&mut self) {
        for (id, token) in self.members.values_mut() {
            if let Some(person) = self.app.store.person(id).await.unwrap() {
                *token = self.app.personal_token(&person, "tests").await.unwrap().token;
            }
        }
    }

    /// A person's identifier.
    pub fn id(&self, person: &str) -> PersonId {
        self.member(person).0.clone()
    }

    /// A person as the application knows them.
    pub fn caller(&self, person: &str) -> Caller {
        let who = countersign_core::actor::Who::Person(self.id(person));
        Caller { who, scopes: BTreeSet::new(), name: person.to_owned() }
    }

    /// The API as this person calls it.
    pub fn person(&self, person: &str) -> Client {
        self.bearer(&self.member(person).1)
    }

    /// The API as a machine with these scopes calls it.
    pub async fn machine(&self, scopes: &[Scope]) -> Client {
        let scopes = scopes.iter().copied().collect();
        let token = self.app.machine_token("ci", &scopes, &self.id("admin"), None).await.unwrap();
        self.bearer(&token.token)
    }

    /// The API as the holder of a token calls it.
    pub fn bearer(&self, token: &str) -> Client {
        Client { token: Some(token.to_owned()), ..self.nobody() }
    }

    /// The API as somebody without a token calls it.
    pub fn nobody(&self) -> Client {
        Client { router: self.router.clone(), token: None, headers: Vec::new() }
    }

    /// Moves the clock to a moment.
    pub fn at(&self, moment: &str) {
        self.app.clock.set(moment.parse::<Timestamp>().unwrap());
    }

    #[track_caller]
    fn member(&self, person: &str) -> &(PersonId, String) {
        self.members.get(person).unwrap_or_else(|| panic!("nobody here is called {person}"))
    }
}

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Client {
    router: Router,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

impl Client {
    /// The same with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Reads something under `/api/v1`.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, Body::empty()).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, body).await
    }

    /// Sends JSON that replaces something.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, body).await
    }

    /// Removes something.
    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, Body::empty()).await
    }

    /// Sends bytes as they are: evidence, a policy, a runbook, broken JSON.
    pub async fn send(&self, path: &str, bytes: impl Into<Body>) -> Answer {
        self.call(Method::POST, path, bytes.into()).await
    }

    async fn json(&self, method: Method, path: &str, body: Value) -> Answer {
        let client = self.clone().with(CONTENT_TYPE.as_str(), "application/json");
        client.call(method, path, Body::from(body.to_string())).await
    }

    /// Any request under `/api/v1`.
    pub async fn call(&self, method: Method, path: &str, body: Body) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(format!("/api/v1{path}"));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let asked = format!("{method} {path}");
        Answer { asked, status: head.status, headers: head.headers, body }
    }
}

/// What the API answered.
#[derive(Debug)]
pub struct Answer {
    asked: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let parsed = serde_json::from_slice(&self.body);
        parsed.unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.text()))
    }

    /// The body of a request that did what it was asked to.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}: {}", self.asked, self.status, self.text());
        self.json()
    }

    /// The problem of a request that was refused with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let problem = self.json();
        assert_eq!(
            (self.status.as_u16(), problem["code"].as_str()),
            (status, Some(code)),
            "{}: {problem}",
            self.asked
        );
        assert_eq!(self.headers[CONTENT_TYPE], "application/problem+json", "{}", self.asked);
        assert_eq!(problem["status"], status, "{}", self.asked);
        assert_ne!(problem["next_step"], "", "{}", self.asked);
        problem
    }

    /// A header as text; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
