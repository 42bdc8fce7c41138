//! The portal: server-rendered pages that work without script.
//!
//! A page is a view struct of plain values with `samples()` and one render function; its handlers
//! stand beside it in the same file and are one line each in [`router`]. A handler gets the
//! application only through [`visit::Visitor`] (somebody is signed in), [`post::Post`] (and the form
//! carries the session's value) or [`visit::Anybody`]. Pages show what the report of the core says;
//! there is no rule here, no script and no style outside of the one style sheet.

pub mod asset;
pub mod command;
pub mod components;
pub mod faults;
pub mod form;
pub mod headers;
pub mod layout;
pub mod moment;
pub mod pages;
pub mod post;
pub mod upload;
pub mod visit;
pub mod words;
pub mod wrong;

pub use pages::notices::path_of;

use crate::app::App;
use axum::Router;
use axum::middleware;
use std::sync::Arc;

/// Every page.
pub fn router(app: Arc<App>) -> Router {
    let pages = pages::routes().layer(middleware::map_response(headers::of_a_page));
    Router::new().merge(pages).merge(asset::routes()).with_state(app)
}
