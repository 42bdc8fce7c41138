//! What people have to do about purges: the second person decides.

use super::Tasks;
use crate::release::Purge;
use crate::rows::TaskRow;

impl Tasks<'_> {
    /// Each purge that waits is a task of the roles that may carry it out. A release without a plan
    /// knows none of them by itself: whoever may finds it in the list.
    pub(super) fn purges(&self) -> Vec<TaskRow> {
        let waiting = self.release.kept.purges.iter().filter(|(_, purge)| Purge::waits(purge));
        let settings = self.release.settings().and_then(|settings| settings.retention.as_ref());
        let roles = settings.map(|settings| &settings.purge_by).into_iter().flatten();
        let each = waiting.flat_map(|(number, _)| roles.clone().map(move |role| (number, role)));
        each.filter_map(|(number, role)| {
            let key = format!("purge/{number}/{role}");
            let task = self.task(key, "Decide about the purge of evidence", None)?;
            Some(self.for_role(task, role))
        })
        .collect()
    }
}
