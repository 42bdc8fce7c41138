//! Releases through the portal alone: forms filled in and sent back, no script, no API.

use crate::portal_browser::Browser;
use crate::portal_html::Form;
use crate::world::{POLICY, World};
use countersign_core::digest::Sha256;

const CARD: &[u8] =
    include_bytes!("../../../countersign-formats/tests/readers/model-card/complete.md");
const METRICS: &[u8] = br#"{"tool": "nightly", "accuracy": {"value": "91.2%", "n": 500}}"#;
const SCAN: &[u8] =
    br#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "scan"}}, "results": [],
    "invocations": [{"executionSuccessful": true}]}]}"#;

/// Answers every box that is still empty with something of the right kind.
fn answered(form: Form) -> Form {
    let boxes = form.boxes.clone();
    boxes.iter().fold(form, |form, one| {
        let known = form.values.iter().any(|(name, value)| name == &one.name && !value.is_empty());
        match one.kind.as_str() {
            _ if known => form,
            "date" => form.fill(&one.name, "2026-05-01"),
            _ if one.name == "register_reference" => form.fill(&one.name, "risk-1"),
            _ if one.name == "splits" => {
                form.fill(&one.name, "train | tickets of 2025 | our own data | yes")
            }
            "decimal" => form.fill(&one.name, "12"),
            "radio" => form.fill(&one.name, &one.values[0]),
            "textarea" | "text" => form.fill(&one.name, "Written down in the handbook."),
            _ => form,
        }
    })
}

async fn register(browser: &mut Browser, name: &str, tier: &str) {
    browser.open("/models/new").await;
    let form = browser.form("/models/new").fill("name", name).fill("title", "Ticket triage");
    let form = form.fill("tier", tier).fill("intended_use", "Sorts support tickets.");
    browser.send(form).await;
    browser.says("Ticket triage").says(&format!("{} risk", capital(tier)));
    enter_risk(browser, name).await;
}

