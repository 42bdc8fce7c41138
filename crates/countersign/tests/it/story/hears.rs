//! What the clock tells people about a release: reminders and escalations.

/// A gate that says what is told about a release.
pub trait Hears {
    /// Every reminder and escalation there is by now, each with what tells it from all others.
    fn told(&mut self, release: &str) -> Result<Vec<Heard>, String>;
}

/// Something somebody is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// As the story's expectation writes it.
    pub line: String,
    /// The notice's identifier.
    pub id: String,
}

/// `reminder to rivera: …`, `escalation to ai_governance_lead: …`, `second escalation to …`.
pub fn line((kind, level): (&str, u64), to: &str, title: &str) -> String {
    let which = if level > 1 { "second " } else { "" };
    format!("{which}{kind} to {to}: {title}")
}
