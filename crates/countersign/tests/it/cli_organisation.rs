//! A small organisation that was set up by the command line alone: one server, six people.

use crate::cli_server::ChildServer;
use crate::cli_terminal::Terminal;
use crate::world::POLICY;

const PASSWORD: &str = "a long enough pass phrase\n";
const PROMPT_CHANGE: &str = include_str!("../../../../catalog/runbooks/prompt-change.md");

/// The people, each with a terminal of their own.
pub struct Organisation {
    /// The server they share.
    pub server: ChildServer,
    /// Keeps people and publications.
    pub admin: Terminal,
    /// Sits on the Committee, and approved the policy.
    pub ito: Terminal,
    /// Owns the models, and writes the evidence.
    pub rivera: Terminal,
    /// Asks for releases, and signs for none of them.
    pub moreno: Terminal,
    /// Leads the product.
    pub chen: Terminal,
    /// Leads AI governance.
    pub haddad: Terminal,
}

impl Organisation {
    /// Sets everything up: people, roles, the policy and a runbook of the catalog.
    pub fn new() -> Self {
        let server = ChildServer::start();
        let admin = set_up(server.setup_link(), "Administrator", "admin@example.org");
        let policy = admin.file("release.policy", POLICY);
        admin.does(&["policy", "publish", &policy]);
        let committee = &["ai_governance_committee"];
        let ito = added(&admin, "K. Ito", "ito@example.org", committee);
        let said = ito.does(&["policy", "approve", "model-release", "1.0"]);
        assert!(said.contains("model-release 1.0 is approved"), "{said}");
        let [rivera, moreno, chen, haddad] = [
            ("J. Rivera", "rivera@example.org", &["ml_engineer"][..]),
            ("Y. Moreno", "moreno@example.org", &["data_governance"]),
            ("S. Chen", "chen@example.org", &["product_lead"]),
            ("R. Haddad", "haddad@example.org", &["ai_governance_lead"]),
        ]
        .map(|(name, email, roles)| added(&admin, name, email, roles));
        // The Model Owner signs for the policy already; nobody counts twice.
        let runbook = PROMPT_CHANGE.replace("**Owner:** ML Lead", "**Owner:** Product Lead");
        let runbook = admin.file("prompt-change.md", &runbook);
        admin.does(&["runbook", "publish", &runbook]);
        Self { server, admin, ito, rivera, moreno, chen, haddad }
    }
}

fn added(admin: &Terminal, name: &str, email: &str, roles: &[&str]) -> Terminal {
    let said = admin.does(&["person", "add", name, email]);
    let link = said.lines().find_map(|line| line.strip_prefix("set-up link: ")).unwrap();
    for role in roles {
        admin.does(&["person", "grant", email, role]);
    }
    set_up(link, name, email)
}

/// Uses a set-up link; from then on the person is signed in and needs to name no server.
fn set_up(link: &str, name: &str, email: &str) -> Terminal {
    let person = Terminal::new();
    let arguments = ["setup", link, "--name", name, "--email", email, "--password-stdin"];
    let run = person.run_with(&arguments, PASSWORD);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains(&format!("as {name}")), "{}", run.out);
    person
}
