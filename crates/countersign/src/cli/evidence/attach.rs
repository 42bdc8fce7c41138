//! `countersign evidence attach`: a file on its way to a release.

use super::super::Outcome;
use super::super::answer::{Answer, receipt};
use super::super::fingerprint::Hashing;
use super::super::shell::Shell;
use super::super::table::word;
use super::super::trouble::Trouble;
use super::super::upload;
use countersign_core::digest::Sha256;
use std::path::PathBuf;

/// Attach a file to a checklist item, a step or a condition of a release.
#[derive(Debug, clap::Args)]
#[command(after_help = "The file is sent as it is read, whatever its size. `evidence read` shows \
    beforehand what a reader finds in it.\n\nExamples:\n  countersign evidence attach r-3f… \
    model_card.md --item model_card\n  countersign evidence attach r-3f… results.json \
    --step attach-results --part evaluation")]
pub struct Attach {
    /// The release.
    release: String,
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    target: Target,
    /// The part of a packet the file covers. Can be repeated.
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<String>,
    /// Customer examples in the file are redacted.
    #[arg(long)]
    redacted: bool,
    /// The evidence it takes the place of: `e1`.
    #[arg(long, value_name = "EVIDENCE")]
    replaces: Option<String>,
    /// The name it is kept under; the file's own when left out.
    #[arg(long)]
    name: Option<String>,
}

/// What evidence is for.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Target {
    /// The checklist item it is for.
    #[arg(long)]
    item: Option<String>,
    /// The step it is for.
    #[arg(long)]
    step: Option<String>,
    /// The condition of the approval it shows to be met, by number.
    #[arg(long, value_name = "NUMBER")]
    condition: Option<u32>,
}

impl Attach {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let own = || self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = self.name.clone().or_else(own).ok_or_else(|| {
            Trouble::usage(format!("`{}` has no name", self.file.display()), "add --name")
        })?;
        let opened = upload::open(&self.file)?;
        let client = shell.client()?;
        let parts = self.parts.join(",");
        let condition = self.target.condition.map(|number| number.to_string());
        let call = client
            .at(&["releases", &self.release, "evidence"])?
            .query("name", &name)
            .maybe("item", self.target.item.as_deref())
            .maybe("step", self.target.step.as_deref())
            .maybe("condition", condition.as_deref())
            .maybe("parts", Some(parts.as_str()).filter(|parts| !parts.is_empty()))
            .maybe("redacted", self.redacted.then_some("true"))
            .maybe("replaces", self.replaces.as_deref());
        let size = opened.size;
        let mut hashing = Hashing::new(opened.watched("sending"));
        let answer = call.post_stream(size, &mut hashing)?;
        same_bytes(&answer, hashing.digest())?;
        shell.show(&answer, text)
    }
}

/// The server says what it kept; it has to be what was sent.
fn same_bytes(answer: &Answer, sent: Sha256) -> Result<(), Trouble> {
    if answer.word("/sha256").parse() == Ok(sent) {
        return Ok(());
    }
    let next = "withdraw it and attach the file again; if it happens twice, tell the operator";
    let detail = format!("the server kept other bytes than were sent, which are {sent}");
    let kept = format!("{} as {}", answer.word("/evidence"), answer.word("/sha256"));
    Err(Trouble::fault(detail, next).because("evidence.differs", kept))
}

fn text(answer: &Answer) -> String {
    let format = answer.word("/format");
    let read = match format.as_str() {
        "" => "no reader knows it: it is kept as plain evidence".to_owned(),
        format => format!("{} values read as {format}", answer.word("/read")),
    };
    let evidence = answer.word("/evidence");
    let mut lines = vec![format!("{evidence}: {} bytes, {read}", answer.word("/size"))];
    lines.push(format!("digest {}", answer.word("/sha256")));
    let warnings = answer.value["warnings"].as_array().map(Vec::as_slice).unwrap_or_default();
    lines.extend(warnings.iter().map(|warning| format!("warning: {}", word(warning, ""))));
    lines.extend(judged(answer));
    lines.push(receipt(answer));
    lines.join("\n")
}

/// What the file does to the criteria it was judged on.
fn judged(answer: &Answer) -> Vec<String> {
    let all = answer.value["criteria"].as_array().map(Vec::as_slice).unwrap_or_default();
    let one = |one: &serde_json::Value| {
        let outcome = word(one, "/outcome");
        let mark = match outcome.as_str() {
            "met" => "meets",
            "unmet" => "DOES NOT MEET",
            _ => "leaves open",
        };
        format!("{mark} {}: {}", word(one, "/criterion"), word(one, "/because"))
    };
    all.iter().map(one).collect()
}
