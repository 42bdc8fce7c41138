//! What the rules say is to be told about a release now.

use super::InCore;
use crate::story::hears::{Heard, Hears, line};
use countersign_core::notice::{Addressee, Rules, due_of_release};
use countersign_core::policy::NoticeSettings;

impl Hears for InCore {
    fn told(&mut self, release: &str) -> Result<Vec<Heard>, String> {
        let id = self.id_of(release).map_err(|stop| stop.in_words())?;
        let release = self.releases.get(&id).cloned().unwrap_or_default();
        let silent = NoticeSettings::default();
        let rules = Rules { settings: &silent, escalate_to: None, calendar: None };
        let due = due_of_release(&release, &rules, self.now);
        let heard = due.into_iter().map(|notice| {
            let to = match &notice.to {
                Addressee::Person(person) => person.to_string(),
                Addressee::Role(role) => role.to_string(),
            };
            let how = (notice.kind.word(), u64::from(notice.level));
            Heard { line: line(how, &to, &notice.title), id: notice.id() }
        });
        Ok(heard.collect())
    }
}
