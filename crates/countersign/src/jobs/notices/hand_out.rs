//! From a notice to what goes where: one message for each person by e-mail, one for each webhook
//! that asked for notices.

use crate::app::{App, acting};
use crate::failure::{Doing, Failure};
use countersign_core::name::PersonId;
use countersign_core::notice::Addressee;
use countersign_core::register::Register;
use countersign_store::{Channel, Dispatch, KeptNotice};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// How many notices are handed out in one pass.
const AT_ONCE: u32 = 64;

/// The word by which a webhook asks for notices.
pub(crate) const SENT: &str = "notice.sent";

/// Hands every notice nobody has handed out to its channels; says how many were.
pub async fn hand_out(app: &App) -> Result<u64, Failure> {
    let unsent = app.store.unsent_notices(AT_ONCE).await.doing("list notices to send")?;
    if unsent.is_empty() {
        return Ok(0);
    }
    let register = app.register().await?.state;
    let webhooks = subscribed(app).await?;
    let (mut handed, now) = (0, app.clock.now());
    for kept in &unsent {
        let people = told(&register, &kept.notice.to, now);
        let mail = people.into_iter().filter(|_| app.config.mail.is_some()).map(Channel::Email);
        let hooks = webhooks.iter().cloned().map(Channel::Webhook);
        let out: Vec<_> = mail.chain(hooks).map(|way| dispatch(kept, way, now)).collect();
        let first = app.store.send_notice(&kept.notice.id(), &out, now).await;
        handed += u64::from(first.doing("send a notice")?);
    }
    Ok(handed)
}

/// Who is told: a person, or everybody who acts in the role now.
fn told(register: &Register, to: &Addressee, now: Timestamp) -> BTreeSet<PersonId> {
    match to {
        Addressee::Person(person) => [person.clone()].into(),
        Addressee::Role(role) => acting(register, role, now),
    }
}

fn dispatch(kept: &KeptNotice, channel: Channel, now: Timestamp) -> Dispatch {
    let notice = kept.notice.id();
    let id = format!("{notice}.{}.{}", channel.word(), channel.recipient());
    Dispatch { id, notice, channel, created_at: now, next_at: now }
}

/// The names of the webhooks that asked for notices.
async fn subscribed(app: &App) -> Result<Vec<String>, Failure> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = app.store.endpoints(after.as_deref(), 200).await.doing("list webhooks")?;
        let asked = page.items.into_iter().filter(|one| one.events.iter().any(|word| word == SENT));
        names.extend(asked.map(|one| one.name));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(names),
        }
    }
}
