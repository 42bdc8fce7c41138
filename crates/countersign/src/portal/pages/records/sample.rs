//! Records that show what the page can look like.

use super::{May, RecordsPage, change};
use crate::api::releases::records::{HoldView, PieceView, PurgeView, RecordView, RecordsView};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;

/// Every example.
pub(super) fn all() -> Vec<RecordsPage> {
    let may =
        May { propose: Some(()), confirm: vec![1], refuse: vec![1], hold: Some(()), lift: vec![1] };
    let page = |records: RecordsView, may: May| RecordsPage {
        records,
        may,
        typed: Typed::default(),
        faults: Faults::default(),
    };
    let wrong = Faults::at(&change::field("propose"), "this needs a text");
    let asked = page(due(), may);
    let again = RecordsPage { faults: wrong, ..asked.clone() };
    vec![page(kept(), May::default()), asked, again]
}

fn record(title: &str, state: &str, missing: &[&str]) -> RecordView {
    let piece = |what: &str, purged: Option<&str>| PieceView {
        what: what.into(),
        at: "2026-05-11T09:00:00Z".into(),
        by: Some("Jo Rivera".into()),
        text: None,
        sha256: None,
        purged_at: purged.map(str::to_owned),
    };
    RecordView {
        record: "evidence".into(),
        title: title.into(),
        state: state.into(),
        missing: missing.iter().map(|text| (*text).to_owned()).collect(),
        pieces: vec![
            piece("e1: card.md", None),
            piece("e2: scan.sarif", Some("2036-06-01T09:00:00Z")),
        ],
    }
}

fn kept() -> RecordsView {
    let missing = ["no confirmation of production"];
    RecordsView {
        release: "r-000000000000".into(),
        model: "summarizer".into(),
        title: "summarizer v1.4".into(),
        keeping: "in_use".into(),
        kept: "as long as it runs in production, and then as the policy says".into(),
        kept_until: None,
        clock: None,
        holds: Vec::new(),
        due: Vec::new(),
        purges: Vec::new(),
        records: vec![
            record("Documents of evidence", "there", &[]),
            record("Confirmations after deployment", "missing", &missing),
        ],
    }
}

fn due() -> RecordsView {
    let hold = HoldView {
        number: 1,
        on: "summarizer and all its releases".into(),
        reason: "A court asks for it.".into(),
        placed_by: "Ada Weber".into(),
        placed_at: "2036-05-20T09:00:00Z".into(),
        lifted_at: None,
        lifted_by: None,
    };
    let purge = PurgeView {
        number: 1,
        state: "proposed".into(),
        evidence: vec!["e1".into()],
        reason: "Nobody needs it any more.".into(),
        proposed_by: "Jo Rivera".into(),
        proposed_at: "2036-06-01T09:00:00Z".into(),
        settled_at: None,
    };
    RecordsView { holds: vec![hold], due: vec!["e1".into()], purges: vec![purge], ..kept() }
}
