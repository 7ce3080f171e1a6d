//! `docs/assurance.md`.

use std::fmt::Write;

use super::Line;
use crate::run::root;

pub(super) fn write(checks: &[(String, Vec<Line>)], seed: u32) -> Result<(), String> {
    let mut page = String::from(
        "# Assurance\n\nMade by `cargo xtask assure`: long checks, most of them against programs that are not ours. What did not run or\n\
         failed says so. `cargo xtask test` runs the short checks on every change.\n\n",
    );
    let _ = writeln!(
        page,
        "Random cases began at seed {seed}: `cargo xtask assure --seed {seed}` asks the same.\n"
    );
    page.push_str("| check | what | against | cases | result |\n|---|---|---|---|---|\n");
    for (name, lines) in checks {
        for Line {
            what,
            against,
            cases,
            result,
        } in lines
        {
            let row = [name, what, against, cases, result].map(|cell| cell.replace('|', "\\|"));
            let _ = writeln!(page, "| {} |", row.join(" | "));
        }
    }
    std::fs::write(root().join("docs/assurance.md"), &page).map_err(|error| error.to_string())
}
