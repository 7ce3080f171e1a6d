//! Rows are found, and what is broken is told where it is.

use std::io::{BufReader, Cursor};

use serde::de::IgnoredAny;

use super::*;
use crate::reading::MOST_ROW_BYTES;

fn fields(text: &str, size: usize) -> Result<Vec<String>, FeedError> {
    let mut rows = Vec::new();
    let feed = BufReader::with_capacity(size, Cursor::new(text));
    look_through(feed, |list, row| {
        let said = String::from_utf8_lossy(row.said()).into_owned();
        rows.push(format!("{}:{said}", list.unwrap_or_default()));
    })?;
    Ok(rows)
}

#[test]
fn rows_are_found_whatever_stands_in_them_and_however_little_comes_at_a_time() {
    let list = "[ {\"a\":\"]},\\\"[\"} ,\n[1,[2]],\"x\", -7e1 ]\n";
    let object = r#"{"n":{"m":[1]}, "a\u0062" : [1 , 2],"c":[],"d":[ "e" ]}"#;
    for size in 1..list.len() {
        let rows = fields(list, size).unwrap();
        assert_eq!(
            rows,
            [r#":{"a":"]},\"["}"#, ":[1,[2]]", r#":"x""#, ":-7e1"],
            "{size}"
        );
        assert_eq!(
            fields(object, size).unwrap(),
            ["ab:1", "ab:2", r#"d:"e""#],
            "{size}"
        );
    }
}

#[test]
fn what_is_broken_is_told_as_serde_json_tells_it() {
    for text in [
        "[{\"a\":1}\n, {\"a\" 1}]",
        "[1,\n\n 2,,3]",
        "[1,2,]",
        "[1 2]",
        "[1,2",
        "[1,\n{\"a\":\"b",
        "[tru]",
        "[\"a\nb\"]",
        "[1]]",
        "{\"a\":[1,2],}",
        "{\"a\":[1},\"b\":2}",
        "{\"a\"}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{\"a\":",
        "{",
        "[",
    ] {
        let theirs = serde_json::from_str::<IgnoredAny>(text).unwrap_err();
        let ours = fields(text, 3).unwrap_err();
        let FeedError::Json { line, column, .. } = ours else {
            panic!("{text}: {ours}")
        };
        assert_eq!(
            (line, column),
            (theirs.line(), theirs.column()),
            "{text}: {ours} / {theirs}"
        );
    }
}

#[test]
fn a_row_that_never_ends_is_not_kept() {
    let open = format!("[\n{{\"a\":\"{}", "x".repeat(MOST_ROW_BYTES + 9));
    assert_eq!(fields(&open, 4096), Err(FeedError::RowTooLarge(2)));
    let broken = format!("[{{\"a\": b\"}}, {}", "1,[".repeat(MOST_ROW_BYTES));
    assert!(matches!(
        fields(&broken, 4096),
        Err(FeedError::Json {
            line: 1,
            column: 8,
            ..
        })
    ));
}
