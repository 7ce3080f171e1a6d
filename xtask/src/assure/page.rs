//! `docs/assurance.md`.

use std::fmt::Write;

use super::{Check, Line};
use crate::run::root;

const PAGE: &str = "docs/assurance.md";
const SEED: &str = "Random cases began at seed ";

/// Writes these checks' rows. Rows of others stay as they are, and so does the seed, with which they were found.
pub(super) fn write(checks: &[(Check, Vec<Line>)], seed: u32) -> Result<(), String> {
    let before = std::fs::read_to_string(root().join(PAGE)).unwrap_or_default();
    std::fs::write(root().join(PAGE), written(&before, checks, seed))
        .map_err(|error| format!("{PAGE}: {error}"))
}

/// Where the random cases of the page began.
pub(super) fn seed() -> Option<u32> {
    let page = std::fs::read_to_string(root().join(PAGE)).ok()?;
    let told = page.lines().find_map(|line| line.strip_prefix(SEED))?;
    told.split(':').next()?.parse().ok()
}

fn written(before: &str, checks: &[(Check, Vec<Line>)], seed: u32) -> String {
    let mut page = String::from(
        "# Assurance\n\nMade by `cargo xtask assure`: long checks, most of them against programs that are not ours. What did not run or\n\
         failed says so. `cargo xtask test` runs the short checks on every change.\n\n",
    );
    let _ = writeln!(
        page,
        "{SEED}{seed}: `cargo xtask assure --seed {seed}` asks the same.\n"
    );
    page.push_str("| check | what | against | cases | result |\n|---|---|---|---|---|\n");
    for check in Check::all() {
        let name = check.name();
        match checks.iter().find(|(ran, _)| *ran == check) {
            Some((_, lines)) => lines.iter().for_each(|line| page.push_str(&row(&name, line))),
            None => {
                let begin = format!("| {name} |");
                let rows = before.lines().filter(|row| row.starts_with(&begin));
                rows.for_each(|row| {
                    let _ = writeln!(page, "{row}");
                });
            }
        }
    }
    page
}

fn row(name: &str, line: &Line) -> String {
    let Line {
        what,
        against,
        cases,
        result,
    } = line;
    let cells = [name, what, against, cases, result].map(|cell| cell.replace('|', "\\|"));
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_check_that_did_not_run_stay() {
        let line = |result: &str| vec![Line::none(result.to_owned())];
        let all = [
            (Check::Chooser, line("good")),
            (Check::Facets, line("equal | so")),
        ];
        let first = written("", &all, 7);
        assert!(
            first.contains("seed 7:") && first.contains("| facets |  |  |  | equal \\| so |\n"),
            "{first}"
        );
        assert_eq!(written(&first, &[], 7), first);
        let second = written(&first, &[(Check::Chooser, line("better"))], 7);
        assert_eq!(second, first.replace("good", "better"));
    }
}
