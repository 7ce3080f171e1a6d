//! Abuse of signing in, against the real program: floods of guesses, what answers tell by how long they take, pages while passwords are
//! hashed, and what of a session, a code or a link works twice.

mod flood;
mod pages;
mod sessions;
pub(super) mod site;
mod timing;

use std::time::Duration;

use super::{Ran, hold};
use site::Site;

/// Prefixes of addresses, by use: none of one stands among those of another.
const AT_HOME: u32 = 0;
const INVITED: u32 = 1_000;
const FLOODS: u32 = 2_000;
const TIMED: u32 = 10_000;
const HASHING: u32 = 20_000;

pub(super) fn run(seed: u32) -> Ran {
    let site = Site::start()?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        println!("people come in");
        let people = site.people(timing::PEOPLE + flood::PEOPLE).await?;
        let (flooded, timed) = people.split_at(flood::PEOPLE);
        let mut lines = vec![sessions::check(&site, flooded).await?];
        println!("{} s of guesses", flood::SECONDS);
        lines.extend(flood::check(&site, flooded).await?);
        println!("how long answers take");
        lines.extend(timing::check(&site, timed, seed).await?);
        println!("pages while passwords are hashed");
        lines.push(pages::check(&site).await?);
        Ok(lines)
    })
}

fn against() -> String {
    format!(
        "the program (release build), on loopback, SQLite, on {} processors",
        processors()
    )
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn mean(times: &[Duration]) -> f64 {
    let all: f64 = times.iter().copied().map(milliseconds).sum();
    all / f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX))
}

/// What so many in a hundred do not exceed.
fn percentile(times: &[Duration], of_hundred: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() * of_hundred).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().map_or(0.0, milliseconds)
}
