//! Claiming a sandbox exclusion: both questions are asked.

use crate::api::sandbox::NewExclusion;
use crate::app::{AnyCommand, Draft};
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use countersign_core::sandbox::SandboxCommand;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct NewSandbox {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl NewSandbox {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let typed = Typed::default().with("real_data", "yes").with("real_users", "no");
        let faults = Faults::at("real_data", "this is no sandbox: it processes real data");
        vec![Self::default(), Self { typed, faults }]
    }
}

impl Page for NewSandbox {
    fn title(&self) -> String {
        "Claim a sandbox exclusion".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let answers = |name: &str| -> Vec<Option_> {
            let both = [Option_::new("yes", "Yes"), Option_::new("no", "No")];
            both.into_iter().map(|one| one.among(self.typed.all(name))).collect()
        };
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/sandbox_exclusion", "All sandbox exclusions"))
            h1 { "Claim a sandbox exclusion" }
            p.lead { "An experiment needs no release while it neither processes real data nor affects real users." }
            (form::post("/sandbox/new", shell, html! {
                (field(Kind::Line, "title", "Title").render(&self.faults))
                (field(Kind::Lines, "description", "What is tried, with what, and where").render(&self.faults))
                (field(Kind::Line, "model", "Model").optional().hint("Its short name, when it is registered.").render(&self.faults))
                (Choice::new("real_data", "Does it process real data?", answers("real_data")).radios(&self.faults))
                (Choice::new("real_users", "Does it affect real users?", answers("real_users")).radios(&self.faults))
                (field(Kind::Date, "until", "Until when").render(&self.faults))
                (button::submit("Claim the sandbox exclusion"))
            }))
        }
    }
}

/// `GET /sandbox/new`
pub async fn show(visitor: Visitor) -> Answer {
    visitor.page(&NewSandbox::default())
}

fn asked(typed: &Typed) -> NewExclusion {
    let one = |name: &str| typed.one(name).to_owned();
    NewExclusion {
        title: one("title"),
        description: one("description"),
        model: typed.filled("model").map(str::to_owned),
        real_data: one("real_data"),
        real_users: one("real_users"),
        until: one("until"),
    }
}

/// `POST /sandbox/new`
pub async fn claim(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match asked(&typed).checked(&visitor.app, &mut draft).await {
        Ok(claim) => {
            let path = format!("/sandbox/{}", claim.id);
            let command =
                AnyCommand::Sandbox(claim.id.clone(), SandboxCommand::Claim(Box::new(claim)));
            match visitor.carry_out(command, draft).await? {
                None => return onwards(&path),
                Some(faults) => faults,
            }
        }
        Err(failure) => Faults::from_failure(failure)?,
    };
    visitor.again(&NewSandbox { typed, faults })
}
