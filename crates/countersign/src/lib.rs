//! The program: API, portal, command line, jobs and integrations around one [`app::App`].
//!
//! Every face turns what it is given into a command and calls [`app::App::execute`]; nothing else
//! appends to the log. No rule is decided here.

pub mod api;
pub mod app;
pub mod auth;
pub mod boot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod failure;
pub mod jobs;
pub mod pack;
pub mod portal;
pub mod random;
pub mod serve;
