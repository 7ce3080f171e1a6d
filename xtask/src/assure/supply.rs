//! What we depend on: known holes by the RustSec advisory database, licences, sources, bans; and that two builds of
//! the same source are the same program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Line, Ran, Stop, hold, tools};
use crate::run::{cargo, output, root, step};

const SOURCE: &str = "https://github.com/RustSec/advisory-db";

/// Aims of SECURITY T29: crates of others.
const BELOW_THE_PROGRAM: usize = 250;
const BELOW_WEB: usize = 12;

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
    let mut lines = vec![Line {
        what: "advisories for every dependency, of the program and of the fuzzers".to_owned(),
        against: format!("{}, RustSec advisory database of {}", version.trim(), day),
        cases: format!("{packages} packages"),
        result: "none".to_owned(),
    }];
    lines.push(allowed(version.trim(), packages)?);
    lines.push(made_of()?);
    lines.push(built_twice()?);
    Ok(lines)
}

fn allowed(version: &str, packages: usize) -> Result<Line, Stop> {
    for workspace in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let mut check = cargo(&["deny", "--locked", "--all-features", "--manifest-path", workspace]);
        output(check.args(["check", "--config", "deny.toml", "bans", "licenses", "sources"]))?;
    }
    Ok(Line {
        what: "licences, sources, banned crates".to_owned(),
        against: format!("{version}, `deny.toml`"),
        cases: format!("{packages} packages"),
        result: format!(
            "all allowed; {} crates are there in more than one version",
            twice()?
        ),
    })
}

/// How many crates `Cargo.lock` has in more than one version.
fn twice() -> Result<usize, Stop> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).map_err(|error| error.to_string())?;
    let mut names: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = "))
        .collect();
    names.sort_unstable();
    Ok(names
        .chunk_by(|one, next| one == next)
        .filter(|same| same.len() > 1)
        .count())
}

/// How much of others' work is in the program, and that ours has no `unsafe` code.
fn made_of() -> Result<Line, Stop> {
    let tree = |arguments: &[&str]| -> Result<BTreeSet<String>, Stop> {
        let mut tree = cargo(&["tree", "--locked", "--edges", "normal", "--prefix", "none"]);
        let told = output(tree.args(arguments))?;
        let names = told.lines().filter(|line| !line.contains("(/"));
        let names = names.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
        Ok(names.filter(|name| !name.is_empty()).collect())
    };
    let program = tree(&["--package", "sameboat"])?;
    let web = tree(&["--package", "web", "--depth", "1"])?;
    let banned = ["openssl", "openssl-sys", "native-tls"];
    let is_banned = |crate_: &&String| banned.contains(&crate_.split(' ').next().unwrap_or_default());
    hold(!program.iter().any(|one| is_banned(&one)), || {
        "OpenSSL is in the program".to_owned()
    })?;
    let lints = fs::read_to_string(root().join("Cargo.toml")).map_err(|error| error.to_string())?;
    hold(lints.contains("unsafe_code = \"forbid\""), || {
        "the workspace allows unsafe code".to_owned()
    })?;
    let metadata = output(&mut cargo(&[
        "metadata",
        "--locked",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let ours = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    for package in ours {
        let file = package["manifest_path"].as_str().unwrap_or_default();
        let manifest = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        hold(manifest.contains("[lints]\nworkspace = true"), || {
            format!("{file} does not take the lints of the workspace")
        })?;
    }
    Ok(Line {
        what: "what the program is made of".to_owned(),
        against: "`cargo tree`, the manifests".to_owned(),
        cases: format!("{} crates of ours", ours.len()),
        result: format!(
            "crates of others below the program: {}; directly below `web`: {}; no OpenSSL; `unsafe` is forbidden in every crate of ours",
            aimed(program.len(), BELOW_THE_PROGRAM),
            aimed(web.len(), BELOW_WEB)
        ),
    })
}

/// A figure and its aim, which is told and not held.
fn aimed(figure: usize, aim: usize) -> String {
    let reached = if figure <= aim { "reached" } else { "not reached" };
    format!("{figure}, aim {aim}: {reached}")
}

/// Builds what is committed as it is shipped, in two folders with names of different lengths.
fn built_twice() -> Result<Line, Stop> {
    let folder = tools::folder()?;
    let mut sums = BTreeSet::new();
    for name in ["once", "once-more-elsewhere"] {
        let place = folder.join("built").join(name);
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&place).map_err(|error| format!("{}: {error}", place.display()))?;
        let tree = format!("git archive HEAD | tar -x -C '{}'", place.display());
        output(Command::new("sh").args(["-c", &tree]).current_dir(root()))?;
        sums.insert(built(&place)?);
        let _ = fs::remove_dir_all(&place);
    }
    hold(sums.len() == 1, || {
        format!("two builds of one source differ: {sums:?}")
    })?;
    Ok(Line {
        what: "the program as it is shipped (profile `dist`, with `oidc`), built twice in different folders"
            .to_owned(),
        against: "itself".to_owned(),
        cases: "2 builds".to_owned(),
        result: format!(
            "the same bytes, SHA-256 {}…",
            sums.first().map_or("", |sum| &sum[..16])
        ),
    })
}

fn built(place: &Path) -> Result<String, Stop> {
    let mut build = cargo(&[
        "build",
        "--locked",
        "--profile",
        "dist",
        "--package",
        "sameboat",
        "--features",
        "oidc",
    ]);
    let target = place.join("target");
    step(
        "build the program",
        build.current_dir(place).env("CARGO_TARGET_DIR", &target),
    )?;
    let told = output(Command::new("sha256sum").arg(target.join("dist/sameboat")))?;
    let sum = told.split_whitespace().next().filter(|sum| sum.len() == 64);
    sum.map(str::to_owned)
        .ok_or_else(|| Stop::Found(format!("no sum: {told}")))
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
