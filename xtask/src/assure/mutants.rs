//! The table of who may do what, changed by one small thing at a time: some test notices.

use super::{Line, Ran, Stop};
use crate::run::{cargo, output, root};

const FILES: &str = "crates/domain/src/access/*";

/// Of a hundred, so many are noticed at least.
const LEAST: u64 = 95;

pub(super) fn run() -> Ran {
    let version = output(&mut cargo(&["mutants", "--version"])).map_err(|_| {
        Stop::CannotRun("cargo-mutants is not installed: cargo install cargo-mutants --locked".to_owned())
    })?;
    let folder = root().join("target/assure");
    let mut mutants = cargo(&[
        "mutants",
        "--package",
        "domain",
        "--file",
        FILES,
        "--timeout",
        "60",
    ]);
    // It ends badly when one is missed; what it wrote says how many.
    let ended = mutants.arg("--output").arg(&folder).status();
    ended.map_err(|error| format!("cargo mutants: {error}"))?;
    let outcomes = folder.join("mutants.out/outcomes.json");
    let text =
        std::fs::read_to_string(&outcomes).map_err(|error| format!("{}: {error}", outcomes.display()))?;
    let told: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let count = |name: &str| told[name].as_u64().unwrap_or(0);
    let (noticed, missed) = (count("caught") + count("timeout"), count("missed"));
    let all = noticed + missed;
    if all == 0 || noticed * 100 < all * LEAST {
        return Err(Stop::Found(format!(
            "{missed} of {all} changes go unnoticed; see {}",
            folder.join("mutants.out/missed.txt").display()
        )));
    }
    Ok(vec![Line {
        what: format!("`{FILES}` changed by one small thing at a time"),
        against: format!("the tests of domain, by {}", version.trim()),
        cases: format!("{all} changes"),
        result: format!("{noticed} noticed"),
    }])
}
