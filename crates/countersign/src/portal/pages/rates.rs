//! How often emergencies are used, by owner and ground.

use crate::portal::components::{empty, table};
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Rates {
    /// One line for each owner and ground.
    pub lines: Vec<Line>,
}

/// One owner on one ground.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who.
    pub owner: String,
    /// How many emergencies among how many releases.
    pub share: String,
    /// On which ground.
    pub ground: String,
    /// Claimed, denied, with overdue papers, misused.
    pub counts: [u32; 4],
}

impl Rates {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let line = Line {
            owner: "Jo Rivera".into(),
            share: "2 of 14 releases".into(),
            ground: "Security vulnerability".into(),
            counts: [2, 0, 1, 1],
        };
        vec![Self { lines: vec![line] }, Self { lines: Vec::new() }]
    }
}

const COLUMNS: [&str; 7] =
    ["Owner", "Emergencies", "Ground", "Claimed", "Authority denied", "Papers overdue", "Misuse"];

impl Page for Rates {
    fn title(&self) -> String {
        "How often emergencies are used".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, _shell: &Shell) -> Markup {
        let rows = self.lines.iter().map(|line| {
            let texts = [&line.owner, &line.share, &line.ground].into_iter().map(table::cell);
            texts.chain(line.counts.iter().map(table::cell)).collect::<Vec<_>>()
        });
        let rows: Vec<Vec<Markup>> = rows.collect();
        html! {
            h1 { "How often emergencies are used" }
            p { a href="/entries/emergency" { "Every emergency" } }
            @if rows.is_empty() {
                (empty::render("Nobody has used an emergency.", "An emergency release runs on verbal authority before it is approved in writing.", None))
            } @else {
                (table::render("Emergencies by owner and ground", &COLUMNS, &rows))
            }
        }
    }
}

/// `GET /emergencies/rates`
pub async fn show(visitor: Visitor) -> Answer {
    let rates = visitor.app.emergency_rates().await?;
    let names = visitor.app.names().await?;
    let lines = rates.owners.iter().flat_map(|owner| {
        let name = names.get(&owner.owner).cloned().unwrap_or_default();
        let share = format!("{} of {} releases", owner.emergencies, owner.releases);
        owner.grounds.iter().map(move |ground| Line {
            owner: name.clone(),
            share: share.clone(),
            ground: words::capital(ground.ground.human()),
            counts: [ground.claimed, ground.denied, ground.overdue, ground.misused],
        })
    });
    visitor.page(&Rates { lines: lines.collect() })
}
