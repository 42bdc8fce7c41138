//! Roles as they are given: a role that no policy in force names does nothing, and is most often a
//! slip of the pen. The server takes it all the same, because roles may be given before the policy
//! that needs them is published.

use super::client::Client;
use super::shell::Shell;
use super::table::word;
use super::trouble::Trouble;
use countersign_core::name::RoleName;
use countersign_core::register::administrator;

/// Says so when the policy in force does not know a role. Never a reason to fail: it was given.
pub fn remark_if_unknown(shell: &Shell, client: &Client, role: &RoleName) {
    if let Ok(Some((policy, known))) = known(client)
        && *role != administrator()
        && !known.contains(role)
    {
        let known: Vec<&str> = known.iter().map(RoleName::as_str).collect();
        let known = known.join(", ");
        shell.remark(&format!(
            "warning: {policy} names no role `{role}`, so it does nothing now; it names {known}"
        ));
    }
}

/// The policy in force, and the roles it names; nothing when none is in force.
fn known(client: &Client) -> Result<Option<(String, Vec<RoleName>)>, Trouble> {
    let policies = client.at(&["policies"])?.get()?;
    let Some(one) = policies.items().iter().find(|one| one["in_force"] == true) else {
        return Ok(None);
    };
    let (name, version) = (word(one, "/name"), word(one, "/version"));
    let source = client.at(&["policies", &name, &version])?.get()?.word("/source");
    let policy = countersign_formats::policy::parse(&source).policy;
    let roles = |policy: countersign_core::policy::Policy| {
        policy.roles.into_iter().map(|role| role.name).collect()
    };
    Ok(policy.map(|policy| (format!("{name} {version}"), roles(policy))))
}
