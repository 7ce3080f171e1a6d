//! Fetches a feed by its address, and nothing that only this machine could reach (SECURITY, T25).
//!
//! The name is resolved once, here; every address that it resolves to is checked; the connection goes to the very address
//! that was checked, so that a name cannot change its mind in between. A redirect is a new address and is checked as one.
//! Proxies of the environment are not asked.

mod body;
mod connecting;
mod error;
#[cfg(test)]
pub(crate) mod tests;

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use domain::fetching::{FeedAddress, Rules};
use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HOST, HeaderMap, HeaderName,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, USER_AGENT,
};
use hyper::{Request, Response, StatusCode};

pub(crate) use connecting::{Resolver, SystemResolver};
pub(crate) use error::FetchError;

/// How much of everything there may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For one try to connect, TLS with it.
    pub connecting: Duration,
    /// For the whole, with all redirects.
    pub whole: Duration,
    /// As sent.
    pub sent_bytes: u64,
    /// Unpacked.
    pub bytes: u64,
    /// How many times as large a packed feed may become.
    pub ratio: u64,
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connecting: Duration::from_secs(10),
            whole: Duration::from_mins(2),
            sent_bytes: 20 * 1024 * 1024,
            bytes: 200 * 1024 * 1024,
            ratio: 50,
            redirects: 5,
        }
    }
}

/// What is remembered of the last time, so that a feed that did not change is not sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Fetched {
    /// The site says that nothing changed since.
    Unchanged,
    /// The feed, in a file without a name that goes when it is closed.
    New { file: File, validators: Validators },
}

/// Who fetches, by which rules.
pub(crate) struct Fetcher {
    pub rules: Rules,
    pub limits: Limits,
    pub resolver: Arc<dyn Resolver>,
}

impl Fetcher {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            limits: Limits::default(),
            resolver: Arc::new(SystemResolver),
        }
    }

    /// The feed at this address, unless it did not change.
    pub(crate) async fn fetch(&self, address: &str, known: &Validators) -> Result<Fetched, FetchError> {
        let address = self.rules.check(address)?;
        tokio::time::timeout(self.limits.whole, self.follow(address, known))
            .await
            .map_err(|_| FetchError::TooSlow(self.limits.whole))?
    }

    async fn follow(&self, first: FeedAddress, known: &Validators) -> Result<Fetched, FetchError> {
        let mut address = first;
        for _ in 0..=self.limits.redirects {
            let response = self.ask(&address, known).await?;
            match response.status() {
                StatusCode::OK => return self.read(response).await,
                StatusCode::NOT_MODIFIED => return Ok(Fetched::Unchanged),
                status if is_redirect(status) => {
                    let location = text(response.headers(), &LOCATION).ok_or(FetchError::NoLocation)?;
                    address = self.rules.follow(&address, &location)?;
                }
                status => return Err(FetchError::status(status)),
            }
        }
        Err(FetchError::Redirects(self.limits.redirects))
    }

    async fn ask(&self, address: &FeedAddress, known: &Validators) -> Result<Response<Incoming>, FetchError> {
        let stream = connecting::connect(address, &*self.resolver, self.limits.connecting).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
        // It ends with the answer's body, or when that is dropped.
        tokio::spawn(connection);
        let mut request = Request::get(address.target())
            .header(HOST, address.authority())
            .header(
                USER_AGENT,
                concat!("Sameboat/", env!("CARGO_PKG_VERSION"), " (feeds)"),
            )
            .header(ACCEPT, "application/json, text/csv, text/calendar, */*;q=0.5")
            .header(ACCEPT_ENCODING, "gzip");
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(day) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, day);
        }
        let request = request.body(Empty::<Bytes>::new())?;
        Ok(sender.send_request(request).await?)
    }

    async fn read(&self, response: Response<Incoming>) -> Result<Fetched, FetchError> {
        let headers = response.headers();
        let packed = match text(headers, &CONTENT_ENCODING).as_deref() {
            None | Some("" | "identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(other) => return Err(FetchError::Encoding(other.chars().take(40).collect())),
        };
        let said: Option<u64> = text(headers, &CONTENT_LENGTH).and_then(|size| size.parse().ok());
        if said.is_some_and(|size| size > self.limits.sent_bytes) {
            return Err(FetchError::TooLarge(self.limits.sent_bytes));
        }
        let validators = Validators {
            etag: text(headers, &ETAG).filter(|etag| etag.len() <= 200),
            last_modified: text(headers, &LAST_MODIFIED).filter(|day| day.len() <= 60),
        };
        let file = body::keep(response.into_body(), packed, &self.limits).await?;
        Ok(Fetched::New { file, validators })
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers
        .get(name)?
        .to_str()
        .ok()
        .map(|text| text.trim().to_owned())
}
