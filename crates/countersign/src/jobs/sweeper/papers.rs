//! The papers of emergencies: reminded of once, and recorded as overdue once.

use crate::app::{App, Caller, Submission};
use crate::failure::Failure;
use countersign_core::release::Command;
use countersign_core::release::urgent::to_record;
use countersign_store::Which;
use jiff::Timestamp;

/// Records what is due about the papers of every open emergency; how many records were made.
pub(super) async fn record(app: &App, now: Timestamp) -> Result<u64, Failure> {
    let mut recorded = 0;
    for release in app.emergencies(Which::Open).await? {
        let (Some(id), Some(command)) = (&release.id, to_record(&release, now)) else { continue };
        let submission = Submission::release(id, Command::Urgent(command));
        match app.execute(&Caller::system(), submission).await {
            Ok(_) => recorded += 1,
            // Somebody was faster: the papers came, or another sweep recorded it.
            Err(Failure::Refused(_) | Failure::Busy) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(recorded)
}
