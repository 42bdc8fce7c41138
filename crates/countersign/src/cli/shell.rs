//! What every command knows: where the server is, as whom to call it, and how to print.

use super::client::Client;
use super::credentials::Credentials;
use super::trouble::Trouble;
use clap::builder::FalseyValueParser;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use ureq::tls::PemItem;
use url::Url;

/// Where a server is when nobody says.
pub const DEFAULT_SERVER: &str = "http://127.0.0.1:8080";

/// Options that every command takes, before or after its own.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Connection and output")]
pub struct Shell {
    /// The server; the one signed in to last when left out, or else http://127.0.0.1:8080.
    #[arg(long, global = true, env = "COUNTERSIGN_SERVER", value_name = "URL")]
    server: Option<String>,
    /// The token to call it with; the one `login` kept when left out. Prefer the environment: other
    /// users of this machine can read command lines.
    #[arg(long, global = true, env = "COUNTERSIGN_TOKEN", hide_env_values = true)]
    #[arg(value_name = "TOKEN")]
    token: Option<String>,
    /// A file of certificates (PEM) that the server's must come from, where it is not one of the
    /// public authorities'.
    #[arg(long, global = true, env = "COUNTERSIGN_CA", value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Repeat safely: the server carries out a change once for each key.
    #[arg(long, global = true, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// Print JSON: the server's own answer, or its problem on standard error.
    #[arg(long, global = true)]
    json: bool,
    /// Print no colours.
    #[arg(long, global = true, hide = true, env = "NO_COLOR", value_parser = FalseyValueParser::new())]
    no_color: bool,
    /// The folder that holds the folder of the credentials file.
    #[arg(long, global = true, hide = true, env = "XDG_CONFIG_HOME", value_name = "FOLDER")]
    config_home: Option<PathBuf>,
}

impl Shell {
    /// Whether JSON is asked for.
    pub fn wants_json(&self) -> bool {
        self.json
    }

    /// Whether standard output shows colours.
    pub fn shows_colours(&self) -> bool {
        !self.no_color && std::io::stdout().is_terminal()
    }

    /// The file of tokens that `login` keeps.
    pub fn credentials(&self) -> Result<Credentials, Trouble> {
        let given = self.config_home.clone().filter(|path| path.is_absolute());
        let home = given.or_else(|| std::env::home_dir().map(|home| home.join(".config")));
        let home = home.ok_or_else(|| {
            Trouble::fault("cannot tell where credentials are kept", "set XDG_CONFIG_HOME or HOME")
        })?;
        Ok(Credentials::in_folder(&home.join("countersign")))
    }

    /// The server's address.
    pub fn server(&self) -> Result<Url, Trouble> {
        let given = self.server.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let text = match given {
            Some(text) => text.to_owned(),
            None => self.credentials()?.last_server()?.unwrap_or_else(|| DEFAULT_SERVER.into()),
        };
        let wrong = |why: &str| {
            let detail = format!("`{text}` is no server address: {why}");
            Trouble::fault(detail, "write it like https://gate.example.org")
        };
        let url = Url::parse(&text).map_err(|error| match error {
            url::ParseError::RelativeUrlWithoutBase => {
                wrong("it must begin with http:// or https://")
            }
            other => wrong(&other.to_string()),
        })?;
        if !matches!(url.scheme(), "http" | "https") || url.cannot_be_a_base() {
            return Err(wrong("it must begin with http:// or https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it must hold no password, use a token"));
        }
        Ok(url)
    }

    /// The server, called without a token: to sign in.
    pub fn stranger(&self) -> Result<Client, Trouble> {
        self.connect(self.server()?, None)
    }

    /// The server, called as whoever the options, the environment or `login` say. A token that
    /// `login` kept is sent only to the server that gave it.
    pub fn client(&self) -> Result<Client, Trouble> {
        let server = self.server()?;
        let given = self.token.as_deref().map(str::trim).filter(|token| !token.is_empty());
        let token = match given {
            Some(token) => Some(token.to_owned()),
            None => self.credentials()?.token(&server)?,
        };
        Ok(self.connect(server, token)?.with_key(self.idempotency_key.clone()))
    }

    /// A server, whatever the options say about which.
    pub fn connect(&self, server: Url, token: Option<String>) -> Result<Client, Trouble> {
        let Some(path) = self.ca.as_ref().filter(|path| !path.as_os_str().is_empty()) else {
            return Ok(Client::new(server, token, Vec::new()));
        };
        let text = super::document::read(path)?.text;
        let found = ureq::tls::parse_pem(text.as_bytes()).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
            Ok(_) => None,
            Err(error) => Some(Err(error.to_string())),
        });
        let found: Result<Vec<_>, String> = found.collect();
        let why = match found {
            Ok(authorities) if !authorities.is_empty() => {
                return Ok(Client::new(server, token, authorities));
            }
            Ok(_) => "there is none in it".to_owned(),
            Err(error) => error,
        };
        let detail = format!("`{}` holds no certificates that can be used", path.display());
        Err(Trouble::usage(detail, "give the authority's certificate in PEM").because("ca", why))
    }

    /// Prints a line or several on standard output.
    pub fn say(&self, text: &str) -> Result<(), Trouble> {
        self.write(&visible(text))
    }

    /// Prints text that is known to be harmless to a terminal, colours included.
    pub fn say_as_is(&self, text: &str) -> Result<(), Trouble> {
        self.write(text)
    }

    fn write(&self, text: &str) -> Result<(), Trouble> {
        let mut out = std::io::stdout().lock();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
        match written.and_then(|()| out.flush()) {
            // Whoever reads has read enough, like `head`.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Trouble::io("cannot write the answer", &error)),
            Ok(()) => Ok(()),
        }
    }

    /// Prints a remark for people on standard error.
    pub fn remark(&self, text: &str) {
        // A closed standard error must not change what the command answers.
        let _ = writeln!(std::io::stderr(), "{}", visible(text));
    }
}

/// The same text with everything shown that could move, hide or reorder what a terminal shows:
/// titles and comments are written by others.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hides || (c.is_control() && c != '\n' && c != '\t') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_title_cannot_clear_the_screen_or_turn_text_around() {
        assert_eq!(visible("a\u{1b}[2Jb\r\u{202e}c\nd\té"), "a\\u{1b}[2Jb\\u{d}\\u{202e}c\nd\té");
    }
}
