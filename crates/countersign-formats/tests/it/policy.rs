//! The policy language, and the default policy written in it.

mod catalog;
