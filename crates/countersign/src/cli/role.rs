//! Roles as they are given: a role that no policy names does nothing, and is most often a
//! slip of the pen. The server takes it all the same, because roles may be given before the policy
//! that needs them is published.

use super::client::Client;
use super::shell::Shell;
use super::table::word;
use super::trouble::Trouble;
use countersign_core::name::RoleName;
use countersign_core::register::administrator;

/// Says so when no policy knows a role. Never a reason to fail: it was given.
pub fn remark_if_unknown(shell: &Shell, client: &Client, role: &RoleName) {
    if *role == administrator() {
        return;
    }
    match known(client) {
        Ok(Some((_, known))) if known.contains(role) => {}
        Ok(Some((policy, known))) => {
            let known: Vec<&str> = known.iter().map(RoleName::as_str).collect();
            let known = known.join(", ");
            shell.remark(&format!(
                "warning: {policy} names no role `{role}`, so it does nothing now; it names {known}"
            ));
        }
        Ok(None) => shell.remark(&format!(
            "warning: no policy is published yet, so nothing names the role `{role}`; compare it \
             with `countersign policy show FILE` of the policy you are going to publish"
        )),
        Err(_) => {}
    }
}

/// The policy in force, or else the one published last, and the roles it names; nothing when none
/// is published.
fn known(client: &Client) -> Result<Option<(String, Vec<RoleName>)>, Trouble> {
    let policies = client.at(&["policies"])?.get()?;
    let in_force = policies.items().iter().find(|one| one["in_force"] == true);
    let Some(one) = in_force.or(policies.items().last()) else {
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
