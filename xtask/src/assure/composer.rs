//! Random programmes of 20 to 60 people: our plans against OR-Tools CP-SAT, level by level; writes `docs/composer-results.md`.

#[path = "../../../crates/composer/tests/it/common/mod.rs"]
mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::{Line, Ran, Stop, hold, tools};
use crate::run::root;

const PACKAGES: [&str; 1] = ["ortools==9.15.6755"];
const SCRIPT: &str = "xtask/src/assure/compose.py";
const PROBLEMS: usize = 64;
/// For each level.
const SECONDS: &str = "20";
const EFFORT: &str = "64";
/// Problems are the same each time, so that the page can be compared.
const SEED: u64 = 99;

/// What either reached.
#[derive(Deserialize)]
struct Reached {
    status: String,
    levels: Vec<Level>,
}

#[derive(Deserialize)]
struct Level {
    name: String,
    value: i64,
    #[serde(default)]
    proven: bool,
}

pub(super) fn run() -> Ran {
    let python = tools::python(&PACKAGES)?;
    let sameboat = tools::sameboat_as_released()?;
    let mut chance = common::Chance::new(SEED);
    let problems: Vec<Value> = (0..PROBLEMS)
        .map(|_| {
            let people = 20 + chance.below(41);
            common::therapy(&mut chance, people)
        })
        .collect();
    let theirs = cp_sat(&python, &problems)?;
    hold(theirs.len() == PROBLEMS, || {
        format!("{SCRIPT} answered {} of {PROBLEMS} problems", theirs.len())
    })?;
    let (mut rows, mut worse) = (String::new(), String::new());
    let (mut impossible, mut better, mut proven) = (0, 0, 0);
    for (number, (problem, theirs)) in problems.iter().zip(&theirs).enumerate() {
        let ours = ours(&sameboat, problem)?;
        let verdict = compare(&ours, theirs);
        if verdict.starts_with("**") {
            let _ = writeln!(worse, "problem {number}: {verdict}");
        }
        impossible += usize::from(theirs.status == "infeasible");
        better += usize::from(verdict == "better");
        proven += usize::from(theirs.status == "optimal");
        let count = |name: &str| problem[name].as_array().map_or(0, Vec::len);
        let _ = writeln!(
            rows,
            "| {number} | {} | {} | {} | {} | {verdict} |",
            count("people"),
            count("groups"),
            told(&ours),
            told(theirs)
        );
    }
    page(&rows).map_err(Stop::Found)?;
    if !worse.is_empty() {
        return Err(Stop::Found(worse));
    }
    Ok(vec![Line {
        what: format!(
            "random programmes of 20 to 60 people, effort {EFFORT}: never worse at any level, impossible for both or neither"
        ),
        against: format!("{}, {SECONDS} s a level, 1 worker", PACKAGES[0]),
        cases: format!(
            "{PROBLEMS} problems, {impossible} of them impossible, {proven} proven by CP-SAT at all levels"
        ),
        result: format!("{better} better, the others equal ([each](composer-results.md))"),
    }])
}

fn cp_sat(python: &Path, problems: &[Value]) -> Result<Vec<Reached>, Stop> {
    let mut run = Command::new(python);
    run.arg(root().join(SCRIPT)).arg(SECONDS);
    let lines: Vec<String> = problems.iter().map(Value::to_string).collect();
    let told = fed(&mut run, &lines.join("\n"))?;
    read(&told.0)
}

fn read(told: &str) -> Result<Vec<Reached>, Stop> {
    let lines = told.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .map_err(|error| Stop::Found(format!("{SCRIPT}: {error}")))
}

/// Our plan, by the program as people run it; it must pass our own check too.
fn ours(sameboat: &Path, problem: &Value) -> Result<Reached, Stop> {
    let mut run = Command::new(sameboat);
    run.args(["compose", "-", "--effort", EFFORT]);
    let (plan, _) = fed(&mut run, &problem.to_string())?;
    let folder = tools::folder()?;
    let (problem_file, plan_file) = (folder.join("problem.json"), folder.join("plan.json"));
    for (file, text) in [(&problem_file, problem.to_string()), (&plan_file, plan.clone())] {
        fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    let reached: Reached =
        serde_json::from_str(&plan).map_err(|error| format!("sameboat compose: {error}\n{plan}"))?;
    let mut check = Command::new(sameboat);
    check
        .args(["compose", "--check"])
        .arg(problem_file)
        .arg(plan_file);
    let (_, kept) = fed(&mut check, "")?;
    hold(kept || reached.status == "infeasible", || {
        format!("a plan of ours breaks a condition:\n{plan}")
    })?;
    Ok(reached)
}

/// What it printed, given this on standard input, and whether it went well.
fn fed(command: &mut Command, text: &str) -> Result<(String, bool), Stop> {
    let failed = |error: std::io::Error| Stop::Found(error.to_string());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    let output = child.wait_with_output().map_err(failed)?;
    Ok((
        String::from_utf8_lossy(&output.stdout).into_owned(),
        output.status.success(),
    ))
}

/// "equal", "better", or what is wrong. A level that CP-SAT did not come to is not compared.
fn compare(ours: &Reached, theirs: &Reached) -> String {
    if (ours.status == "infeasible") != (theirs.status == "infeasible") {
        return format!("**ours is {}, theirs {}**", ours.status, theirs.status);
    }
    for (own, other) in ours.levels.iter().zip(&theirs.levels) {
        let more = ["placed", "waiting", "preference"].contains(&own.name.as_str());
        if own.value != other.value {
            let better = (own.value > other.value) == more;
            return if better {
                "better".to_owned()
            } else {
                format!("**worse at {}**", own.name)
            };
        }
    }
    "equal".to_owned()
}

fn told(reached: &Reached) -> String {
    if reached.levels.is_empty() {
        return reached.status.clone();
    }
    let values: Vec<String> = reached
        .levels
        .iter()
        .map(|level| level.value.to_string())
        .collect();
    let unproven = reached.status != "optimal" && reached.levels.last().is_some_and(|level| !level.proven);
    format!(
        "{} {}{}",
        reached.status,
        values.join(" "),
        if unproven { " …" } else { "" }
    )
}

fn page(rows: &str) -> Result<(), String> {
    let text = format!(
        "# The composer against CP-SAT\n\n\
         Made by `cargo xtask assure composer`: {PROBLEMS} random programmes of 20 to 60 people (`crates/composer/tests/it/common`, seed {SEED}), by \
         `sameboat compose --effort {EFFORT}` and by {} with {SECONDS} seconds a level on one worker. Values are in the order placed, waiting, \
         preference, severity, spread, change. Where CP-SAT could not prove a level in its time, its levels end there (…).\n\n\
         | | people | groups | ours | CP-SAT | ours is |\n|---|---|---|---|---|---|\n{rows}",
        PACKAGES[0]
    );
    let file = root().join("docs/composer-results.md");
    fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
}
