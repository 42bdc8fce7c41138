//! One notice to one person by e-mail.

use super::{Outcome, words};
use crate::app::App;
use crate::config::{Mail, MailSecurity};
use crate::failure::{Doing, Failure};
use countersign_core::name::PersonId;
use countersign_core::notice::Notice;
use countersign_store::{Dispatch, KeptNotice, Person};
use lettre::message::{Mailbox, Message, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use lettre::{Address, Transport as _};
use std::time::Duration;

/// How long a mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(20);

pub(super) async fn send(
    app: &App,
    (dispatch, person): (&Dispatch, &PersonId),
    kept: &KeptNotice,
) -> Result<Outcome, Failure> {
    let Some(mail) = app.config.mail.clone() else {
        return Ok(Outcome::Failed("no mail server is configured".to_owned()));
    };
    let person = app.store.person(person).await.doing("look up a person")?;
    let Some(person) = person.filter(|person| person.disabled_at.is_none()) else {
        return Ok(Outcome::Over("the person is not there any more".to_owned()));
    };
    let message = match letter(app, &mail, (dispatch, &person), &kept.notice) {
        Ok(message) => message,
        Err(why) => return Ok(Outcome::Over(why)),
    };
    let sent = tokio::task::spawn_blocking(move || transport(&mail)?.send(&message)).await;
    Ok(match sent.doing("send a mail")? {
        Ok(_) => Outcome::Taken,
        Err(error) => refused(&error),
    })
}

/// The mail. Its identifier stays the same however often it is sent.
fn letter(
    app: &App,
    mail: &Mail,
    (dispatch, person): (&Dispatch, &Person),
    notice: &Notice,
) -> Result<Message, String> {
    let address: Result<Address, _> = person.email.trim().parse();
    let address = address.map_err(|error| format!("their address is none: {error}"))?;
    let message = Message::builder()
        .from(mail.from.clone())
        .to(Mailbox::new(Some(person.name.clone()), address))
        .subject(words::subject(notice))
        .message_id(Some(format!("<{}@{}>", dispatch.id, mail.from.email.domain())))
        // Answering machines leave such mail alone.
        .raw_header(automatic()?)
        .header(header::ContentType::TEXT_PLAIN)
        .body(words::text(app, notice));
    message.map_err(|error| format!("the mail cannot be written: {error}"))
}

fn automatic() -> Result<header::HeaderValue, String> {
    let name = header::HeaderName::new_from_ascii("Auto-Submitted".to_owned());
    let name = name.map_err(|error| error.to_string())?;
    Ok(header::HeaderValue::new(name, "auto-generated".to_owned()))
}

fn transport(mail: &Mail) -> Result<SmtpTransport, Error> {
    let tls = || TlsParameters::new(mail.server.clone());
    let security = match mail.security {
        MailSecurity::Tls => Tls::Wrapper(tls()?),
        MailSecurity::StartTls => Tls::Required(tls()?),
        MailSecurity::None => Tls::None,
    };
    let transport = SmtpTransport::builder_dangerous(&mail.server)
        .port(mail.port)
        .tls(security)
        .timeout(Some(TIMEOUT));
    Ok(match &mail.credentials {
        Some((user, password)) => {
            transport.credentials(Credentials::new(user.clone(), password.reveal().to_owned()))
        }
        None => transport,
    }
    .build())
}

/// What a mail server said. That there is no such mailbox will not change by asking again; all
/// else may be the server's own trouble or its configuration.
fn refused(error: &Error) -> Outcome {
    let mut why = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        why = format!("{why}: {inner}");
        cause = inner.source();
    }
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        Some("550" | "551" | "553") => Outcome::Over(why),
        Some(_) | None => Outcome::Failed(why),
    }
}
