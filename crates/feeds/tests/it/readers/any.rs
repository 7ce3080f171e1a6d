//! Whatever the bytes: rows or an error. Every seed of the fuzzers is read.

use std::io::{BufReader, Cursor};

use feeds::reading::{FeedError, Reading, Row};
use proptest::prelude::*;

use super::how;

type Read = fn(&[u8], &Reading) -> Result<Vec<Row>, FeedError>;
type Slowly = fn(BufReader<Cursor<&[u8]>>, &Reading) -> Result<Vec<Row>, FeedError>;

const READERS: [(&str, Read); 5] = [
    ("meeting_guide", feeds::meeting_guide::read),
    ("tsml", feeds::tsml::read),
    ("bmlt", |bytes, how| feeds::bmlt::read(&[bytes], how)),
    ("hsds", feeds::hsds::read),
    ("icalendar", feeds::icalendar::read),
];

/// Those that read row by row.
const SLOW_READERS: [(&str, Slowly); 3] = [
    ("meeting_guide", |feed, how| {
        feeds::meeting_guide::rows(feed, how)?.collect()
    }),
    ("tsml", |feed, how| feeds::tsml::rows(feed, how)?.collect()),
    ("bmlt", |feed, how| feeds::bmlt::rows(vec![feed], how)?.collect()),
];

/// The rows are the same however few bytes come at a time.
fn check_slowly(name: &str, bytes: &[u8], rows: &Result<Vec<Row>, FeedError>) {
    let Some((_, slowly)) = SLOW_READERS.iter().find(|(slow, _)| *slow == name) else {
        return;
    };
    for size in [1, 2, 7, 64] {
        let feed = || BufReader::with_capacity(size, Cursor::new(bytes));
        assert_eq!(&slowly(feed(), &how()), rows, "{name}, {size} bytes at a time");
        assert_eq!(feeds::looks(feed()), feeds::looks(Cursor::new(bytes)), "{name}");
    }
}

fn check(name: &str, read: Read, bytes: &[u8]) -> bool {
    let rows = read(bytes, &how());
    check_slowly(name, bytes, &rows);
    let Ok(rows) = rows else {
        return false;
    };
    let mut ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rows.len(), "{name}: ids are unique");
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row.number, index + 1, "{name}");
    }
    true
}

#[test]
fn every_seed_of_the_fuzzers_is_read_without_fail() {
    for (name, read) in READERS {
        let folder = format!("{}/../../fuzz/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
        let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
        let good = seeds
            .iter()
            .filter(|seed| check(name, read, &std::fs::read(seed.path()).unwrap()))
            .count();
        assert!(
            good >= 3 && seeds.len() > good,
            "{name}: {good} of {} are feeds",
            seeds.len()
        );
    }
}

/// Pieces that mean something to one of the readers, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        prop::sample::select(vec![
            "BEGIN:VCALENDAR\n",
            "END:VCALENDAR\n",
            "BEGIN:VEVENT\n",
            "END:VEVENT\n",
            "SUMMARY:é\n",
            "UID:1\n",
            "\n ",
            "LOCATION:1 Elm\n",
            "DTSTART:20260903T183000\n",
            "DTSTART;TZID=UTC:20260903T183000\n",
            "RRULE:FREQ=WEEKLY;COUNT=9\n",
            "RDATE:20261003T183000\n",
            "EXDATE:20260903\n",
            "DURATION:PT99999999999999999999M\n",
            "RRULE:FREQ=MONTHLY;BYDAY=-1é\n",
            "RECURRENCE-ID:20260903T183000\n",
            "Name,Day,Time\n",
            "\"",
            ",",
            ";",
            "19:00",
            "Monday",
            "[",
            "]",
            "{",
            "}",
            ":",
            "\"meeting_name\"",
            "\"weekday_tinyint\"",
            "\"1\"",
            "\"schedules\"",
            "\"name\"",
            "\"freq\"",
            "\"key_string\"",
            "\\ud800",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_rows_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for (name, read) in READERS {
            check(name, read, &bytes);
        }
    }

    #[test]
    fn any_pieces_are_rows_or_an_error(text in pieces(), calendar in pieces(), table in pieces()) {
        for (name, read) in READERS {
            check(name, read, text.as_bytes());
        }
        check("icalendar", feeds::icalendar::read, format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{calendar}\nEND:VEVENT\nEND:VCALENDAR").as_bytes());
        check("tsml", feeds::tsml::read, format!("Name,Day,Time,Address\n{table}").as_bytes());
    }
}
