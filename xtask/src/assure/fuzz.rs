//! Random bytes for every target of `fuzz/`, beginning with its corpus.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::{Line, Ran, Stop, tools};
use crate::run::{cargo, output, root, step};

/// How many executions all targets together are to reach.
const WANTED: u64 = 10_000_000;

/// What one target did.
struct Done {
    target: String,
    executions: u64,
    /// The last lines of a run that ended badly.
    finding: Option<String>,
}

pub(super) fn run(minutes: u64) -> Ran {
    for tool in [&["fuzz", "--version"][..], &["+nightly", "--version"]] {
        output(Command::new("cargo").args(tool).env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN")).map_err(|_| {
            Stop::CannotRun(
                "cargo-fuzz and a nightly toolchain are needed: cargo install cargo-fuzz; rustup toolchain add nightly"
                    .to_owned(),
            )
        })?;
    }
    let version = output(&mut cargo(&["fuzz", "--version"]))?;
    // Nothing here is unsafe Rust: without a sanitizer more is tried in the same time.
    let mut build = Command::new("cargo");
    build.args(["+nightly", "fuzz", "build", "--sanitizer", "none"]);
    step(
        "build the fuzzers",
        build
            .current_dir(root())
            .env_remove("CARGO")
            .env_remove("RUSTUP_TOOLCHAIN"),
    )?;
    let targets = targets()?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let seconds = minutes * 60 * cores as u64 / targets.len() as u64;
    let done = side_by_side(&targets, cores, &|target| one(target, seconds))?;
    let all: u64 = done.iter().map(|done| done.executions).sum();
    let findings: Vec<_> = done
        .iter()
        .filter_map(|done| Some(format!("{}: {}", done.target, done.finding.as_ref()?)))
        .collect();
    if !findings.is_empty() {
        return Err(Stop::Found(findings.join("\n")));
    }
    if all < WANTED {
        return Err(Stop::Found(format!(
            "{all} executions in {minutes} minutes, without a finding; {WANTED} are wanted: give it more --minutes"
        )));
    }
    let line = |what: String, executions: u64| Line {
        what,
        against: format!("{}, libFuzzer", version.trim()),
        cases: format!("{executions} executions"),
        result: "no finding".to_owned(),
    };
    let each = done
        .into_iter()
        .map(|done| line(format!("`{}`, {seconds} s", done.target), done.executions));
    Ok(each
        .chain([line("all targets together".to_owned(), all)])
        .collect())
}

fn targets() -> Result<Vec<String>, Stop> {
    let folder = root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = files.flatten().filter_map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        name.strip_suffix(".rs").map(str::to_owned)
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    Ok(names)
}

/// Runs every target, as many at once as there are cores.
fn side_by_side(
    targets: &[String],
    cores: usize,
    run: &(dyn Fn(&str) -> Result<Done, Stop> + Sync),
) -> Result<Vec<Done>, Stop> {
    let waiting = Mutex::new(targets.iter());
    let next = || waiting.lock().ok()?.next();
    let mut done: Vec<Done> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| {
                    std::iter::from_fn(next)
                        .map(|target| run(target))
                        .collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        let ended = threads.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err(Stop::Found("a run of a fuzzer broke off".to_owned())))
        });
        ended.collect::<Result<Vec<_>, Stop>>()
    })?
    .into_iter()
    .flatten()
    .collect();
    done.sort_by(|one, other| one.target.cmp(&other.target));
    Ok(done)
}

fn one(target: &str, seconds: u64) -> Result<Done, Stop> {
    let found = tools::folder()?.join("fuzz").join(target);
    fs::create_dir_all(&found).map_err(|error| error.to_string())?;
    let program = program(target)?;
    let ended = Command::new(&program)
        .args([&found, &root().join("fuzz/corpus").join(target)])
        .args([
            format!("-max_len={}", longest(target)?),
            format!("-max_total_time={seconds}"),
            format!("-artifact_prefix={}/bad-", tools::folder()?.display()),
            "-print_final_stats=1".to_owned(),
            "-rss_limit_mb=4096".to_owned(),
        ])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let told = String::from_utf8_lossy(&ended.stderr);
    let executions = told
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0);
    println!("{target}: {executions} executions");
    let finding = (!ended.status.success() || executions == 0).then(|| {
        let lines: Vec<_> = told.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    });
    Ok(Done {
        target: target.to_owned(),
        executions,
        finding,
    })
}

/// cargo-fuzz builds for the machine's own triple, named in the path.
fn program(target: &str) -> Result<PathBuf, Stop> {
    let folders = fs::read_dir(root().join("fuzz/target")).map_err(|error| error.to_string())?;
    folders
        .flatten()
        .map(|folder| folder.path().join("release").join(target))
        .find(|program| program.is_file())
        .ok_or_else(|| Stop::Found(format!("{target} was not built")))
}

/// How long its inputs are, as the head of its source says.
fn longest(target: &str) -> Result<u64, Stop> {
    let file: &Path = &root().join("fuzz/fuzz_targets").join(format!("{target}.rs"));
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let digits = text
        .split("-max_len=")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| Stop::Found(format!("{} names no -max_len", file.display())))
}
