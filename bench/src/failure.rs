//! Why a measurement could not be taken.

use std::error::Error;
use std::fmt;

/// What failed, with its causes.
#[derive(Debug)]
pub struct Failure {
    what: String,
}

impl Failure {
    /// A failure without a cause behind it.
    pub fn plain(what: impl Into<String>) -> Self {
        Self { what: what.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Failure {}

/// Says what was being done when something failed.
pub trait Told<T> {
    /// `cannot DO: CAUSE: ITS CAUSE`.
    fn told(self, doing: &str) -> Result<T, Failure>;
}

impl<T, E: Error> Told<T> for Result<T, E> {
    fn told(self, doing: &str) -> Result<T, Failure> {
        self.map_err(|error| {
            let mut what = format!("cannot {doing}: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                what.push_str(&format!(": {error}"));
                cause = error.source();
            }
            Failure { what }
        })
    }
}
