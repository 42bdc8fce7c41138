//! What people read outside the portal: plain text, with the place where it is done.
//!
//! A subject line is read by servers and screens on the way. It names no model and no person.

use crate::app::App;
use crate::portal;
use countersign_core::notice::{Addressee, Notice, NoticeKind};
use jiff::Timestamp;

/// Where on the portal it is done.
pub(super) fn link(app: &App, notice: &Notice) -> String {
    format!("{}{}", app.config.public_url, portal::path_of(notice))
}

/// The subject of an e-mail.
pub(super) fn subject(notice: &Notice) -> String {
    let due = notice.due.map(moment);
    match (notice.kind, due) {
        (NoticeKind::Assigned, Some(due)) => format!("Waiting for you, due {due}"),
        (NoticeKind::Assigned, None) => "Waiting for you".to_owned(),
        (NoticeKind::Reminder, Some(due)) => format!("Reminder: due {due}"),
        (NoticeKind::Reminder, None) => "Reminder".to_owned(),
        (NoticeKind::Escalation, Some(due)) => format!("Late: was due {due}"),
        (NoticeKind::Escalation, None) => "Late".to_owned(),
    }
}

/// The text of an e-mail.
pub(super) fn text(app: &App, notice: &Notice) -> String {
    let why = match (notice.kind, notice.level) {
        (NoticeKind::Assigned, _) => "This waits for you",
        (NoticeKind::Reminder, _) => "This waits for you and comes due",
        (NoticeKind::Escalation, 0 | 1) => "This is late. You are asked to see to it",
        (NoticeKind::Escalation, _) => "This is still late. You are asked to see to it",
    };
    let role = match &notice.to {
        Addressee::Person(_) => String::new(),
        Addressee::Role(role) => format!(" as a holder of the role {role}"),
    };
    let due = notice.due.map(|due| format!("Due: {}\n", moment(due))).unwrap_or_default();
    format!(
        "{why}{role}:\n\n  {}\n\n{due}Where: {}\n\n-- \nSent by Countersign at {}. Your notices are \
         also listed there.\n",
        notice.title,
        link(app, notice),
        app.config.public_url,
    )
}

/// A moment as a mail writes it; the portal shows it on the organisation's clock.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
