//! Incidents and sandbox exclusions through the portal alone; risks are part of the journey.

use crate::portal_browser::Browser;
use crate::world::World;

///
#[tokio::test]
async fn an_incident_is_opened_and_closed_at_a_browser() {
    let world = World::new().await;
    let mut chen = Browser::of(&world, "chen").await;
    chen.open("/entries/incident").await;
    chen.says("Open an incident");
    chen.open("/incidents/new").await;
    let form = chen.form("/incidents/new").fill("title", "Slow answers");
    chen.send(form.fill("severity", "critical")).await;
    chen.says("This needs a text");
    let form = chen.form("/incidents/new").fill("text", "ten seconds and more");
    chen.send(form).await;
    chen.says("Slow answers").says("Suspend the release?");
    let path = chen.page.path.clone();
    let note = chen.form(&format!("{path}/note")).fill("text", "the cache was cold");
    chen.send(note).await;
    chen.says("S. Chen noted:").says("the cache was cold");
    // What would be refused is not offered; who may do it is said.
    chen.says("You may not close an incident").says("You may not decide about a suspension");
    assert!(!chen.page.source.contains(&format!("{path}/close")), "{}", chen.text());
    let mut audrey = Browser::of(&world, "audrey").await;
    audrey.open(&path).await;
    for what in ["note", "assign", "severity", "link", "suspension", "close"] {
        let offered = audrey.page.source.contains(&format!("action=\"{path}/{what}\""));
        assert!(!offered, "{what}: {}", audrey.text());
    }

    let mut haddad = Browser::of(&world, "haddad").await;
    haddad.open("/inbox").await;
    haddad.says("Decide about suspension: Slow answers");
    haddad.open(&path).await;
    let answer = haddad.form(&format!("{path}/suspension")).fill("answer", "not_needed");
    haddad.send(answer.fill("why", "a cache is no harm")).await;
    haddad.says("Not needed. a cache is no harm");
    let close = haddad.form(&format!("{path}/close")).fill("outcome", "false_alarm");
    haddad.send(close.fill("root_cause", "a cold cache")).await;
    haddad.says("False alarm").says("a cold cache");
}

///
#[tokio::test]
async fn a_sandbox_exclusion_is_claimed_and_ended_at_a_browser() {
    let world = World::new().await;
    let mut chen = Browser::of(&world, "chen").await;
    chen.open("/sandbox/new").await;
    let form = chen.form("/sandbox/new").fill("title", "Tone").fill("description", "invented");
    let form = form.fill("real_data", "yes").fill("real_users", "no").fill("until", "2026-06-11");
    chen.send(form).await;
    chen.says("This is no sandbox: it processes real data");
    let form = chen.form("/sandbox/new").fill("real_data", "no");
    chen.send(form).await;
    chen.says("Tone").says("allows nothing to run");
    let path = chen.page.path.clone();
    let end = chen.form(&path).fill("reason", "it becomes a release");
    chen.send(end).await;
    chen.says("it becomes a release");
}
