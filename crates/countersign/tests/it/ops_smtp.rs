//! A mail server on loopback: it speaks as much SMTP as a client needs, keeps what it was sent,
//! and answers each mail as it was told to.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail it was sent, taken or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

impl Letter {
    /// The identifier in its header.
    pub fn id(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("Message-ID: "));
        line.expect("a Message-ID").to_owned()
    }
}

#[derive(Default)]
struct Desk {
    letters: Vec<Letter>,
    replies: Vec<&'static str>,
    turn: usize,
}

/// The server.
pub struct Server {
    pub port: u16,
    desk: Arc<Mutex<Desk>>,
}

impl Server {
    /// Listens; answers mails with these in turn, and with the last one for ever.
    pub async fn saying(replies: &[&'static str]) -> Self {
        let desk = Desk { replies: replies.to_vec(), ..Desk::default() };
        let desk = Arc::new(Mutex::new(desk));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { port, desk }
    }

    /// Everything it was sent.
    pub fn received(&self) -> Vec<Letter> {
        self.desk.lock().unwrap().letters.clone()
    }

    /// Forgets what it was sent.
    pub fn forget(&self) {
        self.desk.lock().unwrap().letters.clear();
    }

    /// Forgets what it was sent, and answers with these from now on.
    pub fn now_saying(&self, replies: &[&'static str]) {
        self.forget();
        let mut desk = self.desk.lock().unwrap();
        (desk.replies, desk.turn) = (replies.to_vec(), 0);
    }
}

async fn serve(stream: TcpStream, desk: Arc<Mutex<Desk>>) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut to = String::new();
    writing.write_all(b"220 loopback\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let answer = match word.as_str() {
            "RCPT" => {
                to = line;
                "250 ok"
            }
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await.unwrap();
                let mut text = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                take(&desk, Letter { to: to.clone(), text })
            }
            "QUIT" => {
                let _ = writing.write_all(b"221 bye\r\n").await;
                return;
            }
            _any_other => "250 ok",
        };
        if writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

fn take(desk: &Mutex<Desk>, letter: Letter) -> &'static str {
    let mut desk = desk.lock().unwrap();
    desk.letters.push(letter);
    let answer = desk.replies[desk.turn.min(desk.replies.len() - 1)];
    desk.turn += 1;
    answer
}
