//! Conditions, exceptions and change requests through the portal's forms.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::World;
use serde_json::json;

async fn say(browser: &mut Browser, path: &str, text: &str) {
    browser.open(path).await;
    let form = browser.form_to(path).fill("text", text);
    browser.send(form).await;
    assert!(browser.page.status.is_success(), "{path}: {}", browser.text());
}

///
#[tokio::test]
async fn a_change_request_is_made_answered_and_settled_on_pages() {
    let world = World::new().await;
    let release = format!("/releases/{}", path::submitted(&world).await);
    let (mut reviewer, mut owner) =
        (Browser::of(&world, "kovacs").await, Browser::of(&world, "rivera").await);
    owner.open(&format!("{release}/change-requests/new")).await;
    owner.says("You hold no role in which changes could be asked for now");
    reviewer.open(&release).await;
    let new = format!("{release}/change-requests/new");
    assert!(reviewer.links(&new).contains(&new), "the page offers it");
    reviewer.open(&new).await;
    let empty = reviewer.form(&new);
    reviewer.send(empty).await;
    assert_eq!(reviewer.page.status, 422);
    reviewer.says("There is a problem");
    let form = reviewer.form(&new).fill("text", "Try the jailbreaks.");
    let form = form.fill("about", "item model_card").fill("role", "security_operations_lead");
    reviewer.send(form).await;
    reviewer.says("Changes requested").says("Change request 1: item model_card");
    owner.open("/inbox").await;
    owner.says("Answer a change request");
    say(&mut owner, &format!("{release}/change-requests/1"), "Tried forty.").await;
    owner.says("Tried forty.").says("In review");
    say(&mut reviewer, &format!("{release}/say/insist-change-1"), "Forty more.").await;
    say(&mut owner, &format!("{release}/change-requests/1"), "Tried eighty.").await;
    say(&mut reviewer, &format!("{release}/say/accept-change-1"), "Enough.").await;
    reviewer.says("Settled by").says("asked for changes as Security Operations Lead");
    reviewer.open("/entries/change_request").await;
    reviewer.says("Try the jailbreaks.").says("Settled");
}

///
#[tokio::test]
async fn an_exception_is_asked_for_and_its_risk_accepted_on_pages() {
    let world = World::new().await;
    let release = format!("/releases/{}", path::submitted(&world).await);
    let withdraw = format!("{release}/evidence/e1/withdraw");
    world.person("rivera").post(&withdraw, json!({"reason": "It was the wrong one."})).await.ok();
    let mut owner = Browser::of(&world, "rivera").await;
    let mut stranger = Browser::of(&world, "chen").await;
    let new = format!("{release}/exceptions/new");
    stranger.open(&new).await;
    stranger.says("There is nothing you could ask to waive here");
    owner.open(&release).await;
    assert!(owner.links(&new).contains(&new), "the page offers it");
    owner.open(&new).await;
    owner.says("AI Governance Lead and Security accept the risk, for 90 days at most");
    let form = owner.form(&new).fill("reason", "The card is late.");
    let form = form.fill("waives", "item model_card").fill("measures", "A person reads along.");
    owner.send(form.clone().fill("until", "2027-06-30T17:00")).await;
    assert_eq!(owner.page.status, 422);
    owner.says("an exception lasts 90 days at most");
    let form = owner.form(&new);
    owner.send(form.fill("until", "2026-06-30T17:00")).await;
    owner.says("Exception 1: item model_card").says("Waits for AI Governance Lead and Security");
    let accept = |role: &str| format!("{release}/say/accept-risk-1-{role}");
    assert!(owner.links(&accept("security")).is_empty(), "nobody is offered his own risk");
    for (person, role) in [("haddad", "ai_governance_lead"), ("weber", "security")] {
        let mut taker = Browser::of(&world, person).await;
        taker.says("Decide about the risk of an exception");
        taker.open(&release).await;
        assert!(!taker.links(&accept(role)).is_empty(), "{person} is offered it");
        say(&mut taker, &accept(role), "Small enough.").await;
    }
    owner.open(&release).await;
    owner.says("Granted").says("accepted the risk of exception 1 as Security").says("Waived");
    owner.open("/entries/exception").await;
    owner.says("The card is late.").says("Granted");
}

///
#[tokio::test]
async fn a_condition_is_reported_with_a_file_sent_back_and_accepted_on_pages() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    let release = format!("/releases/{id}");
    let mut approver = Browser::of(&world, "kovacs").await;
    let approve = format!("{release}/approve/security_operations_lead");
    approver.open(&approve).await;
    let rivera = world.id("rivera").to_string();
    let form = approver.form(&approve).fill("conditions[0].text", "Audit it.");
    let form = form.fill("conditions[0].owner", &rivera);
    approver.send(form.fill("conditions[0].within", "20 business days")).await;
    assert!(approver.page.status.is_success(), "{}", approver.text());
    let mut owner = Browser::of(&world, "rivera").await;
    owner.says("Meet the condition");
    let condition = format!("{release}/conditions/1");
    owner.open(&condition).await;
    owner.says("8 Jun 2026").says("Accepted as met by any Security Operations Lead");
    let form = owner.form(&format!("{condition}/evidence"));
    owner.upload(form, "audit.txt", b"no difference").await;
    owner.says("audit.txt");
    let form = owner.form_to(&condition).fill("text", "Audited.");
    owner.send(form).await;
    owner.says("Reported");
    assert!(owner.links(&format!("{release}/say/accept-condition")).is_empty());
    approver.open(&condition).await;
    approver.says("Audited.").says("You may not report a condition met");
    say(&mut approver, &format!("{release}/say/send-back-condition-1"), "Not in Spanish.").await;
    approver.says("Not in Spanish.");
    say(&mut owner, &condition, "In Spanish as well.").await;
    say(&mut approver, &format!("{release}/say/accept-condition-1"), "All of it.").await;
    approver.says("accepted condition 1 as met").says("Met");
}
