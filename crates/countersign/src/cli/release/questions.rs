//! What checklist items and forms ask, ready to be answered.

use super::super::table::word;
use serde_json::Value;

/// The questions of everything that is still open; nothing when nothing asks.
pub fn text(release: &Value) -> Option<String> {
    let of = |name: &str| release[name].as_array().cloned().unwrap_or_default();
    let items = of("items").into_iter().filter(|item| word(item, "/state") == "open");
    let items = items.filter_map(|item| asked(&item, "/item", "release answer"));
    let steps = of("steps").into_iter().filter(|step| word(step, "/progress") != "done");
    let steps = steps.filter_map(|step| asked(&step, "/step", "release step complete"));
    let all: Vec<String> = items.chain(steps).collect();
    if all.is_empty() { None } else { Some(format!("Questions\n{}", all.join("\n"))) }
}

fn asked(one: &Value, name: &str, command: &str) -> Option<String> {
    let fields = one["fields"].as_array().filter(|fields| !fields.is_empty())?;
    let head = format!("{}: {} ({command})", word(one, name), word(one, "/title"));
    let lines = fields.iter().map(|field| format!("  {}", question(field)));
    Some(std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n"))
}

fn question(field: &Value) -> String {
    let mut shape = word(field, "/kind").replace('_', " ");
    for (label, at) in [("in ", "/unit"), ("one of ", "/options"), ("when ", "/when")] {
        let more = word(field, at);
        if !more.is_empty() {
            shape.push_str(&format!(", {label}{more}"));
        }
    }
    if field["required"] == Value::Bool(false) {
        shape.push_str(", may be empty");
    }
    format!("{}=…  {} ({shape})", word(field, "/name"), word(field, "/label"))
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn an_open_item_says_what_to_write_and_a_done_one_is_left_out() {
        let field = json!({"name": "path", "label": "How?", "kind": "choice",
            "options": ["a", "b"], "required": true});
        let item = |state: &str| json!({"item": "rollback", "title": "Way back", "state": state, "fields": [field]});
        let release = json!({ "items": [item("open"), item("complete")], "steps": [] });
        assert_eq!(
            text(&release).unwrap(),
            "Questions\nrollback: Way back (release answer)\n  path=…  How? (choice, one of a, b)"
        );
        assert_eq!(text(&json!({ "items": [item("complete")] })), None);
    }
}
