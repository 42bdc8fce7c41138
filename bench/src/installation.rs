//! The installation that is measured: a model, a person who asks for releases, a machine that asks
//! for verdicts, and as many approved releases as wanted.

use crate::failure::{Failure, Told};
use crate::{request, seed};
use countersign::app::{AnyCommand, App, Caller, Draft, Submission};
use countersign::boot;
use countersign::clock::Clock;
use countersign::config::Config;
use countersign_core::actor::{Scope, Who};
use countersign_core::classification::RiskTier;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::name::{ModelName, PersonId, RoleName};
use countersign_core::register::{RegisterCommand, Term};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The policy shipped with the product.
const POLICY: &str = include_str!("../../catalog/policies/model-release.policy");

/// The one model of the installation.
pub const MODEL: &str = "summarizer";

/// An installation in a folder. It is closed between measurements, so that the product can open it.
pub struct Installation {
    /// Its folder.
    pub folder: PathBuf,
    known: RefCell<Known>,
}

/// What is kept beside the data, so that an installation can be measured again.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Known {
    owner: PersonId,
    person_token: String,
    machine_token: String,
    releases: u64,
}

impl Installation {
    /// The installation in this folder, set up when the folder is empty.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let file = folder.join("bench.json");
        let known = if file.is_file() {
            let text = std::fs::read(&file).told("read `bench.json`")?;
            serde_json::from_slice(&text).told("read `bench.json`")?
        } else {
            blocking(set_up(folder))?
        };
        let installation = Self { folder: folder.to_owned(), known: RefCell::new(known) };
        installation.keep()?;
        Ok(installation)
    }

    /// Adds approved releases until there are this many.
    pub fn grow_to(&self, releases: u64) -> Result<(), Failure> {
        let known = self.known.borrow().clone();
        if known.releases < releases {
            eprintln!("growing the installation to {releases} releases …");
            let new = known.releases..releases;
            blocking(async {
                let app = open(&self.folder).await?;
                seed::approved(&app.store, &known.owner, new).await
            })?;
            self.known.borrow_mut().releases = releases;
            self.keep()?;
        }
        Ok(())
    }

    /// How many approved releases there are.
    pub fn releases(&self) -> u64 {
        self.known.borrow().releases
    }

    /// The token of a machine that may ask for verdicts.
    pub fn machine_token(&self) -> String {
        self.known.borrow().machine_token.clone()
    }

    /// Questions about digests all over the installation, in no order, each of them allowed.
    pub fn questions(&self, count: u64) -> Vec<Vec<u8>> {
        let known = self.known.borrow();
        let picked = (0..count.min(known.releases)).map(|n| n * 7_919 % known.releases);
        let ask = |n| {
            let path = format!("/verdict?digest={}&environment=production", seed::digest(n));
            request::get(&path, &known.machine_token)
        };
        picked.map(ask).collect()
    }

    /// A person's request for a release: stored anew each time it is sent.
    pub fn release_request(&self) -> Vec<u8> {
        let digest = seed::digest(u64::MAX);
        let body = serde_json::json!({
            "model": MODEL, "title": "summarizer v1.4", "change": "new_model",
            "summary": "tuned on the tickets of last quarter", "traits": ["generative"],
            "artifacts": [{"name": "adapter", "kind": "adapter", "digest": digest.to_string()}],
        });
        request::post("/releases", &self.known.borrow().person_token, &body.to_string())
    }

    fn keep(&self) -> Result<(), Failure> {
        let text = serde_json::to_vec(&*self.known.borrow()).told("write `bench.json`")?;
        std::fs::write(self.folder.join("bench.json"), text).told("write `bench.json`")
    }
}

/// Runs to its end on this thread; what it opened is closed afterwards.
pub fn blocking<T>(run: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Runtime::new().told("start a runtime")?.block_on(run)
}

/// Opens the installation in this process.
pub async fn open(folder: &Path) -> Result<Arc<App>, Failure> {
    boot::open(Config::in_folder(folder), Clock::Machine).await.told("open the installation")
}

async fn set_up(folder: &Path) -> Result<Known, Failure> {
    let app = open(folder).await?;
    let owner = app.add_person("J. Rivera", "rivera@example.org").await.told("add a person")?;
    let admin = app.add_person("Administrator", "admin@example.org").await.told("add a person")?;
    let member = app.add_person("K. Ito", "ito@example.org").await.told("add a person")?;
    let roles =
        [(&owner, "ml_engineer"), (&member, "ai_governance_committee"), (&admin, "administrator")];
    for (person, role) in roles {
        let (person, role) = (person.id.clone(), RoleName::new(role).told("name a role")?);
        let grant = AnyCommand::Register(RegisterCommand::GrantRole {
            person,
            role,
            term: Term::default(),
        });
        app.execute(&Caller::system(), Submission::new(grant)).await.told("grant a role")?;
    }
    let caller = |person: &countersign_store::Person| Caller {
        who: Who::Person(person.id.clone()),
        scopes: [].into(),
        name: person.name.clone(),
    };
    let published = app.publish_policy(&caller(&admin), POLICY).await;
    let (policy, _) = published.told("publish the policy")?;
    app.approve_policy(&caller(&member), policy).await.told("approve the policy")?;
    let mut draft = Draft::default();
    let name = ModelName::new(MODEL).told("name a model")?;
    let registration = Registration {
        name: name.clone(),
        title: "Summarizer".into(),
        owner: owner.id.clone(),
        tier: RiskTier::Medium,
        intended_use: draft.text("intended_use", "shortens tickets").told("describe a model")?,
    };
    let register = AnyCommand::Model(name, ModelCommand::Register(registration));
    let register = Submission::new(register).with(draft);
    app.execute(&caller(&owner), register).await.told("register a model")?;
    let person_token = app.personal_token(&owner, "bench").await.told("make a token")?.token;
    let scopes = [Scope::Verdict].into();
    let machine =
        app.machine_token("bench", &scopes, &admin.id, None).await.told("make a token")?;
    Ok(Known { owner: owner.id, person_token, machine_token: machine.token, releases: 0 })
}
