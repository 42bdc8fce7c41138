//! The shell around every page: name, navigation, who is signed in, and what to do first for
//! people who navigate by keyboard.

use crate::portal::asset::{ICON_PATH, STYLE_PATH};
use crate::portal::components::form;
use crate::portal::moment::Zone;
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

/// A page: plain values that can show themselves inside the shell.
pub trait Page {
    /// What the browser's tab says, and usually the heading.
    fn title(&self) -> String;

    /// Where it belongs in the navigation.
    fn section(&self) -> Section {
        Section::Elsewhere
    }

    /// The content, its one `h1` included.
    fn main(&self, shell: &Shell) -> Markup;
}

/// The parts of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What waits for the visitor.
    Inbox,
    /// Releases.
    Releases,
    /// Models.
    Models,
    /// Lists kept beside the releases.
    Registers,
    /// Runbooks.
    Runbooks,
    /// The policy.
    Policy,
    /// People and roles.
    People,
    /// None of them.
    Elsewhere,
}

impl Shell {
    /// Whether people and what administrators keep are shown to the visitor.
    pub fn sees_people(&self) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.sees_people)
    }

    /// Whether the visitor keeps people and roles, so that forms for that are shown.
    pub fn keeps_people(&self) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.keeps_people)
    }
}

impl Section {
    const SHOWN: [(Self, &'static str, &'static str); 6] = [
        (Self::Inbox, "/inbox", "Inbox"),
        (Self::Releases, "/releases", "Releases"),
        (Self::Models, "/models", "Models"),
        (Self::Registers, "/entries", "Registers"),
        (Self::Runbooks, "/runbooks", "Runbooks"),
        (Self::Policy, "/policy", "Policy"),
    ];

    fn current(self, other: Self) -> Option<&'static str> {
        (self == other).then_some("page")
    }
}

/// What every page shows around its content.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Who is signed in.
    pub visitor: Option<Badge>,
    /// The value that forms send back.
    pub csrf: String,
    /// The zone of times.
    pub zone: Zone,
    /// What kind of installation this is.
    pub installation: Installation,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Badge {
    /// The name.
    pub name: String,
    /// The roles, as people call them.
    pub roles: Vec<String>,
    /// Whether people and roles are kept by this visitor.
    pub keeps_people: bool,
    /// Whether they are shown to this visitor: to who keeps them, and to who reads everything.
    pub sees_people: bool,
}

/// What kind of installation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// One in use.
    Real,
    /// The demonstration, with its banner.
    Demo,
}

impl Shell {
    /// The shell before anybody is known.
    pub fn nobody() -> Self {
        Self {
            visitor: None,
            csrf: String::new(),
            zone: Zone::utc(Timestamp::UNIX_EPOCH),
            installation: Installation::Real,
        }
    }

    /// A shell for samples.
    pub fn sample() -> Self {
        let now = "2026-05-12T09:30:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            visitor: Some(Badge {
                name: "Jo Rivera".into(),
                roles: vec!["ML Engineer".into()],
                keeps_people: true,
                sees_people: true,
            }),
            csrf: "csrf_sample".into(),
            zone: Zone::utc(now),
            installation: Installation::Real,
        }
    }

    /// A whole page.
    pub fn show(&self, page: &impl Page) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (page.title()) " – Countersign" }
                    link rel="stylesheet" href=(*STYLE_PATH);
                    link rel="icon" type="image/svg+xml" href=(*ICON_PATH);
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    (self.banner())
                    (self.header(page.section()))
                    main #main tabindex="-1" { (page.main(self)) }
                    (self.footer())
                }
            }
        }
    }

    fn banner(&self) -> Markup {
        let demo = Some(()).filter(|()| self.installation == Installation::Demo);
        html! {
            @if demo.is_some() {
                aside.banner aria-label="Demonstration" {
                    p {
                        strong { "Demonstration. " }
                        "Everything here is made up, and anybody may act as anybody. "
                        a href="/demo" { "What to try, and whom to act as" }
                    }
                }
            }
        }
    }

    fn header(&self, section: Section) -> Markup {
        html! {
            header.top {
                div.bar {
                    a.brand href="/" { (mark()) span { "Countersign" } }
                    @if let Some(visitor) = &self.visitor {
                        nav.main aria-label="Main" {
                            ul {
                                @for (one, path, name) in Section::SHOWN {
                                    li { a href=(path) aria-current=[section.current(one)] { (name) } }
                                }
                                @if visitor.sees_people {
                                    li {
                                        a href="/people" aria-current=[section.current(Section::People)] {
                                            "People"
                                        }
                                    }
                                }
                            }
                        }
                        (self.badge(visitor))
                    }
                }
            }
        }
    }

    fn badge(&self, visitor: &Badge) -> Markup {
        html! {
            div.visitor {
                p title=(visitor.roles.join(", ")) {
                    span.hidden { "Signed in as " }
                    (visitor.name)
                }
                (form::post("/sign-out", self, html! {
                    button.plain type="submit" { "Sign out" }
                }))
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer.bottom {
                p {
                    "Countersign. Nothing reaches production until the evidence is in and the named "
                    "people have signed. Times are in " (self.zone.name) "."
                }
            }
        }
    }
}

/// The mark: a tick, and the second one that makes it count.
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false" {
            rect.seal width="32" height="32" rx="7" {}
            path.first d="M6 17.5l5 5L20 9" {}
            path.second d="M13.5 19.5l3 3L26 9" {}
        }
    }
}
