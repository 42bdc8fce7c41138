//! Sessions of the committee, over the API.

use super::OverHttp;
use super::call::Send;
use super::look;
use crate::story::deed::MeetingDeed;
use crate::world::Answer;
use serde_json::json;

impl OverHttp {
    pub(super) fn in_session(
        &mut self,
        who: &str,
        title: &str,
        deed: &MeetingDeed,
    ) -> Result<Answer, String> {
        if let MeetingDeed::Call { urgent } = deed {
            let body = json!({ "title": title, "urgent": urgent });
            let answer = self.send(who, "/meetings", Send::Post(body))?;
            if answer.status.is_success() {
                let id = look::text(&answer.json()["meeting"]);
                self.meetings.insert(title.to_owned(), id);
            }
            return Ok(answer);
        }
        let id = self.meetings.get(title);
        let id = id.ok_or_else(|| format!("no session is called `{title}` here"))?;
        let (path, body) = match deed {
            MeetingDeed::Call { .. } | MeetingDeed::Open => ("open".to_owned(), json!({})),
            MeetingDeed::PutRelease { release } => {
                ("items".to_owned(), json!({ "release": self.id_of(release)?.to_string() }))
            }
            MeetingDeed::PutPolicy { policy } => ("items".to_owned(), json!({ "policy": policy })),
            MeetingDeed::Vote { number, vote, reason } => {
                (format!("items/{number}/vote"), json!({ "vote": vote, "reason": reason }))
            }
            MeetingDeed::Recuse { number, reason } => {
                (format!("items/{number}/recuse"), json!({ "reason": reason }))
            }
            MeetingDeed::Settle { number, statement } => {
                (format!("items/{number}/close"), json!({ "statement": statement }))
            }
            MeetingDeed::Close { minutes } => ("close".to_owned(), json!({ "minutes": minutes })),
        };
        self.send(who, &format!("/meetings/{id}/{path}"), Send::Post(body))
    }
}
