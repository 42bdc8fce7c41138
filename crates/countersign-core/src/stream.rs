//! Streams: the histories events are kept in, one for each release, model, session, incident, risk
//! and sandbox exclusion, and one register.

use crate::name::{ExclusionId, IncidentId, InvalidName, MeetingId, ModelName, ReleaseId, RiskId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which history an event belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum StreamId {
    /// One release.
    Release(ReleaseId),
    /// One model.
    Model(ModelName),
    /// One session of the committee.
    Meeting(MeetingId),
    /// One incident.
    Incident(IncidentId),
    /// One entry of the risk register.
    Risk(RiskId),
    /// One sandbox exclusion.
    Sandbox(ExclusionId),
    /// Policies, runbooks, roles, environments and settings.
    Register,
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Release(id) => write!(f, "release/{id}"),
            Self::Model(name) => write!(f, "model/{name}"),
            Self::Meeting(id) => write!(f, "meeting/{id}"),
            Self::Incident(id) => write!(f, "incident/{id}"),
            Self::Risk(id) => write!(f, "risk/{id}"),
            Self::Sandbox(id) => write!(f, "sandbox/{id}"),
            Self::Register => f.write_str("register"),
        }
    }
}

impl FromStr for StreamId {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        match text.split_once('/') {
            Some(("release", id)) => ReleaseId::new(id).map(Self::Release),
            Some(("model", name)) => ModelName::new(name).map(Self::Model),
            Some(("meeting", id)) => MeetingId::new(id).map(Self::Meeting),
            Some(("incident", id)) => IncidentId::new(id).map(Self::Incident),
            Some(("risk", id)) => RiskId::new(id).map(Self::Risk),
            Some(("sandbox", id)) => ExclusionId::new(id).map(Self::Sandbox),
            None if text == "register" => Ok(Self::Register),
            Some(_) | None => Err(InvalidName {
                what: "stream",
                given: text.to_owned(),
                shape: "use `release/ID`, `model/NAME`, `meeting/ID`, `incident/ID`, `risk/ID`, \
                        `sandbox/ID` or `register`",
            }),
        }
    }
}

impl TryFrom<String> for StreamId {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<StreamId> for String {
    fn from(stream: StreamId) -> String {
        stream.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_reads_back_what_it_prints() {
        for text in [
            "release/r-1",
            "model/summarizer",
            "incident/i-1",
            "risk/risk-1",
            "sandbox/x-1",
            "register",
        ] {
            assert_eq!(text.parse::<StreamId>().unwrap().to_string(), text);
        }
        for bad in ["release/", "releases/x", "", "model", "register/x"] {
            assert!(bad.parse::<StreamId>().is_err(), "{bad}");
        }
    }
}
