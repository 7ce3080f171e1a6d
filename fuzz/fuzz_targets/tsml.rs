//! Any bytes: the reader answers with rows or with an error, and each row is a listing or held.
//!
//! `cargo +nightly fuzz run tsml -- -max_len=65536`
#![no_main]

mod shared;

use feeds::tsml::{read, rows};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    shared::check(bytes, read, |feed, how| rows(feed, how)?.collect());
});
