//! Who is there: passwords, sessions, tokens and the first administrator.

mod address;
pub mod attempts;
pub mod password;
pub mod session;
pub mod setup;
pub mod token;
