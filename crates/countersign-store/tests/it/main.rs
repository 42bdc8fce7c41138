//! The store's tests: one suite for every engine, then blobs, then what only a database on disk
//! can do.

mod blobs;
mod conformance;
mod fixture;
mod sqlite;
