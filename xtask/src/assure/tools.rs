//! Tools that checks need, in pinned versions, in `target/assure`; nothing of them is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Stop;
use crate::run::{cargo, output, root, step};

/// Where the checks keep what they install and write.
pub(super) fn folder() -> Result<PathBuf, Stop> {
    let folder = target().join("assure");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::canonicalize(&folder).map_err(|error| Stop::Found(error.to_string()))
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A Python with these packages; its zones are those of the same tz database as our own.
pub(super) fn python(packages: &[&str]) -> Result<PathBuf, Stop> {
    let place = folder()?.join("python");
    let python = place.join("bin/python");
    if !python.is_file() {
        let mut made = Command::new("python3");
        output(made.args(["-m", "venv"]).arg(&place))
            .map_err(|error| Stop::CannotRun(format!("python3 with its module venv is needed ({error})")))?;
    }
    let install = |packages: &[&str]| {
        let mut install = Command::new(&python);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        output(install.args(packages))
            .map_err(|error| Stop::CannotRun(format!("pip cannot install {packages:?} ({error})")))
    };
    install(packages)?;
    // Whatever others ask for.
    install(&["--no-deps", &tzdata()])?;
    Ok(python)
}

/// Runs a script of ours with it.
pub(super) fn script(python: &Path, script: &str, arguments: &[&str]) -> Result<String, Stop> {
    let mut run = Command::new(python);
    // Without a path of the system, zoneinfo takes the installed tzdata.
    run.env("PYTHONTZPATH", "").arg(root().join(script));
    Ok(output(run.args(arguments))?)
}

/// "2025b" of the tz database is version 2025.2 of Python's tzdata.
fn tzdata() -> String {
    let (year, letter) = chrono_tz::IANA_TZDB_VERSION.split_at(4);
    let number = letter.bytes().next().map_or(1, |letter| letter - b'a' + 1);
    format!("tzdata=={year}.{number}")
}

/// Runs the tests with this name, with so many times as many cases; gives each line of theirs that begins with a number.
///
/// It is built as `cargo xtask test` builds it: whoever ran that waits for nothing.
pub(super) fn test(which: &[&str], name: &str, times: u32, seed: u32) -> Result<String, Stop> {
    let mut test = cargo(&["test", "--locked", "--workspace", "--all-features"]);
    test.args(which).args(["--", "--nocapture", name]);
    let told = output(
        test.env("SAMEBOAT_SEED", seed.to_string())
            .env("SAMEBOAT_TIMES", times.to_string()),
    )?;
    let said: Vec<_> = told
        .lines()
        .map(|line| line.rsplit("... ").next().unwrap_or(line))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    if said.is_empty() {
        return Err(Stop::Found(format!("the test {name} does not tell what it did")));
    }
    Ok(said.join("; "))
}

/// A folder with these npm packages.
pub(super) fn node(packages: &[&str]) -> Result<PathBuf, Stop> {
    let place = folder()?.join("npm");
    fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    fs::write(place.join("package.json"), "{\"private\":true}").map_err(|error| error.to_string())?;
    let mut install = Command::new("npm");
    install.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--ignore-scripts",
    ]);
    output(install.args(packages).current_dir(&place))
        .map_err(|error| Stop::CannotRun(format!("npm cannot install {packages:?} ({error})")))?;
    Ok(place)
}

/// A commit of a git repository.
pub(super) fn checkout(name: &str, source: &str, commit: &str) -> Result<PathBuf, Stop> {
    let place = folder()?.join(name);
    let git = |arguments: &[&str]| output(Command::new("git").arg("-C").arg(&place).args(arguments));
    if place.is_dir() && git(&["rev-parse", "HEAD"]).is_ok_and(|at| at.trim() == commit) {
        return Ok(place);
    }
    fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    let fetched = git(&["init", "--quiet"])
        .and_then(|_| git(&["fetch", "--quiet", "--depth", "1", source, commit]))
        .and_then(|_| git(&["checkout", "--quiet", "--force", commit]));
    fetched.map_err(|error| Stop::CannotRun(format!("{source} cannot be fetched ({error})")))?;
    Ok(place)
}

/// The program, built.
pub(super) fn sameboat() -> Result<PathBuf, Stop> {
    step(
        "build the program",
        &mut cargo(&["build", "--locked", "--package", "sameboat"]),
    )?;
    Ok(target().join("debug/sameboat"))
}

/// The same as people run it.
pub(super) fn sameboat_as_released() -> Result<PathBuf, Stop> {
    step(
        "build the program",
        &mut cargo(&["build", "--release", "--locked", "--package", "sameboat"]),
    )?;
    Ok(target().join("release/sameboat"))
}
