//! How a person comes to a group, and where a listing is from.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::text::Line;

/// What a person does to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowToCome {
    /// Through the organisation's public phone, mail or both: fields made to be public, nobody's own.
    Organisation {
        phone: Option<Phone>,
        mail: Option<Mail>,
    },
    /// Through the organiser's own page about this group.
    Page(WebPage),
    /// Walk in at the public address; the feed names no page.
    WalkIn,
}

/// Where a listing is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// This organisation's own group.
    Own,
    /// Another organisation's feed, by the name of its programme.
    Feed { programme: Line },
}

/// A public phone number as people write it, 7 to 15 digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// A public mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mail(String);

/// A public web page, http or https, without a user name or password in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebPage(Url);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    #[error("the phone number “{0}” has {1} digits; a number has 7 to 15")]
    Phone(String, usize),
    #[error("“{0}” is no mail address; write it as name@example.org")]
    Mail(String),
    #[error("“{0}” is no web page; write it as https://example.org/page")]
    Page(String),
}

impl Phone {
    pub fn parse(text: &str) -> Result<Self, ContactError> {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let known = text.chars().all(|c| c.is_ascii_digit() || " +-().,x".contains(c));
        if known && (7..=15).contains(&digits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ContactError::Phone(shortened(text), digits))
        }
    }

    /// As a `tel:` link wants it: digits and a leading plus.
    pub fn dial(&self) -> String {
        self.0
            .chars()
            .enumerate()
            .filter(|(i, c)| c.is_ascii_digit() || (*i == 0 && *c == '+'))
            .map(|(_, c)| c)
            .collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Mail {
    pub fn parse(text: &str) -> Result<Self, ContactError> {
        let text = text.trim();
        let wrong = || ContactError::Mail(shortened(text));
        let (name, host) = text.split_once('@').ok_or_else(wrong)?;
        let plain = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_alphanumeric() || "._+-'".contains(c))
                && !part.starts_with('.')
        };
        if plain(name) && plain(host) && host.contains('.') && text.len() <= 254 {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong())
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl WebPage {
    pub fn parse(text: &str) -> Result<Self, ContactError> {
        let wrong = || ContactError::Page(shortened(text));
        let url = Url::parse(text.trim()).map_err(|_| wrong())?;
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let open = url.username().is_empty() && url.password().is_none();
        if web && open && url.as_str().len() <= 2_000 {
            Ok(Self(url))
        } else {
            Err(wrong())
        }
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, as a person recognises a site.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default().trim_start_matches("www.")
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

macro_rules! contact_conversions {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = ContactError;
            fn try_from(text: String) -> Result<Self, ContactError> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(contact: $name) -> String {
                contact.as_str().to_owned()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
contact_conversions!(Phone);
contact_conversions!(Mail);
contact_conversions!(WebPage);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_dials() {
        assert_eq!(Phone::parse("+1 (216) 555-0142").unwrap().dial(), "+12165550142");
        assert_eq!(
            Phone::parse("216 555").unwrap_err().to_string(),
            "the phone number “216 555” has 6 digits; a number has 7 to 15"
        );
    }

    #[test]
    fn only_web_pages_without_secrets_are_pages() {
        assert_eq!(
            WebPage::parse("https://www.oc-aa.org/meetings/x/")
                .unwrap()
                .host(),
            "oc-aa.org"
        );
        for wrong in [
            "javascript:alert(1)",
            "https://me:secret@example.org/",
            "data:text/html,x",
            "example.org",
        ] {
            assert!(WebPage::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mail_address_has_a_name_and_a_host() {
        assert!(Mail::parse("groups@lakeshore.example").is_ok());
        for wrong in [
            "groups",
            "@lakeshore.example",
            "a b@c.d",
            "a@b",
            "a@b@c.d",
            "a@.d",
        ] {
            assert!(Mail::parse(wrong).is_err(), "{wrong}");
        }
    }
}
