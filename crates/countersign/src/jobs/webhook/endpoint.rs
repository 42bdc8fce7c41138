//! A configured endpoint, checked: everything that can be wrong about it is found when it is
//! configured, and again before each delivery.

use super::address::Reach;
use super::condition::Condition;
use super::signature;
use super::template::Template;
use crate::app;
use crate::failure::Failure;
use countersign_store::WebhookEndpoint;
use serde_json::Value;
use ureq::http::{HeaderName, HeaderValue};
use url::Url;

/// The kind of body sent unless a header says otherwise.
const JSON: &str = "application/json";

/// What an endpoint may ask to be told of.
const EVENTS: &[&str] = &[crate::jobs::notices::SENT];

/// The longest body sent, in bytes: the limit of Standard Webhooks.
pub(super) const MAX_BODY: usize = 20 * 1024;

/// An endpoint, understood.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) url: Url,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) template: Option<Template>,
    pub(super) condition: Condition,
    pub(super) reach: Reach,
}

/// Checks an endpoint before it is kept: URL, headers, template, condition, secret.
pub fn check(endpoint: &WebhookEndpoint) -> Result<(), Failure> {
    Endpoint::of(endpoint).map(|_| ()).map_err(|fault| Failure::malformed(fault.field, fault.what))
}

/// What is wrong with an endpoint, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EndpointFault {
    pub(super) field: &'static str,
    pub(super) what: String,
}

impl Endpoint {
    pub(super) fn of(kept: &WebhookEndpoint) -> Result<Self, EndpointFault> {
        let fault = |field| move |what| EndpointFault { field, what };
        let headers = kept.headers.iter().map(|(name, value)| header(name, value));
        let headers: Vec<_> = headers.collect::<Result<_, _>>().map_err(fault("headers"))?;
        let template = kept.body_template.as_deref().map(|text| template(text, &headers));
        let unknown = kept.events.iter().find(|word| !EVENTS.contains(&word.as_str()));
        if let Some(word) = unknown {
            let what = format!("`{word}` is no event: use {}", EVENTS.join(", "));
            return Err(EndpointFault { field: "events", what });
        }
        let condition = kept.success_condition.as_deref().map(Condition::parse);
        signature::key(&kept.secret).map_err(fault("secret"))?;
        Ok(Self {
            url: url(&kept.url).map_err(fault("url"))?,
            template: template.transpose().map_err(fault("body_template"))?,
            condition: condition
                .transpose()
                .map_err(fault("success_condition"))?
                .unwrap_or_default(),
            reach: if kept.allow_private { Reach::Everything } else { Reach::Public },
            headers,
        })
    }

    /// The body for a message: the standard one, or the template filled from it.
    pub(super) fn body(&self, standard: &[u8]) -> Result<Vec<u8>, String> {
        let body = match &self.template {
            None => standard.to_vec(),
            Some(template) => {
                let values: Value = serde_json::from_slice(standard)
                    .map_err(|error| format!("the stored message is not JSON: {error}"))?;
                template.render(&values)?.into_bytes()
            }
        };
        match body.len() {
            0..=MAX_BODY => Ok(body),
            length => Err(format!("the body has {length} bytes, the limit is {MAX_BODY}")),
        }
    }
}

