//! A task list: what is left, in groups, each line with where it stands and a way to it.

use super::tag::{self, Tag};
use maud::{Markup, html};

/// A group of tasks.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its heading.
    pub title: String,
    /// How far it is: "3 of 5 complete".
    pub progress: String,
    /// The tasks.
    pub tasks: Vec<Task>,
}

/// One task.
#[derive(Debug, Clone)]
pub struct Task {
    /// What it is.
    pub title: String,
    /// Where it is done; `None` when there is nothing to do.
    pub path: Option<String>,
    /// What is missing, who does it, when it is due.
    pub hints: Vec<Hint>,
    /// Where it stands.
    pub tag: Tag,
}

/// A line below a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Worth knowing.
    Plain(String),
    /// Missing or late.
    Urgent(String),
}

/// The groups.
pub fn render(groups: &[Group]) -> Markup {
    html! {
        @for group in groups {
            section.tasks {
                div.over {
                    h3 { (group.title) }
                    p.progress { (group.progress) }
                }
                ul { @for task in &group.tasks { (one(task)) } }
            }
        }
    }
}

fn one(task: &Task) -> Markup {
    html! {
        li {
            div.what {
                @match &task.path {
                    Some(path) => a href=(path) { (task.title) },
                    None => span { (task.title) },
                }
                @for hint in &task.hints {
                    @match hint {
                        Hint::Plain(text) => p.hint { (text) },
                        Hint::Urgent(text) => p.hint.urgent { (text) },
                    }
                }
            }
            div.where { (tag::render(&task.tag)) }
        }
    }
}
