//! Notices on pages: found behind the inbox, marked as read, and what could not be delivered.

use super::ops_house::{deployed, house};
use super::portal_browser::Browser;
use countersign::jobs::notices::find;
use jiff::SignedDuration;

///
#[tokio::test]
async fn the_owner_finds_a_reminder_behind_the_inbox_and_marks_it() {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    deployed(&world, "summarizer v1").await;
    world.app.clock.advance(SignedDuration::from_hours(40));
    find(&world.app).await.unwrap();
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open("/inbox").await;
    owner.says("new notice");
    owner.open("/notices").await;
    owner.says("Confirm operation in production for summarizer v1").says("Reminder");
    let form = owner.form("/notices");
    owner.send(form).await;
    owner.open("/inbox").await;
    assert!(!owner.text().contains("new notice"));
    let mut admin = Browser::of(&world, "admin").await;
    admin.open("/notices/undelivered").await;
    admin.says("Nothing was given up.");
    owner.open("/notices/undelivered").await;
    assert_eq!(owner.page.status, 403);
}

#[tokio::test]
async fn an_administrator_changes_an_address_on_the_page_of_a_person() {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    let mut admin = Browser::of(&world, "admin").await;
    let person = format!("/people/{}", world.id("rivera"));
    admin.open(&person).await;
    let path = format!("{person}/address");
    let wrong = admin.form(&path).fill("email", "nobody");
    admin.send(wrong).await;
    assert_eq!(admin.page.status, 422);
    admin.says("There is a problem");
    let right = admin.form(&path).fill("email", "jo.rivera@example.org");
    admin.send(right).await;
    admin.says("jo.rivera@example.org");
}
