//! How the delivery of a webhook went.

/// How a webhook went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The other system took the message.
    Delivered {
        /// The message's identifier.
        message: String,
        /// The HTTP status it answered.
        status: u16,
    },
    /// It never did; no further attempt is made.
    Failed {
        /// The last error.
        error: String,
    },
}
