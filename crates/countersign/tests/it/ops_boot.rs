//! Opening an installation.

use super::ops_house::house;
use countersign::app::{AnyCommand, Submission};
use countersign::boot;
use countersign::clock::Clock;
use countersign::config::Config;
use countersign::failure::Failure;
use countersign_core::name::EnvironmentName;
use countersign_core::register::RegisterCommand;
use countersign_store::HeadPolicy;
use std::os::unix::fs::PermissionsExt as _;

#[tokio::test]
async fn a_new_data_folder_and_its_key_are_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(&folder.path().join("new/data"));
    let data = config.data.clone();
    boot::open(config, Clock::Machine).await.unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(data.clone()), 0o700);
    assert_eq!(mode(data.join("log.key")), 0o600);
}

/// I-08
#[tokio::test]
async fn a_restored_database_that_forgot_events_is_not_served_unless_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let world = house(|config| config.data = data.clone()).await;
    let admin = world.caller("admin");
    drop(world);
    let (database, kept) = (data.join("countersign.db"), data.join("kept.db"));
    std::fs::copy(&database, &kept).unwrap();
    let app = boot::open(Config::in_folder(&data), Clock::Machine).await.unwrap();
    let name = EnvironmentName::new("staging").unwrap();
    let add = AnyCommand::Register(RegisterCommand::DefineEnvironment { name });
    app.execute(&admin, Submission::new(add)).await.unwrap();
    drop(app);

    std::fs::copy(&kept, &database).unwrap();
    let refused = boot::open(Config::in_folder(&data), Clock::Machine).await;
    let failure = refused.err().expect("a forgetful database is refused");
    let Failure::Fault(fault) = failure else { panic!("{failure}") };
    let cause = fault.source.to_string();
    assert!(cause.contains("forgot 1 events") && cause.contains("--accept-new-head"), "{cause}");
    let config = Config::in_folder(&data);
    boot::open_with(config, Clock::Machine, HeadPolicy::AcceptDatabase).await.unwrap();
    boot::open(Config::in_folder(&data), Clock::Machine).await.unwrap();
}
