//! What all targets of feeds check.

use std::io::{BufReader, Cursor};

use domain::text::Line;
use feeds::reading::{FeedError, Reading, Row};

/// Bytes that come a few at a time.
pub type Slow<'a> = BufReader<Cursor<&'a [u8]>>;

/// How many at a time goes with the bytes themselves, so that the fuzzer tries them all.
pub fn slow(bytes: &[u8]) -> Slow<'_> {
    let size = 1 + bytes.iter().fold(0_usize, |sum, byte| sum + usize::from(*byte)) % 61;
    BufReader::with_capacity(size, Cursor::new(bytes))
}

/// Rows or an error, and the same however the bytes come; a row is a listing or held, and numbered.
pub fn check(
    bytes: &[u8],
    read: impl Fn(&[u8], &Reading) -> Result<Vec<Row>, FeedError>,
    slowly: impl Fn(Slow<'_>, &Reading) -> Result<Vec<Row>, FeedError>,
) -> Option<usize> {
    let how = Reading {
        zone: "America/New_York".parse().ok(),
        ..Reading::new(Line::parse("Fuzz").ok()?)
    };
    assert_eq!(feeds::looks(Cursor::new(bytes)), feeds::looks(slow(bytes)));
    let rows = read(bytes, &how);
    assert_eq!(rows, slowly(slow(bytes), &how));
    let rows = rows.ok()?;
    let mut ids = std::collections::HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row.number, index + 1);
        assert!(ids.insert(row.id.as_str()), "{} comes twice", row.id);
    }
    Some(rows.len())
}
