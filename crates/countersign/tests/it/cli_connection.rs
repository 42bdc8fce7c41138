//! What stands between a command and its answer: wrong usage, no server, another server.

use crate::cli_server::ChildServer;
use crate::cli_terminal::Terminal;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

const DIGEST: &str = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn gate() -> [&'static str; 5] {
    ["gate", "--digest", DIGEST, "--environment", "production"]
}

/// An address where nobody listens.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A server that gives every caller this answer.
fn answering(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

#[test]
fn a_server_that_cannot_be_reached_is_a_fault_and_never_a_yes() {
    let said = Terminal::at(&nowhere()).fails(&gate());
    assert!(said.contains("cannot get an answer from http://127.0.0.1:"), "{said}");
    assert!(said.contains("next step: check the address given by --server"), "{said}");
}

#[test]
fn with_json_a_fault_is_one_object_on_standard_error() {
    let run = Terminal::at(&nowhere()).run(&["inbox", "--json"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let problem: serde_json::Value = serde_json::from_str(&run.err).unwrap();
    assert_eq!(problem["code"], "server.unreachable");
    assert!(problem["reasons"][0]["message"].is_string());
}

#[test]
fn an_answer_that_is_not_the_gates_is_never_a_yes() {
    let said = format!(
        "{{\"verdict\":\"allow\",\"digest\":\"{DIGEST}\",\"environment\":\"staging\",\
         \"valid_until\":\"9999-01-01T00:00:00Z\",\"reasons\":[]}}"
    );
    let login = "HTTP/1.1 302 Found\r\nlocation: https://sso.example.org\r\ncontent-length: 0\r\n\
                 connection: close\r\n\r\n";
    for answer in [ok(&said), ok("<html>welcome</html>"), ok("{}"), ok(""), login.to_owned()] {
        let text = Terminal::at(&answering(answer.clone())).fails(&gate());
        assert!(text.contains("next step: "), "{answer}: {text}");
    }
}

#[test]
fn wrong_usage_is_a_fault_and_says_what_would_be_right() {
    let person = Terminal::at(&nowhere());
    for (arguments, hint) in [
        (&["gate", "--digest", "abc", "--environment", "production"][..], "64 hexadecimal digits"),
        (&["gate", "--environment", "production"], "--digest <SHA256>|--file <FILE>"),
        (&["gate", "--file", "absent.bin"], "cannot read `absent.bin`"),
        (&["reject", "r-1", "--as", "legal", "--reason", "no", "--text", "x"], "unacceptable_risk"),
        (&["approve", "r-1", "--as", "Legal"], "use 1 to 100 lower-case letters"),
        (&["release", "answer", "r-1", "model_card", "text"], "`field=value`"),
        (&["release", "show", ".."], "`..` names nothing"),
        (&["--server", "gate.example.org", "inbox"], "is no server address"),
        (&["nonsense"], "unrecognized subcommand"),
    ] {
        let said = person.fails(arguments);
        assert!(said.contains(hint), "{arguments:?}: {said}");
    }
}

#[test]
fn nobody_is_asked_for_a_password_where_nobody_can_answer() {
    let said = Terminal::at(&nowhere()).fails(&["login", "--email", "ada@example.org"]);
    assert!(said.contains("nobody is there to answer"), "{said}");
}

#[test]
fn a_token_that_the_server_does_not_know_is_a_fault_and_no_deny() {
    let server = ChildServer::start();
    let stranger = Terminal::at(server.url());
    let said = stranger.fails(&gate());
    assert!(said.contains("nobody is signed in") && said.contains("countersign login"), "{said}");
    let said = stranger.with_token("cst_forged").fails(&gate());
    assert!(said.contains("the token is not valid"), "{said}");
    assert!(said.contains("next step: sign in"), "{said}");
}
