//! What to do about a name that is not known, and about one that is taken: where the choices are
//! listed, and what the thing that is there is good for.

/// For each thing that is named: the command that lists the choices.
const LISTED: [(&str, &str); 34] = [
    ("agenda item", "countersign entries agenda_item"),
    ("artifact", "countersign release show RELEASE"),
    ("change request", "countersign release show RELEASE"),
    ("checklist item", "countersign release show RELEASE --questions"),
    ("concern", "countersign release show RELEASE"),
    ("condition", "countersign release show RELEASE"),
    ("control", "countersign control list"),
    ("criterion", "countersign release show RELEASE"),
    ("criterion in the release's plan", "countersign release show RELEASE"),
    ("delegation", "countersign entries delegation"),
    ("deployment to", "countersign release show RELEASE"),
    ("emergency", "countersign entries emergency"),
    ("environment", "countersign environment list"),
    ("evidence", "countersign evidence list RELEASE"),
    ("exception", "countersign release show RELEASE"),
    ("finding", "countersign evidence show RELEASE EVIDENCE"),
    ("framework", "countersign framework list"),
    ("freeze", "countersign entries freeze"),
    ("incident", "countersign entries incident"),
    ("item", "countersign meeting show SESSION"),
    ("item of the agenda", "countersign entries agenda_item"),
    ("legal hold", "countersign entries legal_hold"),
    ("model", "countersign model list"),
    ("person", "countersign person list"),
    ("policy", "countersign policy list"),
    ("policy in force", "countersign policy list"),
    ("policy that waits for its approval", "countersign policy list"),
    ("purge", "countersign entries purge"),
    ("release", "countersign release list"),
    ("risk", "countersign entries risk"),
    ("runbook", "countersign runbook list"),
    ("sandbox exclusion", "countersign entries sandbox_exclusion"),
    ("session", "countersign entries meeting"),
    ("step", "countersign release show RELEASE"),
];

/// What to do when there is no such thing: the command that lists what there is.
pub fn look_up(what: &str) -> String {
    if what == "set-up link" {
        return "ask an administrator for a new one: a link works once and for a limited time"
            .to_owned();
    }
    match LISTED.iter().find(|(named, _)| *named == what) {
        Some((_, command)) => format!("choose one that `{command}` lists"),
        None => format!("check the name of the {what}"),
    }
}

/// What to do when there is such a thing already.
pub(super) fn of_existing(what: &str) -> String {
    const NEXT: [(&str, &str); 4] = [
        ("artifact with the digest", "leave it: the release names these bytes already"),
        (
            "deployment to",
            "confirm the one on record with `countersign deployment confirm`, or name another \
             environment",
        ),
        (
            "emergency of release",
            "go on with the one there is: `countersign release show RELEASE` says what it owes",
        ),
        (
            "request for",
            "wait until it is decided: `countersign release show RELEASE` says by whom",
        ),
    ];
    match NEXT.iter().find(|(named, _)| *named == what) {
        Some((_, next)) => (*next).to_owned(),
        None => format!("choose another name for the {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_known_leads_to_the_list_of_those_that_are() {
        for what in [
            "model",
            "checklist item",
            "criterion",
            "environment",
            "runbook",
            "freeze",
            "item",
            "session",
        ] {
            assert!(look_up(what).starts_with("choose one that `countersign "), "{what}");
        }
        assert_eq!(look_up("webhook"), "check the name of the webhook");
        assert!(look_up("set-up link").starts_with("ask an administrator for a new one"));
    }

    #[test]
    fn what_is_there_already_is_answered_with_what_to_do_about_it() {
        for what in
            ["artifact with the digest", "deployment to", "emergency of release", "request for"]
        {
            assert!(!of_existing(what).contains("name for"), "{what}");
        }
        assert_eq!(of_existing("model"), "choose another name for the model");
    }

    #[test]
    fn the_table_is_in_order_and_names_everything_once() {
        assert!(LISTED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
