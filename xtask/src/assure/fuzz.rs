//! Random bytes for every target of `fuzz/`, beginning with its corpus.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use super::{Line, Ran, Stop, tools};
use crate::run::{cargo, output, root, step};

/// How many executions those of forms are to reach, by themselves.
const WANTED: u64 = 10_000_000;
/// What reads forms, and their expressions.
const OF_FORMS: [&str; 2] = ["questionnaire", "fhirpath"];
/// These take so many times the share of a target at most.
const SHARES: u64 = 3;

/// What one target did.
struct Done {
    target: String,
    seconds: u64,
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
    let targets = targets()?;
    build(&targets)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let seconds = minutes * 60 * cores as u64 / targets.len() as u64;
    let run = |target: &str| one(target, seconds);
    let mut done = side_by_side(&targets, cores, &run)?;
    go_on(&mut done, cores, &run)?;
    let all: u64 = done.iter().map(|done| done.executions).sum();
    let forms = of_forms(&done);
    let findings: Vec<_> = done
        .iter()
        .filter_map(|done| Some(format!("{}: {}", done.target, done.finding.as_ref()?)))
        .collect();
    if !findings.is_empty() {
        return Err(Stop::Found(findings.join("\n")));
    }
    if forms < WANTED {
        return Err(Stop::Found(format!(
            "{forms} executions of {} in {SHARES} times their share of {minutes} minutes, without a finding; {WANTED} are wanted: give it more --minutes",
            OF_FORMS.join(" and ")
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
        .map(|done| line(format!("`{}`, {} s", done.target, done.seconds), done.executions));
    let together = format!(
        "{} together",
        OF_FORMS.map(|name| format!("`{name}`")).join(" and ")
    );
    Ok(each
        .chain([
            line(together, forms),
            line("all targets together".to_owned(), all),
        ])
        .collect())
}

/// Builds the parsers alone at first, and then each target that needs the pages: what is wrong with a parser is known long before the
/// pages are built.
fn build(targets: &[String]) -> Result<(), Stop> {
    step(
        "build the fuzzers of parsers",
        fuzz_build().arg("--no-default-features"),
    )?;
    for target in targets {
        if needs_pages(target)? {
            step(&format!("build the fuzzer {target}"), fuzz_build().arg(target))?;
        }
    }
    Ok(())
}

fn fuzz_build() -> Command {
    let mut build = Command::new("cargo");
    build
        // Nothing here is unsafe Rust: without a sanitizer more is tried in the same time.
        .args(["+nightly", "fuzz", "build", "--sanitizer", "none"])
        .current_dir(root())
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN");
    build
}

/// Whether it asks the crate `web`, as its source says; `fuzz/Cargo.toml` then requires the feature `pages` of it.
fn needs_pages(target: &str) -> Result<bool, Stop> {
    Ok(source(target)?.lines().any(|line| line.starts_with("use web::")))
}

fn of_forms(done: &[Done]) -> u64 {
    let of_forms = done
        .iter()
        .filter(|done| OF_FORMS.contains(&done.target.as_str()));
    of_forms.map(|done| done.executions).sum()
}

/// Those of forms have another share, and another, until they have tried enough.
fn go_on(
    done: &mut [Done],
    cores: usize,
    run: &(dyn Fn(&str) -> Result<Done, Stop> + Sync),
) -> Result<(), Stop> {
    let targets = OF_FORMS.map(str::to_owned);
    for _ in 1..SHARES {
        if of_forms(done) >= WANTED || done.iter().any(|done| done.finding.is_some()) {
            break;
        }
        for more in side_by_side(&targets, cores, run)? {
            if let Some(before) = done.iter_mut().find(|before| before.target == more.target) {
                before.add(more);
            }
        }
    }
    Ok(())
}

impl Done {
    fn add(&mut self, more: Self) {
        self.seconds += more.seconds;
        self.executions += more.executions;
        self.finding = self.finding.take().or(more.finding);
    }
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
        seconds,
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
    let digits = source(target)?
        .split("-max_len=")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| Stop::Found(format!("{target}.rs names no -max_len")))
}

fn source(target: &str) -> Result<String, Stop> {
    let file = root().join("fuzz/fuzz_targets").join(format!("{target}.rs"));
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(target: &str, executions: u64, finding: Option<&str>) -> Done {
        Done {
            target: target.to_owned(),
            seconds: 90,
            executions,
            finding: finding.map(str::to_owned),
        }
    }

    /// What they did at last, if each run of one of forms adds so many executions.
    fn after(each: u64, finding: Option<&str>) -> Vec<Done> {
        let run = |target: &str| -> Result<Done, Stop> { Ok(done(target, each, finding)) };
        let mut all = vec![
            done("fhirpath", each, None),
            done("questionnaire", each, None),
            done("tsml", 50_000_000, None),
        ];
        assert!(go_on(&mut all, 2, &run).is_ok());
        assert_eq!((all[2].seconds, all[2].executions), (90, 50_000_000));
        all
    }

    #[test]
    fn those_of_forms_go_on_until_they_have_tried_enough_and_no_longer() {
        for (each, tried, seconds) in [
            (6_000_000, 12_000_000, 90),
            (3_000_000, 12_000_000, 180),
            (1_000_000, 6_000_000, 270),
        ] {
            let all = after(each, None);
            assert_eq!((of_forms(&all), all[0].seconds), (tried, seconds));
        }
    }

    #[test]
    fn a_finding_ends_it() {
        let all = after(1_000_000, Some("a panic"));
        assert_eq!(
            (all[0].finding.as_deref(), all[0].seconds),
            (Some("a panic"), 180)
        );
    }
}
