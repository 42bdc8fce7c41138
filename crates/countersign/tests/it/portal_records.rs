//! Records through the portal alone: a purge by two people, a hold in between, and a copy.

use crate::api_path;
use crate::portal_browser::Browser;
use crate::world::World;
use serde_json::json;

///
#[tokio::test]
async fn evidence_is_held_and_then_purged_by_two_people_at_a_browser() {
    let world = World::new().await;
    let id = api_path::reviewed(&world).await;
    let no = json!({"role": "model_owner", "reason": "other", "text": "Too slow."});
    world.person("rivera").post(&format!("/releases/{id}/reject"), no).await.ok();
    world.at("2036-06-02T09:00:00Z");
    let path = format!("/releases/{id}/records");

    let mut rivera = Browser::of(&world, "rivera").await;
    rivera.open(&format!("/releases/{id}")).await;
    rivera.says("counted from the decision").says("All records, holds and copies");
    rivera.open(&path).await;
    rivera.says("Documents of evidence").says("Download a copy");
    let propose = rivera.form(&format!("{path}/propose"));
    rivera.send(propose).await;
    rivera.says("This needs a text");
    let propose =
        rivera.form(&format!("{path}/propose")).fill("reason-propose", "ten years are over");
    rivera.send(propose).await;
    rivera.says("Proposed by J. Rivera");

    let mut dubois = Browser::of(&world, "dubois").await;
    dubois.open(&path).await;
    let hold = dubois.form(&format!("{path}/hold")).fill("reason-hold", "a court asks");
    dubois.send(hold).await;
    dubois.says("Stands");
    let lift = dubois.form(&format!("{path}/lift-1")).fill("reason-lift-1", "the case is closed");
    dubois.send(lift).await;
    dubois.says("Lifted by C. Dubois");

    // The proposal is older than the hold: it is taken back and made anew.
    world.at("2036-06-02T10:00:00Z");
    rivera.open(&path).await;
    let refuse = rivera.form(&format!("{path}/refuse-1")).fill("reason-refuse-1", "made anew");
    rivera.send(refuse).await;
    let propose =
        rivera.form(&format!("{path}/propose")).fill("reason-propose", "ten years are over");
    rivera.send(propose).await;

    let mut okafor = Browser::of(&world, "okafor").await;
    okafor.open("/inbox").await;
    okafor.says("Decide about the purge of evidence");
    okafor.open(&path).await;
    let confirm = okafor.form(&format!("{path}/confirm-2"));
    okafor.send(confirm).await;
    okafor.says("purged 2036-06-02");
    okafor.open(&format!("/releases/{id}/evidence/e1")).await;
    okafor.says("because: ten years are over").says("What was read from it stays");
}

#[tokio::test]
async fn a_person_is_erased_at_a_browser() {
    let world = World::new().await;
    let path = format!("/people/{}", world.id("newcomer"));
    let mut admin = Browser::of(&world, "admin").await;
    admin.open(&path).await;
    let erase = admin.form(&format!("{path}/erase"));
    admin.send(erase).await;
    admin.says("This needs a text");
    let erase = admin.form(&format!("{path}/erase")).fill("reason", "asked for it");
    admin.send(erase).await;
    let gone = world.app.store.person(&world.id("newcomer")).await.unwrap();
    assert_eq!(gone, None);
}

#[tokio::test]
async fn the_texts_of_an_event_are_erased_at_a_browser() {
    let world = World::new().await;
    let id = api_path::requested(&world).await;
    let list = format!("/texts?stream=release/{id}");
    let mut rivera = Browser::of(&world, "rivera").await;
    rivera.open(&list).await;
    assert_eq!(rivera.page.status, 403);
    let mut auditor = Browser::of(&world, "audrey").await;
    auditor.open(&list).await;
    auditor.says("A first adapter.");
    assert!(!auditor.text().contains("for good"));

    let mut admin = Browser::of(&world, "admin").await;
    admin.open(&format!("/releases/{id}/records")).await;
    admin.says("erasing it on request");
    admin.open(&list).await;
    admin.says("Requested").says("A first adapter.");
    let erase = admin.form_to("/texts");
    admin.send(erase.clone()).await;
    admin.says("This needs a text");
    admin.send(erase.fill("reason-1", "a customer is named in it")).await;
    assert!(!admin.text().contains("A first adapter."), "{}", admin.text());
    admin.open(&format!("/releases/{id}")).await;
    admin.says("this text was erased");
}

#[tokio::test]
async fn whoever_leaves_is_let_in_no_longer_at_a_browser() {
    let world = World::new().await;
    let path = format!("/people/{}", world.id("chen"));
    let mut admin = Browser::of(&world, "admin").await;
    admin.open(&path).await;
    let leave = admin.form(&format!("{path}/disable"));
    admin.send(leave).await;
    admin.says("is let in no longer, since").says("None yet.");
    let own = format!("/people/{}", world.id("admin"));
    admin.open(&own).await;
    let leave = admin.form(&format!("{own}/disable"));
    admin.send(leave).await;
    assert_eq!(admin.page.status, 422);
}
