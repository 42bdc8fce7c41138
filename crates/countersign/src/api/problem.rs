//! Problem details (RFC 9457): every failure as data, with a stable code, every reason and a next
//! step.

use crate::failure::Failure;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use countersign_core::blocker::Blocker;
use countersign_core::meeting::MeetingFault;
use countersign_core::refusal::{Refusal, look_up};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained: `/docs/problems#CODE`.
    pub r#type: String,
    /// The code in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable word for programs: `gate.closed`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub detail: String,
    /// What to do next.
    pub next_step: String,
    /// Every reason, when there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// After how many seconds to try again, sent as `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// A problem of HTTP alone, which no rule and no failure stands behind.
    pub fn new(status: StatusCode, code: &str, detail: String, next_step: &str) -> Self {
        Self {
            r#type: format!("/docs/problems#{code}"),
            title: code.replace(['.', '_'], " "),
            status: status.as_u16(),
            code: code.to_owned(),
            detail,
            next_step: next_step.to_owned(),
            reasons: Vec::new(),
            retry_after: None,
        }
    }
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// A stable word: `approval.missing`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Where: a line and column of a document, a field of a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who can lift it: roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Who can lift it: people, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// What to do about it.
    pub next_step: String,
}

impl From<&Blocker> for Reason {
    fn from(blocker: &Blocker) -> Self {
        Self {
            code: blocker.code().into(),
            message: blocker.to_string(),
            place: None,
            roles: blocker.lifted_by.roles.iter().map(ToString::to_string).collect(),
            people: blocker.lifted_by.people.iter().map(ToString::to_string).collect(),
            next_step: blocker.next_step().into(),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let (status, code, next_step) = classify(&failure);
        if let Failure::Fault(fault) = &failure {
            tracing::error!(error = %fault, cause = ?fault.source, "request failed");
        }
        let retry_after = match &failure {
            Failure::TooMany { retry_after, .. } => u64::try_from(retry_after.as_secs()).ok(),
            _ => None,
        };
        let reasons = reasons(&failure);
        Self { reasons, retry_after, ..Self::new(status, &code, failure.to_string(), &next_step) }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Failure::from(refusal).into()
    }
}

fn classify(failure: &Failure) -> (StatusCode, String, String) {
    let known = |status, code: &str, next: &str| (status, code.to_owned(), next.to_owned());
    match failure {
        Failure::Refused(refusal) => {
            (status_of(refusal), refusal.code().to_owned(), refusal.next_step())
        }
        Failure::Malformed(_) => {
            known(StatusCode::BAD_REQUEST, "request.malformed", "correct the request and repeat it")
        }
        Failure::Faulty { what, .. } => known(
            StatusCode::UNPROCESSABLE_ENTITY,
            &format!("{what}.faulty"),
            "correct the faults named and send the document again",
        ),
        Failure::Unauthenticated { .. } => {
            known(StatusCode::UNAUTHORIZED, "actor.unknown", "sign in")
        }
        Failure::NotFound { what, .. } => known(StatusCode::NOT_FOUND, "not_found", &look_up(what)),
        Failure::Gone { .. } => known(
            StatusCode::GONE,
            "evidence.purged",
            "rely on its digest and on what was read from it, which stay",
        ),
        Failure::Stale { .. } => {
            known(StatusCode::PRECONDITION_FAILED, "request.stale", "load it again and repeat")
        }
        Failure::Unreadable(unreadable) => {
            let help = Some(unreadable.help.as_str()).filter(|help| !help.is_empty());
            let next = help.unwrap_or("correct the file, or export it again, and attach it anew");
            known(StatusCode::UNPROCESSABLE_ENTITY, "evidence.unreadable", next)
        }
        Failure::TooLarge { .. } => {
            known(StatusCode::PAYLOAD_TOO_LARGE, "request.too_large", "send less at once")
        }
        Failure::TooMany { .. } => {
            known(StatusCode::TOO_MANY_REQUESTS, "request.too_many", "wait, then try again")
        }
        Failure::Busy => known(StatusCode::CONFLICT, "request.busy", "repeat the request"),
        Failure::Fault(_) => known(
            StatusCode::INTERNAL_SERVER_ERROR,
            "server.fault",
            "repeat the request; if it fails again, tell the operator the time",
        ),
    }
}

fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotPermitted { .. }
        | Refusal::PeopleOnly { .. }
        | Refusal::NotIndependent { .. }
        | Refusal::NotAHolder { .. }
        | Refusal::OwnPublication { .. }
        | Refusal::OfMeeting(
            MeetingFault::NotAMember
            | MeetingFault::Conflict { .. }
            | MeetingFault::Recused { .. }
            | MeetingFault::InSessionOnly,
        )
        | Refusal::OwnRole { .. } => StatusCode::FORBIDDEN,
        Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
        Refusal::InvalidAnswers { .. }
        | Refusal::EvidenceNotAccepted { .. }
        | Refusal::WrongOrder { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

fn plain(code: &str, message: String, place: Option<String>, next_step: &str) -> Reason {
    Reason {
        code: code.into(),
        message,
        place,
        roles: Vec::new(),
        people: Vec::new(),
        next_step: next_step.into(),
    }
}

fn reasons(failure: &Failure) -> Vec<Reason> {
    match failure {
        Failure::Refused(refusal) => reasons_of(refusal),
        Failure::Faulty { diagnostics, .. } => diagnostics
            .iter()
            .map(|one| {
                let place = Some(format!("line {}, column {}", one.line, one.column));
                plain(one.code, one.message.clone(), place, &one.help)
            })
            .collect(),
        Failure::Unreadable(unreadable) => {
            let column = unreadable.column.map(|column| format!(", column {column}"));
            let place = format!("{}{}", unreadable.place, column.unwrap_or_default());
            let message = unreadable.message.clone();
            vec![plain("evidence.unreadable", message, Some(place), &unreadable.help)]
        }
        Failure::Malformed(malformed) => {
            let place = Some(malformed.field.clone());
            vec![plain("request.malformed", malformed.message.clone(), place, "correct it")]
        }
        _ => Vec::new(),
    }
}

/// Every reason of a refusal that has more than one, each with what to do about it.
fn reasons_of(refusal: &Refusal) -> Vec<Reason> {
    match refusal {
        Refusal::InvalidAnswers { faults } => faults
            .iter()
            .map(|fault| {
                let place = Some(fault.field.clone());
                plain("answers.invalid", fault.to_string(), place, "correct the answer")
            })
            .collect(),
        Refusal::ApprovalUnreachable { rules } => rules
            .iter()
            .map(|rule| {
                let next = "give the role to more people, or let somebody else submit";
                plain("approval.unreachable", rule.because.clone(), None, next)
            })
            .collect(),
        Refusal::DeploymentDenied { reasons } => reasons
            .iter()
            .map(|reason| plain("deployment.denied", reason.clone(), None, "ask the gate why"))
            .collect(),
        Refusal::TargetNotAllowed { reasons, .. } => {
            let next = "choose another release to go back to";
            let code = "rollback.target_not_allowed";
            reasons.iter().map(|reason| plain(code, reason.clone(), None, next)).collect()
        }
        Refusal::ChangeTypeLower { proposal, .. } => proposal
            .reasons
            .iter()
            .map(|why| {
                let code = format!("change_type.{}", why.rule());
                plain(&code, why.to_string(), None, &refusal.next_step())
            })
            .collect(),
        Refusal::NoSandbox { reasons } => reasons
            .iter()
            .map(|reason| {
                let next = "request a release instead";
                plain("sandbox.not_excluded", (*reason).to_owned(), None, next)
            })
            .collect(),
        other => other.blockers().iter().map(Reason::from).collect(),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(CONTENT_TYPE, kind)], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer realm=\"countersign\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
