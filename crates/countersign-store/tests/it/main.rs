//! The store's tests: one suite for every engine, then what only a database on disk can do.

mod conformance;
mod fixture;
mod sqlite;
