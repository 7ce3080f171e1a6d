//! Public pages while passwords are hashed as fast as they may be.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::site::{Site, WRONG};
use super::{AT_HOME, HASHING, against, hold, percentile};
use crate::assure::{Line, Stop};

const PATHS: [&str; 6] = [
    "/",
    "/groups?near=44113",
    "/for/grief",
    "/choose",
    "/help-now",
    "/providers?near=44113",
];
const TIMES: usize = 2_000;
/// So many sign in at once.
const CONNECTIONS: u32 = 16;
/// What no page's p99 may exceed meanwhile, in milliseconds.
const MOST: f64 = 100.0;

pub(super) async fn check(site: &Site) -> Result<Line, Stop> {
    ask(site).await?;
    let alone = ask(site).await?;
    let (over, hashed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let hashing =
        futures::future::try_join_all((0..CONNECTIONS).map(|lane| hash(site, lane, &over, &hashed)));
    let asking = async {
        let begun = Instant::now();
        let times = ask(site).await;
        over.store(true, Ordering::Relaxed);
        Ok((times?, begun.elapsed()))
    };
    let (_, (meanwhile, took)) = tokio::try_join!(hashing, asking)?;
    let many = u32::try_from(hashed.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
    let a_second = f64::from(many) / took.as_secs_f64();
    let shown = |times: &[Duration]| {
        format!(
            "p50 {:.1} ms, p99 {:.1} ms",
            percentile(times, 50),
            percentile(times, 99)
        )
    };
    let result = format!(
        "{} without; {} while {CONNECTIONS} sign in at once, {a_second:.0} hashes/s (aim: p99 within {MOST:.0} ms)",
        shown(&alone),
        shown(&meanwhile)
    );
    println!("{result}");
    hold(percentile(&meanwhile, 99) <= MOST, || {
        format!("public pages: {result}")
    })?;
    Ok(Line {
        what: "public pages while passwords are hashed as fast as allowed".to_owned(),
        against: against(),
        cases: format!(
            "{} times {} pages, one after another",
            TIMES / PATHS.len(),
            PATHS.len()
        ),
        result,
    })
}

async fn ask(site: &Site) -> Result<Vec<Duration>, Stop> {
    let mut browser = site.browser(AT_HOME);
    let mut times = Vec::new();
    for path in PATHS.iter().cycle().take(TIMES - TIMES % PATHS.len()) {
        let answer = browser.get(path).await?;
        answer.expect(200, path)?;
        times.push(answer.took);
    }
    Ok(times)
}

/// Guesses at ever other accounts from ever other prefixes: each of them costs a hash.
async fn hash(site: &Site, lane: u32, over: &AtomicBool, hashed: &AtomicUsize) -> Result<(), Stop> {
    let mut browser = site.browser(HASHING);
    for guess in 0_u32.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        browser.prefix = HASHING + lane * 1_000 + guess / 50;
        let mail = format!("nobody-{lane}-{guess}@people.example");
        browser
            .guess(&mail, WRONG)
            .await?
            .expect(422, "a wrong password")?;
        hashed.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
