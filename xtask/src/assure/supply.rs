//! Known holes in what we depend on, from the RustSec advisory database.

use std::process::Command;

use super::{Line, Ran, Stop};
use crate::run::{cargo, output, root};

const SOURCE: &str = "https://github.com/RustSec/advisory-db";

pub(super) fn run() -> Ran {
    let version = output(&mut cargo(&["deny", "--version"])).map_err(|_| {
        Stop::CannotRun("cargo-deny is not installed: cargo install cargo-deny --locked".to_owned())
    })?;
    let day = fetched()?;
    let mut packages = 0;
    for workspace in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let mut check = cargo(&["deny", "--locked", "--manifest-path", workspace]);
        output(check.args(["check", "--config", "deny.toml", "--disable-fetch", "advisories"]))?;
        let lock = root().join(workspace).with_extension("lock");
        let lock = std::fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
        packages += lock.matches("[[package]]").count();
    }
    Ok(vec![Line {
        what: "advisories for every dependency, of the program and of the fuzzers".to_owned(),
        against: format!("{}, RustSec advisory database of {}", version.trim(), day),
        cases: format!("{packages} packages"),
        result: "none".to_owned(),
    }])
}

/// Fetches the database; the day of its newest change. cargo-deny goes on with what it has when the network fails, so what
/// it has is compared with what there is.
fn fetched() -> Result<String, Stop> {
    let cannot =
        |error: String| Stop::CannotRun(format!("the advisory database cannot be fetched ({error})"));
    let newest = output(Command::new("git").args(["ls-remote", SOURCE, "HEAD"])).map_err(cannot)?;
    output(&mut cargo(&["deny", "fetch", "db"])).map_err(cannot)?;
    let ours =
        "cd \"${CARGO_HOME:-$HOME/.cargo}\"/advisory-dbs/advisory-db-*/ && git log -1 --format='%H %cs'";
    let ours = output(Command::new("sh").args(["-c", ours]))?;
    match ours.trim().split_once(' ') {
        Some((commit, day)) if newest.starts_with(commit) => Ok(day.to_owned()),
        _ => Err(cannot(format!(
            "it is at {}, and {SOURCE} at {}",
            ours.trim(),
            newest.trim()
        ))),
    }
}
