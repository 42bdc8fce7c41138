//! Faults: the machine failed, as opposed to a rule that said no.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Something in the store failed: what was being done, and why it did not work.
///
/// `Display` says what was being done and never repeats the cause; walk [`Error::source`] for it.
/// A fault can be cloned, because one failed commit fails every command in its group.
#[derive(Debug, Clone)]
pub struct Fault {
    operation: String,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault with a cause. `operation` completes the sentence "cannot …".
    pub fn new(
        operation: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self { operation: operation.into(), source: Some(Arc::from(source.into())) }
    }

    /// A fault that is its own cause. `operation` completes the sentence "cannot …".
    pub fn plain(operation: impl Into<String>) -> Self {
        Self { operation: operation.into(), source: None }
    }

    /// Turns the error of `operation` into a fault, for use with `map_err`.
    pub(crate) fn at<E>(operation: &'static str) -> impl Fn(E) -> Self
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        move |source| Self::new(operation, source)
    }

    /// What was being done: `read the head of the log`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The whole chain in one line, for a log line or a finding.
    pub fn chain(&self) -> String {
        chain(self)
    }
}

/// An error and all its causes in one line, with `: ` between them.
pub(crate) fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}", self.operation)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_what_failed_and_leaves_the_cause_to_the_chain() {
        let disk = std::io::Error::other("no space left");
        let fault = Fault::new("commit 3 appends", disk);
        assert_eq!(fault.to_string(), "cannot commit 3 appends");
        assert_eq!(fault.chain(), "cannot commit 3 appends: no space left");
    }
}
