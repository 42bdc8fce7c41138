//! Which records answer which clause, and the lists beside the releases, over HTTP.

use crate::api_path as path;
use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::{Value, json};

fn clause<'v>(report: &'v Value, id: &str) -> &'v Value {
    let clauses = report["releases"][0]["clauses"].as_array().unwrap();
    clauses.iter().find(|clause| clause["clause"] == id).unwrap()
}

///
#[tokio::test]
async fn a_framework_is_reported_clause_by_clause_with_both_numberings() {
    let world = World::new().await;
    let reader = world.machine(&[Scope::Read]).await;
    let listed = reader.get("/frameworks").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    let nothing = reader.get("/frameworks/iso-42001/report").await.ok();
    assert_eq!(nothing["releases"], json!([]));

    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    path::approve(&world, &id, "security_operations_lead").await;
    let report = reader.get("/frameworks/iso-42001/report").await.ok();
    let tested = clause(&report, "A.6.2.4");
    assert_eq!(tested["cited"], "Clause 8.4 (verification and validation)");
    assert_eq!(tested["records"][0], json!({"record": "item evaluation_results", "held": "held"}));
    let deployed = clause(&report, "A.6.2.5");
    let held = deployed["records"].as_array().unwrap().iter().map(|one| one["held"].clone());
    assert_eq!(held.collect::<Vec<_>>(), ["held", "held", "not_yet"]);
    assert_eq!(report["has_gaps"], false);

    let act = reader.get(&format!("/frameworks/eu-ai-act/report?release={id}")).await.ok();
    let article = clause(&act, "Article 43");
    assert_eq!(
        (&article["applies"], &article["binds_from"]),
        (&json!(false), &json!("2027-12-02"))
    );
    reader.get("/frameworks/hipaa/report").await.refused(404, "not_found");
    reader.get("/frameworks/iso-42001/report?release=r-0").await.refused(404, "not_found");
}

///
#[tokio::test]
async fn a_list_beside_the_releases_is_paged_and_an_unknown_one_is_named() {
    let world = World::new().await;
    let reader = world.machine(&[Scope::Read]).await;
    let conditions = reader.get("/entries/condition?which=open").await.ok();
    assert_eq!(conditions["items"], json!([]));
    let problem = reader.get("/entries/conditoin").await;
    assert!(problem.text().contains("use condition"), "{}", problem.text());
    reader.get("/entries/condition?which=some").await.refused(400, "request.malformed");
}
