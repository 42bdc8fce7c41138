//! The artifacts of a release: every digest whole, and changing them until the decision.

use crate::api::releases::request::NewArtifact;
use crate::app::Draft;
use crate::portal::command::onwards;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, digest, error_summary, form, heading, summary_list};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::classification::ArtifactKind;
use countersign_core::digest::Sha256;
use countersign_core::release::{Artifact, Command};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Artifacts {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The artifacts.
    pub artifacts: Vec<Artifact>,
    /// Why they cannot be changed; `None` when they can.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Artifacts {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let artifact = Artifact {
            name: "triage-lora-r7".into(),
            kind: ArtifactKind::Adapter,
            digest: Sha256::of(b"adapter"),
        };
        let open = Self {
            id: "r-000000000000".into(),
            title: "triage-lora r7".into(),
            artifacts: vec![artifact],
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let fixed =
            Some("A release that is `approved` does not allow you to add an artifact".into());
        let faults = Faults::at("artifact.digest", "`abc` is not a digest");
        vec![open.clone(), Self { fixed, ..open.clone() }, Self { faults, ..open }]
    }

    fn one(&self, artifact: &Artifact, shell: &Shell) -> Markup {
        let lines = [
            summary_list::line("Kind", artifact.kind.human()),
            summary_list::line("Digest", digest::whole(&artifact.digest)),
        ];
        let open = Some(()).filter(|()| self.fixed.is_none());
        html! {
            h2 { (artifact.name) }
            (summary_list::render(&lines))
            @if open.is_some() {
                (form::post(&format!("/releases/{}/artifacts", self.id), shell, html! {
                    (form::hidden(&[("remove", &artifact.name)]))
                    (button::stop(&format!("Take out {}", artifact.name)))
                }))
            }
        }
    }
}

/// The boxes of one artifact, named below this prefix.
pub fn boxes(prefix: &str, typed: &Typed, faults: &Faults) -> Markup {
    let [name, kind, digest] = ["name", "kind", "digest"].map(|part| format!("{prefix}.{part}"));
    let kinds = ArtifactKind::ALL.iter().map(|one| Option_::new(one.word(), one.human()));
    let kinds = std::iter::once(Option_::new("", "Choose a kind")).chain(kinds);
    let kinds = kinds.map(|one| one.among(typed.all(&kind))).collect();
    let hint = "sha256: and 64 hexadecimal digits, as sha256sum prints them.";
    html! {
        (Field::new(Kind::Line, &name, "Name").value(typed.one(&name))
            .hint("For weights and adapters, the identifier of the checkpoint.").render(faults))
        (Choice::new(&kind, "Kind", kinds).select(faults))
        (Field::new(Kind::Digest, &digest, "Digest").value(typed.one(&digest)).hint(hint).render(faults))
    }
}

/// What the boxes below this prefix say.
pub fn typed_artifact(prefix: &str, typed: &Typed) -> NewArtifact {
    let one = |part: &str| typed.one(&format!("{prefix}.{part}")).trim().to_owned();
    NewArtifact { name: one("name"), kind: one("kind"), digest: one("digest") }
}

impl Page for Artifacts {
    fn title(&self) -> String {
        format!("Artifacts of {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/artifacts", self.id);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Artifacts"))
            p.lead { "A release is about exactly these bytes. A deployer asks by digest; whatever is not named here is denied." }
            @for artifact in &self.artifacts { section.check { (self.one(artifact, shell)) } }
            @match &self.fixed {
                Some(why) => p.hint { (why) "." },
                None => section {
                    h2 { "Add an artifact" }
                    (form::post(&path, shell, html! {
                        (boxes("artifact", &self.typed, &self.faults))
                        (button::submit("Add the artifact"))
                    }))
                },
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<Artifacts, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let release = &view.release.state;
    let name = "an artifact".to_owned();
    let trial = Artifact { name, kind: ArtifactKind::Configuration, digest: Sha256::of(b"") };
    let release_id = crate::api::body::parse("release", &id)?;
    let trial = Command::AddArtifact(trial);
    let fixed = visitor.would_refuse(&release_id, trial).await?;
    Ok(Artifacts {
        title: release.request.as_ref().map(|it| it.title.clone()).unwrap_or_default(),
        artifacts: release.artifacts.clone(),
        fixed: fixed.map(|refusal| crate::portal::words::capital(&refusal.to_string())),
        id,
        typed,
        faults,
    })
}

/// `GET /releases/{release}/artifacts`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/artifacts`: add one, or take one out.
pub async fn change(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let asked = match typed.filled("remove") {
        Some(name) => Ok(Command::RemoveArtifact { name: name.to_owned() }),
        None => typed_artifact("artifact", &typed).checked("artifact").map(Command::AddArtifact),
    };
    match visitor.ask(&id, asked.map(|command| (command, Draft::default()))).await? {
        None => onwards(&format!("/releases/{id}/artifacts")),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
