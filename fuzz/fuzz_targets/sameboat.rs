//! Any bytes: the reader answers with rows or with an error, and each row is taken or held.
//!
//! `cargo +nightly fuzz run sameboat -- -max_len=65536`
#![no_main]

use std::io::{BufReader, Cursor};

use feeds::sameboat::{Reader, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = read(bytes, None) else {
        let slow = BufReader::with_capacity(7, Cursor::new(bytes));
        let whole = Reader::open(slow, None).and_then(|reader| reader.collect::<Result<Vec<_>, _>>());
        assert!(whole.is_err());
        return;
    };
    let slow = BufReader::with_capacity(1 + bytes.len() % 61, Cursor::new(bytes));
    let Ok(mut reader) = Reader::open(slow, None) else {
        panic!("what is read at once is read slowly");
    };
    assert_eq!(reader.by_ref().collect::<Result<Vec<_>, _>>().as_ref(), Ok(&file.groups));
    assert_eq!(reader.providers(), file.providers);
    for (index, row) in file.groups.iter().enumerate() {
        assert_eq!(row.number, index + 1);
    }
    let listed = |id: &String| file.groups.iter().any(|row| row.id == *id && row.listing.is_ok());
    for (index, row) in file.providers.iter().enumerate() {
        assert_eq!(row.number, index + 1);
        assert!(row.groups.iter().all(listed));
    }
});
