//! A browser without script: it keeps cookies, follows redirects and fills in the forms it is
//! given, and nothing else.

use crate::portal_html::{Form, Html};
use crate::world::World;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use countersign::serve;
use std::collections::BTreeMap;
use tower::ServiceExt as _;

/// A browser.
pub struct Browser {
    router: Router,
    /// Its cookies.
    pub cookies: BTreeMap<String, String>,
    /// The page it shows.
    pub page: Page,
}

/// What a browser shows.
#[derive(Default)]
pub struct Page {
    /// Its path.
    pub path: String,
    /// The status it came with.
    pub status: StatusCode,
    /// The headers it came with.
    pub headers: HeaderMap,
    /// Its text as it came.
    pub source: String,
}

impl Browser {
    /// A new browser.
    pub fn new(world: &World) -> Self {
        let router = serve::router(world.app.clone());
        Self { router, cookies: BTreeMap::new(), page: Page::default() }
    }

    /// A browser in which this person has set a password by a link and is signed in.
    pub async fn of(world: &World, person: &str) -> Self {
        let mut browser = Self::new(world);
        let link = world.app.setup_link(Some(world.id(person))).await.unwrap();
        let path = link.split_once("/setup/").unwrap().1;
        browser.open(&format!("/setup/{path}")).await;
        let form = browser.form("/setup/").fill("password", "a few plain words");
        browser.send(form).await;
        assert_eq!(browser.page.path, "/inbox", "{}", browser.page.source);
        browser
    }

    /// Opens a page.
    pub async fn open(&mut self, path: &str) -> &Page {
        self.go(Method::GET, path, None).await
    }

    /// The first form of the page that goes to a path that begins so.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let forms: Vec<Form> = Html::read(&self.page.source).forms().collect();
        let found = forms.iter().find(|form| form.action.starts_with(action));
        found.cloned().unwrap_or_else(|| {
            let actions: Vec<&String> = forms.iter().map(|form| &form.action).collect();
            panic!("{}: no form to {action}, but {actions:?}\n{}", self.page.path, self.text())
        })
    }

    /// The form of the page that goes to exactly this path.
    #[track_caller]
    pub fn form_to(&self, action: &str) -> Form {
        let html = Html::read(&self.page.source);
        let mut forms = html.forms();
        let found = forms.find(|form| form.action == action);
        found.unwrap_or_else(|| panic!("{}: no form to {action}\n{}", self.page.path, self.text()))
    }

    /// Sends a form.
    pub async fn send(&mut self, form: Form) -> &Page {
        let mut body = form_urlencoded(&form.values);
        if form.method == "get" {
            let path = format!("{}?{body}", form.action);
            return self.go(Method::GET, &path, None).await;
        }
        let kind = "application/x-www-form-urlencoded".to_owned();
        self.go(Method::POST, &form.action, Some((kind, std::mem::take(&mut body).into_bytes())))
            .await
    }

    /// Sends a form that carries a file.
    pub async fn upload(&mut self, form: Form, name: &str, content: &[u8]) -> &Page {
        let mut body = Vec::new();
        for (field, value) in form.values.iter().filter(|(field, _)| field != "file") {
            let part = format!(
                "--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--X--\r\n");
        let kind = "multipart/form-data; boundary=X".to_owned();
        self.go(Method::POST, &form.action, Some((kind, body))).await
    }

    async fn go(&mut self, method: Method, path: &str, body: Option<(String, Vec<u8>)>) -> &Page {
        let (mut method, mut path, mut body) = (method, path.to_owned(), body);
        for _ in 0..5 {
            let answer = self.once(method, &path, body.take()).await;
            if !answer.status.is_redirection() {
                self.page = answer;
                return &self.page;
            }
            let to = answer.headers.get(LOCATION).unwrap().to_str().unwrap().to_owned();
            (method, path) = (Method::GET, to.split('#').next().unwrap().to_owned());
        }
        panic!("more than five redirects, the last one to {path}")
    }

    async fn once(&mut self, method: Method, path: &str, body: Option<(String, Vec<u8>)>) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        request = request.header(COOKIE, cookies.join("; "));
        let body = match body {
            Some((kind, bytes)) => {
                request = request.header(CONTENT_TYPE, kind);
                Body::from(bytes)
            }
            None => Body::empty(),
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        for line in head.headers.get_all(SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let source = String::from_utf8_lossy(&bytes).into_owned();
        Page { path: path.to_owned(), status: head.status, headers: head.headers, source }
    }

    /// What the page says.
    pub fn text(&self) -> String {
        Html::read(&self.page.source).text()
    }

    /// Fails unless the page says this.
    #[track_caller]
    pub fn says(&self, what: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(what), "{} does not say `{what}`:\n{text}", self.page.path);
        self
    }

    /// The paths of the page's links that begin so.
    pub fn links(&self, beginning: &str) -> Vec<String> {
        let html = Html::read(&self.page.source);
        let paths = html.all(&["a"]).filter_map(|link| link.get("href"));
        let mut paths: Vec<String> =
            paths.filter(|path| path.starts_with(beginning)).map(str::to_owned).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn form_urlencoded(values: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in values {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&format!("{}={}", encoded(name), encoded(value)));
    }
    out
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.bytes()
        .map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}
