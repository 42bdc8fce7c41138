//! What goes on beside releases: freezes, an incident with the hold it led to, and a risk that
//! several models share.

use crate::demo::beside::{Beside, Danger, Frost, Trouble};
use crate::demo::scene::Tale;

const INCIDENT: &str = "Certificates from abroad are marked as missing";

/// One that is over, and one that lies ahead.
pub fn freezes() -> Tale {
    let past = Frost {
        name: "move to the new data centre",
        begins_in: 0,
        days: 1,
        because: "Nothing new while the machines are moved.",
    };
    let ahead = Frost {
        name: "closing of the year",
        begins_in: 20,
        days: 12,
        because: "Forecast and claims feed the closing; nothing changes under it.",
    };
    Tale::begun(27).beside(0, "lindt", Beside::Freeze(past)).at_hours_ago(24 * 2).beside(
        0,
        "lindt",
        Beside::Freeze(ahead),
    )
}

/// Why the hiring screener was suspended, and what became of it.
pub fn trouble() -> Tale {
    let trouble = Trouble {
        title: INCIDENT,
        text: "Two applicants with certificates from abroad were asked for documents they had sent.",
        severity: "critical",
        release: "Hiring screener v1.0",
    };
    let note = "In the training data every certificate has a German stamp. 41 applications of the \
                last month are looked at again by hand.";
    let hold = "An applicant has announced a complaint.";
    Tale::begun(3)
        .beside(0, "sato", Beside::Incident(trouble))
        .at_hours_ago(69)
        .beside(0, "lindt", Beside::SuspendedFor(INCIDENT, "Until the cause is understood."))
        .beside(10, "lindt", Beside::Assign(INCIDENT, "rivera"))
        .beside(1500, "rivera", Beside::Note(INCIDENT, note))
        .beside(300, "weber", Beside::Hold("hiring-screener", hold))
}

/// Looked at again within the week.
pub fn risks() -> Tale {
    let danger = Danger {
        name: "risk-groups",
        title: "Groups of people are treated differently",
        text: "Groups that are rare in the training data wait longer or are asked for more.",
        rating: (3, 4),
        review_in: 18,
        models: &["claims-triage", "hiring-screener"],
    };
    Tale::begun(14).beside(0, "rivera", Beside::Risk(danger))
}
