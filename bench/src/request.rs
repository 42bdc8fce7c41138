//! Requests as the bytes that go over the wire.

/// `GET` of a path under `/api/v1`, with a token.
pub fn get(path: &str, token: &str) -> Vec<u8> {
    let head = head("GET", path, token);
    format!("{head}\r\n").into_bytes()
}

/// `POST` of JSON to a path under `/api/v1`, with a token.
pub fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    let (head, length) = (head("POST", path, token), body.len());
    let content = format!("content-type: application/json\r\ncontent-length: {length}\r\n");
    format!("{head}{content}\r\n{body}").into_bytes()
}

/// The headers that real clients send too.
fn head(method: &str, path: &str, token: &str) -> String {
    format!(
        "{method} /api/v1{path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: countersign-bench\r\n\
         accept: */*\r\nauthorization: Bearer {token}\r\n"
    )
}
