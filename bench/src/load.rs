//! The load generator: one thread, many keep-alive connections, one request under way on each.
//!
//! It shares the processors with the server it measures, so it does as little as possible: the
//! requests are bytes prepared before, an answer is found by its length, and one call to the
//! operating system sends and one receives. Limit and product are measured with it alike.

use crate::connection::{Connection, Reading};
use crate::failure::{Failure, Told};
use crate::latency::Latency;
use crate::stopwatch::Stopwatch;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::net::SocketAddr;
use std::time::Duration;

/// An answer that takes longer than this ends the run.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to send, and how.
#[derive(Clone, Copy)]
pub struct Load<'a> {
    /// Where the server listens.
    pub address: SocketAddr,
    /// How many connections.
    pub connections: usize,
    /// The requests, sent in turns from different places on each connection.
    pub requests: &'a [Vec<u8>],
    /// How the body of each answer begins.
    pub expected: &'a [u8],
    /// How long to measure, after a tenth of that to warm up.
    pub time: Duration,
}

/// What was measured.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Answers in a second.
    pub rate: f64,
    /// The time half of the answers did not exceed.
    pub p50: Duration,
    /// The time 99 of 100 answers did not exceed.
    pub p99: Duration,
}

impl Load<'_> {
    /// Puts the load on and measures.
    pub fn run(self) -> Result<Measured, Failure> {
        let mut poll = Poll::new().told("wait for sockets")?;
        let mut connections = self.connect(&poll)?;
        for connection in &mut connections {
            self.send_next(connection)?;
        }
        let begun = Stopwatch::start();
        let mut latency = Latency::default();
        let mut events = Events::with_capacity(1024);
        let warm = self.time / 10;
        loop {
            poll.poll(&mut events, Some(PATIENCE)).told("wait for answers")?;
            if events.is_empty() {
                return Err(Failure::plain("the server has stopped answering"));
            }
            let now = begun.elapsed();
            for event in &events {
                let connection = &mut connections[event.token().0];
                // One read without draining is enough: nothing follows an answer until the next
                // request is sent, and what comes late raises a new event.
                if let Reading::Complete(took) = connection.receive(self.expected)? {
                    if now >= warm {
                        latency.note(took);
                    }
                    self.send_next(connection)?;
                }
            }
            if now >= warm + self.time {
                let seconds = (begun.elapsed() - warm).as_secs_f64();
                return Ok(measured(latency, seconds));
            }
        }
    }

    fn connect(&self, poll: &Poll) -> Result<Vec<Connection>, Failure> {
        let mut connections = Vec::with_capacity(self.connections);
        for number in 0..self.connections {
            let stream = std::net::TcpStream::connect(self.address).told("connect")?;
            stream.set_nodelay(true).told("set up a connection")?;
            stream.set_nonblocking(true).told("set up a connection")?;
            let mut stream = TcpStream::from_std(stream);
            let registry = poll.registry();
            registry.register(&mut stream, Token(number), Interest::READABLE).told("watch")?;
            let first = number * self.requests.len() / self.connections;
            connections.push(Connection::new(stream, first));
        }
        Ok(connections)
    }

    fn send_next(&self, connection: &mut Connection) -> Result<(), Failure> {
        let request = &self.requests[connection.next];
        connection.next = (connection.next + 1) % self.requests.len();
        connection.send(request)
    }
}

fn measured(mut latency: Latency, seconds: f64) -> Measured {
    let rate = latency.count() as f64 / seconds;
    Measured { rate, p50: latency.quantile(0.5), p99: latency.quantile(0.99) }
}

/// The round with the highest rate: on a machine that does other things too, the least disturbed.
pub fn best(rounds: impl IntoIterator<Item = Measured>) -> Option<Measured> {
    rounds.into_iter().max_by(|one, other| one.rate.total_cmp(&other.rate))
}
