//! The pack of a control: the five parts for each deployment of a period, and how far the control
//! is, with everything they rest on.

pub(super) mod verify;

use super::{Pack, TEXTS, evidence_path, page, tables, texts};
use crate::app::App;
use crate::app::controls::{Assessed, LoadedControl};
use crate::failure::{Doing, Failure};
use countersign_core::control::evidence::{DeploymentEvidence, Period, TestReport};
use countersign_core::control::maturity::Maturity;
use countersign_core::control::{ControlRef, Part};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::name::PersonId;
use countersign_core::text::Text;
use countersign_store::LogHead;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the pack's files are written from; `pack.json` is this, for machines.
#[derive(Debug, Clone, Serialize)]
pub struct Contents {
    /// The form of this file.
    pub format: &'static str,
    /// Which control, exactly.
    pub control: ControlRef,
    /// Its title.
    pub title: String,
    /// The days, on the organisation's calendar.
    pub period: Period,
    /// How many events the log had, and its root.
    pub log: Log,
    /// Every deployment of the period with its evidence.
    pub deployments: Vec<DeploymentEvidence>,
    /// How far the control is; absent where nothing in the log measures it.
    pub maturity: Option<Maturity>,
    /// The names of the people in it, by identifier. They are not in the log, and whoever was
    /// erased is not here.
    pub people: BTreeMap<PersonId, String>,
    /// The free texts in it, by digest. One that was erased is not here.
    pub texts: BTreeMap<TextDigest, String>,
    /// The digests of evidence that is not there any more.
    pub missing_evidence: BTreeSet<Sha256>,
    /// The positions of every event cited.
    pub cited: BTreeSet<u64>,
    #[serde(skip)]
    loaded: LoadedControl,
    #[serde(skip)]
    head: LogHead,
    #[serde(skip)]
    beneath: BTreeSet<u64>,
}

/// The form of `pack.json`.
const FORMAT: &str = "countersign-control-evidence-1";

/// The log a pack was made from.
#[derive(Debug, Clone, Serialize)]
pub struct Log {
    /// How many events it had.
    pub size: u64,
    /// The root over them, in hexadecimal digits.
    pub root: String,
}

impl Contents {
    /// A person's name, or the identifier when nobody knows it any more.
    pub fn name<'a>(&'a self, person: &'a PersonId) -> &'a str {
        self.people.get(person).map_or(person.as_str(), String::as_str)
    }

    /// A free text, or what stands in its place.
    pub fn text(&self, text: &Text) -> &str {
        self.texts.get(&text.digest()).map_or("(this text was erased)", String::as_str)
    }

    /// The control.
    pub fn loaded(&self) -> &LoadedControl {
        &self.loaded
    }

    /// The parts an auditor asks for on account of the control.
    pub fn parts(&self) -> Vec<Part> {
        Part::ALL.iter().copied().filter(|part| self.loaded.asks_for(*part)).collect()
    }

    /// Every test report.
    pub fn reports(&self) -> impl Iterator<Item = &TestReport> {
        self.deployments.iter().flat_map(|one| &one.tests).flat_map(|test| &test.reports)
    }

    /// How many deployments lack something.
    pub fn gaps(&self) -> usize {
        self.deployments.iter().filter(|one| one.has_gap()).count()
    }
}

impl App {
    /// What a pack of this control holds for the period.
    pub async fn control_contents(
        &self,
        loaded: LoadedControl,
        period: Period,
    ) -> Result<Contents, Failure> {
        let assessed = self.assess_control(&loaded, period).await?;
        let cited = assessed.cited();
        let Assessed { period, head, mut deployments, maturity, beneath } = assessed;
        keep_asked(&mut deployments, &loaded);
        let digests: Vec<TextDigest> = texts_of(&deployments).into_iter().collect();
        let texts = self.store.texts(&digests).await.doing("read texts")?;
        let people = self.people_of(&deployments).await?;
        let mut contents = Contents {
            format: FORMAT,
            control: loaded.reference.clone(),
            title: loaded.control.title.clone(),
            period,
            log: Log { size: head.tree.size, root: head.tree.root.to_string() },
            deployments,
            maturity: loaded.control.measured_by.map(|_| maturity),
            people,
            texts,
            missing_evidence: BTreeSet::new(),
            cited,
            loaded,
            head,
            beneath,
        };
        let wanted: BTreeSet<Sha256> = contents.reports().map(|report| report.sha256).collect();
        for digest in wanted {
            if !self.blobs.exists(&digest).doing("look for evidence")? {
                contents.missing_evidence.insert(digest);
            }
        }
        Ok(contents)
    }

