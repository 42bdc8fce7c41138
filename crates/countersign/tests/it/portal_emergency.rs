//! An emergency and its aftermath through the portal alone.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::World;

///
#[tokio::test]
async fn an_emergency_is_claimed_answered_and_reviewed_on_its_pages() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let release = format!("/releases/{id}");
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open(&release).await;
    owner.says("Claim verbal authority");
    let claim = format!("{release}/emergency");
    owner.open(&claim).await;
    owner.says("R. Haddad");
    let form = owner.form(&claim).fill("ground", "security_vulnerability");
    let lead = world.id("haddad").to_string();
    let form = form.fill("authority_by", &lead).fill("authority_at", "2026-05-11T08:40:00Z");
    owner.send(form.clone().fill("means", "phone")).await;
    owner.says("This needs a text");
    let form = owner.form(&claim).fill("explanation", "The running prompt leaks addresses.");
    owner.send(form).await;
    owner.says("Verbal authority claimed");
    owner.open(&release).await;
    owner.says("It may run on verbal authority of R. Haddad until");
    owner.says("unless that is confirmed before").says("What the papers still lack");
    assert!(!owner.text().contains("The gate is shut"), "{}", owner.text());

    let mut lead = Browser::of(&world, "haddad").await;
    lead.open("/inbox").await;
    lead.says("Confirm or deny your verbal authority");
    lead.open(&format!("{release}/authority")).await;
    lead.says("Security vulnerability").says("leaks addresses");
    let confirm = lead.form(&format!("{release}/authority"));
    lead.send(confirm).await;
    lead.says("Authority confirmed");
    owner.open(&release).await;
    owner.says("It may run on verbal authority of R. Haddad, who confirmed it");
    let deploy = format!("{release}/deploy/production");
    owner.open(&deploy).await;
    let form = owner.form(&deploy);
    owner.send(form).await;
    owner.open(&release).await;
    owner.says("It runs on verbal authority of R. Haddad").says("papers are due");
    assert!(owner.page.source.contains(">Emergency</strong>"), "{}", owner.page.source);

    let mut member = Browser::of(&world, "ito").await;
    member.open("/entries/emergency").await;
    member.says("Emergency (security vulnerability)");
    member.open(&release).await;
    member.says("Review the emergency");
    let review = format!("{release}/review/emergency");
    member.open(&review).await;
    let form = member.form(&review).fill("outcome", "misuse").fill("text", "It could have waited.");
    member.send(form).await;
    member.says("Review recorded");
    member.open("/emergencies/rates").await;
    member.says("J. Rivera").says("Security vulnerability");
}

///
#[tokio::test]
async fn a_rollback_drill_is_recorded_at_a_browser() {
    let world = World::new().await;
    let release = format!("/releases/{}", path::approved(&world).await);
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open(&release).await;
    owner.says("Record a rollback drill");
    let drill = format!("{release}/drill");
    owner.open(&drill).await;
    let form = owner.form(&drill).fill("on", "2026-05-11").fill("target", "checkpoint 17");
    owner.send(form.fill("result", "worked")).await;
    assert_eq!(owner.page.status, 422);
    let form = owner.form(&drill).fill("measured_minutes", "9").fill("result", "worked");
    owner.send(form).await;
    owner.says("Drill recorded");
    owner.open("/entries/drill").await;
    owner.says("back to checkpoint 17 in 9 minutes");
    let mut reader = Browser::of(&world, "audrey").await;
    reader.open(&release).await;
    assert!(!reader.text().contains("Record a rollback drill"));
}
