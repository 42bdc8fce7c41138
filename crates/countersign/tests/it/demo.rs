//! The demonstration, started in the process.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use countersign::app::App;
use countersign::config::Config;
use countersign::demo::{self, cast::CAST};
use countersign::serve;
use countersign_core::entry::EntryKind;
use countersign_store::{EntryQuery, ReleaseQuery, Which};
use std::collections::BTreeSet;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

async fn started() -> (Arc<App>, Router, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = demo::open(Config::in_folder(folder.path())).await.unwrap();
    let router = serve::router(app.clone());
    (app, router, folder)
}

async fn answer(router: &Router, request: Request<Body>) -> Response {
    router.clone().oneshot(request).await.unwrap()
}

fn cookie_of(response: &Response) -> String {
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

///
#[tokio::test]
async fn the_demonstration_has_a_release_in_every_state() {
    let (app, _, _folder) = started().await;
    let query = ReleaseQuery { limit: 200, ..ReleaseQuery::default() };
    let page = app.store.releases(&query).await.unwrap();
    let states: BTreeSet<&str> = page.items.iter().map(|row| row.state.as_str()).collect();
    let wanted = [
        "approved",
        "confirmed",
        "deployed",
        "draft",
        "in_review",
        "rejected",
        "superseded",
        "suspended",
        "withdrawn",
    ];
    assert_eq!(states, wanted.into());
}

async fn listed(app: &App, kind: EntryKind, which: Which) -> Vec<String> {
    let query = EntryQuery { kind, which, model: None, after: None, limit: 50 };
    let page = app.entries(&query).await.unwrap();
    page.items.into_iter().map(|row| format!("{}: {}", row.title, row.state)).collect()
}

#[tokio::test]
async fn the_demonstration_shows_what_happens_beside_the_routine() {
    let (app, _, _folder) = started().await;
    let open = async |kind| listed(&app, kind, Which::Open).await;
    let closed = async |kind| listed(&app, kind, Which::Closed).await;
    assert_eq!(
        open(EntryKind::Exception).await,
        ["Exception 1 of Contract search v1.2: criterion hallucination_rate: requested"]
    );
    assert_eq!(open(EntryKind::Freeze).await, ["closing of the year: production: declared"]);
    assert_eq!(closed(EntryKind::Freeze).await, ["move to the new data centre: production: ended"]);
    for (kind, open_ones, closed_ones) in [
        (EntryKind::Emergency, 1, 0),
        (EntryKind::Meeting, 1, 1),
        (EntryKind::Incident, 1, 0),
        (EntryKind::LegalHold, 1, 0),
        (EntryKind::Condition, 2, 0),
    ] {
        let (are, were) = (open(kind).await, closed(kind).await);
        assert_eq!((are.len(), were.len()), (open_ones, closed_ones), "{are:?} {were:?}");
    }
    let model = Some("hiring-screener".parse().unwrap());
    let (kind, which) = (EntryKind::Risk, Which::Open);
    let query = EntryQuery { kind, which, model, after: None, limit: 50 };
    assert_eq!(app.entries(&query).await.unwrap().items.len(), 2, "its own, and a shared one");
    let agent = app.model(&"desk-agent".parse().unwrap()).await.unwrap().state;
    let model = agent.registration.as_ref().map(|one| one.name.clone());
    let query = ReleaseQuery { model, limit: 5, ..ReleaseQuery::default() };
    let release = app.store.releases(&query).await.unwrap().items.remove(0).release;
    let view = app.view(&release).await.unwrap();
    let kinds: BTreeSet<&str> =
        view.release.state.artifacts.iter().map(|one| one.kind.word()).collect();
    assert_eq!(kinds, ["permissions", "prompt", "tools"].into());
    assert_eq!(view.release.state.state_word(), "in_review");
}

#[tokio::test]
async fn a_folder_with_a_real_installation_is_no_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("countersign.db"), b"").unwrap();
    let refused = demo::open(Config::in_folder(folder.path())).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("no demonstration"), "{refused}");
}

#[tokio::test]
async fn a_visitor_acts_as_each_person_without_a_password() {
    let (app, router, _folder) = started().await;
    let page = answer(&router, Request::get("/demo").body(Body::empty()).unwrap()).await;
    let form = cookie_of(&page);
    let csrf = form.strip_prefix("countersign_form=").unwrap().to_owned();
    let page = to_bytes(page.into_body(), usize::MAX).await.unwrap();
    assert!(String::from_utf8_lossy(&page).contains(&csrf));
    for part in CAST {
        let request = Request::post(format!("/demo/act-as/{}", part.handle))
            .header(header::COOKIE, &form)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={csrf}&next=/inbox")))
            .unwrap();
        let response = answer(&router, request).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{}", part.name);
        let session = cookie_of(&response);
        let token = session.strip_prefix("countersign_session=").unwrap();
        let signed_in = app.signed_in(token).await.unwrap().unwrap();
        assert_eq!(signed_in.caller.name, part.name);
    }
}

#[tokio::test]
async fn another_site_cannot_make_a_visitor_act_as_somebody() {
    let (_app, router, _folder) = started().await;
    let request = Request::post("/demo/act-as/rivera")
        .header(header::COOKIE, "countersign_form=form_a")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("csrf=form_b"))
        .unwrap();
    let response = answer(&router, request).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(!response.headers().contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn an_installation_in_use_has_no_way_to_act_as_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path());
    let app = countersign::boot::open(config, countersign::clock::Clock::Machine).await.unwrap();
    let router = serve::router(app);
    let request = Request::post("/demo/act-as/rivera").body(Body::empty()).unwrap();
    assert_eq!(answer(&router, request).await.status(), StatusCode::NOT_FOUND);
}

/// The commands the demonstration prints lead from a request to an allow, as they stand there.
#[tokio::test(flavor = "multi_thread")]
async fn the_printed_tour_ends_with_a_verdict_that_says_allow() {
    let folder = tempfile::tempdir().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = Config::in_folder(folder.path());
    config.public_url = format!("http://{}", listener.local_addr().unwrap());
    let app = demo::open(config).await.unwrap();
    let script = demo::tour::script(&app).await.unwrap();
    let (_, script) = script.split_once('\n').unwrap();
    let program = env!("CARGO_BIN_EXE_countersign");
    let script = format!("countersign() {{ '{program}' \"$@\"; }}\nset -e\n{script}");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(serve::serve(app, listener, async {
        let _ = stopped.await;
    }));
    let output = tokio::task::spawn_blocking(move || {
        std::process::Command::new("sh").arg("-c").arg(script).output().unwrap()
    });
    let output = output.await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("exit code 1: not yet"), "{said}\n{complained}");
    assert!(said.contains("exit code 0: it may run"), "{said}\n{complained}");
    drop(stop);
    served.await.unwrap().unwrap();
}
