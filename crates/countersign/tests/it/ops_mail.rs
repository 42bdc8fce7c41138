//! Notices by e-mail: a mail server on loopback that speaks SMTP, and what becomes of a mail it
//! takes, puts off, or refuses.

use super::ops_house::{deployed, house};
use super::ops_smtp::Server;
use super::world::World;
use countersign::config::{Mail, MailSecurity};
use countersign::jobs::notices::{deliver_due, find, hand_out};
use countersign::jobs::sweeper::sweep;
use jiff::SignedDuration;

async fn mailing(server: &Server) -> World {
    let port = server.port;
    let world = house(|config| {
        config.store_url = Some("memory:".into());
        config.mail = Some(Mail {
            server: "127.0.0.1".into(),
            port,
            security: MailSecurity::None,
            credentials: None,
            from: "Countersign <gate@example.org>".parse().unwrap(),
        });
    })
    .await;
    deployed(&world, "summarizer v1").await;
    quiet(&world).await;
    world
}

/// What came before is handed out and sent, so that a test hears only what it causes.
async fn quiet(world: &World) {
    hand_out(&world.app).await.unwrap();
    while deliver_due(&world.app).await.unwrap() > 0 {}
}

async fn pass(world: &World) {
    sweep(&world.app).await.unwrap();
    hand_out(&world.app).await.unwrap();
    deliver_due(&world.app).await.unwrap();
}

///
#[tokio::test]
async fn a_reminder_is_mailed_once_with_its_link_and_nothing_telling_in_the_subject() {
    let server = Server::saying(&["250 ok"]).await;
    let world = mailing(&server).await;
    server.forget();
    world.app.clock.advance(SignedDuration::from_hours(40));
    pass(&world).await;
    pass(&world).await;
    let mail = server.received();
    assert_eq!(mail.len(), 1, "{mail:?}");
    assert!(mail[0].to.contains("rivera@example.org"));
    let text = &mail[0].text;
    let subject = text.lines().find(|line| line.starts_with("Subject: ")).unwrap();
    assert!(subject.starts_with("Subject: Reminder: due 2026-05-1"), "{subject}");
    assert!(!subject.contains("summarizer"));
    assert!(text.contains("Confirm operation in production for summarizer v1"), "{text}");
    assert!(text.contains("/releases/r-") && text.contains("/confirm/production"), "{text}");
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert!(text.contains("Message-ID: <n-"));
}

///
#[tokio::test]
async fn an_escalation_reaches_every_holder_of_the_role_and_a_clock_set_back_sends_nothing_twice() {
    let server = Server::saying(&["250 ok"]).await;
    let world = mailing(&server).await;
    world.app.clock.advance(SignedDuration::from_hours(40));
    pass(&world).await;
    server.forget();
    world.app.clock.advance(SignedDuration::from_hours(9));
    pass(&world).await;
    let late: Vec<_> = server.received();
    assert!(late.iter().all(|mail| mail.text.contains("Subject: Late: was due")), "{late:?}");
    assert!(late.iter().any(|mail| mail.to.contains("haddad@example.org")), "{late:?}");
    server.forget();
    world.app.clock.set("2026-05-11T09:00:00Z".parse().unwrap());
    for hours in [1, 39, 1, 9] {
        world.app.clock.advance(SignedDuration::from_hours(hours));
        pass(&world).await;
    }
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn a_mail_put_off_comes_again_under_the_same_identifier() {
    let server = Server::saying(&["250 ok"]).await;
    let world = mailing(&server).await;
    server.now_saying(&["451 later", "250 ok"]);
    world.app.clock.advance(SignedDuration::from_hours(40));
    pass(&world).await;
    deliver_due(&world.app).await.unwrap();
    assert_eq!(server.received().len(), 1, "the next attempt waits its time");
    world.app.clock.advance(SignedDuration::from_mins(10));
    deliver_due(&world.app).await.unwrap();
    let ids: Vec<String> = server.received().iter().map(|mail| mail.id()).collect();
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_given_up_and_listed() {
    let server = Server::saying(&["550 no such mailbox"]).await;
    let world = mailing(&server).await;
    world.app.clock.advance(SignedDuration::from_hours(40));
    pass(&world).await;
    let listed = world.person("admin").get("/notices/undelivered").await.ok();
    let first = &listed["items"][0];
    assert_eq!((&first["channel"], &first["attempts"]), (&"email".into(), &1.into()), "{listed}");
    assert!(first["error"].as_str().unwrap().contains("550"), "{listed}");
    world.person("rivera").get("/notices/undelivered").await.refused(403, "actor.not_permitted");
    // Whoever it was for finds it all the same.
    let told = world.person("rivera").get("/notices?unread=true").await.ok();
    assert!(told.to_string().contains("reminder"), "{told}");
}

#[tokio::test]
async fn a_server_killed_before_it_noted_the_mail_sends_it_again_and_tells_nobody_twice() {
    let server = Server::saying(&["250 ok"]).await;
    let world = mailing(&server).await;
    server.forget();
    world.app.clock.advance(SignedDuration::from_hours(40));
    find(&world.app).await.unwrap();
    hand_out(&world.app).await.unwrap();
    // Another server took the message, and ended before it said what became of it.
    let due = world.app.store.dispatches_due(world.app.clock.now(), 10).await.unwrap();
    let until = world.app.clock.now() + SignedDuration::from_mins(5);
    assert!(world.app.store.take_dispatch(&due[0].dispatch, until).await.unwrap());
    pass(&world).await;
    assert_eq!(server.received(), []);
    world.app.clock.advance(SignedDuration::from_mins(6));
    pass(&world).await;
    assert_eq!(server.received().len(), 1);
    let told = world.person("rivera").get("/notices").await.ok();
    let reminders = told["items"].as_array().unwrap().iter();
    assert_eq!(reminders.filter(|one| one["kind"] == "reminder").count(), 1);
}

#[tokio::test]
async fn two_servers_over_one_store_tell_everybody_once() {
    let server = Server::saying(&["250 ok"]).await;
    let world = mailing(&server).await;
    server.forget();
    world.app.clock.advance(SignedDuration::from_hours(40));
    let both = tokio::join!(find(&world.app), find(&world.app));
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 1);
    let both = tokio::join!(hand_out(&world.app), hand_out(&world.app));
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 1);
    let both = tokio::join!(deliver_due(&world.app), deliver_due(&world.app));
    both.0.unwrap();
    both.1.unwrap();
    assert_eq!(server.received().len(), 1);
}