fn url(text: &str) -> Result<Url, String> {
    let remedy = "write for example `https://hooks.example.org/releases`";
    let url =
        Url::parse(text).map_err(|error| format!("`{text}` is no URL ({error}): {remedy}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}` is not http or https: {remedy}", url.scheme()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(format!("the URL names no host: {remedy}"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the URL holds a password: send it in the header `authorization`".into());
    }
    Ok(url)
}

/// A header of the organisation's own; those that make the delivery what it is are not among them.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed: Result<HeaderName, _> = name.parse();
    let parsed = parsed.map_err(|_| format!("`{name}` is not the name of a header"))?;
    let ours = ["host", "content-length", "transfer-encoding", "connection", "expect", "upgrade"];
    if ours.contains(&parsed.as_str()) || parsed.as_str().starts_with("webhook-") {
        return Err(format!("the header `{name}` is set by Countersign: leave it out"));
    }
    let value = HeaderValue::from_str(value);
    let value =
        value.map_err(|_| format!("the value of `{name}` holds characters no header may"))?;
    Ok((parsed, value))
}

/// A template for a JSON body must give JSON.
fn template(text: &str, headers: &[(HeaderName, HeaderValue)]) -> Result<Template, String> {
    let sample = app::sample_message();
    let template = Template::parse(text, &sample)?;
    let kind = headers.iter().find(|(name, _)| name.as_str() == "content-type");
    let kind = kind.map_or(Some(JSON), |(_, value)| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with(JSON)) {
        let rendered = template.first_elements_only().render(&sample)?;
        serde_json::from_str::<Value>(&rendered).map_err(|error| {
            format!(
                "filled in, the template is not JSON ({error}): put texts in quotes and lists \
                 without, or set the header `content-type`"
            )
        })?;
    }
    Ok(template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::name::PersonId;
    use jiff::Timestamp;

    fn endpoint() -> WebhookEndpoint {
        WebhookEndpoint {
            name: "default".into(),
            url: "https://hooks.example.org/releases".into(),
            headers: vec![("Authorization".into(), "Bearer abc".into())],
            body_template: None,
            success_condition: None,
            secret: signature::new_secret(),
            allow_private: false,
            events: Vec::new(),
            updated_at: Timestamp::UNIX_EPOCH,
            updated_by: PersonId::new("p-1").unwrap(),
        }
    }

    fn fault(change: impl FnOnce(&mut WebhookEndpoint)) -> EndpointFault {
        let mut endpoint = endpoint();
        change(&mut endpoint);
        Endpoint::of(&endpoint).unwrap_err()
    }

    /// R-050
    #[test]
    fn url_headers_body_and_condition_are_configurable() {
        let mut endpoint = endpoint();
        endpoint.body_template = Some(
            r#"{"ticket": "{{data.title}}", "second": "{{data.artifacts.1.digest}}",
                "files": {{data.artifacts}}}"#
                .into(),
        );
        endpoint.success_condition = Some("status is 201".into());
        assert!(check(&endpoint).is_ok());
        endpoint.headers.push(("Content-Type".into(), "text/plain".into()));
        endpoint.body_template = Some("{{data.model}} is approved".into());
        assert!(check(&endpoint).is_ok());
    }

    /// R-050
    #[test]
    fn a_fault_names_the_field_and_the_remedy() {
        for url in
            ["", "hooks", "ftp://example.org", "file:///etc/passwd", "https://u:p@example.org"]
        {
            assert_eq!(fault(|one| one.url = url.into()).field, "url", "{url}");
        }
        for name in ["Host", "webhook-id", "Content-Length", "bad name", ""] {
            let fault = fault(|one| one.headers.push((name.into(), "x".into())));
            assert_eq!(fault.field, "headers", "{name}");
        }
        let value = fault(|one| one.headers.push(("x-a".into(), "a\r\nx-b: c".into())));
        assert_eq!(value.field, "headers");
        let quotes = fault(|one| one.body_template = Some(r#"{"a": {{data.title}}}"#.into()));
        assert!(quotes.what.contains("put texts in quotes"), "{}", quotes.what);
        let unknown = fault(|one| one.body_template = Some("{{data.secret}}".into()));
        assert_eq!(unknown.field, "body_template");
        assert_eq!(
            fault(|one| one.success_condition = Some("ok".into())).field,
            "success_condition"
        );
        assert_eq!(fault(|one| one.secret = "s".into()).field, "secret");
        let event = fault(|one| one.events = vec!["release.sent".into()]);
        assert_eq!((event.field, event.what.contains("use notice.sent")), ("events", true));
    }
}
