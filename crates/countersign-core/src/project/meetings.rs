//! What a session of the committee adds to lists and to what people have to do.

use crate::entry::EntryKind;
use crate::meeting::{Call, ItemState, Meeting, MeetingState};
use crate::name::{PersonId, RoleName};
use crate::rows::{EntryRow, TaskRow};
use crate::stream::StreamId;
use jiff::Timestamp;

/// The session in the list of sessions.
pub fn meeting_entries(meeting: &Meeting) -> Vec<EntryRow> {
    let row = |(call, (called_at, by)): (&Call, &(Timestamp, crate::actor::Who))| EntryRow {
        kind: EntryKind::Meeting,
        id: call.id.to_string(),
        subject: StreamId::Meeting(call.id.clone()),
        model: None,
        title: call.title.clone(),
        text: call.urgent,
        state: meeting.state.word().to_owned(),
        owner: by.person().cloned(),
        role: Some(call.rules.role.clone()),
        due: Some(call.at),
        opened_at: *called_at,
        closed_at: meeting.closed_at,
    };
    meeting.call.as_ref().zip(meeting.called.as_ref()).map(row).into_iter().collect()
}

/// What people have to do about the session now.
pub fn meeting_tasks(meeting: &Meeting) -> Vec<TaskRow> {
    let Some(call) = &meeting.call else { return Vec::new() };
    match meeting.state {
        MeetingState::Called => {
            let title = format!("Open the session {}", call.title);
            vec![task(call, "open".into(), title, Whom::Role(&call.rules.chair))]
        }
        MeetingState::Open => open(meeting, call),
        MeetingState::Absent | MeetingState::Closed | MeetingState::Cancelled => Vec::new(),
    }
}

fn open(meeting: &Meeting, call: &Call) -> Vec<TaskRow> {
    let mut tasks = Vec::new();
    let waiting = meeting.items.iter().filter(|(_, item)| item.state == ItemState::Open);
    for (number, item) in waiting.clone() {
        let missing = meeting.members.iter().filter(|person| !item.is_done_by(person));
        tasks.extend(missing.map(|person| {
            let key = format!("vote/{number}/{person}");
            task(call, key, format!("Vote on {}", item.title), Whom::Person(person))
        }));
        if item.tally().voted() >= call.rules.quorum {
            let (key, title) = (format!("close/{number}"), format!("Close {}", item.title));
            tasks.push(task(call, key, title, Whom::Role(&call.rules.chair)));
        }
    }
    if waiting.clone().next().is_none() {
        let title = format!("Close the session {}", call.title);
        tasks.push(task(call, "close".into(), title, Whom::Role(&call.rules.chair)));
    }
    tasks
}

enum Whom<'w> {
    Person(&'w PersonId),
    Role(&'w RoleName),
}

fn task(call: &Call, task: String, title: String, whom: Whom<'_>) -> TaskRow {
    let (person, role) = match whom {
        Whom::Person(person) => (Some(person.clone()), Some(call.rules.role.clone())),
        Whom::Role(role) => (None, Some(role.clone())),
    };
    let subject = StreamId::Meeting(call.id.clone());
    TaskRow { subject, task, title, person, role, due: Some(call.at) }
}
