//! Deeds as requests to the API.

use super::OverHttp;
use crate::story::deed::{Asked, Attachment, Deed, Done, Place};
use crate::story::people::OfPeople;
use crate::story::policy_review::PolicyDeed;
use crate::story::times::{OfTimes, body_of};
use crate::story::{digest_of, organisation};
use crate::world::{Answer, Client};
use serde_json::{Value, json};

/// How a request is sent.
pub(super) enum Send {
    Post(Value),
    Put(Value),
    Delete,
    Bytes(Vec<u8>),
    Fetch,
}

impl OverHttp {
    pub(super) fn send(&self, who: &str, path: &str, how: Send) -> Result<Answer, String> {
        let client: Client = self.client(who)?;
        let sent = async {
            match how {
                Send::Post(body) => client.post(path, body).await,
                Send::Put(body) => client.put(path, body).await,
                Send::Delete => client.delete(path).await,
                Send::Bytes(bytes) => client.send(path, bytes).await,
                Send::Fetch => client.get(path).await,
            }
        };
        Ok(self.runtime.block_on(sent))
    }

    pub(super) fn request(&self, who: &str, asked: &Asked) -> Result<Answer, String> {
        let resubmits = asked.resubmits.as_ref().map(|title| self.id_of(title)).transpose()?;
        let artifact = |one: &crate::story::deed::NamedArtifact| json!({ "name": one.name, "kind": one.kind, "digest": digest_of(&one.bytes).to_string() });
        let body = json!({
            "model": asked.model,
            "title": asked.title,
            "change": asked.change,
            "summary": asked.summary,
            "environments": asked.environments,
            "regions": asked.regions,
            "traits": asked.facts,
            "runbook": asked.runbook,
            "resubmits": resubmits.map(ToString::to_string),
            "not_before": asked.schedule.not_before,
            "not_after": asked.schedule.not_after,
            "override_reason": asked.override_reason,
            "artifacts": asked.artifacts.iter().map(artifact).collect::<Vec<_>>(),
        });
        self.send(who, "/releases", Send::Post(body))
    }

    /// One request for one deed.
    pub(super) fn call(&self, who: &str, release: &str, deed: &Deed) -> Result<Answer, String> {
        if let Some((path, how)) = self.elsewhere(deed)? {
            return self.send(who, &path, how);
        }
        let release_path = format!("/releases/{}", self.id_of(release)?);
        let (path, how) = match deed {
            Deed::Approve { role, conditions } => {
                let dossier = self.read.get(&(who.to_owned(), release.to_owned())).cloned();
                let dossier = match dossier {
                    Some(read) => read,
                    None => super::look::text(&self.get(&release_path)?["dossier"]),
                };
                let mut promises = Vec::new();
                for one in conditions {
                    let owner = self.person(&one.owner)?;
                    let due = one.due.to_string();
                    promises.push(json!({ "text": one.text, "owner": owner, "due": due }));
                }
                let body = json!({ "role": role, "dossier": dossier, "conditions": promises });
                ("/approve".to_owned(), Send::Post(body))
            }
            Deed::Urgent(urgent) => {
                let id_of = |name: &str| match self.id_of(name) {
                    Ok(release) => release.to_string(),
                    Err(_) => self.person(name).unwrap_or_default(),
                };
                let request = urgent.request(&id_of);
                let (path, body) = request.ok_or("only the clock of the server does this")?;
                (path.to_owned(), Send::Post(body))
            }
            Deed::Schedule(schedule) => ("/schedule".to_owned(), Send::Put(body_of(schedule))),
            Deed::Attach(one) => (evidence_path(one), Send::Bytes(one.bytes()?)),
            other => about_release(other)
                .ok_or_else(|| format!("the API has no request for {other:?}"))?,
        };
        self.send(who, &format!("{release_path}{path}"), how)
    }

    pub(super) fn person(&self, handle: &str) -> Result<String, String> {
        let person = self.people.get(handle);
        person.map(|one| one.id.to_string()).ok_or_else(|| format!("nobody is called `{handle}`"))
    }

    fn about_people(&self, deed: &OfPeople) -> Result<(String, Send), String> {
        let people = |handle: &str| self.person(handle).map(|id| format!("/people/{id}"));
        Ok(match deed {
            OfPeople::Grant { role, person, until } => {
                let body = json!({ "role": role, "until": until });
                (format!("{}/roles", people(person)?), Send::Post(body))
            }
            OfPeople::Revoke { role, person } => {
                (format!("{}/roles/{role}", people(person)?), Send::Delete)
            }
            OfPeople::Delegate { to, role, until, reason } => {
                let to = self.person(to)?;
                let body = json!({ "to": to, "role": role, "until": until, "reason": reason });
                ("/delegations".into(), Send::Post(body))
            }
            OfPeople::EndDelegation { number } => (format!("/delegations/{number}"), Send::Delete),
            OfPeople::Qualify { person, role, passed_on } => {
                let proof = "the record of the training";
                let body = json!({ "role": role, "passed_on": passed_on, "proof": proof });
                (format!("{}/qualifications", people(person)?), Send::Post(body))
            }
            OfPeople::SameAs { person, other } => {
                let body = json!({ "person": self.person(other)? });
                (format!("{}/same-as", people(person)?), Send::Post(body))
            }
        })
    }

