//! Any bytes: the reader answers with rows or with an error, and each row is a listing or held.
//!
//! `cargo +nightly fuzz run meeting_guide -- -max_len=65536`
#![no_main]

mod shared;

use feeds::meeting_guide::{read, rows};
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;

fuzz_target!(|bytes: &[u8]| {
    let count = shared::check(bytes, read, |feed, how| rows(feed, how)?.collect());
    // A list is one to the walk through a file if, and only if, it is one to serde_json.
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    if let Ok(text) = text.map(str::trim)
        && text.starts_with('[')
    {
        let list = serde_json::from_str::<Vec<&RawValue>>(text).ok();
        assert_eq!(count, list.map(|list| list.len()).filter(|rows| *rows > 0));
    }
});
