//! Why a feed could not be fetched, in words for whoever set its address.

use std::io;
use std::time::Duration;

use domain::fetching::{AddressError, FeedAddress};
use hyper::StatusCode;

#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("{0}")]
    Address(#[from] AddressError),
    #[error(
        "There is no site with the name {0}. Look whether the address is spelled right; the site may have moved."
    )]
    NoSuchHost(String),
    #[error(
        "{0} is a place in this server's own network, and nothing is fetched from there. Whoever runs the server can name it (--feed-inside)."
    )]
    Inside(String),
    #[error("{0} does not answer. It is tried again; if that stays so, ask whoever runs it.")]
    NoAnswer(String),
    #[error(
        "{host} cannot show that it is {host} ({why}). Open the address in a browser; if it warns there too, ask whoever runs the site."
    )]
    Tls { host: String, why: String },
    #[error("The site leads on without saying where. Open the address in a browser and look for the feed.")]
    NoLocation,
    #[error(
        "The site leads from one address to another more than {0} times. Open it in a browser and give the last address."
    )]
    Redirects(usize),
    #[error(
        "The site says that there is nothing at this address ({0}). Open it in a browser and look for the feed."
    )]
    NotThere(u16),
    #[error("The site does not let us fetch this ({0}). Ask whoever runs it whether the feed is public.")]
    NotAllowed(u16),
    #[error("The site has a fault of its own ({0}). It is tried again.")]
    TheirFault(u16),
    #[error(
        "The site answers {0} where a feed would be 200. Open the address in a browser and look for the feed."
    )]
    Status(u16),
    #[error(
        "The site sends the feed packed in a way we did not ask for ({0}). Ask whoever runs it to send it plain."
    )]
    Encoding(String),
    #[error("The feed is larger than {} MB. Ask whoever runs it for a smaller one, or import a file by hand.", .0 / 1024 / 1024)]
    TooLarge(u64),
    #[error("The feed unpacks to far more than it should, as if to fill the disk. Nothing of it was kept.")]
    Bomb,
    #[error("The feed is packed, and breaks off or is broken. It is tried again.")]
    Packed,
    #[error("The feed was not there in {} seconds. It is tried again; if that stays so, ask whoever runs it.", .0.as_secs())]
    TooSlow(Duration),
    #[error("The site broke off or answers in no way we know ({0}). It is tried again.")]
    Http(#[from] hyper::Error),
    #[error("The address cannot be asked for ({0}). Copy it anew.")]
    Request(#[from] hyper::http::Error),
    #[error("The feed cannot be kept on this machine: {0}. Look whether its disk is full.")]
    Machine(io::Error),
}

impl FetchError {
    pub(super) fn no_answer(address: &FeedAddress) -> Self {
        Self::NoAnswer(address.host().to_owned())
    }

    pub(super) fn status(status: StatusCode) -> Self {
        match status.as_u16() {
            code @ (404 | 410) => Self::NotThere(code),
            code @ (401 | 402 | 403 | 407 | 429 | 451) => Self::NotAllowed(code),
            code @ 500.. => Self::TheirFault(code),
            code => Self::Status(code),
        }
    }
}
