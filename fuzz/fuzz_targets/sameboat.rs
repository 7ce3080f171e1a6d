//! Any bytes: the reader answers with rows or with an error, and each row is taken or held.
//!
//! `cargo +nightly fuzz run sameboat -- -max_len=65536`
#![no_main]

use feeds::sameboat::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = read(bytes, None) {
        for (index, row) in file.groups.iter().enumerate() {
            assert_eq!(row.number, index + 1);
        }
        let listed = |id: &String| file.groups.iter().any(|row| row.id == *id && row.listing.is_ok());
        for (index, row) in file.providers.iter().enumerate() {
            assert_eq!(row.number, index + 1);
            assert!(row.groups.iter().all(listed));
        }
    }
});
