//! The change desk of the invented company: takes the message of a webhook step and opens a
//! ticket, so that the last step of a runbook has somebody to tell.

use crate::app::App;
use crate::failure::{Doing, Failure};
use crate::jobs::webhook;
use axum::Json;
use countersign_core::name::PersonId;
use countersign_store::WebhookEndpoint;
use serde_json::{Value, json};

/// The endpoint's name in the runbooks that ship with the product.
const ENDPOINT: &str = "change-ticket";

/// Takes any message.
pub async fn take() -> Json<Value> {
    Json(json!({ "taken": true, "ticket": "CHG-4200" }))
}

/// Tells Countersign where the change desk is: here.
pub(super) async fn set_up(app: &App, by: &PersonId) -> Result<(), Failure> {
    let endpoint = WebhookEndpoint {
        name: ENDPOINT.to_owned(),
        url: format!("{}/demo/change-desk", app.config.public_url),
        headers: Vec::new(),
        body_template: None,
        success_condition: None,
        secret: webhook::new_secret(),
        events: Vec::new(),
        // The demonstration talks to itself, on this machine.
        allow_private: true,
        updated_at: app.clock.now(),
        updated_by: by.clone(),
    };
    webhook::check_endpoint(&endpoint)?;
    app.store.put_endpoint(&endpoint).await.doing("keep a webhook's endpoint")
}
