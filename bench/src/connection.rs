//! One keep-alive connection of the load generator: one request under way at a time.

use crate::failure::Failure;
use crate::stopwatch::Stopwatch;
use mio::net::TcpStream;
use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

/// Longer than every answer that is measured.
const MOST: usize = 64 * 1024;

/// A connection and the request under way on it.
pub struct Connection {
    /// The socket.
    pub stream: TcpStream,
    /// Which request is sent next.
    pub next: usize,
    received: Vec<u8>,
    filled: usize,
    sent_at: Stopwatch,
}

/// What came of reading.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    /// The answer is not complete yet.
    Partial,
    /// The answer is complete; it took this long.
    Complete(Duration),
}

impl Connection {
    /// A connection that begins with this request.
    pub fn new(stream: TcpStream, next: usize) -> Self {
        let received = vec![0; MOST];
        Self { stream, next, received, filled: 0, sent_at: Stopwatch::start() }
    }

    /// Sends a request whole.
    pub fn send(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.sent_at = Stopwatch::start();
        self.filled = 0;
        // A request is far smaller than a socket's buffer, which is empty between requests.
        match self.stream.write(request) {
            Ok(sent) if sent == request.len() => Ok(()),
            Ok(_) => Err(Failure::plain("a request did not fit into the socket's buffer")),
            Err(error) => Err(Failure::plain(format!("cannot send a request: {error}"))),
        }
    }

    /// Reads what has come, and checks the answer when it is complete.
    pub fn receive(&mut self, expected: &[u8]) -> Result<Reading, Failure> {
        match self.stream.read(&mut self.received[self.filled..]) {
            Ok(0) => return Err(Failure::plain("the server closed a connection")),
            Ok(count) => self.filled += count,
            Err(error) if is_early(&error) => return Ok(Reading::Partial),
            Err(error) => return Err(Failure::plain(format!("cannot read an answer: {error}"))),
        }
        let received = &self.received[..self.filled];
        let Some(body) = complete(received)? else { return Ok(Reading::Partial) };
        if !received.starts_with(b"HTTP/1.1 200 ") || !body.starts_with(expected) {
            let answer = String::from_utf8_lossy(received);
            return Err(Failure::plain(format!("an answer is not as expected: {answer}")));
        }
        Ok(Reading::Complete(self.sent_at.elapsed()))
    }
}

fn is_early(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// The body, once head and body are there.
fn complete(received: &[u8]) -> Result<Option<&[u8]>, Failure> {
    let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let (head, body) = (&received[..end], &received[end + 4..]);
    let length = length(head).ok_or_else(|| Failure::plain("an answer does not say its length"))?;
    if length + end + 4 > MOST {
        return Err(Failure::plain("an answer is longer than any that is measured"));
    }
    Ok((body.len() >= length).then(|| &body[..length]))
}

fn length(head: &[u8]) -> Option<usize> {
    let lines = head.split(|byte| *byte == b'\n');
    let mut values = lines.filter_map(|line| {
        let (name, value) = line.split_at_checked(15)?;
        name.eq_ignore_ascii_case(b"content-length:").then_some(value)
    });
    std::str::from_utf8(values.next()?).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_complete_when_its_body_is() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\ndate: x\r\n\r\nabc";
        for cut in 0..whole.len() {
            assert_eq!(complete(&whole[..cut]).unwrap(), None, "{cut}");
        }
        assert_eq!(complete(whole).unwrap(), Some(&b"abc"[..]));
    }

    #[test]
    fn an_answer_without_a_length_is_a_failure() {
        assert!(complete(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
