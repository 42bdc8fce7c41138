//! What is checked of a control's pack beside what is checked of every pack: the control is the one
//! that was published, no event of a deployed release is left out, and everything told of the
//! deployments follows from those events.

use super::{Contents, FORMAT, Log, keep_asked, texts_of, told};
use crate::app::controls::LoadedControl;
use crate::pack::verify::{Checked, bytes};
use crate::pack::{TEXTS, event_path, texts};
use countersign_core::control::ControlRef;
use countersign_core::control::evidence::{DeploymentEvidence, History, Period, Placed, of_period};
use countersign_core::control::maturity::Maturity;
use countersign_core::digest::Sha256;
use countersign_core::event::{Envelope, Event};
use countersign_core::name::{PersonId, ReleaseId};
use countersign_core::register::RegisterEvent;
use countersign_core::stream::StreamId;
use countersign_formats::control::parse;
use countersign_store::LogHead;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// What only `pack.json` says, and what it says that the events are asked about.
#[derive(Deserialize)]
struct Written {
    control: ControlRef,
    period: Period,
    deployments: Vec<Deployment>,
    maturity: Option<Maturity>,
    people: BTreeMap<PersonId, String>,
    missing_evidence: BTreeSet<Sha256>,
}

/// Which release was deployed.
#[derive(Deserialize)]
struct Deployment {
    release: ReleaseId,
}

/// Checks the pack of a control in this folder, which holds these events and this head of the log.
pub(in crate::pack) fn control(
    folder: &Path,
    head: LogHead,
    positions: &BTreeSet<u64>,
    checked: &mut Checked,
) -> io::Result<()> {
    let Ok(written) = serde_json::from_slice::<Written>(&bytes(&folder.join("pack.json"))?) else {
        checked.fault("pack.json is not in the form of this program");
        return Ok(());
    };
    let placed = placed(folder, positions, checked)?;
    let Some(loaded) = published(folder, &written.control, &placed, checked)? else {
        return Ok(());
    };
    let wanted: BTreeSet<&ReleaseId> = written.deployments.iter().map(|one| &one.release).collect();
    let histories = histories(placed, &wanted, checked);
    let mut deployments = of_period(&loaded.control, &histories, &written.period);
    let levels = written.maturity.iter().flat_map(|maturity| &maturity.levels);
    let on_level = levels.flat_map(|level| level.events.iter().copied());
    // Everything is cited, what the control does not ask for as well.
    let cited = deployments.iter().flat_map(DeploymentEvidence::events).chain(on_level).collect();
    keep_asked(&mut deployments, &loaded);
    let texts = texts::check(folder, &texts_of(&deployments), checked)?;
    checked.proved.push(format!("control.yaml, {TEXTS} and evidence/, by digests in these events"));
    let contents = Contents {
        format: FORMAT,
        control: written.control,
        title: loaded.control.title.clone(),
        period: written.period,
        log: Log { size: head.tree.size, root: head.tree.root.to_string() },
        cited,
        deployments,
        maturity: written.maturity,
        people: written.people,
        texts,
        missing_evidence: written.missing_evidence,
        loaded,
        head,
        beneath: BTreeSet::new(),
    };
    retold(folder, &contents, checked)
}

fn retold(folder: &Path, contents: &Contents, checked: &mut Checked) -> io::Result<()> {
    for (file, content) in told(contents).map_err(io::Error::other)? {
        if bytes(&folder.join(file)).unwrap_or_default() == content {
            checked.recomputed.push(file.to_owned());
        } else {
            checked.differs(file);
        }
    }
    checked.vouched.push("the names of people in these files, and style.css".to_owned());
    if contents.maturity.is_some() {
        checked.vouched.push("the level of the control, and its numbers".to_owned());
    }
    Ok(())
}

/// Every event of the pack that can be read.
fn placed(
    folder: &Path,
    positions: &BTreeSet<u64>,
    checked: &mut Checked,
) -> io::Result<Vec<Placed>> {
    let mut all = Vec::with_capacity(positions.len());
    for position in positions.iter().copied() {
        let path = event_path(position);
        match Envelope::decode(&bytes(&folder.join(&path))?) {
            Ok(envelope) => all.push(Placed { position, envelope }),
            Err(error) => checked.fault(format!("{path}: {error}")),
        }
    }
    Ok(all)
}

/// The control in `control.yaml`, when it is the one an event published.
fn published(
    folder: &Path,
    reference: &ControlRef,
    placed: &[Placed],
    checked: &mut Checked,
) -> io::Result<Option<LoadedControl>> {
    let publication = placed.iter().find(|placed| match &placed.envelope.event {
        Event::Register(RegisterEvent::ControlPublished { control, .. }) => control == reference,
        _ => false,
    });
    let Some(publication) = publication else {
        checked.fault("no event of this pack published the control it is about");
        return Ok(None);
    };
    let source = bytes(&folder.join("control.yaml")).unwrap_or_default();
    if Sha256::of(&source) != reference.sha256 {
        checked.fault("control.yaml is not the control that was published");
        return Ok(None);
    }
    let source = String::from_utf8(source).unwrap_or_default();
    let Some(control) = parse(&source).control else {
        checked.remarks.push("control.yaml cannot be read by this program".to_owned());
        return Ok(None);
    };
    let (reference, published_at) = (reference.clone(), publication.envelope.at);
    Ok(Some(LoadedControl { reference, published_at, source, control }))
}

/// The histories that are in the pack whole. Those of deployed releases have to be.
fn histories(
    placed: Vec<Placed>,
    wanted: &BTreeSet<&ReleaseId>,
    checked: &mut Checked,
) -> Vec<History> {
    let mut streams: BTreeMap<ReleaseId, Vec<Placed>> = BTreeMap::new();
    for one in placed {
        if let StreamId::Release(id) = &one.envelope.stream {
            streams.entry(id.clone()).or_default().push(one);
        }
    }
    for id in wanted.iter().filter(|id| !streams.contains_key(**id)) {
        checked.fault(format!("there is no event of the release {id}"));
    }
    let whole = |events: &[Placed]| (1..).zip(events).all(|(at, one)| one.envelope.version == at);
    let mut histories = Vec::new();
    for (id, events) in streams {
        if whole(&events) {
            histories.push(History::new(events));
        } else if wanted.contains(&id) {
            checked.fault(format!("events of the release {id} are left out"));
        }
    }
    histories
}
