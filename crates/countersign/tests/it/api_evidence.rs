//! Evidence: streamed in, read, sent out as a download that nothing runs.

use crate::api_path::{self as path, metrics, scan, show};
use crate::world::World;
use axum::body::Body;
use countersign_core::actor::Scope;
use countersign_core::digest::Sha256;
use serde_json::json;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

#[tokio::test]
async fn a_file_is_kept_by_digest_read_and_sent_back_as_it_was() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let machine = world.machine(&[Scope::Evidence, Scope::Read]).await;
    let about = format!("/releases/{id}/evidence?name=..%2Fsc%C3%A4n.sarif&item=security_tests");
    let attached = machine.send(&about, scan("9.8")).await.ok();
    assert_eq!(attached["sha256"], Sha256::of(scan("9.8").as_bytes()).to_string());
    assert_eq!((&attached["evidence"], &attached["format"]), (&json!("e1"), &json!("sarif-2.1.0")));
    assert_eq!(attached["read"], 1);

    let one = format!("/releases/{id}/evidence/e1");
    let shown = machine.get(&one).await.ok();
    assert_eq!(shown["name"], "scän.sarif");
    assert_eq!(shown["reading"]["findings"][0]["severity"], "critical");
    assert_eq!(shown["opened_by"], json!([]));

    let sent = machine.get(&format!("{one}/content")).await;
    assert_eq!(sent.text(), scan("9.8"));
    assert_eq!(sent.header("x-content-type-options"), "nosniff");
    assert_eq!(sent.header("content-security-policy"), "default-src 'none'; sandbox");
    assert!(sent.header("content-disposition").starts_with("attachment; filename=\"sc_n.sarif\""));
    assert_eq!(sent.header("content-type"), "application/octet-stream");
}

///
#[tokio::test]
async fn opening_evidence_is_recorded_once_for_each_person() {
    let world = World::new().await;
    let id = path::prepared(&world).await;
    let content = format!("/releases/{id}/evidence/e1/content");
    for _ in 0..2 {
        assert_eq!(world.person("kovacs").get(&content).await.status, 200);
    }
    let shown = world.person("kovacs").get(&format!("/releases/{id}/evidence/e1")).await.ok();
    assert_eq!(shown["opened_by"], json!(["B. Kovacs"]));
    let timeline = show(&world.person("kovacs"), &id).await["timeline"].clone();
    let opened =
        timeline.as_array().unwrap().iter().filter(|one| one["event"] == "evidence_opened");
    assert_eq!(opened.count(), 1);
}

#[tokio::test]
async fn a_broken_file_is_refused_with_its_place_and_nothing_is_kept() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let broken = "{\n  \"version\": \"2.1.0\",\n  \"runs\": [";
    let about = format!("/releases/{id}/evidence?name=scan.sarif&item=security_tests");
    let problem = rivera.send(&about, broken).await.refused(422, "evidence.unreadable");
    assert!(problem["reasons"][0]["place"].as_str().unwrap().contains("line 3"), "{problem}");
    assert!(!world.app.blobs.exists(&Sha256::of(broken.as_bytes())).unwrap());
    assert_eq!(show(&rivera, &id).await["evidence"], json!([]));
}

#[tokio::test]
async fn a_file_the_rules_do_not_take_leaves_nothing_behind() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let about = |target: &str| format!("/releases/{id}/evidence?name=notes.txt&{target}");
    let rivera = world.person("rivera");
    let card = rivera.send(&about("item=model_card"), "just words").await;
    card.refused(422, "evidence.not_accepted");
    let missing = rivera.send(&about("item=nothing"), "just words").await;
    missing.refused(404, "not_found");
    let newcomer = world.person("newcomer").send(&about("item=model_card"), "just words").await;
    newcomer.refused(403, "actor.not_permitted");
    let reader = world.machine(&[Scope::Read]).await;
    let scope = reader.send(&about("item=model_card"), "just words").await;
    scope.refused(403, "token.scope_missing");
    assert!(!world.app.blobs.exists(&Sha256::of(b"just words")).unwrap());
}

#[tokio::test]
async fn a_file_larger_than_the_server_takes_is_cut_off() {
    let mut world = World::empty(|config| {
        config.store_url = Some("memory:".into());
        config.max_upload = 1000;
    })
    .await;
    world.populate().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let about = format!("/releases/{id}/evidence?name=metrics.json&item=evaluation_results");
    let problem = rivera.send(&about, vec![b' '; 1001]).await.refused(413, "request.too_large");
    assert!(problem["detail"].as_str().unwrap().contains("1000 bytes"));
    let announced = rivera.clone().with("content-length", "5000");
    announced.send(&about, Body::empty()).await.refused(413, "request.too_large");
    rivera.send(&about, metrics()).await.ok();
}

/// A file of this many bytes that arrives in many chunks, and whether it arrives whole.
struct Arriving {
    left: usize,
    end: io::Result<()>,
}

