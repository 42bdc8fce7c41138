//! Endpoints of releases, one file each or closely related pair.

pub mod approve;
pub mod artifacts;
pub mod change_requests;
pub mod change_type;
pub mod concerns;
pub mod conditions;
pub mod deliveries;
pub mod deployments;
pub mod emergency;
pub mod evidence;
pub mod exceptions;
pub mod export;
pub mod items;
pub mod list;
pub mod prerequisites;
pub mod propose;
pub mod purges;
pub mod records;
pub mod reject;
pub mod request;
pub mod reviews;
pub mod rollback;
pub mod schedule;
pub mod show;
pub mod steps;
pub mod submit;
pub mod suspend;
pub mod view;
pub mod withdraw;

pub use crate::api::command::ReceiptBody;
