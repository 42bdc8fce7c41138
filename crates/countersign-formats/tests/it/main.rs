//! Tests of the formats through their public face.

mod policy;
mod readers;
mod runbook;
