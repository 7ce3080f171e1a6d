//! Any bytes: the reader answers with rows or with an error, and each row is a listing or held.
//!
//! `cargo +nightly fuzz run meeting_guide -- -max_len=65536`
#![no_main]

use domain::text::Line;
use feeds::meeting_guide::read;
use feeds::reading::Reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(programme) = Line::parse("Fuzz") else {
        return;
    };
    let how = Reading {
        zone: "America/New_York".parse().ok(),
        ..Reading::new(programme)
    };
    if let Ok(rows) = read(bytes, &how) {
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(row.number, index + 1);
        }
    }
});
