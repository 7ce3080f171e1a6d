//! `cargo xtask test`.

use std::process::Command;

use clap::ValueEnum;
use testing::postgres::{self, Cluster};

use crate::machine;
use crate::run::{cargo, output, step};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Without {
    Postgres,
    Browser,
}

impl Without {
    /// Tests that need it carry this in their name.
    fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Browser => "browser",
        }
    }
}

pub(crate) fn all(without: &[Without], filter: &[String]) -> Result<(), String> {
    machine::prepare(without)?;
    step("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    step(
        "lint",
        &mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    licences()?;
    step(
        "without what is off by default",
        &mut cargo(&["check", "--locked", "--package", "sameboat"]),
    )?;
    step(
        "examples in the documentation",
        &mut cargo(&[
            "test",
            "--workspace",
            "--all-features",
            "--doc",
            "--locked",
            "--quiet",
        ]),
    )?;
    // The program that they drive, with all it can have, is built with the tests.
    let cluster = if without.contains(&Without::Postgres) {
        None
    } else {
        Some(Cluster::start()?)
    };
    let left_out = left_out(without)?;
    let samples = std::env::var_os("SAMEBOAT_SAMPLES").is_some();
    let mut tests = if has_nextest() {
        nextest(without, samples, filter)
    } else {
        plain(without, samples, filter)
    };
    if let Some(cluster) = &cluster {
        tests.env(postgres::VARIABLE, cluster.url());
    }
    for (word, names) in &left_out {
        println!(
            "\nNot run, without {word}: {}\n    {}",
            names.len(),
            names.join("\n    ")
        );
    }
    if !samples {
        println!(
            "\nNot run: tests on real feeds. SAMEBOAT_SAMPLES names no folder; they are counted as skipped below."
        );
    }
    step("tests", &mut tests)
}

/// `cargo deny` where it is; else the tests in `xtask/tests/supply.rs` check the same of `deny.toml`.
fn licences() -> Result<(), String> {
    if output(&mut cargo(&["deny", "--version"])).is_err() {
        println!(
            "\n== licences, sources, bans: cargo-deny is not installed; xtask/tests/supply.rs checks the same"
        );
        return Ok(());
    }
    step(
        "licences, sources, bans",
        &mut cargo(&["deny", "check", "bans", "licenses", "sources"]),
    )
}

fn has_nextest() -> bool {
    output(&mut cargo(&["nextest", "--version"])).is_ok()
}

fn nextest(without: &[Without], samples: bool, filter: &[String]) -> Command {
    let mut command = cargo(&[
        "nextest",
        "run",
        "--workspace",
        "--all-features",
        "--locked",
        "--no-fail-fast",
        "--status-level",
        "slow",
        "--final-status-level",
        "fail",
    ]);
    if samples {
        command.args(["--run-ignored", "all"]);
    }
    if !without.is_empty() {
        let words: Vec<_> = without
            .iter()
            .map(|without| format!("test({})", without.word()))
            .collect();
        command.args(["-E", &format!("not ({})", words.join(" + "))]);
    }
    command.args(filter);
    command
}

fn plain(without: &[Without], samples: bool, filter: &[String]) -> Command {
    let mut command = cargo(&[
        "test",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--locked",
        "--no-fail-fast",
    ]);
    command.arg("--").args(filter);
    if samples {
        command.arg("--include-ignored");
    }
    for without in without {
        command.args(["--skip", without.word()]);
    }
    command
}

/// The names of the tests that do not run because of what is left out.
fn left_out(without: &[Without]) -> Result<Vec<(&'static str, Vec<String>)>, String> {
    without
        .iter()
        .map(|without| {
            let listed = output(&mut cargo(&[
                "test",
                "--workspace",
                "--all-features",
                "--locked",
                "--quiet",
                "--",
                "--list",
                without.word(),
            ]))?;
            let names = listed
                .lines()
                .filter_map(|line| line.strip_suffix(": test"))
                .map(str::to_owned);
            Ok((without.word(), names.collect()))
        })
        .collect()
}
