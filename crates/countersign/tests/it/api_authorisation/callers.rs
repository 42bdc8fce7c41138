//! Every kind of caller: each role of the shipped policy, owners, machines with each scope, and
//! those who are nobody.

use crate::world::{Client, World};
use countersign_core::actor::Scope;
use serde_json::json;

/// A kind of caller.
pub struct Caller {
    /// What the page calls it.
    pub label: &'static str,
    /// The role it would approve in.
    pub role: &'static str,
    /// The API as it calls it.
    pub client: Client,
    /// Whether it is a person.
    pub is_person: bool,
}

/// People by label, the role they would approve in, and the name tests call them by.
pub const PEOPLE: &[(&str, &str, &str)] = &[
    ("owner", "model_owner", "rivera"),
    ("owner of another model", "model_owner", "stranger"),
    ("ai_governance_lead", "ai_governance_lead", "haddad"),
    ("ai_governance_committee", "ai_governance_committee", "ito"),
    ("security", "security", "weber"),
    ("legal", "legal", "dubois"),
    ("compliance", "compliance", "okafor"),
    ("product_lead", "product_lead", "chen"),
    ("peer_reviewer", "peer_reviewer", "silva"),
    ("ml_engineer", "ml_engineer", "engineer"),
    ("ml_platform_lead", "ml_platform_lead", "banerjee"),
    ("data_governance", "data_governance", "larsen"),
    ("application_security", "application_security", "moreau"),
    ("security_operations_lead", "security_operations_lead", "kovacs"),
    ("ml_platform", "ml_platform", "petrov"),
    ("stands in for the lead", "ai_governance_lead", "deputy"),
    ("role expired", "ai_governance_lead", "expired"),
    ("no role", "model_owner", "newcomer"),
    ("auditor", "model_owner", "audrey"),
    ("administrator", "model_owner", "admin"),
    ("disabled", "security", "gone"),
];

/// Machines by label and scope.
pub const MACHINES: &[(&str, Scope)] = &[
    ("machine: read", Scope::Read),
    ("machine: verdict", Scope::Verdict),
    ("machine: evidence", Scope::Evidence),
    ("machine: deployment", Scope::Deployment),
    ("machine: export", Scope::Export),
];

/// An installation and everybody who may call it.
pub async fn callers() -> (World, Vec<Caller>) {
    let mut world = World::in_memory().await;
    for (short, name, roles) in [
        ("stranger", "Owner of another model", &[][..]),
        ("engineer", "An engineer", &["ml_engineer"]),
        ("deputy", "Stands in", &[]),
        ("expired", "Was lead once", &[]),
        ("gone", "Left the company", &["security"]),
    ] {
        world.add(short, name, roles).await;
    }
    world.populate().await;
    let (admin, lead) = (world.person("admin"), world.person("haddad"));
    let path = |who: &str, rest: &str| format!("/people/{}/{rest}", world.id(who));
    let short = json!({"role": "ai_governance_lead", "until": "2026-05-11T09:00:01Z"});
    admin.post(&path("expired", "roles"), short).await.ok();
    world.at("2026-05-11T09:00:02Z");
    let lend = json!({
        "to": world.id("deputy").as_str(), "role": "ai_governance_lead",
        "until": "2026-06-11T09:00:00Z", "reason": "on leave",
    });
    lead.post("/delegations", lend).await.ok();
    admin.send("/controls", crate::api_controls::gate()).await.ok();
    let other = json!({"name": "other", "title": "Other", "tier": "low", "intended_use": "x"});
    world.person("stranger").post("/models", other).await.ok();
    admin.post(&path("gone", "disable"), json!({})).await.ok();
    let mut callers: Vec<Caller> = PEOPLE
        .iter()
        .map(|(label, role, who)| Caller {
            label,
            role,
            client: world.person(who),
            is_person: true,
        })
        .collect();
    for (label, scope) in MACHINES {
        let client = world.machine(&[*scope]).await;
        callers.push(Caller { label, role: "model_owner", client, is_person: false });
    }
    let (label, role) = ("nobody", "model_owner");
    callers.push(Caller { label, role, client: world.nobody(), is_person: false });
    (world, callers)
}
