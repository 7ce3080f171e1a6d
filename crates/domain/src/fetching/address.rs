//! The address of a feed, and what an installation allows of it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::{Host, Url};

use super::is_global;

const LONGEST: usize = 2000;

/// What an installation allows of addresses. By default: https, the usual ports, and nothing of its own network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// http as well, where anyone on the way may read and change what is sent.
    pub plain_http: bool,
    /// Servers of the installation's own network that have feeds.
    pub inside: Vec<Inside>,
}

/// A server of the own network, named by whoever sets up the machine: its host and port, as they stand in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    host: String,
    port: u16,
}

/// An address that keeps the rules. Its name is still to be resolved, and what it resolves to is to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAddress {
    url: Url,
    is_inside: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("This is no address. Copy the whole of it, such as https://example.org/meetings.json.")]
    NotAnAddress,
    #[error("An address has at most {LONGEST} characters. Look for a shorter one of the same feed.")]
    TooLong,
    #[error("“{0}:” is no way to fetch a feed. Give an address that begins with https://.")]
    Scheme(String),
    #[error(
        "Over http:// anyone on the way could change the feed. Try https:// in its place; if the site has none, whoever runs the server can allow it (--feed-http)."
    )]
    PlainHttp,
    #[error("The address holds a name or a password before “@”. Leave them out; feeds are public.")]
    UserInfo,
    #[error(
        "Feeds are fetched from the usual ports only (443, and 80 for http). Leave “:{0}” out of the address."
    )]
    Port(u16),
    #[error(
        "{0} belongs to this server's own network, and nothing is fetched from there. Whoever runs the server can name it (--feed-inside)."
    )]
    Inside(String),
    #[error(
        "The site leads from https on to http, where anyone on the way could change the feed. Ask its owner for an https address."
    )]
    Downgrade,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write HOST:PORT, such as 10.0.0.5:8080 or feeds.internal:443")]
pub struct InsideError;

impl Rules {
    /// The address as it was typed.
    pub fn check(&self, text: &str) -> Result<FeedAddress, AddressError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        self.keep(Url::parse(text).map_err(|_| AddressError::NotAnAddress)?)
    }

    /// Where a site leads on to from this address: checked anew, never to http from https, and into the own network from
    /// there only.
    pub fn follow(&self, from: &FeedAddress, location: &str) -> Result<FeedAddress, AddressError> {
        if location.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        let url = from.url.join(location).map_err(|_| AddressError::NotAnAddress)?;
        if from.url.scheme() == "https" && url.scheme() == "http" {
            return Err(AddressError::Downgrade);
        }
        let next = self.keep(url)?;
        if next.is_inside && !from.is_inside {
            return Err(AddressError::Inside(next.host().to_owned()));
        }
        Ok(next)
    }

    fn keep(&self, mut url: Url) -> Result<FeedAddress, AddressError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::UserInfo);
        }
        let host = url.host_str().ok_or(AddressError::NotAnAddress)?.to_owned();
        let port = url.port_or_known_default().unwrap_or_default();
        url.set_fragment(None);
        let is_inside = self
            .inside
            .iter()
            .any(|inside| inside.host == host && inside.port == port);
        if is_inside {
            return Ok(FeedAddress { url, is_inside });
        }
        if url.scheme() == "http" && !self.plain_http {
            return Err(AddressError::PlainHttp);
        }
        if let Some(port) = url.port() {
            return Err(AddressError::Port(port));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            _ => None,
        };
        if literal.is_some_and(|address| !is_global(address)) {
            return Err(AddressError::Inside(host));
        }
        Ok(FeedAddress { url, is_inside })
    }
}

impl FeedAddress {
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether it is one of the own network that was named, so that what its name resolves to may be there.
    pub fn is_inside(&self) -> bool {
        self.is_inside
    }

    /// As it stands in the address: version 6 in brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The address itself, where the host is one and no name.
    pub fn ip(&self) -> Option<IpAddr> {
        self.host().trim_matches(['[', ']']).parse().ok()
    }

    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// The host, with the port where it is not the usual one.
    pub fn authority(&self) -> String {
        match self.url.port() {
            None => self.host().to_owned(),
            Some(port) => format!("{}:{port}", self.host()),
        }
    }

    /// What is asked of the host: the path and the question.
    pub fn target(&self) -> String {
        match self.url.query() {
            None => self.url.path().to_owned(),
            Some(query) => format!("{}?{query}", self.url.path()),
        }
    }
}

impl fmt::Display for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Inside {
    type Err = InsideError;

    fn from_str(text: &str) -> Result<Self, InsideError> {
        let (host, port) = text.rsplit_once(':').ok_or(InsideError)?;
        let port = port.parse().map_err(|_| InsideError)?;
        // As it stands in an address: small letters, punycode, numbers as usual.
        let url = Url::parse(&format!("http://{host}/")).map_err(|_| InsideError)?;
        if url.path() != "/" || url.port().is_some() || !url.username().is_empty() || url.query().is_some() {
            return Err(InsideError);
        }
        Ok(Self {
            host: url.host_str().ok_or(InsideError)?.to_owned(),
            port,
        })
    }
}
