//! The HTTP API as the command line calls it: one blocking request at a time.
//!
//! Redirects are not followed: a token goes to the server it was meant for, and a gate's answer
//! comes from the gate that was asked.

use super::answer::Answer;
use super::reason::Names;
use super::trouble::Trouble;
use crate::api::problem::Problem;
use serde_json::Value;
use std::io::Read;
use std::time::Duration;
use ureq::http::{Method, Request, Response, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, SendBody};
use url::{Host, Url};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a server may think about an ordinary request.
const THINK: Duration = Duration::from_secs(60);
/// How long a server may think about a file it was sent.
const DIGEST: Duration = Duration::from_secs(1800);
/// The longest JSON answer taken, in bytes.
const MAX_ANSWER: u64 = 256 * 1024 * 1024;
/// How many pages of a list are followed before it is called endless.
const MAX_PAGES: usize = 1000;

/// A server and as whom to call it.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    server: Url,
    token: Option<String>,
    key: Option<String>,
}

/// A request being put together.
#[derive(Debug, Clone)]
#[must_use]
pub struct Call<'a> {
    client: &'a Client,
    url: Url,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    /// A server, called with this token or as a stranger. Behind HTTPS it has to show a certificate
    /// of these authorities, or of the public ones when there are none.
    pub fn new(server: Url, token: Option<String>, authorities: Vec<Certificate<'static>>) -> Self {
        let local = match server.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(THINK))
            .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")));
        if !authorities.is_empty() {
            let roots = RootCerts::new_with_certs(&authorities);
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        if local {
            // What runs on this machine is never behind a proxy.
            config = config.proxy(None);
        }
        Self { agent: config.build().new_agent(), server, token, key: None }
    }

    /// The same, whose changes are carried out once for this key.
    #[must_use]
    pub fn with_key(self, key: Option<String>) -> Self {
        Self { key, ..self }
    }

    /// The same for one part of what a command does: the server carries out one change for each key.
    #[must_use]
    pub fn for_part(&self, part: &str) -> Self {
        let key = self.key.as_ref().map(|key| format!("{key}.{part}"));
        self.clone().with_key(key)
    }

    /// The server's address.
    pub fn server(&self) -> &Url {
        &self.server
    }

    /// A request to this path under the API; every part is one segment, whatever it holds.
    pub fn at(&self, parts: &[&str]) -> Result<Call<'_>, Trouble> {
        let mut url = self.server.clone();
        for part in parts {
            if part.is_empty() || matches!(*part, "." | "..") {
                let next = "give the name or identifier of what is meant";
                return Err(Trouble::usage(format!("`{part}` names nothing"), next));
            }
        }
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["api", "v1"]).extend(parts);
        }
        Ok(Call { client: self, url, headers: Vec::new() })
    }

    /// Every item of a list, page by page.
    pub fn all(&self, parts: &[&str]) -> Result<Vec<Value>, Trouble> {
        let mut items = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let call = self.at(parts)?.query("limit", "200").maybe("after", after.as_deref());
            let answer = call.get()?;
            let page = answer.value.get("items").unwrap_or(&answer.value);
            items.extend(page.as_array().cloned().unwrap_or_default());
            after = answer.value.get("next").and_then(Value::as_str).map(str::to_owned);
            if after.is_none() {
                return Ok(items);
            }
        }
        Err(Trouble::fault(format!("the list `{}` does not end", parts.join("/")), "narrow it"))
    }
}

