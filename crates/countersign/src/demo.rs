//! The demonstration: a small invented company with releases in every state, told by the real
//! commands of real people through the same code as any installation.
//!
//! Nothing here decides anything. What differs from a real installation is that a visitor may act
//! as each person without a password, and that the data is thrown away at the end.

pub mod act_as;
mod answers;
mod beside;
pub mod cast;
mod catalog;
pub mod change_desk;
mod desk;
mod evidence;
mod prepare;
pub mod router;
mod scene;
mod situations;
pub mod start;
pub mod tour;

use crate::app::{App, Caller, Precautions};
use crate::auth::session::caller_of;
use crate::boot;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::{Doing, Failure};
use catalog::POLICY;
use desk::Desk;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::sync::Arc;

/// How long ago the company took Countersign into use, in days.
const HISTORY: i64 = 45;

/// The file that marks a data folder as a demonstration's own.
const MARK: &str = "demonstration";

/// Opens the demonstration in this folder; plays everything that happened when it is empty.
///
/// A folder that holds a real installation is refused: in a demonstration anybody may act as
/// anybody.
pub async fn open(mut config: Config) -> Result<Arc<App>, Failure> {
    config.demo = true;
    let mark = config.data.join(MARK);
    let marked = mark.exists();
    if !marked && is_taken(&config.data) {
        let message = "the folder holds something that is no demonstration: choose an empty one, \
                       because in a demonstration anybody may act as anybody";
        return Err(Failure::malformed(config.data.display().to_string(), message));
    }
    if !marked {
        let now = Clock::Machine.now();
        let begun = now.checked_sub(SignedDuration::from_hours(24 * HISTORY));
        let clock = Clock::at(begun.doing("tell when the demonstration began")?);
        let app = boot::open(config.clone(), clock).await?;
        std::fs::write(&mark, "Anybody may act as anybody here.\n").doing("mark the folder")?;
        play(&app, now).await?;
    }
    let app = boot::open(config, Clock::Machine).await?;
    let keeper = app.store.person_by_email(&cast::email(cast::KEEPER)).await;
    let keeper = keeper.doing("look up a person")?;
    let keeper = keeper.ok_or_else(|| Failure::not_found("person", cast::KEEPER.name))?;
    change_desk::set_up(&app, &keeper.id).await?;
    Ok(app)
}

fn is_taken(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Plays everything that happened until now.
async fn play(app: &App, now: Timestamp) -> Result<(), Failure> {
    let mut desk = Desk::new(app, now);
    desk.gather().await?;
    let administrator = caller_of(desk.person(cast::KEEPER.handle)?);
    let member = caller_of(desk.person("hale")?);
    publish(app, &administrator, &member).await?;
    for scene in situations::scenes() {
        desk.play(&scene).await?;
    }
    Ok(())
}

async fn publish(app: &App, administrator: &Caller, member: &Caller) -> Result<(), Failure> {
    let today = app.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (policy, _) = app.publish_policy(administrator, &filled_in(today)).await?;
    app.approve_policy(member, policy).await?;
    for runbook in catalog::RUNBOOKS {
        app.publish_runbook(administrator, runbook, None).await?;
    }
    for control in catalog::CONTROLS {
        app.publish_control(administrator, control, Precautions::default()).await?;
    }
    Ok(())
}

/// The policy as this company uses it: its name and the day it took effect.
fn filled_in(effective: jiff::civil::Date) -> String {
    let named = POLICY.replace("\"Your organisation\"", "\"Northlight\"");
    let lines = named.lines().map(|line| match line.strip_prefix("  effective ") {
        Some(_) => format!("  effective       {effective}\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_filled_in_and_still_whole() {
        let parsed = countersign_formats::policy::parse(&filled_in("2025-02-03".parse().unwrap()));
        let policy = parsed.policy.unwrap();
        assert_eq!(policy.document.effective.to_string(), "2025-02-03");
        assert_eq!(policy.document.organisation, "Northlight");
    }
}
