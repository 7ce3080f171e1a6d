//! Any bytes: the reader answers with rows or with an error, and each row is a listing or held.
//!
//! `cargo +nightly fuzz run hsds -- -max_len=65536`
#![no_main]

mod shared;

use feeds::hsds::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // It is read as a whole, so only its format is looked for slowly.
    shared::check(bytes, read, |_, how| read(bytes, how));
});
