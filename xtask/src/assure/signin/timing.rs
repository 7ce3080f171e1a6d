//! Whether the time an answer takes tells if there is an account.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::site::{Browser, Site, WRONG};
use super::{TIMED, against, hold, mean, percentile};
use crate::assure::{Line, Stop};

/// Each hears few guesses and gets few letters, so there are many.
pub(super) const PEOPLE: usize = 100;
const PASSWORDS: usize = 6;
const LETTERS: usize = 3;
/// So many pairs of requests come from one prefix.
const PAIRS: usize = 10;
/// Of the time that one hash takes.
const MOST: f64 = 0.05;

/// How long answers took where there is an account, and where there is none.
#[derive(Default)]
struct Times {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
}

pub(super) async fn check(site: &Site, people: &[String], seed: u32) -> Result<Vec<Line>, Stop> {
    let [passwords] = compare(site, TIMED, people, PASSWORDS, seed, async |browser, mail| {
        let answer = browser.guess(mail, WRONG).await?;
        answer.expect(422, "a wrong password")?;
        Ok([answer.took])
    })
    .await?;
    let hash = mean(&passwords.unknown) - mean(&refused(site).await?);
    // Whoever asks next may notice what is still being written.
    let letters = TIMED + 1_000;
    let [asked, next] = compare(site, letters, people, LETTERS, seed, async |browser, mail| {
        let asked = browser.post("/sign-in/link", &format!("address={mail}")).await?;
        asked.expect(200, "asking for a link")?;
        let next = browser.post("/sign-in/code", "code=1234+5678+9012+3456").await?;
        next.expect(422, "a wrong code")?;
        Ok([asked.took, next.took])
    })
    .await?;
    [
        ("a wrong password", passwords),
        ("asking for a mailed link", asked),
        ("what is asked right after asking for a mailed link", next),
    ]
    .into_iter()
    .map(|(what, times)| times.line(what, hash))
    .collect()
}

/// As often for each of them as for an address that nobody has, in pairs of random order.
async fn compare<const N: usize>(
    site: &Site,
    first: u32,
    people: &[String],
    times: usize,
    seed: u32,
    mut ask: impl AsyncFnMut(&mut Browser<'_>, &str) -> Result<[Duration; N], Stop>,
) -> Result<[Times; N], Stop> {
    let mut browser = site.browser(first);
    let mut all = std::array::from_fn(|_| Times::default());
    for pair in 0..people.len() * times {
        browser.prefix = first + u32::try_from(pair / PAIRS).unwrap_or(0);
        let person = pair % people.len();
        let known = &people[person];
        let unknown = format!("nobody{person}@people.example");
        for turn in [0, 1] {
            let is_known = turn == coin(seed, pair);
            let took = ask(&mut browser, if is_known { known } else { &unknown }).await?;
            for (times, took) in all.iter_mut().zip(took) {
                let times: &mut Times = times;
                if is_known {
                    &mut times.known
                } else {
                    &mut times.unknown
                }
                .push(took);
            }
        }
    }
    Ok(all)
}

/// Answers without a hash: a guess too many.
async fn refused(site: &Site) -> Result<Vec<Duration>, Stop> {
    let mut browser = site.browser(TIMED + 2_000);
    let mut times = Vec::new();
    for guess in 0..50 {
        let answer = browser.guess("nobody-refused@people.example", WRONG).await?;
        if guess >= 5 {
            answer.expect(429, "a guess too many")?;
            times.push(answer.took);
        }
    }
    Ok(times)
}

impl Times {
    fn line(&self, what: &str, hash: f64) -> Result<Line, Stop> {
        let (known, unknown) = (mean(&self.known), mean(&self.unknown));
        let apart = (known - unknown).abs() / hash;
        let result = format!(
            "{known:.2} ms and {unknown:.2} ms in the mean (half within {:.2} and {:.2}), {:.1} % of a hash of {hash:.1} ms apart",
            percentile(&self.known, 50),
            percentile(&self.unknown, 50),
            apart * 100.0,
        );
        println!("{what}: {result}");
        hold(apart < MOST, || {
            format!("{what}, where there is an account and where there is none: {result}")
        })?;
        Ok(Line {
            what: format!("time of an answer where there is an account and where there is none: {what}"),
            against: against(),
            cases: format!("{} tries each, in pairs of random order", self.known.len()),
            result,
        })
    }
}

fn coin(seed: u32, pair: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, pair).hash(&mut hasher);
    hasher.finish() % 2
}
