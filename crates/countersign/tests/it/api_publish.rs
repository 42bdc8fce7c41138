//! Publishing policies and runbooks.

use crate::world::{POLICY, RUNBOOK, World};
use countersign::failure::Failure;

fn code(failure: &Failure) -> &str {
    match failure {
        Failure::Refused(refusal) => refusal.code(),
        Failure::Faulty { diagnostics, .. } => diagnostics.first().map_or("", |one| one.code),
        _ => "",
    }
}

#[tokio::test]
async fn a_runbook_waits_for_a_policy_that_knows_its_titles() {
    let world = World::without_policy().await;
    let admin = world.caller("admin");
    let refused = world.app.publish_runbook(&admin, RUNBOOK, None).await.unwrap_err();
    assert_eq!(code(&refused), "policy.none");
}

///
#[tokio::test]
async fn an_owner_title_that_means_no_role_blocks_publishing() {
    let world = World::new().await;
    let strange = RUNBOOK.replace("**Owner:** Data governance", "**Owner:** Court jester");
    let strange = strange.replace("version: 1.0.0", "version: 1.0.1");
    let admin = world.caller("admin");
    let refused = world.app.publish_runbook(&admin, &strange, None).await.unwrap_err();
    assert_eq!(code(&refused), "runbook.title_unmapped");
    let register = world.app.register().await.unwrap().state;
    assert_eq!(register.runbooks.len(), 1);
}

#[tokio::test]
async fn only_an_administrator_publishes_and_nothing_is_kept_for_others() {
    let world = World::without_policy().await;
    let refused = world.app.publish_policy(&world.caller("haddad"), POLICY).await.unwrap_err();
    assert_eq!(code(&refused), "actor.not_permitted");
    let digest = countersign_core::digest::Sha256::of(POLICY.as_bytes());
    assert!(world.app.document(&digest).await.is_err());
}
