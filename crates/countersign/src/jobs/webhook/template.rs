//! Body templates: text with placeholders over the standard body.
//!
//! `{{data.release}}` stands for a value of the standard body, by its path; an element of a list is
//! named by its number, counted from 0: `{{data.artifacts.0.digest}}`. Texts are escaped as JSON
//! without their quotes, so that they can stand inside a text; everything else is written as JSON.
//! There are no conditions and no loops, and a placeholder nobody knows is an error when the
//! template is configured.

use serde_json::Value;
use std::collections::BTreeSet;

/// A template, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(String),
}

impl Template {
    /// Reads a template. `known` is a body in which every known placeholder has a value.
    pub(super) fn parse(text: &str, known: &Value) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let place = || place(text, text.len() - after.len() - 2);
            let Some((path, behind)) = after.split_once("}}") else {
                return Err(format!("the placeholder at {} has no `}}}}`: close it", place()));
            };
            let path = path.trim();
            if find(known, &first_elements(path)).is_none() {
                let names = names(known).into_iter().collect::<Vec<_>>().join("`, `");
                return Err(format!(
                    "there is no placeholder `{{{{{path}}}}}` ({}): known are `{names}`",
                    place()
                ));
            }
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Value(path.to_owned()));
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self { parts })
    }

    /// The same template with every number replaced by 0, to be tried on a body with one element
    /// in each list.
    pub(super) fn first_elements_only(&self) -> Self {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => Part::Text(text.clone()),
            Part::Value(path) => Part::Value(first_elements(path)),
        });
        Self { parts: parts.collect() }
    }

    /// The text with the values of this body.
    pub(super) fn render(&self, body: &Value) -> Result<String, String> {
        let mut rendered = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => rendered.push_str(text),
                Part::Value(path) => {
                    let value = find(body, path);
                    let missing = || format!("this release has no value for `{{{{{path}}}}}`");
                    rendered.push_str(&written(value.ok_or_else(missing)?));
                }
            }
        }
        Ok(rendered)
    }
}

fn written(value: &Value) -> String {
    let json = value.to_string();
    match value {
        Value::String(_) => json[1..json.len() - 1].to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            json
        }
    }
}

fn find<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Object(map) => map.get(key),
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// The path with every number replaced by 0: whether there is a second element is only known when
/// the message is written.
fn first_elements(path: &str) -> String {
    let number = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    path.split('.').map(|key| if number(key) { "0" } else { key }).collect::<Vec<_>>().join(".")
}

/// The paths of all values.
fn names(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect("", value, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| collect(&below(key), value, found))
        }
        Value::Array(list) => {
            found.insert(path.to_owned());
            list.iter().take(1).for_each(|value| collect(&below("0"), value, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.insert(path.to_owned());
        }
    }
}

/// Where a byte of the text stands, as people count.
fn place(text: &str, offset: usize) -> String {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body() -> Value {
        json!({"type": "release.approved", "data": {
            "title": "say \"hi\"\n", "artifacts": [{"name": "a", "digest": "sha256:00"}]
        }})
    }

    /// R-050
    #[test]
    fn a_text_is_escaped_and_a_list_is_written_as_json() {
        let text = r#"{"t": "{{ data.title }}!", "all": {{data.artifacts}}, "d": "{{data.artifacts.0.digest}}"}"#;
        let rendered = Template::parse(text, &body()).unwrap().render(&body()).unwrap();
        let value: Value = serde_json::from_str(&rendered).unwrap();
        assert_eq!(value["t"], "say \"hi\"\n!");
        assert_eq!(value["all"][0]["name"], "a");
        assert_eq!(value["d"], "sha256:00");
    }

    /// R-050
    #[test]
    fn an_unknown_placeholder_is_named_with_its_place_and_the_known_ones() {
        let error = Template::parse("{\n  \"x\": {{data.owner}}}", &body()).unwrap_err();
        assert_eq!(
            error,
            "there is no placeholder `{{data.owner}}` (line 2, column 8): known are \
             `data.artifacts`, `data.artifacts.0.digest`, `data.artifacts.0.name`, `data.title`, \
             `type`"
        );
        assert!(Template::parse("{{}}", &body()).is_err());
        assert!(Template::parse("{{data.artifacts.0.size}}", &body()).is_err());
        let open = Template::parse("a {{type", &body()).unwrap_err();
        assert!(open.contains("line 1, column 3"), "{open}");
    }

    #[test]
    fn an_element_a_release_does_not_have_is_an_error_when_it_is_written() {
        let template = Template::parse("{{data.artifacts.3.name}}", &body()).unwrap();
        let error = template.render(&body()).unwrap_err();
        assert!(error.contains("data.artifacts.3.name"), "{error}");
    }

    #[test]
    fn braces_that_are_no_placeholder_stay() {
        let template = Template::parse(r#"{"a":{"b":"{{type}}"}}"#, &body()).unwrap();
        assert_eq!(template.render(&body()).unwrap(), r#"{"a":{"b":"release.approved"}}"#);
    }
}
