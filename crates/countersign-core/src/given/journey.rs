//! The way of a release, a stretch at a time: every stretch is the commands people would send.

use super::*;
use crate::classification::{ChangeType, RiskTier, Trait};
use crate::event::Event;
use crate::model::ModelEvent;
use crate::register::RegisterEvent;
use crate::release::command::{Attach, Command, GivenAnswer};
use crate::release::{Artifact, ReleaseEvent, Request, RunbookChoice};

impl From<ReleaseEvent> for Event {
    fn from(event: ReleaseEvent) -> Self {
        Self::Release(event)
    }
}

impl From<ModelEvent> for Event {
    fn from(event: ModelEvent) -> Self {
        Self::Model(event)
    }
}

impl From<RegisterEvent> for Event {
    fn from(event: RegisterEvent) -> Self {
        Self::Register(event)
    }
}

/// Rivera has asked for a first version of a model of this tier.
#[track_caller]
pub fn drafted(tier: RiskTier) -> World {
    given(tier).requested(request(ChangeType::NewModel, tier))
}

/// Its checklist is complete.
#[track_caller]
pub fn prepared(tier: RiskTier) -> World {
    drafted(tier).prepared()
}

/// It was submitted, and without a runbook only approvals are missing.
#[track_caller]
pub fn submitted(tier: RiskTier) -> World {
    prepared(tier).submitted()
}

/// Everybody who has to approve did.
#[track_caller]
pub fn approved(tier: RiskTier) -> World {
    submitted(tier).approved()
}

/// It runs in production.
#[track_caller]
pub fn deployed(tier: RiskTier) -> World {
    approved(tier).having("rivera", deploy_to(production()))
}

/// It follows the runbook and was submitted; the six steps wait.
#[track_caller]
pub fn on_the_runbook(tier: RiskTier) -> World {
    given(tier).requested(with_runbook(request(ChangeType::NewModel, tier))).prepared().submitted()
}

/// The request follows the runbook.
pub fn with_runbook(request: Request) -> Request {
    let runbook = runbook();
    let runbook = RunbookChoice { name: runbook.name, version: runbook.version };
    Request { runbook: Some(runbook), ..request }
}

/// The request says that this is true of the release, too.
pub fn with_trait(mut request: Request, fact: Trait) -> Request {
    request.traits.insert(fact);
    request
}

/// A request for release `r-N`, with these artifacts.
pub fn ask_for(name: &str, request: Request, artifacts: Vec<Artifact>) -> Command {
    Command::Request { id: release(name), request: Box::new(request), artifacts }
}

/// The files that complete a checklist item of the fixture.
fn files_for(item: &crate::policy::Item) -> Vec<Attach> {
    use crate::reading::Outcome::Pass;
    match item.name.as_str() {
        "model_card" => vec![model_card()],
        "evaluation" => vec![evaluation("3.1")],
        "security_tests" => vec![scan(Vec::new()), injection_suite(Pass)],
        _none_of_these if item.evidence == crate::policy::EvidenceNeed::None => Vec::new(),
        other => vec![plain_file(other, "report.pdf")],
    }
}

impl World {
    /// Rivera asks for this, as release `r-1`.
    #[track_caller]
    pub fn requested(self, request: Request) -> Self {
        self.having("rivera", ask_for("r-1", request, weights_and_prompt()))
    }

    /// Rivera completes what the checklist still asks for, and confirms the prerequisites.
    #[track_caller]
    pub fn prepared(self) -> Self {
        self.prepared_by("rivera")
    }

    /// Somebody else does.
    #[track_caller]
    pub fn prepared_by(mut self, person: &str) -> Self {
        let plan = self.plan();
        for status in self.report().items.iter().filter(|status| !status.missing.is_empty()) {
            let asked = plan.item(&status.item).expect("an item");
            if status.evidence.is_empty() {
                for file in files_for(asked) {
                    self = self.having(person, attach(file));
                }
            }
            if !self.release().answers.contains_key(&asked.name) {
                let answer = GivenAnswer::Confirmed(good_answers(&asked.fields));
                let item = asked.name.clone();
                self = self.having(person, Command::AnswerItem { item, answer });
            }
        }
        for open in self.report().prerequisites.iter().filter(|one| one.confirmed.is_none()) {
            let number = open.number;
            self = self.having(person, Command::ConfirmPrerequisite { number });
        }
        self
    }

    /// Rivera submits it.
    #[track_caller]
    pub fn submitted(self) -> Self {
        self.having("rivera", Command::Submit)
    }

    /// Each step before the decision is done by its role.
    #[track_caller]
    pub fn stepped(self) -> Self {
        self.having("dufour", do_step("confirm-scope")).stepped_after_scope()
    }

    /// The second, third and fourth step are done as well.
    #[track_caller]
    pub fn stepped_after_scope(self) -> Self {
        let parts = ["safety", "quality", "regression"];
        self.having("eriksen", do_step("check-licences"))
            .having("iyer", attach(packet("attach-evaluation", "summarizer-v1-all.pdf", &parts)))
            .having("iyer", complete_upload("attach-evaluation"))
            .having("park", questionnaire())
    }

    /// Everybody who could approve does, until nobody is asked any more.
    #[track_caller]
    pub fn approved(self) -> Self {
        let world = self.approved_on_authority();
        assert_eq!(world.report().state, "approved", "{:?}", world.report().blockers);
        world
    }

    /// The same for a release that runs already.
    #[track_caller]
    pub fn approved_on_authority(mut self) -> Self {
        loop {
            let report = self.report();
            let open = report.approvals.iter().find(|rule| !rule.satisfied());
            let Some(rule) = open.filter(|_| report.state == "in_review") else { break };
            let person = rule.eligible.first().expect("somebody who could approve").clone();
            self = self.having(&person, approve_as(rule.role.as_str()));
        }
        assert!(self.release().decision.is_some(), "{:?}", self.report().blockers);
        self
    }

    /// Release `name` asks for this change, is prepared and submitted.
    #[track_caller]
    pub fn updated(self, name: &str, change: ChangeType, artifacts: Vec<Artifact>) -> Self {
        let tier = self.models[&summarizer()].tier().expect("a tier");
        self.having("rivera", ask_for(name, request(change, tier), artifacts))
            .prepared()
            .submitted()
    }
}

/// The security questionnaire, answered for a model without tools.
pub fn questionnaire() -> Command {
    fill_form(
        "review-abuse",
        &[
            ("prompt_injection_surface", "case texts"),
            ("pii_handling", "addresses are masked"),
            ("uses_tools", "no"),
            ("jailbreak_tests", "forty, none succeeded"),
        ],
    )
}