    /// Deeds about models, people and documents.
    fn elsewhere(&self, deed: &Deed) -> Result<Option<(String, Send)>, String> {
        let document = organisation::document;
        Ok(Some(match deed {
            Deed::RegisterModel { model, tier, intended_use } => {
                let body = json!({
                    "name": model, "title": model, "tier": tier, "intended_use": intended_use,
                });
                ("/models".into(), Send::Post(body))
            }
            Deed::ChangeTier { model, tier, reason } => {
                let body = json!({ "tier": tier, "reason": reason });
                (format!("/models/{model}/tier"), Send::Post(body))
            }
            Deed::ChangeOwner { model, owner, reason } => {
                let body = json!({ "owner": self.person(owner)?, "reason": reason });
                (format!("/models/{model}/owner"), Send::Post(body))
            }
            Deed::OfPeople(of_people) => self.about_people(of_people)?,
            Deed::OfTimes(of_times) => {
                let (path, body) = of_times.request();
                let puts = matches!(of_times, OfTimes::Windows { .. });
                (path, if puts { Send::Put(body) } else { Send::Post(body) })
            }
            Deed::PublishPolicy { file, changes } => {
                let text = organisation::changed_document(file, changes)?;
                ("/policies".into(), Send::Bytes(text.into_bytes()))
            }
            Deed::ApprovePolicy { policy } => {
                let path = format!("/policies/{}/approve", policy.replace(' ', "/"));
                (path, Send::Post(json!({})))
            }
            Deed::DeclinePolicy { policy, reason } => {
                let path = format!("/policies/{}/decline", policy.replace(' ', "/"));
                (path, Send::Post(json!({ "reason": reason })))
            }
            Deed::OfPolicy(PolicyDeed::Review { policy, outcome, text }) => {
                let path = format!("/policies/{}/review", policy.replace(' ', "/"));
                (path, Send::Post(json!({ "outcome": outcome, "text": text })))
            }
            Deed::OfPolicy(PolicyDeed::Ask { policy, trigger, text }) => {
                let path = format!("/policies/{}/reviews", policy.replace(' ', "/"));
                (path, Send::Post(json!({ "trigger": trigger, "text": text })))
            }
            Deed::PublishRunbook { file } => {
                ("/runbooks".into(), Send::Bytes(document(file)?.into_bytes()))
            }
            _ => return Ok(None),
        }))
    }
}

fn evidence_path(one: &Attachment) -> String {
    let to = match &one.to {
        Place::Item(item) => format!("item={item}"),
        Place::Step(step) => format!("step={step}"),
        Place::Condition(number) => format!("condition={number}"),
    };
    let mut path = format!("/evidence?name={}&{to}", one.file);
    if !one.parts.is_empty() {
        path.push_str(&format!("&parts={}", one.parts.join(",")));
    }
    if one.redacted {
        path.push_str("&redacted=true");
    }
    if let Some(replaced) = &one.replaces {
        path.push_str(&format!("&replaces={replaced}"));
    }
    path
}

/// The path below a release and what is sent there.
fn about_release(deed: &Deed) -> Option<(String, Send)> {
    Some(match deed {
        Deed::AddArtifact(one) => {
            let digest = digest_of(&one.bytes).to_string();
            let body = json!({ "name": one.name, "kind": one.kind, "digest": digest });
            ("/artifacts".into(), Send::Post(body))
        }
        Deed::RemoveArtifact { name } => (format!("/artifacts/{name}"), Send::Delete),
        Deed::ConfirmPrerequisite { number } => {
            (format!("/prerequisites/{number}"), Send::Post(json!({})))
        }
        Deed::Answer { item, answers } => {
            (format!("/items/{item}"), Send::Put(json!({ "answers": answers })))
        }
        Deed::NotApplicable { item, reason } => {
            (format!("/items/{item}"), Send::Put(json!({ "not_applicable": reason })))
        }
        Deed::WithdrawEvidence { evidence, reason } => {
            (format!("/evidence/{evidence}/withdraw"), Send::Post(json!({ "reason": reason })))
        }
        Deed::OpenEvidence { evidence } => (format!("/evidence/{evidence}/content"), Send::Fetch),
        Deed::CloseFinding { evidence, finding, reason } => {
            let body = json!({ "finding": finding, "reason": reason });
            (format!("/evidence/{evidence}/close-finding"), Send::Post(body))
        }
        Deed::Submit => ("/submit".into(), Send::Post(json!({}))),
        Deed::Complete { step, done } => {
            let body = match done {
                Done::Statement(text) => json!({ "statement": text }),
                Done::Files => json!({}),
                Done::Answers(answers) => json!({ "answers": answers }),
            };
            (format!("/steps/{step}/complete"), Send::Post(body))
        }
        Deed::RaiseConcern { step, text } => {
            ("/concerns".into(), Send::Post(json!({ "step": step, "text": text })))
        }
        Deed::ResolveConcern { number, text } => {
            (format!("/concerns/{number}/resolve"), Send::Post(json!({ "text": text })))
        }
        decided => return after_review(decided),
    })
}

fn after_review(deed: &Deed) -> Option<(String, Send)> {
    let because = |reason: &str| Send::Post(json!({ "reason": reason }));
    Some(match deed {
        Deed::Reject { role, reason, text } => {
            let body = json!({ "role": role, "reason": reason, "text": text });
            ("/reject".into(), Send::Post(body))
        }
        Deed::Withdraw { reason } => ("/withdraw".into(), because(reason)),
        Deed::Suspend { reason } => ("/suspend".into(), because(reason)),
        Deed::Resume { reason } => ("/resume".into(), because(reason)),
        Deed::Deploy { environment, change } => {
            let body = json!({ "environment": environment, "change_reference": change });
            ("/deployments".into(), Send::Post(body))
        }
        Deed::Confirm { environment, trouble } => {
            let body = json!({
                "within_parameters": "yes",
                "monitoring_active": "yes",
                "no_issues": if trouble.is_some() { "no" } else { "yes" },
                "note": trouble,
            });
            (format!("/deployments/{environment}/confirm"), Send::Post(body))
        }
        Deed::Care(care) => {
            let (path, body) = care.request();
            (path, Send::Post(body))
        }
        _ => return None,
    })
}
