//! Any bytes: the reader answers with rows or with an error, and each row is a listing or held.
//!
//! `cargo +nightly fuzz run bmlt -- -max_len=65536`
#![no_main]

mod shared;

use feeds::bmlt::{read, rows};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    shared::check(
        bytes,
        |bytes, how| read(&[bytes], how),
        |feed, how| rows(vec![feed], how)?.collect(),
    );
});