impl Call<'_> {
    /// The same with a query parameter.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// The same with a query parameter, when there is a value.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Asks.
    pub fn get(self) -> Result<Answer, Trouble> {
        self.send(Method::GET, SendBody::none())
    }

    /// Changes something, with a JSON body.
    pub fn post(self, body: &Value) -> Result<Answer, Trouble> {
        self.json(Method::POST, body)
    }

    /// Sets something, with a JSON body.
    pub fn put(self, body: &Value) -> Result<Answer, Trouble> {
        self.json(Method::PUT, body)
    }

    /// Takes something away.
    pub fn delete(self) -> Result<Answer, Trouble> {
        self.send(Method::DELETE, SendBody::none())
    }

    /// Sends a text: a policy, a runbook.
    pub fn post_text(mut self, text: &str) -> Result<Answer, Trouble> {
        self.headers.push(("content-type", "text/plain; charset=utf-8".into()));
        self.headers.push(("content-length", text.len().to_string()));
        self.send(Method::POST, SendBody::from_reader(&mut text.as_bytes()))
    }

    /// Sends a file of this size, as it is read.
    pub fn post_stream(mut self, size: u64, mut reader: impl Read) -> Result<Answer, Trouble> {
        self.headers.push(("content-type", "application/octet-stream".into()));
        self.headers.push(("content-length", size.to_string()));
        // A server that refuses says so before gigabytes are on their way.
        self.headers.push(("expect", "100-continue".into()));
        self.send(Method::POST, SendBody::from_reader(&mut reader))
    }

    /// Asks for text that is not JSON.
    pub fn get_text(self) -> Result<String, Trouble> {
        let server = self.client.server.to_string();
        let mut response = self.open()?;
        text(&server, &mut response)
    }

    /// Asks for bytes, to be read as they come.
    pub fn open(self) -> Result<Response<Body>, Trouble> {
        let client = self.client;
        let mut response = self.run(Method::GET, SendBody::none())?;
        if response.status().is_success() {
            return Ok(response);
        }
        let text = text(client.server.as_str(), &mut response)?;
        Err(client.trouble(&response, text))
    }

    fn json(mut self, method: Method, body: &Value) -> Result<Answer, Trouble> {
        let text = body.to_string();
        self.headers.push(("content-type", "application/json".into()));
        self.headers.push(("content-length", text.len().to_string()));
        self.send(method, SendBody::from_reader(&mut text.as_bytes()))
    }

    fn send(self, method: Method, body: SendBody<'_>) -> Result<Answer, Trouble> {
        let client = self.client;
        let mut response = self.run(method, body)?;
        let text = text(client.server.as_str(), &mut response)?;
        if response.status().is_success() {
            return Answer::from_text(client.server.as_str(), text);
        }
        Err(client.trouble(&response, text))
    }

    fn run(self, method: Method, body: SendBody<'_>) -> Result<Response<Body>, Trouble> {
        let client = self.client;
        let mut request = Request::builder().method(&method).uri(self.url.as_str());
        if let Some(token) = &client.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(key) = client.key.as_ref().filter(|_| method != Method::GET) {
            request = request.header("idempotency-key", key);
        }
        let long = self.headers.iter().any(|(name, _)| *name == "expect");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).map_err(|error| {
            let next = "check the token and the key for characters that do not belong there";
            Trouble::usage("the request cannot be put together", next).because("request", error)
        })?;
        let wait = if long { DIGEST } else { THINK };
        let configured = client.agent.configure_request(request);
        let request = configured.timeout_recv_response(Some(wait)).build();
        let failed = |error| Trouble::unreachable(client.server.as_str(), error);
        client.agent.run(request).map_err(failed)
    }
}

impl Client {
    /// What an answer that is no success means.
    fn trouble(&self, response: &Response<Body>, text: String) -> Trouble {
        let status = response.status();
        let Ok(problem) = serde_json::from_str::<Problem>(&text) else {
            let location = response.headers().get(header::LOCATION);
            let location = location.and_then(|value| value.to_str().ok());
            let to = location.map(|to| format!(", which points to {to}")).unwrap_or_default();
            let why = format!("the answer is HTTP {status}{to}, without Countersign's explanation");
            return Trouble::unreachable(self.server.as_str(), why);
        };
        if problem.code == "actor.unknown" && problem.status == 401 {
            return self.unknown(Trouble::problem(problem, text));
        }
        let trouble = Trouble::problem(problem, text);
        if trouble.names_people() { trouble.with_names(Names::of(self)) } else { trouble }
    }
}

impl Client {
    /// The server does not know who calls. It speaks of headers; here `login` is what helps.
    fn unknown(&self, trouble: Trouble) -> Trouble {
        match &self.token {
            None => trouble.instead(
                &format!("nobody is signed in to {}", self.server),
                "sign in with `countersign login`; a machine sets COUNTERSIGN_TOKEN",
            ),
            Some(_) => trouble,
        }
    }
}

fn text(server: &str, response: &mut Response<Body>) -> Result<String, Trouble> {
    let body = response.body_mut().with_config().limit(MAX_ANSWER);
    body.read_to_string().map_err(|error| Trouble::unreachable(server, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(server: &str) -> Client {
        Client::new(Url::parse(server).unwrap(), None, Vec::new())
    }

    #[test]
    fn a_name_stays_one_part_of_the_path_whatever_it_holds() {
        let client = client("https://gate.example.org/sub/");
        let call = client.at(&["models", "a/../b?c#d e"]).unwrap().query("after", "x&y");
        let path = "/sub/api/v1/models/a%2F..%2Fb%3Fc%23d%20e";
        assert_eq!(call.url.as_str(), format!("https://gate.example.org{path}?after=x%26y"));
    }

    #[test]
    fn a_name_that_would_leave_its_place_is_refused() {
        for bad in ["", ".", ".."] {
            assert!(client("http://a").at(&["models", bad]).is_err(), "{bad}");
        }
    }
}
