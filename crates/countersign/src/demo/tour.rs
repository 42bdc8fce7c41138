//! What the terminal says when the demonstration is ready: where to look, as whom, and the whole
//! way of a release on the command line, ready to be pasted.

use super::answers;
use super::cast::{CAST, Part, email};
use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_core::classification::{ChangeType, Classification, RiskTier};
use countersign_core::policy::Item;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Whoever takes the tour: the owner of the model in it.
const GUIDE: &str = "rivera";

/// The lines to print: the address, a token for each person, and the tour.
pub async fn text(app: &App) -> Result<String, Failure> {
    let url = &app.config.public_url;
    let mut text = format!("Countersign demonstration, ready at {url}/\n\n");
    let _ = writeln!(text, "To act as somebody on the command line:");
    for part in CAST.iter().filter(|part| part.handle != GUIDE) {
        let token = token(app, part).await?;
        let _ = writeln!(text, "  export COUNTERSIGN_TOKEN={token}  # {}, {}", part.name, part.job);
    }
    let _ = writeln!(text, "\nThe whole way of a release as J. Rivera, to paste into a shell:\n");
    text.push_str(&script(app).await?);
    let _ = writeln!(text, "\nCtrl-C ends it.");
    Ok(text)
}

/// The tour: shell commands from a request to a verdict that says allow.
pub async fn script(app: &App) -> Result<String, Failure> {
    let guide = CAST.iter().find(|part| part.handle == GUIDE);
    let guide = guide.ok_or_else(|| Failure::not_found("person", GUIDE))?;
    let url = &app.config.public_url;
    let program = std::env::current_exe().doing("find this program")?;
    let token = token(app, guide).await?;
    let mut lines = vec![
        format!("countersign() {{ \"{}\" \"$@\"; }}", program.display()),
        format!("export COUNTERSIGN_SERVER={url} COUNTERSIGN_TOKEN={token}"),
        "cd \"$(mktemp -d)\"".into(),
        "echo 'accept tags above 0.8' > threshold.txt".into(),
        "echo '{\"rouge_l\": 0.41, \"precision\": 0.93}' > results.json".into(),
        "r=$(countersign release request --model document-tagger --title 'Tagger threshold 0.8' \
         --change configuration_change --summary 'Fewer, better tags' \
         --artifact configuration:threshold=@threshold.txt | head -n 1)"
            .into(),
        "countersign gate --file threshold.txt || echo \"exit code $?: not yet\"".into(),
        "countersign evidence attach \"$r\" results.json --item evaluation_results".into(),
    ];
    let today = app.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    lines.extend(items().iter().map(|item| answer(item, "risk-document-tagger", today)));
    lines.extend([
        "countersign release submit \"$r\"".into(),
        "countersign approve \"$r\" --as model_owner --yes".into(),
        "countersign gate --file threshold.txt && echo \"exit code $?: it may run\"".into(),
    ]);
    Ok(lines.into_iter().map(|line| format!("{line}\n")).collect())
}

/// What the shipped policy asks of a changed threshold of a low-risk model.
fn items() -> Vec<Item> {
    let of = Classification {
        tier: RiskTier::Low,
        change: ChangeType::ConfigurationChange,
        regions: BTreeSet::new(),
        traits: BTreeSet::new(),
        artifacts: BTreeSet::new(),
    };
    let policy = countersign_formats::policy::parse(super::POLICY).policy;
    let items = policy.into_iter().flat_map(|policy| policy.items);
    items.filter(|item| item.when.holds(&of)).collect()
}

fn answer(item: &Item, risk: &str, today: jiff::civil::Date) -> String {
    let mut line = format!("countersign release answer \"$r\" {}", item.name);
    if item.may_not_apply {
        line.push_str(" --not-applicable 'a number changed, no code'");
        return line;
    }
    for (question, answer) in answers::to_item(item, risk, today) {
        // Nothing written here holds a quote.
        let _ = write!(line, " {question}='{answer}'");
    }
    line
}

async fn token(app: &App, part: &Part) -> Result<String, Failure> {
    let person = app.store.person_by_email(&email(part)).await.doing("look up a person")?;
    let person = person.ok_or_else(|| Failure::not_found("person", part.name))?;
    Ok(app.personal_token(&person, "demonstration").await?.token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tour_answers_everything_and_needs_no_escaping() {
        let today = jiff::civil::Date::constant(2026, 5, 11);
        let lines: Vec<String> = items().iter().map(|item| answer(item, "risk-1", today)).collect();
        assert!(lines.len() >= 6, "{lines:?}");
        assert!(lines.iter().all(|line| line.matches('\'').count() % 2 == 0), "{lines:?}");
    }
}
