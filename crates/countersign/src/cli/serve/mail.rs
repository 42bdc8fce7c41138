//! What the server is told about sending e-mail.

use crate::config::{Mail, MailSecurity, Secret};
use crate::failure::{Doing, Failure};
use std::path::PathBuf;

/// How notices go out by e-mail; without a server they do not.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "E-mail")]
pub struct MailArguments {
    /// The mail server that takes notices: `smtp.example.org`. Without one nothing is mailed.
    #[arg(long, env = "COUNTERSIGN_SMTP_SERVER", value_name = "HOST", requires = "mail_from")]
    smtp_server: Option<String>,
    /// Its port: 587 when left out, 465 with `tls`, 25 with `none`.
    #[arg(long, env = "COUNTERSIGN_SMTP_PORT", value_name = "PORT")]
    smtp_port: Option<u16>,
    /// How the connection is protected. `none` sends everything readable: on one machine only.
    #[arg(long, env = "COUNTERSIGN_SMTP_SECURITY", default_value = "starttls")]
    smtp_security: MailSecurity,
    /// The user to sign in as, when the mail server asks for one.
    #[arg(
        long,
        env = "COUNTERSIGN_SMTP_USER",
        value_name = "USER",
        requires = "smtp_password_file"
    )]
    smtp_user: Option<String>,
    /// A file with that user's password.
    #[arg(long, env = "COUNTERSIGN_SMTP_PASSWORD_FILE", value_name = "FILE")]
    smtp_password_file: Option<PathBuf>,
    /// The sender of the mail: `Countersign <gate@example.org>`.
    #[arg(long, env = "COUNTERSIGN_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
}

impl MailArguments {
    /// What the server needs to know; `None` when nothing is mailed.
    pub fn read(&self) -> Result<Option<Mail>, Failure> {
        let (Some(server), Some(from)) = (&self.smtp_server, &self.mail_from) else {
            return Ok(None);
        };
        let from = from.parse().map_err(|error| {
            let message = format!(
                "`{from}` is no sender ({error}): write for example `Countersign \
                 <gate@example.org>`"
            );
            Failure::malformed("mail-from", message)
        })?;
        let credentials = match (&self.smtp_user, &self.smtp_password_file) {
            (Some(user), Some(path)) => {
                let password = std::fs::read_to_string(path);
                let password = password.doing(&format!("read `{}`", path.display()))?;
                Some((user.clone(), Secret::new(password.trim_end().to_owned())))
            }
            (Some(_) | None, _) => None,
        };
        let security = self.smtp_security;
        let port = self.smtp_port.unwrap_or(security.port());
        Ok(Some(Mail { server: server.clone(), port, security, credentials, from }))
    }
}
