//! `countersign release schedule`: in which time a release may first be deployed.

use super::super::Outcome;
use super::super::shell::Shell;
use serde_json::{Value, json};

/// Change the time in which a release may first be deployed; approvals given before lapse.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Approved ahead of its time, the release is denied until then and allowed by itself \
    from then on. The time is approved with the rest: after the decision it stays as it is.\n\n\
    Example:\n  countersign release schedule r-k3 --not-before 2026-06-01T20:00:00Z --not-after \
    2026-06-03"
)]
pub struct Schedule {
    /// The release.
    release: String,
    #[command(flatten)]
    when: When,
    /// As soon as it is approved, and without an end.
    #[arg(long, required_unless_present_any = ["not_before", "not_after"], conflicts_with_all = ["not_before", "not_after"])]
    any_time: bool,
}

/// From when and until when.
#[derive(Debug, Clone, clap::Args)]
pub struct When {
    /// The first moment at which it may be deployed, or the day; what is left out is open.
    #[arg(long, value_name = "WHEN")]
    not_before: Option<String>,
    /// The moment from which it may no more, or the last day; what is left out is open.
    #[arg(long, value_name = "WHEN")]
    not_after: Option<String>,
}

impl When {
    /// Writes it into the body of a request.
    pub fn written_to(&self, body: &mut Value) {
        for (field, value) in [("not_before", &self.not_before), ("not_after", &self.not_after)] {
            if let Some(value) = value {
                body[field] = value.as_str().into();
            }
        }
    }
}

impl Schedule {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({});
        self.when.written_to(&mut body);
        let client = shell.client()?;
        let call = client.at(&["releases", &self.release, "schedule"])?;
        shell.show_receipt(&call.put(&body)?)
    }
}
