//! The tables of a pack, as CSV (RFC 4180): one line each for what an auditor counts.

use super::control::Contents;
use countersign_core::actor::Who;
use countersign_core::control::evidence::DeploymentEvidence;
use countersign_core::name::EnvironmentName;

/// A table: its heading and its lines.
struct Table {
    text: String,
}

impl Table {
    fn new(heads: &[&str]) -> Self {
        let mut table = Self { text: String::new() };
        table.line(heads.iter().map(|head| (*head).to_owned()));
        table
    }

    fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }
}

/// A cell. What a spreadsheet would take for a formula is made a text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if formula { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        return format!("\"{}\"", guarded.replace('"', "\"\""));
    }
    guarded
}

/// The deployment log, with how each part stands.
pub fn deployments(contents: &Contents) -> String {
    let mut heads = vec![
        "release",
        "model",
        "version",
        "change",
        "tier",
        "environment",
        "kind",
        "deployed_at",
        "recorded_at",
        "deployer_id",
        "deployer",
        "change_reference",
        "artifacts",
        "log_position",
    ];
    heads.extend(contents.parts().iter().map(|part| part.word()));
    let mut table = Table::new(&heads);
    for one in &contents.deployments {
        let line = &one.deployment;
        let artifacts =
            line.artifacts.iter().map(|it| format!("{} {} {}", it.kind, it.name, it.digest));
        let mut cells = vec![
            one.release.to_string(),
            one.model.to_string(),
            one.title.clone(),
            one.change.to_string(),
            one.tier.to_string(),
            line.environment.to_string(),
            line.kind.word().to_owned(),
            line.at.to_string(),
            line.recorded_at.to_string(),
            line.deployer.to_string(),
            name(contents, &line.deployer),
            line.change_reference.clone().unwrap_or_default(),
            artifacts.collect::<Vec<_>>().join("; "),
            line.position.to_string(),
        ];
        cells.extend(one.parts.iter().map(|part| part.held.word().to_owned()));
        table.line(cells);
    }
    table.text
}

/// Approval records.
pub fn approvals(contents: &Contents) -> String {
    let mut table = Table::new(&[
        "release",
        "version",
        "deployed_to",
        "deployed_at",
        "approver_id",
        "approver",
        "on_behalf_of",
        "role",
        "purpose",
        "approved_at",
        "dossier",
        "environments",
        "conditions",
        "self_approved",
        "in_session",
        "log_position",
    ]);
    for (one, approval) in
        contents.deployments.iter().flat_map(|one| one.approvals.iter().map(move |it| (one, it)))
    {
        let said = |is: bool| if is { "yes".to_owned() } else { "no".to_owned() };
        let of = |environment: &EnvironmentName| environment.to_string();
        let environments: Vec<String> = approval.environments.iter().map(of).collect();
        let mut cells = about(one);
        cells.extend([
            approval.person.to_string(),
            contents.name(&approval.person).to_owned(),
            approval.on_behalf_of.as_ref().map(ToString::to_string).unwrap_or_default(),
            approval.role.to_string(),
            approval.purpose.clone(),
            approval.at.to_string(),
            approval.dossier.to_string(),
            environments.join(" "),
            approval.conditions.to_string(),
            said(approval.self_approved),
            said(approval.in_session),
            approval.position.to_string(),
        ]);
        table.line(cells);
    }
    table.text
}

/// Test reports.
pub fn tests(contents: &Contents) -> String {
    let mut table = Table::new(&[
        "release",
        "version",
        "deployed_to",
        "deployed_at",
        "kind",
        "held",
        "because",
        "item",
        "evidence",
        "file",
        "format",
        "run",
        "attached_at",
        "sha256",
        "bytes",
        "log_position",
    ]);
    for (one, test) in
        contents.deployments.iter().flat_map(|one| one.tests.iter().map(move |it| (one, it)))
    {
        let head = || {
            let mut cells = about(one);
            let (kind, held) = (test.kind.word().to_owned(), test.held.word().to_owned());
            cells.extend([kind, held, test.because.clone()]);
            cells
        };
        if test.reports.is_empty() {
            table.line(head().into_iter().chain(std::iter::repeat_n(String::new(), 9)));
        }
        for report in &test.reports {
            let mut cells = head();
            cells.extend([
                report.item.to_string(),
                report.evidence.to_string(),
                report.name.clone(),
                report.format.clone().unwrap_or_default(),
                report.run.unwrap_or_default().to_owned(),
                report.attached_at.to_string(),
                report.sha256.hex(),
                report.size.to_string(),
                report.position.to_string(),
            ]);
            table.line(cells);
        }
    }
    table.text
}

/// Exception records: one line for each acceptance of a risk, and for each emergency.
pub fn exceptions(contents: &Contents) -> String {
    let mut table = Table::new(&[
        "release",
        "version",
        "deployed_to",
        "deployed_at",
        "kind",
        "bypassed",
        "reason",
        "measures",
        "until",
        "accepted_by_id",
        "accepted_by",
        "role",
        "accepted_at",
        "statement",
        "approved_in_writing_at",
    ]);
    for one in &contents.deployments {
        for waiver in &one.exceptions.waivers {
            for accepted in &waiver.accepted {
                let mut cells = about(one);
                cells.extend([
                    "exception".to_owned(),
                    waiver.waives.to_string(),
                    contents.text(&waiver.reason).to_owned(),
                    contents.text(&waiver.measures).to_owned(),
                    waiver.until.to_string(),
                    accepted.by.to_string(),
                    contents.name(&accepted.by).to_owned(),
                    accepted.role.to_string(),
                    accepted.at.to_string(),
                    contents.text(&accepted.statement).to_owned(),
                    String::new(),
                ]);
                table.line(cells);
            }
        }
        if let Some(emergency) = &one.exceptions.emergency {
            let mut cells = about(one);
            let moment =
                |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
            cells.extend([
                "verbal authority".to_owned(),
                "written approval before the deployment".to_owned(),
                format!("{}: {}", emergency.ground.human(), contents.text(&emergency.explanation)),
                String::new(),
                String::new(),
                emergency.authority.to_string(),
                contents.name(&emergency.authority).to_owned(),
                String::new(),
                moment(emergency.confirmed_at),
                String::new(),
                moment(emergency.approved_at),
            ]);
            table.line(cells);
        }
    }
    table.text
}

/// Which deployment a line is about.
fn about(one: &DeploymentEvidence) -> Vec<String> {
    let line = &one.deployment;
    vec![
        one.release.to_string(),
        one.title.clone(),
        line.environment.to_string(),
        line.at.to_string(),
    ]
}

fn name(contents: &Contents, who: &Who) -> String {
    match who {
        Who::Person(person) => contents.name(person).to_owned(),
        Who::Machine(_) | Who::System => String::new(),
    }
}

#[cfg(test)]
mod tests_of_cells {
    use super::quoted;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_commas() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted("a, b"), "\"a, b\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
