//! What people have to do because of an emergency.

use super::Tasks;
use crate::release::Release;
use crate::rows::TaskRow;

/// Confirm the authority, deploy, confirm operation, bring the papers.
pub(super) fn tasks(release: &Release) -> Vec<TaskRow> {
    let Some(request) = &release.request else { return Vec::new() };
    let tasks = Tasks { release, title: &request.title };
    tasks.authority().into_iter().chain(tasks.papers()).chain(tasks.in_places()).collect()
}

impl Tasks<'_> {
    fn authority(&self) -> Option<TaskRow> {
        let emergency = self.release.on_authority().filter(|one| one.answer.is_none())?;
        let claim = &emergency.claim;
        let what = "Confirm or deny your verbal authority";
        let task = self.task("authority".into(), what, Some(claim.confirm_by))?;
        Some(TaskRow { person: Some(claim.authority.by.clone()), ..task })
    }

    /// The owner's, and when they are overdue that of whoever the policy escalates to.
    fn papers(&self) -> Vec<TaskRow> {
        let Some((emergency, papers)) = self.release.owed_papers() else { return Vec::new() };
        let claim = &emergency.claim;
        let what = match (papers.overdue, papers.reminded) {
            (true, _) => "Overdue: bring the papers of the emergency",
            (false, true) => "Soon due: bring the papers of the emergency",
            (false, false) => "Bring the papers of the emergency",
        };
        let owed = self.task("papers".into(), what, Some(papers.due));
        let owed = owed.map(|task| TaskRow { person: Some(claim.owner.clone()), ..task });
        let role = claim.settings.escalate_to.clone();
        let what = format!("See to the overdue papers of {}", claim.owner);
        let escalated = self.task("papers/escalated".into(), &what, Some(papers.due));
        let escalated = escalated.filter(|_| papers.overdue);
        let escalated = escalated.map(|task| TaskRow { role: Some(role), ..task });
        owed.into_iter().chain(escalated).collect()
    }

    /// Deploying and confirming, while it runs on verbal authority.
    fn in_places(&self) -> Vec<TaskRow> {
        self.release.on_authority().map(|_| self.places()).unwrap_or_default()
    }
}