impl AsyncRead for Arriving {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let now = self.left.min(into.remaining());
        if now == 0 {
            return Poll::Ready(std::mem::replace(&mut self.end, Ok(())));
        }
        into.put_slice(&vec![b'x'; now]);
        self.left -= now;
        Poll::Ready(Ok(()))
    }
}

/// On disk: a file beyond what readers take is kept as it is, in many chunks and both ways.
#[tokio::test]
async fn a_file_too_large_to_be_read_is_kept_with_a_warning() {
    let mut world = World::empty(|_| {}).await;
    world.populate().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let step = show(&rivera, &id).await["steps"][2]["step"].clone();
    let about = format!("/releases/{id}/evidence?name=log.jsonl&step={}", step.as_str().unwrap());
    let size = 64 * 1024 * 1024 + 1;
    let file = Body::from_stream(ReaderStream::new(Arriving { left: size, end: Ok(()) }));
    let attached = rivera.send(&about, file).await.ok();
    assert_eq!((&attached["size"], &attached["format"]), (&json!(size), &json!(null)));
    assert!(attached["warnings"][0].as_str().unwrap().contains("64 MiB"), "{attached}");
    let sent = rivera.get(&format!("/releases/{id}/evidence/e1/content")).await;
    assert_eq!(Sha256::of(&sent.body).to_string(), attached["sha256"].as_str().unwrap());
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let about = format!("/releases/{id}/evidence?name=m.json&item=evaluation_results");
    let end = Err(io::Error::other("the line is dead"));
    let file = Body::from_stream(ReaderStream::new(Arriving { left: 100_000, end }));
    let problem = rivera.send(&about, file).await.refused(400, "request.malformed");
    assert!(problem["detail"].as_str().unwrap().contains("broke off"), "{problem}");
    assert_eq!(show(&rivera, &id).await["evidence"], json!([]));
    assert!(!world.app.blobs.exists(&Sha256::of(&vec![b'x'; 100_000])).unwrap());
}

#[tokio::test]
async fn what_a_file_is_evidence_for_has_to_be_said() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    for (query, place) in [
        ("item=model_card", "name"),
        ("name=a.md", "item"),
        ("name=a.md&item=model_card&step=x", "item"),
        ("name=..&item=model_card", "name"),
        ("name=a.md&item=model_card&colour=red", "colour"),
        ("name=a.md&item=Model%20Card", "item"),
        ("name=a.md&item=model_card&redacted=perhaps", "redacted"),
    ] {
        let answer = rivera.send(&format!("/releases/{id}/evidence?{query}"), "x").await;
        let problem = answer.refused(400, "request.malformed");
        assert_eq!(problem["reasons"][0]["place"], place, "{query}: {problem}");
    }
    let nowhere = rivera.send("/releases/r-none/evidence?name=a.md&item=model_card", "x").await;
    nowhere.refused(404, "not_found");
    rivera.get(&format!("/releases/{id}/evidence/e9")).await.refused(404, "not_found");
    rivera.get(&format!("/releases/{id}/evidence/e9/content")).await.refused(404, "not_found");
}

///
#[tokio::test]
async fn an_open_critical_finding_is_closed_by_somebody_the_policy_names() {
    let world = World::new().await;
    let id = path::prepared(&world).await;
    let rivera = world.person("rivera");
    let about = format!("/releases/{id}/evidence?name=s.sarif&item=security_tests");
    let attached = rivera.send(&about, scan("9.8")).await.ok();
    let one = format!("/releases/{id}/evidence/{}", attached["evidence"].as_str().unwrap());
    let finding = rivera.get(&one).await.ok()["reading"]["findings"][0]["id"].clone();
    let closing = json!({"finding": finding, "reason": "The log is off in production."});
    let criterion = async || {
        let criteria = show(&world.person("weber"), &id).await["criteria"].clone();
        let named = |one: &&serde_json::Value| one["criterion"] == "no_critical_finding";
        criteria.as_array().unwrap().iter().find(named).unwrap()["outcome"].clone()
    };
    assert_eq!(criterion().await, "unmet");
    let close = format!("{one}/close-finding");
    rivera.post(&close, closing.clone()).await.refused(403, "actor.not_permitted");
    world.person("weber").post(&close, closing).await.ok();
    assert_eq!(criterion().await, "met");
    let shown = rivera.get(&one).await.ok();
    assert_eq!(shown["closed_findings"][0]["reason"], "The log is off in production.");
    rivera.post(&format!("{one}/withdraw"), json!({"reason": "Old."})).await.ok();
    assert_eq!(rivera.get(&one).await.ok()["withdrawn"], true);
}

#[tokio::test]
async fn an_upload_repeated_under_its_key_attaches_once() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera").with("Idempotency-Key", "upload-1");
    let about = format!("/releases/{id}/evidence?name=m.json&item=evaluation_results");
    let first = rivera.send(&about, metrics()).await.ok();
    assert_eq!(rivera.send(&about, metrics()).await.ok(), first);
    rivera.send(&about, scan("1.0")).await.refused(412, "request.stale");
    assert_eq!(show(&rivera, &id).await["evidence"].as_array().unwrap().len(), 1);
}
