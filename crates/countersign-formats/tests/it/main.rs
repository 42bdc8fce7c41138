//! Tests of the formats through their public face.

mod catalog_forms;
mod policy;
mod readers;
mod readers_bombs;
mod readers_page;
mod readers_policy;
mod readers_robust;
mod readers_shared;
mod readers_shared_bias;
mod readers_shared_bills;
mod readers_shared_models;
mod runbook;
mod zip_writer;
