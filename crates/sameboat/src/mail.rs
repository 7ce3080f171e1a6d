//! Letters on their way out: to a mail server, or in the demo to a page.

use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::outbox::{Letter, Outcome};
use url::Url;

use crate::serve::is_loopback;

/// A mail server that says nothing for so long is away.
const LONGEST_TRY: Duration = Duration::from_secs(30);

/// How letters go out.
pub(crate) enum Sender {
    Smtp(Post),
    /// They stay, and a page shows them.
    Demo,
    /// They wait until there is a mail server.
    NotSetUp,
}

/// A mail server, and who letters are from.
#[derive(Clone)]
pub(crate) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PostError {
    #[error("write smtps://USER:PASSWORD@HOST or smtp://HOST:587?tls=required")]
    Url,
    #[error("letters would travel in the open: write smtps://, or add ?tls=required")]
    Open,
    #[error("there is a password in the URL and one in the file; leave one of them out")]
    TwoPasswords,
    #[error("a password needs a user: write it before the host, as in smtps://USER@HOST")]
    NoUser,
    #[error("{0}")]
    Smtp(#[from] smtp::Error),
}

impl Post {
    pub(crate) fn new(url: &str, password: Option<String>, from: Mailbox) -> Result<Self, PostError> {
        let parsed = Url::parse(url).map_err(|_| PostError::Url)?;
        let host = parsed.host_str().ok_or(PostError::Url)?;
        let asks_tls = parsed
            .query_pairs()
            .any(|(key, value)| key == "tls" && value == "required");
        match parsed.scheme() {
            "smtps" => {}
            "smtp" if asks_tls || is_loopback(host) => {}
            "smtp" => return Err(PostError::Open),
            _ => return Err(PostError::Url),
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(LONGEST_TRY));
        if let Some(password) = password {
            if parsed.password().is_some() {
                return Err(PostError::TwoPasswords);
            }
            let user = percent_decoded(parsed.username());
            if user.is_empty() {
                return Err(PostError::NoUser);
            }
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    /// Whether the server answers and lets us in.
    pub(crate) async fn check(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("it answers, but takes no letters now".to_owned()),
            Err(why) => Err(without_addresses(&why)),
        }
    }

    /// Hands a letter to the server. What is said of a failure names nobody: an admin reads it.
    pub(crate) async fn send(&self, letter: &Letter, site: &str) -> Outcome {
        let Ok(to) = letter.mail.parse::<Address>() else {
            return Outcome::Never("this is no mail address".to_owned());
        };
        // The same letter has the same number if it has to be sent again, so that a mail server may know it.
        let number = format!("<{}@{}>", letter.id, self.from.email.domain());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .message_id(Some(number))
            .header(Automatic)
            .header(ContentType::TEXT_PLAIN);
        if let Some(stop) = &letter.stop {
            message = message.header(Stop(format!("<{site}{stop}>"))).header(OneClick);
        }
        match message.body(letter.body.clone()) {
            Err(why) => Outcome::Never(format!("the letter could not be written: {why}")),
            Ok(message) => match self.transport.send(message).await {
                Ok(_) => Outcome::Sent,
                Err(why) => became(&why),
            },
        }
    }
}

fn became(why: &smtp::Error) -> Outcome {
    let Some(code) = why.status() else {
        return Outcome::Later(format!(
            "the mail server did not take it: {}",
            without_addresses(why)
        ));
    };
    let code = code.to_string();
    let said = format!("the mail server answered {code}");
    match code.as_str() {
        "550" | "551" | "553" => Outcome::Never(format!("{said}: it does not take letters to this address")),
        "530" | "534" | "535" | "538" => {
            Outcome::Later(format!("{said}: it does not know the user or the password"))
        }
        _ => Outcome::Later(said),
    }
}

/// What went wrong on our side: connections and certificates. Nothing of a letter stands in it; to be sure, no word with
/// an @ is told.
fn without_addresses(why: &smtp::Error) -> String {
    let mut said = why.to_string();
    let mut source = std::error::Error::source(why);
    while let Some(inner) = source {
        let inner_said = inner.to_string();
        if !said.contains(&inner_said) {
            said = format!("{said}: {inner_said}");
        }
        source = inner.source();
    }
    said.split_whitespace()
        .filter(|word| !word.contains('@'))
        .collect::<Vec<_>>()
        .join(" ")
}

fn percent_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("of={}", text.replace('+', "%2B")).as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect()
}

/// "Auto-Submitted: auto-generated" (RFC 3834): nobody's holiday reply comes back.
#[derive(Clone)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// "List-Unsubscribe" (RFC 2369): a mail program offers to end what the letter is one of.
#[derive(Clone)]
struct Stop(String);

impl Header for Stop {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// "List-Unsubscribe-Post" (RFC 8058): with one click, and no page in between.
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str, password: Option<&str>) -> String {
        let from = "Office <office@example.org>".parse().unwrap();
        match Post::new(url, password.map(str::to_owned), from) {
            Ok(_) => String::new(),
            Err(why) => why.to_string(),
        }
    }

    #[tokio::test]
    async fn letters_leave_this_machine_under_tls_only() {
        for (url, password) in [
            ("smtps://mail.example.org", None),
            ("smtps://me:secret@mail.example.org:465", None),
            ("smtps://me@mail.example.org", Some("secret")),
            ("smtp://mail.example.org:587?tls=required", None),
            ("smtp://localhost:2525", None),
            ("smtp://127.0.0.1:2525", None),
            ("smtp://[::1]:2525", None),
        ] {
            assert_eq!(refused(url, password), "", "{url}");
        }
        for (url, password, why) in [
            ("smtp://mail.example.org:587", None, "in the open"),
            (
                "smtp://mail.example.org:587?tls=opportunistic",
                None,
                "in the open",
            ),
            ("https://mail.example.org", None, "write smtps://"),
            ("mail.example.org", None, "write smtps://"),
            ("smtps://me:secret@mail.example.org", Some("secret"), "leave one"),
            ("smtps://mail.example.org", Some("secret"), "needs a user"),
        ] {
            assert!(
                refused(url, password).contains(why),
                "{url}: {}",
                refused(url, password)
            );
        }
    }
}
