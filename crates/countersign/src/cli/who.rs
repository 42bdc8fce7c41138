//! People as the command line names them: by identifier, by address, or by exact name.

use super::client::Client;
use super::table::word;
use super::trouble::Trouble;
use serde_json::Value;

/// Everybody the server knows, as it lists them.
pub fn everybody(client: &Client) -> Result<Vec<Value>, Trouble> {
    client.all(&["people"])
}

/// The identifier of a person.
pub fn person(client: &Client, text: &str) -> Result<String, Trouble> {
    let people = match everybody(client) {
        Ok(people) => people,
        // Who may not list people can still name somebody by identifier.
        Err(trouble) if trouble.status() == Some(403) => return Ok(text.to_owned()),
        Err(trouble) => return Err(trouble),
    };
    choose(&people, text)
}

fn choose(people: &[Value], text: &str) -> Result<String, Trouble> {
    let text = text.trim();
    let id = |person: &Value| word(person, "/id");
    if let Some(exact) = people.iter().find(|person| id(person) == text) {
        return Ok(id(exact));
    }
    let matches = |person: &&Value| {
        word(person, "/email").eq_ignore_ascii_case(text)
            || word(person, "/name").to_lowercase() == text.to_lowercase()
    };
    let found: Vec<&Value> = people.iter().filter(matches).collect();
    match found.as_slice() {
        [] => Err(Trouble::usage(
            format!("nobody is called `{text}`"),
            "use an address, an exact name or an identifier: `countersign person list` shows them",
        )),
        [one] => Ok(id(one)),
        several => {
            let detail = format!("`{text}` is the name of {} people", several.len());
            let trouble = Trouble::usage(detail, "name one of them by address or identifier");
            Err(several.iter().fold(trouble, |trouble, person| {
                let line = ["/name", "/email", "/id"].map(|at| word(person, at)).join(", ");
                trouble.because("person.ambiguous", line)
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn people() -> Vec<Value> {
        vec![
            json!({"id": "p-1", "name": "Ada Okafor", "email": "ada@example.org"}),
            json!({"id": "p-2", "name": "Sam Chen", "email": "sam@example.org"}),
            json!({"id": "p-3", "name": "Sam Chen", "email": "chen@example.org"}),
        ]
    }

    #[test]
    fn a_person_is_known_by_address_name_or_identifier() {
        for text in ["p-1", "ADA@example.org", "ada okafor"] {
            assert_eq!(choose(&people(), text).ok().as_deref(), Some("p-1"), "{text}");
        }
    }

    #[test]
    fn a_name_of_two_people_is_refused_with_both() {
        let trouble = choose(&people(), "Sam Chen").unwrap_err();
        let text = format!("{trouble:?}");
        assert!(text.contains("p-2") && text.contains("p-3"), "{text}");
        assert!(choose(&people(), "nobody").is_err());
    }
}
