//! The forms of what people do beside the releases.

use super::{Form, form};
use crate::story::deed::Deed;
use crate::story::deed::beside::{Beside, Claimed, Opened, Rated};
use crate::story::form::Filled;
use crate::story::script::moment;
use crate::story::settings::Settings;

/// Incidents, risks, sandbox exclusions.
pub const DEEDS: &[Form] = &[
    form(
        "{who} opens incident {title} as {severity}: {text}",
        "Something went wrong. Below it: `model: NAME`, `release: \"TITLE\"`, `environment: NAME`, `criteria: NAME, NAME`.",
        |f, s| {
            Ok(Deed::Beside(Beside::OpenIncident(Opened {
                title: f.one("title"),
                severity: f.one("severity"),
                text: f.one("text"),
                model: s.one("model"),
                environment: s.one("environment"),
                release: s.one("release"),
                criteria: s.list("criteria"),
            })))
        },
    ),
    form("{who} assigns incident {title} to {owner}", "Says who sees to it.", |f, _| {
        let (title, owner) = (f.one("title"), f.one("owner"));
        Ok(Deed::Beside(Beside::AssignIncident { title, owner }))
    }),
    form(
        "{who} changes the severity of incident {title} to {severity}: {text}",
        "It is worse, or not as bad.",
        |f, _| {
            let (title, severity, reason) = (f.one("title"), f.one("severity"), f.one("text"));
            Ok(Deed::Beside(Beside::ChangeSeverity { title, severity, reason }))
        },
    ),
    form("{who} notes on incident {title}: {text}", "Writes something down.", |f, _| {
        let (title, text) = (f.one("title"), f.one("text"));
        Ok(Deed::Beside(Beside::NoteOnIncident { title, text }))
    }),
    form(
        "{who} links incident {title} to {criteria...}",
        "Names the criteria of its release that should have caught it.",
        |f, _| {
            let (title, criteria) = (f.one("title"), f.many("criteria"));
            Ok(Deed::Beside(Beside::LinkIncident { title, criteria }))
        },
    ),
    form(
        "{who} decides on suspension for incident {title}, {answer}: {text}",
        "Answers what a critical incident asks: `suspended` or `not_needed`.",
        |f, _| {
            let (title, answer, reason) = (f.one("title"), f.one("answer"), f.one("text"));
            Ok(Deed::Beside(Beside::ConsiderSuspension { title, answer, reason }))
        },
    ),
    form(
        "{who} closes incident {title} as {outcome}: {text}",
        "Closes it with its root cause.",
        |f, _| {
            let (title, outcome, root_cause) = (f.one("title"), f.one("outcome"), f.one("text"));
            Ok(Deed::Beside(Beside::CloseIncident { title, outcome, root_cause }))
        },
    ),
    form(
        "{who} enters risk {risk} of {model}: {text}",
        "Enters a risk into the register. Below it: `rating: 2 x 4`, `review: DATE TIME` (in 90 days when left out).",
        |f, s| {
            let (risk, model, text) = (f.one("risk"), f.one("model"), f.one("text"));
            Ok(Deed::Beside(Beside::EnterRisk { risk, model, text, rating: rated(s)? }))
        },
    ),
    form(
        "{who} reassesses risk {risk}: {text}",
        "Looks at a risk again. Below it: `rating: 2 x 4`, `review: DATE TIME`.",
        |f, s| {
            let (risk, text) = (f.one("risk"), f.one("text"));
            Ok(Deed::Beside(Beside::ReassessRisk { risk, text, rating: rated(s)? }))
        },
    ),
    form("{who} closes risk {risk}: {text}", "Closes a risk.", |f, _| {
        let (risk, reason) = (f.one("risk"), f.one("text"));
        Ok(Deed::Beside(Beside::CloseRisk { risk, reason }))
    }),
    form(
        "{who} claims sandbox {title}: {text}",
        "Claims that an experiment needs no release. Below it: `real_data: no`, `real_users: no`, `until: DATE TIME`, `model: NAME`.",
        claim,
    ),
    form("{who} ends sandbox {title}: {text}", "Ends a sandbox exclusion.", |f, _| {
        let (title, reason) = (f.one("title"), f.one("text"));
        Ok(Deed::Beside(Beside::EndSandbox { title, reason }))
    }),
];

fn rated(settings: &mut Settings) -> Result<Rated, String> {
    let rating = settings.one("rating").unwrap_or_else(|| "2 x 4".into());
    let scores = rating.split_once(" x ").ok_or_else(|| format!("`{rating}` is not `2 x 4`"))?;
    let score = |text: &str| text.trim().parse::<u8>().map_err(|error| error.to_string());
    let review = settings.one("review").map(|text| when(&text)).transpose()?;
    Ok(Rated { likelihood: score(scores.0)?, impact: score(scores.1)?, review })
}

fn when(text: &str) -> Result<jiff::Timestamp, String> {
    moment(text).ok_or_else(|| format!("`{text}` is no moment such as `2026-04-01 09:00`"))
}

fn claim(filled: &Filled, settings: &mut Settings) -> Result<Deed, String> {
    let until = settings.one("until").ok_or("say `until: DATE TIME`")?;
    Ok(Deed::Beside(Beside::ClaimSandbox(Claimed {
        title: filled.one("title"),
        text: filled.one("text"),
        model: settings.one("model"),
        real_data: settings.one("real_data").unwrap_or_else(|| "no".into()),
        real_users: settings.one("real_users").unwrap_or_else(|| "no".into()),
        until: when(&until)?,
    })))
}
