//! Limits of requests and of guesses. Nothing of it is kept beyond memory, and memory holds no address and no account.

mod guesses;
mod prefix;

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use store::Key;
use tokio::sync::Semaphore;

use self::guesses::Guesses;
pub(crate) use self::guesses::{Hearing, Turn};
pub(crate) use self::prefix::Prefix;
use crate::look;
use crate::routes::{MOST_BODY, Rate};
use crate::settings::Settings;
use crate::state::App;

/// After so many requests, prefixes that have gone quiet are forgotten.
const TIDY_EVERY: u32 = 1_000;

/// So many requests are answered at the same time; the next one is told to come again.
const MOST_AT_ONCE: usize = 512;

/// So many forms are on their way here at the same time. They take nobody's room: a form may come as slowly as it likes.
const MOST_ON_THEIR_WAY: usize = 2_048;

/// What stands in memory for a prefix, an account or an address: nobody without the key of this run can say for which.
type Name = [u8; 32];

/// One limiter a class of routes; none where the limit is off.
///
/// Guesses at one account are counted whatever the settings are.
pub(crate) struct Limits {
    key: Key,
    search: Option<DefaultKeyedRateLimiter<Name>>,
    page: Option<DefaultKeyedRateLimiter<Name>>,
    sign_in: DefaultKeyedRateLimiter<Name>,
    coming: DefaultKeyedRateLimiter<Name>,
    letters: DefaultKeyedRateLimiter<Name>,
    reports: DefaultKeyedRateLimiter<Name>,
    exports: DefaultKeyedRateLimiter<Name>,
    counted: AtomicU32,
    guesses: Guesses,
    /// For requests that are answered at the same time.
    room: Semaphore,
    /// For forms that are on their way here.
    receiving: Semaphore,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Self {
        let limiter =
            |a_minute: u32| NonZeroU32::new(a_minute).map(|rate| RateLimiter::keyed(Quota::per_minute(rate)));
        let rates = settings.rates;
        Self {
            key: Key::of_this_run(),
            search: limiter(rates.search),
            page: limiter(rates.page),
            sign_in: RateLimiter::keyed(quota(60, Duration::from_hours(1))),
            coming: RateLimiter::keyed(quota(1_000, Duration::from_hours(1))),
            reports: RateLimiter::keyed(quota(20, Duration::from_hours(1))),
            letters: RateLimiter::keyed(quota(3, Duration::from_hours(1))),
            exports: RateLimiter::keyed(quota(10, Duration::from_hours(24))),
            counted: AtomicU32::new(0),
            guesses: Guesses::default(),
            room: Semaphore::new(MOST_AT_ONCE),
            receiving: Semaphore::new(MOST_ON_THEIR_WAY),
        }
    }

    fn allows(&self, rate: Rate, prefix: Prefix) -> bool {
        let limiter = match rate {
            Rate::Search => self.search.as_ref(),
            Rate::Page => self.page.as_ref(),
            Rate::SignIn => Some(&self.sign_in),
            Rate::Coming => Some(&self.coming),
            Rate::Report => Some(&self.reports),
            Rate::Free => None,
        };
        limiter.is_none_or(|limiter| self.takes(limiter, &self.prefix(prefix)))
    }

    /// The turn of one more guess at the password or second step of an account; the same for accounts there are and others,
    /// so it tells nothing of them.
    pub(crate) fn guess(&self, account: &str, from: Prefix, now: DateTime<Utc>) -> Turn {
        self.guesses.take(self.account(account), self.prefix(from), now)
    }

    /// It was right: it was no guess, and its prefix is known to be this account's from now on.
    pub(crate) fn was_right(&self, turn: &Turn, now: DateTime<Utc>) {
        self.guesses.was_right(turn, now);
    }

    /// Whether one more letter that anybody can cause may go to this address.
    pub(crate) fn letter(&self, mail: &str) -> bool {
        self.takes(&self.letters, &self.account(mail))
    }

    /// Whether one more file with records may be taken away by this person.
    pub(crate) fn export(&self, person: &str) -> bool {
        self.takes(&self.exports, &self.account(person))
    }

    fn account(&self, name: &str) -> Name {
        self.key.name(&[b"account", name.to_lowercase().as_bytes()])
    }

    fn prefix(&self, prefix: Prefix) -> Name {
        self.key.name(&[b"prefix", &prefix.octets()])
    }

    fn takes(&self, limiter: &DefaultKeyedRateLimiter<Name>, key: &Name) -> bool {
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

/// Lets a request through, or says that there were too many: from there, or altogether at this moment. Help is for everyone.
pub(crate) async fn hold(State((app, rate)): State<(App, Rate)>, request: Request, next: Next) -> Response {
    let from = Prefix::of(request.extensions(), request.headers(), app.settings());
    match from {
        Some(from) if !app.limits().allows(rate, from) => return look::too_many(&app),
        _ => {}
    }
    let request = match receive(&app, request).await {
        Ok(request) => request,
        Err(response) => return response,
    };
    let _place = match app.limits().room.try_acquire() {
        _ if rate == Rate::Free => None,
        Ok(place) => Some(place),
        Err(_) => return look::crowded(&app),
    };
    next.run(request).await
}

/// A form that is all here.
async fn receive(app: &App, request: Request) -> Result<Request, Response> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let Ok(_place) = app.limits().receiving.try_acquire() else {
        return Err(look::crowded(app));
    };
    let (parts, body) = request.into_parts();
    match to_bytes(body, MOST_BODY).await {
        Ok(body) => Ok(Request::from_parts(parts, Body::from(body))),
        Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
    }
}
