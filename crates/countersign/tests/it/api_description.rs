//! The description of the API: checked in, and true.

use crate::world::World;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_description_checked_in_is_the_one_served() {
    let path = root().join("docs/reference/openapi.json");
    let described = format!("{:#}\n", countersign::api::document());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &described).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == described, "docs/reference/openapi.json is old: run with UPDATE_EXPECT=1");
}

#[tokio::test]
async fn the_description_is_served_to_anybody_and_names_every_endpoint() {
    let world = World::without_policy().await;
    let described = world.nobody().get("/openapi.json").await.ok();
    assert_eq!(described["openapi"], "3.1.0");
    let operations = described["paths"].as_object().unwrap().values();
    let operations: usize = operations.map(|path| path.as_object().unwrap().len()).sum();
    assert!(operations >= 60, "{operations}");
    let health = world.nobody().get("/health").await.ok();
    assert_eq!(health["status"], "ok");
}

#[test]
fn every_operation_says_what_it_does_and_what_a_refusal_looks_like() {
    let described = countersign::api::document();
    let mut names = BTreeSet::new();
    for (path, operations) in described["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let which = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{which} has no summary");
            assert!(operation["tags"][0].is_string(), "{which} has no tag");
            assert!(names.insert(operation["operationId"].to_string()), "{which} has a twin");
            assert!(!operation.to_string().contains(":null"), "{which} says null");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("200"), "{which}");
            let refusal = responses.keys().any(|status| status.ends_with("XX"));
            assert!(refusal || path == "/openapi.json", "{which} never refuses");
        }
    }
}

#[test]
fn only_these_endpoints_answer_anybody() {
    let mut open = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api"), &mut open);
    open.sort();
    assert_eq!(open, ["health::health", "health::openapi", "me::login", "setup::setup"]);
}

/// Every handler under a folder that takes `Anyone`, as `file::function`.
fn visit(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for handler in text.split("pub async fn ").skip(1) {
            let signature = handler.split('{').next().unwrap();
            if signature.contains(": Anyone") {
                let name = signature.split(['(', '<']).next().unwrap();
                let file = path.file_stem().unwrap().to_string_lossy();
                found.push(format!("{file}::{name}"));
            }
        }
    }
}
