//! Why a request did not do what it was asked to: the rules said no, the request was malformed,
//! or the machine failed.

use countersign_core::refusal::Refusal;
use countersign_formats::diagnostic::Diagnostic;
use countersign_formats::evidence::Unreadable;
use jiff::SignedDuration;
use std::error::Error;
use std::fmt;

/// Why a request failed. Nothing was changed.
#[derive(Debug)]
pub enum Failure {
    /// The rules said no.
    Refused(Box<Refusal>),
    /// The request cannot be understood.
    Malformed(Malformed),
    /// A document has faults.
    Faulty {
        /// What kind of document: `policy`, `runbook`.
        what: &'static str,
        /// Its faults.
        diagnostics: Vec<Diagnostic>,
    },
    /// Nobody is signed in, or the token is not valid.
    Unauthenticated {
        /// What is wrong, with the remedy.
        message: String,
    },
    /// There is no such thing, or the caller may not see it.
    NotFound {
        /// What.
        what: &'static str,
        /// Its name as given.
        name: String,
    },
    /// It was there, and was taken away for good.
    Gone {
        /// What became of it, when, by whom and why.
        message: String,
    },
    /// The thing changed since the caller looked (`If-Match`), or an idempotency key was used for
    /// another request.
    Stale {
        /// What is wrong, with the remedy.
        message: String,
    },
    /// A file of a known format is broken.
    Unreadable(Unreadable),
    /// More was sent than is accepted.
    TooLarge {
        /// What was sent: `the body`, `the file`.
        what: &'static str,
        /// The most that is accepted, in bytes.
        limit: u64,
    },
    /// The same was tried too often.
    TooMany {
        /// What was tried: `attempts to sign in`.
        what: &'static str,
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// Others were faster several times in a row.
    Busy,
    /// The machine failed.
    Fault(Fault),
}

/// A part of a request that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Where: a field, a query parameter, a header: `artifacts[0].digest`.
    pub field: String,
    /// What is wrong, with the remedy.
    pub message: String,
}

/// The machine failed at something.
#[derive(Debug)]
pub struct Fault {
    /// What was being done.
    pub doing: String,
    /// Why it failed.
    pub source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "{refusal}"),
            Self::Malformed(malformed) => write!(f, "{}: {}", malformed.field, malformed.message),
            Self::Faulty { what, diagnostics } => {
                let count = diagnostics.len();
                let faults = if count == 1 { "fault" } else { "faults" };
                write!(f, "the {what} has {count} {faults}")
            }
            Self::Unauthenticated { message }
            | Self::Stale { message }
            | Self::Gone { message } => f.write_str(message),
            Self::NotFound { what, name } => write!(f, "there is no {what} `{name}`"),
            Self::Unreadable(unreadable) => write!(f, "the file cannot be read: {unreadable}"),
            Self::TooLarge { what, limit } => {
                write!(f, "{what} is larger than the {limit} bytes accepted here")
            }
            Self::TooMany { what, retry_after } => {
                write!(f, "too many {what}: wait {} seconds", retry_after.as_secs())
            }
            Self::Busy => f.write_str("others changed the same thing at the same time: try again"),
            Self::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}", self.doing)
    }
}

impl Error for Failure {}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

impl Failure {
    /// A part of the request cannot be understood.
    pub fn malformed(field: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::Malformed(Malformed { field: field.into(), message: message.to_string() })
    }

    /// There is no such thing.
    pub fn not_found(what: &'static str, name: impl fmt::Display) -> Self {
        Self::NotFound { what, name: name.to_string() }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound { what, name } => Self::NotFound { what, name },
            refusal => Self::Refused(Box::new(refusal)),
        }
    }
}

/// Says what was being done when the machine failed.
pub trait Doing<T> {
    /// Turns an error into a fault of this operation.
    fn doing(self, doing: &str) -> Result<T, Failure>;
}

impl<T, E: Error + Send + Sync + 'static> Doing<T> for Result<T, E> {
    fn doing(self, doing: &str) -> Result<T, Failure> {
        self.map_err(|source| {
            Failure::Fault(Fault { doing: doing.to_owned(), source: Box::new(source) })
        })
    }
}