/// The risk that the releases of the model name.
async fn enter_risk(browser: &mut Browser, model: &str) {
    browser.open("/risks/new").await;
    let form = browser.form("/risks/new").fill("risk", "risk-1").fill("title", "A ticket waits");
    let form = form.fill("description", "an urgent ticket waits a day").fill("likelihood", "2");
    let form = form.fill("impact", "3").fill("treatment", "reduce").fill("models", model);
    browser.send(form.fill("review_by", "2026-11-02")).await;
    browser.says("A ticket waits").says("medium (2 × 3 = 6)");
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Requests a release of a model and returns its path.
async fn request(browser: &mut Browser, model: &str, traits: &[&str]) -> String {
    browser.open(&format!("/releases/new?model={model}")).await;
    let digest = Sha256::of(b"adapter").to_string();
    let form = browser.form("/releases/new").fill("title", "triage-lora r7");
    let form = form.fill("change", "new_model").fill("summary", "The first adapter for triage.");
    let form =
        form.fill("artifacts[0].name", "triage-lora-r7").fill("artifacts[0].kind", "adapter");
    let mut form = form.fill("artifacts[0].digest", &digest).fill("environments", "production");
    for one in traits {
        form = form.press("traits", one);
    }
    browser.send(form).await;
    browser.says("Check your answers").says("The policy offers this one first for such a release");
    let form = browser.form("/releases/new").press("go", "send");
    browser.send(form).await;
    browser.says("Release requested");
    browser.page.path.trim_end_matches("/done/requested").to_owned()
}

/// Answers the whole checklist, with evidence where it is asked for.
async fn prepare(browser: &mut Browser, release: &str) {
    browser.open(release).await;
    for item in browser.links(&format!("{release}/items/")) {
        browser.open(&item).await;
        let evidence = format!("{item}/evidence");
        if browser.page.source.contains(&format!("action=\"{evidence}\"")) {
            let (name, file) = match item.rsplit('/').next() {
                Some("model_card") => ("README.md", CARD),
                Some("security_tests") => ("scan.sarif", SCAN),
                _ => ("metrics.json", METRICS),
            };
            let form = browser.form(&evidence);
            browser.upload(form, name, file).await;
            assert!(browser.page.status.is_success(), "{item}: {}", browser.text());
            browser.says(name);
        }
        let forms = format!("{item}\"");
        assert!(browser.page.source.contains(&forms), "{item}");
        let form = answered(browser.form_to(&item));
        browser.send(form).await;
        assert!(browser.page.status.is_success(), "{item}: {}", browser.text());
    }
    browser.open(&format!("{release}/prerequisites")).await;
    for number in 1..=3 {
        let forms = browser.form(&format!("{release}/prerequisites"));
        assert_eq!(forms.values.last().unwrap().1, number.to_string());
        browser.send(forms).await;
    }
    browser.says("Confirmed");
}

async fn step(world: &World, person: &str, release: &str, step: &str) {
    let mut browser = Browser::of(world, person).await;
    browser.says("triage-lora r7");
    let path = format!("{release}/steps/{step}");
    browser.open(&path).await;
    let form = answered(browser.form_to(&path));
    browser.send(form).await;
    assert!(browser.page.status.is_success(), "{path}: {}", browser.text());
}

async fn verdict(world: &World) -> String {
    let digest = Sha256::of(b"adapter");
    let path = format!("/verdict?digest={digest}&environment=production");
    world.person("rivera").get(&path).await.ok()["verdict"].as_str().unwrap().to_owned()
}

/// R-046, R-047, R-051, R-076, R-097, R-104, R-107
#[tokio::test]
async fn a_release_goes_from_request_to_allow_through_the_portal_alone() {
    let world = World::new().await;
    let mut owner = Browser::of(&world, "rivera").await;
    register(&mut owner, "ticket-triage", "low").await;
    let release = request(&mut owner, "ticket-triage", &["third_party_base"]).await;
    assert_eq!(verdict(&world).await, "deny");
    owner.open(&format!("{release}/submit")).await;
    let form = owner.form(&format!("{release}/submit"));
    owner.send(form).await;
    owner.says("There is a problem").says("Model card completed");
    prepare(&mut owner, &release).await;
    owner.open(&format!("{release}/submit")).await;
    let form = owner.form(&format!("{release}/submit"));
    owner.send(form).await;
    owner.says("Release submitted");

    step(&world, "banerjee", &release, "settle-ownership-and-intended-use").await;
    step(&world, "larsen", &release, "clear-the-training-data").await;
    let packet = format!("{release}/steps/attach-the-evaluation-packet");
    owner.open(&packet).await;
    let form = owner.form(&format!("{packet}/evidence"));
    let form = form.press("parts", "safety").press("parts", "quality").press("parts", "regression");
    owner.upload(form, "triage-lora-r7.json", METRICS).await;
    owner.says("triage-lora-r7.json");
    let form = owner.form_to(&packet);
    owner.send(form).await;
    assert!(owner.page.status.is_success(), "{}", owner.text());
    step(&world, "moreau", &release, "look-for-ways-to-abuse-it").await;

    let role = format!("{release}/approve/security_operations_lead");
    let mut lead = Browser::of(&world, "kovacs").await;
    lead.open(&release).await;
    lead.says("The gate is shut for 2 reasons");
    lead.open("/inbox").await;
    lead.says("Decide");
    lead.open(&format!("{release}/evidence/e1")).await;
    lead.open(&release).await;
    lead.says("opened the evidence e1").says("Opened by you");
    lead.open(&role).await;
    lead.says("Approve triage-lora r7 as Security Operations Lead").says("prior checkpoint");
    let form = lead.form(&role).fill("comment", "Looked at all of it.");
    lead.send(form).await;
    lead.says("Approval given");
    assert_eq!(verdict(&world).await, "deny");
    owner.open(&format!("{release}/approve/model_owner")).await;
    let form = owner.form(&format!("{release}/approve/model_owner"));
    owner.send(form).await;
    owner.says("The gate is open");
    assert_eq!(verdict(&world).await, "allow");

    deploy_and_confirm(&mut owner, &release).await;
    owner.open(&release).await;
    owner.says("Confirmed").says("approved as Model Owner (own request)").says("CHG-7");
}

async fn deploy_and_confirm(owner: &mut Browser, release: &str) {
    let deploy = format!("{release}/deploy/production");
    owner.open(&deploy).await;
    let form = owner.form(&deploy).fill("change_reference", "CHG-7");
    owner.send(form).await;
    owner.says("Deployment recorded");
    let confirm = format!("{release}/confirm/production");
    owner.open(&confirm).await;
    let empty = owner.form(&confirm);
    owner.send(empty).await;
    owner.says("Answer yes or no");
    let form = answered(owner.form(&confirm));
    owner.send(form).await;
    owner.says("Deployment confirmed");
}

#[tokio::test]
async fn nothing_typed_is_lost_and_every_reason_is_given_at_once() {
    let world = World::new().await;
    let mut owner = Browser::of(&world, "rivera").await;
    register(&mut owner, "ticket-triage", "low").await;
    owner.open("/releases/new?model=ticket-triage").await;
    let form = owner.form("/releases/new").fill("title", "triage-lora r7");
    let form = form.fill("change", "new_model").fill("summary", "Why <not>?");
    let form = form.fill("artifacts[0].name", "a").fill("artifacts[0].kind", "adapter");
    owner.send(form.fill("artifacts[0].digest", "abc")).await;
    assert_eq!(owner.page.status, 422);
    owner.says("There is a problem").says("“abc” is not a digest");
    let form = owner.form("/releases/new");
    let value = |name: &str| form.values.iter().find(|(given, _)| given == name).unwrap().1.clone();
    assert_eq!(value("title"), "triage-lora r7");
    assert_eq!(value("summary"), "Why <not>?");
    assert_eq!(value("artifacts[0].digest"), "abc");
    let more = form.press("go", "more");
    owner.send(more).await;
    owner.says("Artifact 2");
}

#[tokio::test]
async fn a_form_without_the_sessions_value_changes_nothing() {
    let world = World::new().await;
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open("/models/new").await;
    let form = owner.form("/models/new").fill("csrf", "csrf_of_somebody_else");
    owner.send(form).await;
    assert_eq!(owner.page.status, 403);
    owner.says("This form is out of date");
    let mut stranger = Browser::new(&world);
    stranger.open("/sign-in").await;
    let form = stranger.form("/sign-in").fill("email", "rivera@example.org");
    stranger.cookies.clear();
    stranger.send(form.fill("password", "a few plain words")).await;
    assert_eq!(stranger.page.status, 403);
}

#[tokio::test]
async fn whoever_signs_in_comes_back_to_where_they_were_going() {
    let world = World::new().await;
    drop(Browser::of(&world, "rivera").await);
    let mut browser = Browser::new(&world);
    browser.open("/releases?state=draft").await;
    assert!(browser.page.path.starts_with("/sign-in?next="), "{}", browser.page.path);
    let form = browser.form("/sign-in").fill("email", "rivera@example.org");
    browser.send(form.clone().fill("password", "not the right one")).await;
    assert_eq!(browser.page.status, 422);
    browser.says("There is a problem");
    let form = browser.form("/sign-in").fill("password", "a few plain words");
    browser.send(form).await;
    assert_eq!(browser.page.path, "/releases?state=draft");
    let out = browser.form("/sign-out");
    browser.send(out).await;
    browser.open("/inbox").await;
    assert!(browser.page.path.starts_with("/sign-in"));
}

#[tokio::test]
async fn every_page_is_strict_about_what_a_browser_may_do_with_it() {
    let world = World::new().await;
    let mut browser = Browser::of(&world, "rivera").await;
    for path in ["/inbox", "/no-such-page", "/releases/r-000000000000", "/policy", "/runbooks"] {
        let page = browser.open(path).await;
        let header = |name: &str| page.headers.get(name).and_then(|it| it.to_str().ok());
        let policy = header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(header("referrer-policy"), Some("same-origin"), "{path}");
    }
    browser.says("Release of a fine-tuned model");
    let style = browser.page.source.split("href=\"").find(|it| it.starts_with("/assets/portal-"));
    let style = style.unwrap().split('"').next().unwrap().to_owned();
    let page = browser.open(&style).await;
    assert!(page.headers["cache-control"].to_str().unwrap().contains("immutable"));
}

/// R-142
#[tokio::test]
async fn a_new_policy_is_approved_on_its_page_by_those_who_may() {
    let world = World::new().await;
    let looser = POLICY.replace("model-release 1.0", "model-release 1.1");
    let looser =
        looser.replace("verdict lease        15 minutes", "verdict lease        60 minutes");
    world.app.publish_policy(&world.caller("admin"), &looser).await.unwrap();
    let path = "/policy/model-release/1.1";
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open(path).await;
    owner.says("Awaiting approval").says("You may not approve a policy");
    let mut member = Browser::of(&world, "ito").await;
    member.open("/inbox").await;
    member.says("Approve the policy model-release 1.1");
    member.open(path).await;
    member.says("it was 15, now 60").says("2 people");
    let form = member.form(&format!("{path}/decline"));
    member.send(form).await;
    assert_eq!(member.page.status, 422);
    let form = member.form(&format!("{path}/approve"));
    member.send(form).await;
    member.says("Approved so far by K. Ito").says("one person counts once");
    let mut second = Browser::of(&world, "novak").await;
    second.open(path).await;
    let form = second.form(&format!("{path}/approve"));
    second.send(form).await;
    second.says("In force today");
}

#[tokio::test]
async fn only_an_administrator_keeps_people() {
    let world = World::new().await;
    let mut browser = Browser::of(&world, "rivera").await;
    assert_eq!(browser.open("/people").await.status, 403);
    let mut admin = Browser::of(&world, "admin").await;
    admin.open("/people").await;
    let form = admin.form("/people").fill("name", "Ada Novel").fill("email", "ada@example.org");
    admin.send(form).await;
    admin.says("Send this link to Ada Novel").says("/setup/setup_");
}

/// R-130, R-128
#[tokio::test]
async fn somebody_going_away_lets_another_act_and_an_auditor_may_look() {
    let world = World::new().await;
    let mut lead = Browser::of(&world, "haddad").await;
    lead.open("/delegations").await;
    let form = lead.form("/delegations").fill("role", "ai_governance_lead");
    let form = form.fill("to", world.id("newcomer").as_str()).fill("until", "2026-05-25T09:00");
    lead.send(form.fill("reason", "On leave")).await;
    lead.says("Nobody in particular acts for you as AI Governance Lead");
    let mut deputy = Browser::of(&world, "newcomer").await;
    deputy.open("/delegations").await;
    deputy.says("You act for R. Haddad as AI Governance Lead");

    let mut admin = Browser::of(&world, "admin").await;
    let person = format!("/people/{}", world.id("newcomer"));
    admin.open(&person).await;
    let form = admin.form_to(&format!("{person}/roles")).fill("give", "legal");
    admin.send(form.fill("until", "2026-06-01T09:00")).await;
    admin.says("until 1 Jun 2026").says("given by Administrator");
    let mut auditor = Browser::of(&world, "audrey").await;
    assert_eq!(auditor.open("/people").await.status, 200);
    auditor.open(&person).await;
    auditor.says("Stands in for R. Haddad as AI Governance Lead");
    assert!(!auditor.page.source.contains("Give a role"));
}

/// A file larger than what a form may hold is taken in as a stream.
#[tokio::test]
async fn a_large_file_is_taken_in_as_a_stream() {
    let world = World::new().await;
    let mut owner = Browser::of(&world, "rivera").await;
    register(&mut owner, "ticket-triage", "medium").await;
    let release = request(&mut owner, "ticket-triage", &[]).await;
    let item = format!("{release}/items/bias_results");
    owner.open(&item).await;
    let form = owner.form(&format!("{item}/evidence"));
    let large = vec![b'x'; 5 * 1024 * 1024];
    owner.upload(form, "groups.txt", &large).await;
    owner.says("groups.txt").says("kept as a file, 5.0 MiB");
    let form = owner.form(&format!("{item}/evidence"));
    owner.upload(form, "broken.json", b"{\"metrics\": ").await;
    assert_eq!(owner.page.status, 422);
    owner.says("There is a problem");
}
