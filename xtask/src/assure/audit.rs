//! Whoever goes past the program and changes the audit is found: an audit of many rows, and many tampers (SECURITY T17).

use super::{Line, Ran, Stop};
use crate::run::{cargo, output};

const ROWS: &str = "100000";
const TAMPERS: &str = "2000";

pub(super) fn run(seed: u32) -> Ran {
    let mut test = cargo(&[
        "test",
        "--locked",
        "--release",
        "--package",
        "store",
        "--lib",
        "--",
        "--include-ignored",
        "--nocapture",
        "--test-threads",
        "1",
        "audit::whole::tampering::every_tamper_is_found_and_told_by_its_row::sqlite",
        "audit::whole::tampering::a_long_audit_is_verified_at_a_speed::sqlite",
    ]);
    let told = output(
        test.env("SAMEBOAT_SEED", seed.to_string())
            .env("SAMEBOAT_AUDIT_ROWS", ROWS)
            .env("SAMEBOAT_AUDIT_TAMPERS", TAMPERS),
    )?;
    let said = |what: &str| {
        told.lines()
            .find_map(|line| Some(line.split_once(what)?.0.rsplit("... ").next()?.trim().to_owned()))
            .ok_or_else(|| Stop::Found(format!("the test does not tell how many{what}")))
    };
    let line = |what: &str, cases: String, result: String| Line {
        what: what.to_owned(),
        against:
            "raw SQL on SQLite, with every trigger dropped (`crates/store/src/audit/whole/tampering.rs`)"
                .to_owned(),
        cases,
        result,
    };
    Ok(vec![
        line(
            "rows, links, counts and statements edited, deleted, put in, swapped, reordered or cut off",
            said(" were found")?,
            "each is found, and told by its row, link, scope or statement".to_owned(),
        ),
        line(
            "the whole audit read and verified: each row's MAC and number, each link",
            format!("{} rows", said(" rows were verified at ")?),
            format!(
                "{} rows a second, reading included; a release build",
                said(" rows a second")?.rsplit(' ').next().unwrap_or_default()
            ),
        ),
    ])
}
