//! A platform that listens on loopback, remembers what it was sent, and answers what it is told to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::sync::{Arc, Mutex};

/// What the platform was sent.
#[derive(Debug, Clone)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// What it answers: a status, and a body or where to look instead.
type Reply = (u16, &'static str);

#[derive(Default)]
struct Desk {
    received: Vec<Received>,
    replies: Vec<Reply>,
}

/// The platform.
pub struct Receiver {
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

impl Receiver {
    /// Listens; answers these in turn, and the last one for ever.
    pub async fn answering(replies: &[Reply]) -> Self {
        let desk = Arc::new(Mutex::new(Desk { received: Vec::new(), replies: replies.to_vec() }));
        let router = Router::new().route("/hook", post(take)).with_state(desk.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, desk }
    }

    /// Everything received so far.
    pub fn received(&self) -> Vec<Received> {
        self.desk.lock().unwrap().received.clone()
    }
}

async fn take(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1], &'static str) {
    let mut desk = desk.lock().unwrap();
    let turn = desk.received.len().min(desk.replies.len() - 1);
    let (status, text) = desk.replies[turn];
    desk.received.push(Received { headers, body });
    (StatusCode::from_u16(status).unwrap(), [("location", text)], text)
}
