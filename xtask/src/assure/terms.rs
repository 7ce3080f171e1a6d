//! Whole terms, each made from a seed (SECURITY T30).

use super::{Line, Ran, tools};

/// Times as many terms as the tests try otherwise.
const TIMES: u32 = 40;

pub(super) fn run(seed: u32) -> Ran {
    Ok(vec![Line {
        what: "twelve weeks of three therapy groups: joining, attendance, records, pauses and ends, with changes that are lost and starts in between"
            .to_owned(),
        against: "what was acknowledged, places, signatures and the audit, each week (`crates/store/tests/it/term.rs`)".to_owned(),
        cases: tools::test(&["--test", "it"], "term::terms_keep_their_promises_whatever_dies", TIMES, seed)?,
        result: "no promise is broken".to_owned(),
    }])
}
