//! Where a request comes from, no more exactly than limits need it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use crate::settings::Settings;
use crate::state::App;

/// /24 of IPv4, /48 of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prefix(IpAddr);

impl Prefix {
    /// Of the connection, or as a trusted proxy tells it; none where there is no connection.
    pub(super) fn of(extensions: &Extensions, headers: &HeaderMap, settings: &Settings) -> Option<Self> {
        asker(extensions, headers, settings).map(Self::around)
    }

    pub(super) fn around(address: IpAddr) -> Self {
        Self(match address {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                IpAddr::from([a, b, c, 0])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                IpAddr::from([a, b, c, 0, 0, 0, 0, 0])
            }
        })
    }

    pub(super) fn octets(self) -> Vec<u8> {
        match self.0 {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        }
    }
}

impl FromRequestParts<App> for Prefix {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let of = Self::of(&parts.extensions, &parts.headers, app.settings());
        // Whoever comes by no connection counts as one.
        Ok(of.unwrap_or(Self(Ipv4Addr::UNSPECIFIED.into())))
    }
}

fn asker(extensions: &Extensions, headers: &HeaderMap, settings: &Settings) -> Option<IpAddr> {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical())?;
    if !settings.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let told = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let addresses: Vec<IpAddr> = told
        .flat_map(|value| value.split(','))
        .filter_map(|told| told.trim().parse().ok())
        .map(|told: IpAddr| told.to_canonical())
        .collect();
    addresses
        .into_iter()
        .rev()
        .find(|address| !settings.trusted_proxies.contains(address))
        .or(Some(peer))
}
