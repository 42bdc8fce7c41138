//! One attempt to deliver one message.

use super::address::Reach;
use super::endpoint::Endpoint;
use super::send::{self, NoAnswer};
use super::signature;
use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_core::name::PersonId;
use countersign_store::{OutboxMessage, Setting, WebhookEndpoint};
use jiff::Timestamp;
use ureq::http::{HeaderName, HeaderValue};

/// Something to send to an endpoint.
pub(in crate::jobs) struct Parcel<'m> {
    /// Under which identifier, the same at each attempt.
    pub(in crate::jobs) id: &'m str,
    /// To which endpoint.
    pub(in crate::jobs) endpoint: &'m str,
    /// The standard body.
    pub(in crate::jobs) body: &'m [u8],
    /// Whether it is sent as it is.
    pub(in crate::jobs) shape: Shape,
}

/// What an endpoint's template does to a body.
pub(in crate::jobs) enum Shape {
    /// The template is filled from it, where there is one.
    Templated,
    /// It is sent as it is: templates are for approvals.
    Standard,
}

impl<'m> Parcel<'m> {
    /// What an approval sends.
    pub(in crate::jobs) fn of(message: &'m OutboxMessage) -> Self {
        let OutboxMessage { id, endpoint, body, .. } = message;
        Self { id, endpoint, body, shape: Shape::Templated }
    }
}

/// How an attempt ended.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::jobs) enum Outcome {
    /// The release knew already that the message was taken.
    Noted,
    /// The receiver took it.
    Taken { status: u16 },
    /// Nothing was sent; it does not count as an attempt.
    Held(Held),
    /// The receiver did not take it.
    Failed(String),
    /// It will never be taken.
    Over(String),
}

/// What a message waits for that was not sent.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::jobs) enum Held {
    /// The release's resumption.
    UntilResumed(String),
    /// A change of the endpoint.
    UntilConfigured(String),
}

/// Sends a message once. An error means that this machine failed, not the receiver.
pub(in crate::jobs) async fn attempt(app: &App, parcel: &Parcel<'_>) -> Result<Outcome, Failure> {
    let name = parcel.endpoint;
    let kept = app.store.endpoint(name).await.doing("look up a webhook endpoint")?;
    let Some(kept) = kept else {
        let why = format!("there is no webhook endpoint `{name}`: an administrator can add it");
        return Ok(Outcome::Held(Held::UntilConfigured(why)));
    };
    if let Some(why) = disabled(app, &kept).await? {
        return Ok(Outcome::Held(Held::UntilConfigured(why)));
    }
    let letter = match Letter::write(&kept, parcel, app.clock.now()) {
        Ok(letter) if app.config.allow_private_webhooks => letter.reaching(Reach::Everything),
        Ok(letter) => letter,
        Err(why) => {
            let why = format!("the webhook endpoint `{name}` is not usable: {why}");
            return Ok(Outcome::Held(Held::UntilConfigured(why)));
        }
    };
    let outcome = letter.send().await?;
    if matches!(outcome, Outcome::Over(_)) {
        disable(app, &kept).await?;
    }
    Ok(outcome)
}

/// A request ready to send, and how its answer is judged.
struct Letter {
    endpoint: Endpoint,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Letter {
    fn write(kept: &WebhookEndpoint, parcel: &Parcel<'_>, now: Timestamp) -> Result<Self, String> {
        let endpoint = Endpoint::of(kept).map_err(|fault| fault.what)?;
        let body = match parcel.shape {
            Shape::Templated => endpoint.body(parcel.body)?,
            Shape::Standard => parcel.body.to_vec(),
        };
        let signature = signature::sign(&kept.secret, parcel.id, now, &body)?;
        let mut headers = vec![
            written("webhook-id", parcel.id)?,
            written("webhook-timestamp", &now.as_second().to_string())?,
            written("webhook-signature", &signature)?,
        ];
        if !endpoint.headers.iter().any(|(name, _)| name.as_str() == "content-type") {
            headers.push(written("content-type", "application/json")?);
        }
        headers.extend(endpoint.headers.iter().cloned());
        Ok(Self { endpoint, headers, body })
    }

    fn reaching(mut self, reach: Reach) -> Self {
        self.endpoint.reach = reach;
        self
    }

    async fn send(self) -> Result<Outcome, Failure> {
        let Self { endpoint, headers, body } = self;
        let (url, reach) = (endpoint.url.to_string(), endpoint.reach);
        let sent = tokio::task::spawn_blocking(move || send::post(&url, &headers, body, reach));
        let sent = sent.await.doing("send a webhook")?;
        Ok(match sent {
            Ok(answer) => match endpoint.condition.met_by(answer.status, &answer.body) {
                Ok(()) => Outcome::Taken { status: answer.status },
                Err(_) if answer.status == GONE => Outcome::Over(format!(
                    "the receiver answered {GONE}: it is gone, and the endpoint is disabled"
                )),
                Err(why) => Outcome::Failed(why),
            },
            Err(NoAnswer::Private(private)) => {
                Outcome::Held(Held::UntilConfigured(private.to_string()))
            }
            Err(NoAnswer::Network(why)) => Outcome::Failed(why),
        })
    }
}

/// The status with which a receiver says that it wants no more.
const GONE: u16 = 410;

fn written(name: &'static str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let written = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
    Ok((HeaderName::from_static(name), written))
}

/// The setting that says that a receiver wanted no more.
fn gone_key(endpoint: &WebhookEndpoint) -> String {
    format!("webhook.gone/{}", endpoint.name)
}

/// Why an endpoint is disabled. Configuring it anew enables it.
async fn disabled(app: &App, endpoint: &WebhookEndpoint) -> Result<Option<String>, Failure> {
    let gone = app.store.setting(&gone_key(endpoint)).await.doing("read a setting")?;
    let since = gone.map(|gone| gone.updated_at).filter(|since| *since >= endpoint.updated_at);
    Ok(since.map(|since| {
        format!(
            "the webhook endpoint `{}` is disabled: its receiver answered {GONE} at {since}; \
             save the endpoint again to enable it",
            endpoint.name
        )
    }))
}

async fn disable(app: &App, endpoint: &WebhookEndpoint) -> Result<(), Failure> {
    let setting = Setting {
        key: gone_key(endpoint),
        value: GONE.to_string(),
        updated_at: app.clock.now(),
        updated_by: PersonId::new("countersign").doing("name the system")?,
    };
    app.store.put_setting(&setting).await.doing("disable a webhook endpoint")
}
