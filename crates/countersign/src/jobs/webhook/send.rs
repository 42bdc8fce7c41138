//! Sending one request: no redirects, no proxy, limited in time and size. Blocks.

use super::address::{Checked, PrivateAddress, Reach};
use std::io::Read;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{HeaderName, HeaderValue, Request};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};

/// How long a delivery may take from the look-up of the name to the end of the answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How much of an answer is read; the rest is not looked at.
const MAX_ANSWER: u64 = 64 * 1024;

/// What a receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// The address is out of reach; nothing was sent.
    Private(PrivateAddress),
    /// The network, the receiver or its certificate.
    Network(String),
}

/// Posts a body.
pub(super) fn post(
    url: &str,
    headers: &[(HeaderName, HeaderValue)],
    body: Vec<u8>,
    reach: Reach,
) -> Result<Answer, NoAnswer> {
    let mut request = Request::post(url);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(body).map_err(|error| NoAnswer::Network(error.to_string()))?;
    let agent = Agent::with_parts(config(), DefaultConnector::default(), Checked(reach));
    let answer = agent.run(request).map_err(no_answer)?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    let read = answer.into_body().into_reader().take(MAX_ANSWER).read_to_end(&mut body);
    read.map_err(|error| NoAnswer::Network(format!("its answer broke off: {error}")))?;
    Ok(Answer { status, body })
}

/// A proxy would resolve names itself, after they were checked here, so none is used.
fn config() -> Config {
    Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")))
        .build()
}

fn no_answer(error: Error) -> NoAnswer {
    match error {
        Error::Other(inner) => match inner.downcast::<PrivateAddress>() {
            Ok(private) => NoAnswer::Private(*private),
            Err(other) => NoAnswer::Network(other.to_string()),
        },
        other => NoAnswer::Network(format!("it cannot be reached: {other}")),
    }
}
