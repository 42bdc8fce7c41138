//! The pack of a release: everything there is of it, for internal and for external audit.
//! Beside what every pack holds there are the dossier, the records and the texts with their salts;
//! `index.html` stands on top for whoever has nothing but a browser.

mod page;
mod retold;
pub(in crate::pack) mod verify;

use super::{Pack, TEXTS, evidence_path, texts};
use crate::api::releases::records::RecordsView;
use crate::api::releases::view::ReleaseView;
use crate::app::{App, Caller, Submission, View};
use crate::failure::{Doing, Failure};
use countersign_core::assess::assess;
use countersign_core::dossier;
use countersign_core::name::ReleaseId;
use countersign_core::release::{Command, RetentionCommand};
use countersign_core::stream::StreamId;

/// What approvals rely on; only the pack of a release holds it.
pub const DOSSIER: &str = "dossier.json";

/// Whether the files of evidence come along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// They do.
    Included,
    /// Only what the log says of them.
    LeftOut,
}

impl App {
    /// The pack of a release. The log says first in whose name it is taken.
    pub async fn release_pack(
        &self,
        caller: &Caller,
        id: &ReleaseId,
        files: Files,
    ) -> Result<Pack, Failure> {
        let command = Command::Retention(RetentionCommand::Export);
        self.execute(caller, Submission::release(id, command)).await?;
        let view = as_of_its_last_event(self.view(id).await?);
        let mut pack = Pack::default();
        let stream = StreamId::Release(id.clone());
        let stored = self.store.stream(&stream).await.doing("read a stream")?;
        let told = stored.iter().filter(|event| event.version <= view.release.version);
        let positions = told.map(|event| event.position).collect();
        // Read afterwards, so that the head covers all of them.
        let head = self.store.head().await.doing("read the head of the log")?;
        self.prove(&mut pack, &head, &positions).await?;
        self.tell(&mut pack, &view).await?;
        if files == Files::Included {
            let release = &*view.release.state;
            for id in release.unpurged() {
                let Some(attached) = release.evidence.get(&id) else { continue };
                pack.add_blob(attached.evidence.sha256, attached.evidence.size);
            }
        }
        Ok(pack)
    }

    /// What is told about the release, for programs and for people.
    async fn tell(&self, pack: &mut Pack, view: &View) -> Result<(), Failure> {
        let release = &*view.release.state;
        let records = RecordsView::of(self, view).await?;
        let texts = texts::told(self.texts_in(&view.timeline).await?);
        pack.add("index.html", page::index(view, &records));
        pack.add("release.json", pretty(&ReleaseView::from(view))?);
        pack.add("records.json", pretty(&records)?);
        pack.add("people.json", pretty(&view.names)?);
        pack.add(TEXTS, pretty(&texts)?);
        pack.add(DOSSIER, dossier::bytes(release));
        Ok(())
    }
}

/// The view as it was when its last event happened, so that whoever has the events can tell the same
/// of them.
fn as_of_its_last_event(mut view: View) -> View {
    view.timeline.retain(|event| event.version <= view.release.version);
    if let Some(last) = view.timeline.last() {
        view.at = last.at;
        view.report = assess(&view.release.state, view.plan.as_ref(), last.at);
    }
    view
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).doing("write a pack")
}
