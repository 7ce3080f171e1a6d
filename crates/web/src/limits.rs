//! Limits of requests, by the prefix of the address they come from. Nothing of it is kept beyond memory.

use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::look;
use crate::routes::Rate;
use crate::settings::Settings;
use crate::state::App;

/// After so many requests, prefixes that have gone quiet are forgotten.
const TIDY_EVERY: u32 = 1_000;

/// One limiter a class of routes; none where the limit is off.
///
/// Guesses at one account are counted whatever the settings are.
pub(crate) struct Limits {
    search: Option<DefaultKeyedRateLimiter<IpAddr>>,
    page: Option<DefaultKeyedRateLimiter<IpAddr>>,
    accounts: DefaultKeyedRateLimiter<String>,
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    letters: DefaultKeyedRateLimiter<String>,
    reports: DefaultKeyedRateLimiter<IpAddr>,
    counted: AtomicU32,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Self {
        let limiter =
            |a_minute: u32| NonZeroU32::new(a_minute).map(|rate| RateLimiter::keyed(Quota::per_minute(rate)));
        let rates = settings.rates;
        Self {
            search: limiter(rates.search),
            page: limiter(rates.page),
            accounts: RateLimiter::keyed(quota(5, Duration::from_mins(15))),
            sign_in: RateLimiter::keyed(quota(60, Duration::from_hours(1))),
            reports: RateLimiter::keyed(quota(20, Duration::from_hours(1))),
            letters: RateLimiter::keyed(quota(3, Duration::from_hours(1))),
            counted: AtomicU32::new(0),
        }
    }

    fn allows(&self, rate: Rate, prefix: IpAddr) -> bool {
        let limiter = match rate {
            Rate::Search => self.search.as_ref(),
            Rate::Page => self.page.as_ref(),
            Rate::SignIn => Some(&self.sign_in),
            Rate::Report => Some(&self.reports),
            Rate::Free => None,
        };
        limiter.is_none_or(|limiter| self.takes(limiter, &prefix))
    }

    /// Whether one more guess at the password or second step of one account is allowed; the same for accounts there are and
    /// others, so it tells nothing of them.
    pub(crate) fn guess(&self, account: &str) -> bool {
        self.takes(&self.accounts, &account.to_lowercase())
    }

    /// Whether one more letter that anybody can cause may go to this address.
    pub(crate) fn letter(&self, mail: &str) -> bool {
        self.takes(&self.letters, &mail.to_lowercase())
    }

    fn takes<K: Hash + Eq + Clone>(&self, limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> bool {
        if self.counted.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            limiter.retain_recent();
        }
        limiter.check_key(key).is_ok()
    }
}

/// So many at once, and then one each time that part of the period has gone by.
fn quota(many: u32, period: Duration) -> Quota {
    let many = NonZeroU32::new(many).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period / many.get())
        .unwrap_or_else(|| Quota::per_hour(many))
        .allow_burst(many)
}

/// Lets a request through, or says that there were too many.
pub(crate) async fn hold(State((app, rate)): State<(App, Rate)>, request: Request, next: Next) -> Response {
    match asker(&request, app.settings()) {
        Some(address) if !app.limits().allows(rate, prefix(address)) => look::too_many(&app),
        _ => next.run(request).await,
    }
}

/// The address of who asks: of the connection, or as a trusted proxy tells it.
fn asker(request: &Request, settings: &Settings) -> Option<IpAddr> {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical())?;
    if !settings.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let told = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let addresses: Vec<IpAddr> = told
        .flat_map(|value| value.split(','))
        .filter_map(|a| a.trim().parse().ok())
        .collect();
    addresses
        .into_iter()
        .rev()
        .find(|address| !settings.trusted_proxies.contains(address))
        .or(Some(peer))
}

/// /24 of IPv4, /48 of IPv6.
fn prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::from([a, b, c, 0])
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            IpAddr::from([a, b, c, 0, 0, 0, 0, 0])
        }
    }
}
