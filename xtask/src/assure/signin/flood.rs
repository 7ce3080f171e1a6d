//! 10,000 guesses at 50 a second: from one prefix, from many, and at an address nobody has.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::site::{RIGHT, Site, WRONG};
use super::{AT_HOME, FLOODS, against, hold};
use crate::assure::{Line, Stop};

pub(super) const PEOPLE: usize = 2;
const GUESSES: u32 = 10_000;
const PAUSE: Duration = Duration::from_millis(20);
pub(super) const SECONDS: u32 = GUESSES / 50;
/// One after another, so that there is always one that the account has not heard too often; each within the limit of requests that is
/// for all of signing in.
const PREFIXES: u32 = 250;
const FROM_EACH: u32 = GUESSES / PREFIXES;
const CONNECTIONS: u32 = 8;

/// At once, and after waits of one and of two minutes.
const HEARD: usize = 20 + 2;

pub(super) async fn check(site: &Site, people: &[String]) -> Result<Vec<Line>, Stop> {
    let [narrow, wide] = people else {
        return Err(Stop::Found("two people are flooded".to_owned()));
    };
    // Both have signed in at home before.
    for mail in people {
        site.browser(AT_HOME)
            .guess(mail, RIGHT)
            .await?
            .expect(303, "signing in")?;
    }
    let one = |_| FLOODS;
    let many = |guess: u32| FLOODS + 1 + guess / FROM_EACH;
    let nobodys = |guess: u32| FLOODS + 1 + PREFIXES + guess / FROM_EACH;
    let (narrow_heard, wide_heard, nobodys_heard) = tokio::try_join!(
        flood(site, narrow, &one),
        flood(site, wide, &many),
        flood(site, "nobody@people.example", &nobodys),
    )?;
    hold(narrow_heard == 5, || {
        format!("from one prefix {narrow_heard} guesses were judged")
    })?;
    hold(wide_heard <= HEARD && nobodys_heard <= HEARD, || {
        format!(
            "from {PREFIXES} prefixes {wide_heard} guesses were judged, and {nobodys_heard} where there is no account"
        )
    })?;

    let new = FLOODS + 1 + 2 * PREFIXES;
    let right = async |mail: &str, prefix| site.browser(prefix).guess(mail, RIGHT).await;
    right(narrow, FLOODS)
        .await?
        .expect(429, "the right password where too many were wrong")?;
    right(wide, new)
        .await?
        .expect(429, "the right password from a new prefix in a flood")?;
    right(narrow, new)
        .await?
        .expect(303, "the right password from elsewhere")?;
    right(wide, AT_HOME)
        .await?
        .expect(303, "the right password from home in a flood")?;
    let line = |what: &str, cases: String, result: String| Line {
        what: what.to_owned(),
        against: against(),
        cases,
        result,
    };
    Ok(vec![
        line(
            "guesses at one account from one prefix, 50/s",
            format!("{GUESSES} guesses in {SECONDS} s"),
            format!("{narrow_heard} were judged, all others 429; its person signs in from another prefix"),
        ),
        line(
            "guesses at one account from many prefixes, 50/s, at an account there is and at one there is not",
            format!("2 × {GUESSES} guesses from {PREFIXES} prefixes each in {SECONDS} s"),
            format!(
                "{wide_heard} and {nobodys_heard} were judged, all others 429, the right password from a new prefix, too; its person signs in from where they did before"
            ),
        ),
    ])
}

/// How many of the guesses were judged; any answer but the two there may be ends it.
async fn flood(site: &Site, mail: &str, prefix: &(dyn Fn(u32) -> u32 + Sync)) -> Result<usize, Stop> {
    let begun = Instant::now();
    let lanes = (0..CONNECTIONS).map(|lane| async move {
        let mut browser = site.browser(0);
        let mut heard = 0;
        for guess in (lane..GUESSES).step_by(CONNECTIONS as usize) {
            sleep_until(begun + PAUSE * guess).await;
            browser.prefix = prefix(guess);
            match browser.guess(mail, WRONG).await?.status {
                422 => heard += 1,
                429 => {}
                other => return Err(Stop::Found(format!("a guess is answered by {other}"))),
            }
        }
        Ok(heard)
    });
    let heard: Vec<usize> = futures::future::try_join_all(lanes).await?;
    let late = begun.elapsed().saturating_sub(PAUSE * GUESSES);
    hold(late < Duration::from_secs(20), || {
        format!(
            "the guesses ended {} s late: this machine has no time for 50 a second",
            late.as_secs()
        )
    })?;
    Ok(heard.iter().sum())
}
