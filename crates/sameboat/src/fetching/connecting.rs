//! From a checked address to a connection with one of the places that its name resolves to, all of which are checked.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::fetching::{FeedAddress, is_global};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::FetchError;

/// Of many addresses the first few are tried.
const MOST_TRIES: usize = 4;

pub(crate) type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Who knows the addresses of a name.
pub(crate) trait Resolver: Send + Sync {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

/// The resolver of the machine.
pub(crate) struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// What both a bare connection and one by TLS are.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection to a place that was checked; that of the first which answers.
pub(super) async fn connect(
    address: &FeedAddress,
    resolver: &dyn Resolver,
    limit: Duration,
) -> Result<TokioIo<Box<dyn Stream>>, FetchError> {
    let places = tokio::time::timeout(limit, places(address, resolver))
        .await
        .map_err(|_| FetchError::no_answer(address))??;
    let mut failed = FetchError::no_answer(address);
    for place in places.into_iter().take(MOST_TRIES) {
        match tokio::time::timeout(limit, open(address, place)).await {
            Ok(Ok(stream)) => return Ok(TokioIo::new(stream)),
            Ok(Err(why)) => failed = why,
            Err(_) => failed = FetchError::no_answer(address),
        }
    }
    Err(failed)
}

/// Where it is. One place inside is enough to refuse them all: an honest name has none.
async fn places(address: &FeedAddress, resolver: &dyn Resolver) -> Result<Vec<SocketAddr>, FetchError> {
    let found = match address.ip() {
        Some(ip) => vec![ip],
        None => resolver
            .resolve(address.host())
            .await
            .map_err(|_| FetchError::NoSuchHost(address.host().to_owned()))?,
    };
    if found.is_empty() {
        return Err(FetchError::NoSuchHost(address.host().to_owned()));
    }
    if !address.is_inside() && !found.iter().all(|ip| is_global(*ip)) {
        return Err(FetchError::Inside(address.host().to_owned()));
    }
    Ok(found
        .into_iter()
        .map(|ip| SocketAddr::new(ip, address.port()))
        .collect())
}

async fn open(address: &FeedAddress, place: SocketAddr) -> Result<Box<dyn Stream>, FetchError> {
    let stream = TcpStream::connect(place)
        .await
        .map_err(|_| FetchError::no_answer(address))?;
    if !address.is_https() {
        return Ok(Box::new(stream));
    }
    let host = address.host().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| FetchError::no_answer(address))?;
    let stream = TlsConnector::from(tls()?)
        .connect(name, stream)
        .await
        .map_err(|why| FetchError::Tls {
            host: address.host().to_owned(),
            why: why.to_string(),
        })?;
    Ok(Box::new(stream))
}

/// Certificates by the roots that browsers know.
fn tls() -> Result<Arc<ClientConfig>, FetchError> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|why| FetchError::Machine(io::Error::other(why)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
