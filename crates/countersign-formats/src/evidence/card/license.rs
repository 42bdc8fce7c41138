//! The licence in a card's front matter, and how its keys are read.

use super::super::node::{At, Node};
use super::super::stated::{conclude, texts};
use super::placeholder;
use countersign_core::reading::{Place, Reading};

/// The texts under a key, placeholders left out.
pub fn stated(front: &Node, key: &str) -> Vec<String> {
    let says = |text: &String| placeholder::find(text).is_none();
    texts(front, key).into_iter().filter(says).collect()
}

/// The key's place, or the whole file where it is missing.
pub fn place(front: &Node, key: &str) -> Place {
    if front.get(key).is_some() { At::root().key(key).place() } else { Place::File }
}

/// Whether a licence is named that can be looked up.
pub fn check(reading: &mut Reading, name: &str, front: &Node) {
    let licenses = stated(front, "license");
    let named =
        || ["license_name", "license_link"].iter().any(|key| !stated(front, key).is_empty());
    let fault = match licenses.as_slice() {
        [] => Some("`license` is missing; name one, for example `license: apache-2.0`"),
        [one] if one == "other" && !named() => {
            Some("the licence is `other`; add `license_name` or `license_link`")
        }
        [one] if one == "unknown" => Some("the licence is `unknown`; find it out and name it"),
        _ => None,
    };
    conclude(reading, name, place(front, "license"), fault.map(Into::into));
}
