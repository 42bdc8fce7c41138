//! Preparing a release: prerequisites, evidence, and an answer to every item of the checklist.

use super::answers;
use super::desk::{Desk, risk_of};
use super::evidence::{self, File};
use super::scene::Findings;
use crate::app::{Draft, View};
use crate::failure::{Doing, Failure};
use countersign_core::policy::Item;
use countersign_core::release::command::{Attach, GivenAnswer};
use countersign_core::release::{Command, Target};
use countersign_formats::evidence::{Upload, read};
use std::collections::BTreeSet;

/// What is prepared.
pub(super) struct Papers<'a> {
    /// The release.
    pub(super) title: &'a str,
    /// What its evaluation found.
    pub(super) findings: Findings,
    /// The items left open.
    pub(super) except: &'a [&'static str],
}

impl Desk<'_> {
    /// Confirms every prerequisite and answers every item that is not left open.
    pub(super) async fn prepare(&self, who: &str, papers: &Papers<'_>) -> Result<(), Failure> {
        let view = self.app.view(&self.id(papers.title)?).await?;
        let prerequisites = view.plan.as_ref().map_or(0, |plan| plan.prerequisites.len());
        for number in (1u32..).take(prerequisites) {
            let command = Command::ConfirmPrerequisite { number };
            self.command(who, papers.title, command).await?;
        }
        let items = view.plan.iter().flat_map(|plan| &plan.items);
        for item in items.filter(|item| !papers.except.contains(&item.name.as_str())) {
            self.answer(who, papers, (item, &view)).await?;
        }
        Ok(())
    }

    async fn answer(
        &self,
        who: &str,
        papers: &Papers<'_>,
        (item, view): (&Item, &View),
    ) -> Result<(), Failure> {
        for file in files(item, papers.findings, view) {
            let target = Target::Item(item.name.clone());
            self.attach(who, papers.title, (target, BTreeSet::new()), file).await?;
        }
        let mut draft = Draft::default();
        let model = view.model.state.registration.as_ref().map(|one| one.name.clone());
        let risk = model.map(|name| risk_of(&name)).unwrap_or_default();
        let given = draft.fields(answers::to_item(item, &risk, self.today()))?;
        let answer = GivenAnswer::Confirmed(given);
        let command = Command::AnswerItem { item: item.name.clone(), answer };
        self.with_texts(who, papers.title, command, draft).await
    }

    /// Keeps a file and attaches it with what its reader finds.
    pub(super) async fn attach(
        &self,
        who: &str,
        title: &str,
        (target, parts): (Target, BTreeSet<String>),
        file: File,
    ) -> Result<(), Failure> {
        let sha256 = self.app.blobs.put(&file.bytes).doing("keep evidence")?;
        let reading = read(&Upload::new(&file.name, &file.bytes)).doing("read evidence")?;
        let attach = Attach {
            sha256,
            size: file.bytes.len() as u64,
            name: file.name,
            target,
            parts,
            redacted: false,
            replaces: None,
            reading,
        };
        self.command(who, title, Command::AttachEvidence(Box::new(attach))).await
    }
}

/// The evidence an item gets.
fn files(item: &Item, findings: Findings, view: &View) -> Vec<File> {
    let Findings { checkpoint, hallucination_rate } = findings;
    match item.name.as_str() {
        "model_card" => {
            let registration = view.model.state.registration.as_ref();
            let title = registration.map_or(checkpoint, |registration| &registration.title);
            vec![evidence::model_card(title)]
        }
        "evaluation_results" => vec![evidence::evaluation(checkpoint, hallucination_rate)],
        "human_evaluation" => vec![evidence::human_evaluation(checkpoint)],
        "bias_results" => vec![evidence::bias_report(checkpoint)],
        "security_tests" => vec![evidence::security_scan()],
        "injection_suite" => vec![evidence::injection_suite()],
        "robustness" => vec![evidence::robustness(checkpoint)],
        "independent_validation" => {
            vec![evidence::report("validation-report.txt", "Independent validation.")]
        }
        "fria" => {
            vec![evidence::report("fria.txt", "Fundamental rights impact assessment.")]
        }
        _ => Vec::new(),
    }
}
