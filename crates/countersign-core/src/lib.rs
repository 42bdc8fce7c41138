//! The rules of Countersign.
//!
//! Three pure functions are the product: [`decide`](release::decide) turns a command into events
//! or refuses with every reason, [`evolve`](release::Release::evolve) folds events into state and
//! never refuses, and [`assess`](assess::assess) lists every blocker at once.
//!
//! There is no I/O here, no clock, no randomness and no async: time, people, calendars and
//! policies arrive as values. Bytes are parsed in `countersign-formats`; events are kept by
//! `countersign-store`.

#![deny(missing_docs)]
#![deny(clippy::wildcard_enum_match_arm)]

pub mod actor;
pub mod agent;
pub mod assess;
pub mod beside;
pub mod blocker;
pub mod calendar;
pub mod change_request;
pub mod classification;
pub mod condition;
pub mod consequence;
pub mod control;
pub mod criterion;
pub mod decimal;
pub mod deployment_log;
pub mod digest;
pub mod dossier;
pub mod emergency_rates;
pub mod entry;
pub mod event;
pub mod exception;
pub mod field;
pub mod framework;
pub mod freeze;
#[cfg(any(test, feature = "given"))]
pub mod given;
pub mod incident;
pub mod meeting;
pub mod model;
pub mod name;
pub mod notice;
pub mod people;
pub mod plan;
pub mod policy;
pub mod project;
pub mod proposal;
pub mod reading;
pub mod refusal;
pub mod register;
pub mod release;
pub mod retention;
pub mod risk;
pub mod rows;
pub mod runbook;
pub mod sandbox;
pub mod schedule;
pub mod sla;
pub mod step;
pub mod stream;
pub mod text;
pub mod times;
pub mod verdict;
pub mod window;
