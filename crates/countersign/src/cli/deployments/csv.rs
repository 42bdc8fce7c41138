//! The deployment log as comma-separated values (RFC 4180).

use super::super::table::word;
use serde_json::Value;

const HEADS: [&str; 15] = [
    "at",
    "environment",
    "model",
    "release",
    "title",
    "change_type",
    "deployer",
    "approvers",
    "summary",
    "change_reference",
    "artifacts",
    "evidence",
    "flags",
    "standing",
    "by_machine",
];

/// One line for the names of the fields, and one for each deployment.
pub fn of(items: &[Value]) -> String {
    let heads = HEADS.join(",");
    let lines = items.iter().map(|item| {
        let fields = fields(item);
        fields.iter().map(|field| escaped(field)).collect::<Vec<_>>().join(",")
    });
    std::iter::once(heads).chain(lines).collect::<Vec<_>>().join("\n")
}

fn fields(item: &Value) -> [String; 15] {
    let each = |name: &str, told: fn(&Value) -> String| {
        let all = item[name].as_array().cloned().unwrap_or_default();
        all.iter().map(told).collect::<Vec<_>>().join("; ")
    };
    [
        word(item, "/at"),
        word(item, "/environment"),
        word(item, "/model"),
        word(item, "/release"),
        word(item, "/title"),
        word(item, "/change"),
        word(item, "/deployer_name"),
        each("approvers", |one| format!("{} at {}", approver(one), word(one, "/at"))),
        word(item, "/summary"),
        word(item, "/change_reference"),
        each("artifacts", |one| {
            format!("{} {} {}", word(one, "/kind"), word(one, "/name"), word(one, "/digest"))
        }),
        each("evidence", |one| {
            let told = ["/evidence", "/name", "/format", "/sha256"].map(|at| word(one, at));
            told.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
        }),
        each("flags", |one| one.as_str().unwrap_or_default().to_owned()),
        word(item, "/standing"),
        word(item, "/by_machine"),
    ]
}

/// Who approved, in which role.
pub fn approver(one: &Value) -> String {
    format!("{} as {}", word(one, "/name"), word(one, "/role"))
}

/// A field as a spreadsheet takes it: quoted where it has to be, and never read as a formula.
fn escaped(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", field.replace('"', "\"\""));
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_with_commas_is_quoted_and_none_is_a_formula() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(escaped("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(escaped("=SUM(A1)"), "'=SUM(A1)");
    }

    ///
    #[test]
    fn a_line_has_the_approver_the_change_and_the_evidence() {
        let item = json!({
            "at": "2026-05-11T09:00:00Z", "environment": "production", "model": "m",
            "release": "r-1", "title": "m v1", "change": "new_model", "deployer_name": "Jo",
            "by_machine": false, "summary": "First, small", "change_reference": null,
            "approvers": [{"name": "Ana", "role": "legal", "at": "2026-05-10T09:00:00Z"}],
            "artifacts": [{"kind": "weights", "name": "w", "digest": "sha256:ab"}],
            "evidence": [{"evidence": "e1", "name": "m.json", "format": null, "sha256": "sha256:cd"}],
            "flags": ["emergency", "exception"], "standing": "confirmed",
        });
        let text = of(&[item]);
        let (heads, line) = text.split_once('\n').unwrap();
        assert!(heads.starts_with("at,environment,model"), "{heads}");
        assert_eq!(
            line,
            "2026-05-11T09:00:00Z,production,m,r-1,m v1,new_model,Jo,Ana as legal at \
             2026-05-10T09:00:00Z,\"First, small\",,weights w sha256:ab,e1 m.json sha256:cd,\
             emergency; exception,confirmed,no"
        );
    }
}
