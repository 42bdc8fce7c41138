//! Change windows, freezes and scheduled deployments over HTTP.

use crate::api_path as path;
use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::json;

#[tokio::test]
async fn a_freeze_turns_the_verdict_and_says_until_when_and_who_lifts_it() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let (rivera, haddad, petrov) =
        (world.person("rivera"), world.person("haddad"), world.person("petrov"));
    let freeze = json!({
        "name": "year end", "environments": ["production"], "until": "2026-05-12",
        "reason": "The books are closed.",
    });
    petrov.post("/freezes", freeze.clone()).await.refused(403, "actor.not_permitted");
    let machine = world.machine(&Scope::ALL).await;
    machine.post("/freezes", freeze.clone()).await.refused(403, "actor.people_only");
    haddad.post("/freezes", freeze).await.ok();
    let denied = path::verdict(&rivera).await;
    assert_eq!(denied["verdict"], "deny");
    let reason = &denied["reasons"][0];
    assert_eq!(reason["code"], "environment.frozen");
    assert_eq!(reason["until"], "2026-05-13T00:00:00Z", "a day means its last moment");
    assert_eq!(reason["lifted_by"], json!(["administrator", "ai_governance_lead"]));
    let deployments = format!("/releases/{id}/deployments");
    let production = json!({"environment": "production"});
    rivera.post(&deployments, production.clone()).await.refused(409, "deployment.denied");
    let listed = rivera.get("/entries/freeze").await.ok();
    assert_eq!(
        (&listed["items"][0]["title"], &listed["items"][0]["state"]),
        (&json!("year end: production"), &json!("declared"))
    );
    let shown = rivera.get("/environments").await.ok();
    assert_eq!(shown["items"][0]["freezes"][0]["name"], "year end");
    let why = json!({"reason": "It is over."});
    petrov.post("/freezes/1/lift", why.clone()).await.refused(403, "actor.not_permitted");
    world.person("admin").post("/freezes/1/lift", why.clone()).await.ok();
    world.person("admin").post("/freezes/1/lift", why).await.refused(409, "nothing_to_do");
    rivera.post(&deployments, production).await.ok();
}

#[tokio::test]
async fn what_runs_is_allowed_outside_every_window_and_says_so() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let (rivera, admin) = (world.person("rivera"), world.person("admin"));
    let windows = "/environments/production/windows";
    let wrong = json!({"windows": ["mon-fri 9-16"]});
    let problem = admin.put(windows, wrong).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "windows[0]");
    let sunday = json!({"windows": ["sun 03:00-04:00"]});
    rivera.put(windows, sunday.clone()).await.refused(403, "actor.not_permitted");
    let production = json!({"environment": "production"});
    rivera.post(&format!("/releases/{id}/deployments"), production).await.ok();
    admin.put(windows, sunday).await.ok();
    assert_eq!(rivera.get("/environments").await.ok()["items"][0]["windows"][0], "sun 03:00-04:00");
    let runs = path::verdict(&rivera).await;
    assert_eq!((&runs["verdict"], &runs["reasons"]), (&json!("allow"), &json!([])));
    assert_eq!(runs["despite"][0]["code"], "environment.outside_window");
}

/// I-09
#[tokio::test]
async fn a_release_is_scheduled_until_it_is_decided_and_allowed_in_its_time() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    let rivera = world.person("rivera");
    let schedule = format!("/releases/{id}/schedule");
    let over = json!({"not_after": "2026-05-10"});
    rivera.put(&schedule, over).await.refused(422, "time.wrong_order");
    let june = json!({"not_before": "2026-06-01", "not_after": "2026-06-02"});
    rivera.put(&schedule, june.clone()).await.ok();
    path::approve(&world, &id, "model_owner").await;
    path::approve(&world, &id, "security_operations_lead").await;
    let shown = path::show(&rivera, &id).await;
    let whole = json!({
        "not_before": "2026-06-01T00:00:00Z", "not_after": "2026-06-03T00:00:00Z",
    });
    assert_eq!(shown["schedule"], whole);
    assert_eq!(shown["blockers"][0]["code"], "release.not_yet");
    rivera.put(&schedule, json!({})).await.refused(409, "release.wrong_state");
    let early = path::verdict(&rivera).await;
    assert_eq!(early["reasons"][0]["code"], "release.not_yet");
    world.app.clock.set("2026-06-02T23:50:00Z".parse().unwrap());
    let again = world
        .app
        .personal_token(
            &world.app.store.person(&world.id("rivera")).await.unwrap().unwrap(),
            "tests",
        )
        .await
        .unwrap();
    let rivera = world.bearer(&again.token);
    let allowed = path::verdict(&rivera).await;
    assert_eq!(allowed["valid_until"], "2026-06-03T00:00:00Z");
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Christmas\r\n\
    DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[tokio::test]
async fn holidays_of_a_file_join_those_there_are_or_take_their_place() {
    let world = World::without_policy().await;
    let (admin, chen) = (world.person("admin"), world.person("chen"));
    let berlin = json!({
        "zone": "Europe/Berlin", "closes": "17:00", "holidays": ["2026-10-03"],
        "names": {"2026-10-03": "Unity"},
    });
    admin.put("/calendar", berlin).await.ok();
    chen.send("/calendar/import", HOLIDAYS).await.refused(403, "actor.not_permitted");
    let dry = admin.send("/calendar/import?dry_run=true", HOLIDAYS).await.ok();
    assert_eq!(dry["holidays"][1], json!({"day": "2026-12-26", "name": "Christmas", "new": true}));
    assert!(dry["receipt"].is_null());
    assert_eq!(chen.get("/calendar").await.ok()["holidays"], json!(["2026-10-03"]));
    admin.send("/calendar/import", HOLIDAYS).await.ok();
    let joined = chen.get("/calendar").await.ok();
    assert_eq!(joined["holidays"], json!(["2026-10-03", "2026-12-25", "2026-12-26"]));
    assert_eq!(joined["names"]["2026-10-03"], "Unity");
    admin.send("/calendar/import?replace=true", HOLIDAYS).await.ok();
    let replaced = chen.get("/calendar").await.ok();
    assert_eq!(replaced["holidays"], json!(["2026-12-25", "2026-12-26"]));
    assert!(replaced["names"]["2026-10-03"].is_null());
    let timed = HOLIDAYS.replace(";VALUE=DATE:20261225", ":20261225T180000Z");
    let problem = admin.send("/calendar/import", timed).await.refused(422, "calendar.faulty");
    assert_eq!(problem["reasons"][0]["place"], "line 4, column 1");
    let unchanged = chen.get("/calendar").await.ok();
    assert_eq!(unchanged, replaced);
}

#[tokio::test]
async fn a_calendar_without_a_working_day_is_refused() {
    let world = World::without_policy().await;
    let whole_year = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Closed\nDTSTART;VALUE=DATE:20260101\n\
        DTEND;VALUE=DATE:20270101\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\n\
        DTEND;VALUE=DATE:20270601\nEND:VEVENT\nEND:VCALENDAR\n";
    let admin = world.person("admin");
    admin.send("/calendar/import", whole_year).await.refused(422, "answers.invalid");
}
