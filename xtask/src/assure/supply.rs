//! Known holes in what we depend on, from the RustSec advisory database.

use std::process::Command;

use super::{Line, Ran, Stop};
use crate::run::{cargo, output, root};

pub(super) fn run() -> Ran {
    let version = output(&mut cargo(&["deny", "--version"])).map_err(|_| {
        Stop::CannotRun("cargo-deny is not installed: cargo install cargo-deny --locked".to_owned())
    })?;
    output(&mut cargo(&["deny", "fetch", "db"])).map_err(|error| {
        let last = error.lines().rfind(|line| !line.trim().is_empty());
        let last = last.unwrap_or_default().trim();
        Stop::CannotRun(format!("the advisory database cannot be fetched ({last})"))
    })?;
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
        against: format!("{}, RustSec advisory database of {}", version.trim(), database()?),
        cases: format!("{packages} packages"),
        result: "none".to_owned(),
    }])
}

/// The day of the newest change in the database, as it was fetched.
fn database() -> Result<String, Stop> {
    let newest = "cd \"${CARGO_HOME:-$HOME/.cargo}\"/advisory-dbs/*advisory-db-*/ && git log -1 --format=%cs FETCH_HEAD";
    let day = output(Command::new("sh").args(["-c", newest]))?;
    Ok(day.trim().to_owned())
}
