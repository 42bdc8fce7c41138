//! The calendar, change windows, freezes and a scheduled release through the portal alone.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::World;

#[tokio::test]
async fn windows_and_freezes_are_kept_on_the_calendar_page() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let release = format!("/releases/{id}");
    let mut petrov = Browser::of(&world, "petrov").await;
    petrov.open("/calendar").await;
    petrov.says("Something new may be deployed at any time");
    assert!(!petrov.page.source.contains("Declare the freeze"), "whoever deploys is shown no form");

    let mut lead = Browser::of(&world, "haddad").await;
    lead.open("/entries/freeze").await;
    lead.says("Declare a freeze");
    lead.open("/calendar").await;
    let form = lead.form("/calendar/windows/production").fill("windows-production", "mondays");
    lead.send(form).await;
    lead.says("is no change window: write its days and times");
    let form = lead.form("/calendar/windows/production");
    lead.send(form.fill("windows-production", "mon-fri 06:00-20:00")).await;
    lead.says("mon-fri 06:00-20:00");
    let form = lead.form("/calendar/freezes").fill("name", "Year end");
    let form = form.fill("environments", "production").fill("until", "2026-05-13T08:00");
    lead.send(form).await;
    lead.says("This needs a text");
    let form = lead.form("/calendar/freezes").fill("reason", "The books are closed.");
    lead.send(form).await;
    lead.says("Freeze: Year end");

    let mut owner = Browser::of(&world, "rivera").await;
    owner.open(&release).await;
    owner.says("It is approved, and waits. production: the environment is frozen");
    let lift = lead.form("/calendar/freezes/1/lift").fill("lift-1", "They are closed early.");
    lead.send(lift).await;
    owner.open(&release).await;
    owner.says("The gate is open");
}

#[tokio::test]
async fn the_calendar_is_set_line_by_line() {
    let world = World::new().await;
    let mut admin = Browser::of(&world, "admin").await;
    admin.open("/calendar").await;
    let form = admin.form("/calendar").fill("zone", "Europe/Berlin").fill("closes", "16:30");
    let form = form.fill("holidays", "2026-12-25 Christmas\nXmas");
    admin.send(form).await;
    admin.says("begins with no day: write 2026-12-25 Christmas");
    let form = admin.form("/calendar").fill("holidays", "2026-12-25 Christmas\n2026-12-26");
    admin.send(form).await;
    admin.says("Europe/Berlin").says("2 holidays").says("Christmas");
}

/// I-09
#[tokio::test]
async fn a_release_is_asked_for_ahead_of_its_time() {
    let world = World::new().await;
    path::requested(&world).await;
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open("/releases/new?model=summarizer").await;
    let form = owner.form("/releases/new").fill("title", "summarizer v2");
    let form = form.fill("change", "new_model").fill("summary", "Another adapter.");
    let form = form.fill("artifacts[0].name", "ckpt-9").fill("artifacts[0].kind", "adapter");
    let form = form.fill("artifacts[0].digest", path::ADAPTER);
    owner.send(form.fill("not_before", "2026-06-01T20:00")).await;
    owner.says("Check your answers").says("from 1 Jun 2026, 20:00 UTC on");
    let form = owner.form("/releases/new").press("go", "send");
    owner.send(form).await;
    owner.says("Release requested");
    let release = owner.page.path.trim_end_matches("/done/requested").to_owned();
    owner.open(&release).await;
    owner.says("May be deployed").says("from 1 Jun 2026, 20:00 UTC on");
    owner.says("Change the time of the deployment");
    let schedule = format!("{release}/schedule");
    owner.open(&schedule).await;
    assert!(owner.page.source.contains("2026-06-01T20:00"), "the form holds what is so");
    let form = owner.form(&schedule).fill("not_after", "2026-06-01T19:00");
    owner.send(form).await;
    owner.says("A schedule ends after it begins");
    let form = owner.form(&schedule).fill("not_after", "2026-06-02T04:00");
    owner.send(form).await;
    owner.open(&release).await;
    owner.says("from 1 Jun 2026, 20:00 UTC until 2 Jun 2026, 04:00 UTC");
}