    /// The pack of this control for the period.
    pub async fn control_pack(
        &self,
        loaded: LoadedControl,
        period: Period,
    ) -> Result<Pack, Failure> {
        let contents = self.control_contents(loaded, period).await?;
        let mut pack = Pack::default();
        for (file, content) in told(&contents)? {
            pack.add(file, content);
        }
        let digests: Vec<TextDigest> = contents.texts.keys().copied().collect();
        let salted = self.store.salted_texts(&digests).await.doing("read texts")?;
        pack.add(TEXTS, pretty(&texts::told(salted))?);
        pack.add("control.yaml", contents.loaded.source.as_bytes());
        pack.add("style.css", page::STYLE);
        for report in contents.reports() {
            if !contents.missing_evidence.contains(&report.sha256) {
                pack.add_blob(report.sha256, report.size);
            }
        }
        let proved = contents.cited.union(&contents.beneath).copied().collect();
        self.prove(&mut pack, &contents.head, &proved).await?;
        Ok(pack)
    }

    async fn people_of(
        &self,
        deployments: &[DeploymentEvidence],
    ) -> Result<BTreeMap<PersonId, String>, Failure> {
        let mut people: BTreeSet<PersonId> = BTreeSet::new();
        for one in deployments {
            people.extend(one.deployment.deployer.person().cloned());
            for approval in &one.approvals {
                people.insert(approval.person.clone());
                people.extend(approval.on_behalf_of.clone());
            }
            for waiver in &one.exceptions.waivers {
                people.insert(waiver.asked_by.clone());
                people.extend(waiver.accepted.iter().map(|one| one.by.clone()));
            }
            if let Some(emergency) = &one.exceptions.emergency {
                people.extend([emergency.owner.clone(), emergency.authority.clone()]);
            }
        }
        let mut names = self.names().await?;
        names.retain(|person, _| people.contains(person));
        Ok(names)
    }
}

/// Only what an auditor asks for on account of this control.
fn keep_asked(deployments: &mut [DeploymentEvidence], loaded: &LoadedControl) {
    for one in deployments {
        one.parts.retain(|part| loaded.asks_for(part.part));
    }
}

/// What is told of the deployments, file by file: all of it follows from the contents.
fn told(contents: &Contents) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let lists: Vec<Value> = contents.deployments.iter().map(checklist).collect();
    Ok(vec![
        ("pack.json", pretty(contents)?),
        ("checklists.json", pretty(&lists)?),
        ("deployments.csv", tables::deployments(contents).into_bytes()),
        ("approvals.csv", tables::approvals(contents).into_bytes()),
        ("tests.csv", tables::tests(contents).into_bytes()),
        ("exceptions.csv", tables::exceptions(contents).into_bytes()),
        ("index.html", page::render(contents).into_string().into_bytes()),
    ])
}

/// The free texts of these deployments.
fn texts_of(deployments: &[DeploymentEvidence]) -> BTreeSet<TextDigest> {
    let mut digests = BTreeSet::new();
    for record in deployments.iter().map(|one| &one.exceptions) {
        for waiver in &record.waivers {
            digests.extend([waiver.reason.digest(), waiver.measures.digest()]);
            digests.extend(waiver.accepted.iter().map(|one| one.statement.digest()));
        }
        digests.extend(record.emergency.iter().map(|one| one.explanation.digest()));
    }
    digests
}

/// A checklist with what it belongs to.
fn checklist(one: &DeploymentEvidence) -> serde_json::Value {
    let line = &one.deployment;
    json!({
        "release": one.release,
        "version": one.title,
        "environment": line.environment,
        "deployed_at": line.at,
        "checklist": one.checklist,
        "events": one.part(Part::GateChecklist).map(|part| part.events.clone()),
    })
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut text = serde_json::to_vec_pretty(value).doing("write a pack")?;
    text.push(b'\n');
    Ok(text)
}

/// Where the file of a report lies in the pack.
pub(super) fn file_of(report: &TestReport) -> String {
    evidence_path(&report.sha256)
}
