//! What people have to do about purges: the second person decides.

use super::Tasks;
use crate::release::Purge;
use crate::rows::TaskRow;

impl Tasks<'_> {
    /// Each purge that waits is a task of the roles that may carry it out: those of the plan, or
    /// those the proposal named where there is none.
    pub(super) fn purges(&self) -> Vec<TaskRow> {
        let waiting = self.release.kept.purges.iter().filter(|(_, purge)| Purge::waits(purge));
        let settings = self.release.settings().and_then(|settings| settings.retention.as_ref());
        let planned = settings.map(|settings| &settings.purge_by);
        let each = waiting.flat_map(|(number, purge)| {
            let roles = planned.unwrap_or(&purge.asked);
            roles.iter().map(move |role| (number, role))
        });
        each.filter_map(|(number, role)| {
            let key = format!("purge/{number}/{role}");
            let task = self.task(key, "Decide about the purge of evidence", None)?;
            Some(self.for_role(task, role))
        })
        .collect()
    }
}
