//! The program as its callers meet it: one binary of integration tests, one module per subject.

mod api_publish;
mod api_who;
mod cli_administration;
mod cli_connection;
mod cli_evidence;
mod cli_local;
mod cli_organisation;
mod cli_reference;
mod cli_release;
mod cli_server;
mod cli_terminal;
mod demo;
mod ops_doctor;
mod ops_house;
mod ops_receiver;
mod ops_sweeper;
mod ops_webhook;
mod portal_browser;
mod portal_html;
mod portal_journey;
mod portal_pages;
mod requirements;
mod story;
mod tidy;
mod world;
