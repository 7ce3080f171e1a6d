//! The format is seen in the file.

use std::io::Cursor;

use feeds::{Format, looks};

#[test]
fn a_format_is_seen_by_what_stands_in_the_file() {
    for (text, format) in [
        (r#"[{"name":"A","slug":"a","day":1}]"#, Some(Format::MeetingGuide)),
        (
            r#"{"meetings":[{"name":"A","day":1}]}"#,
            Some(Format::MeetingGuide),
        ),
        (r#"[{"id_bigint":"1","meeting_name":"A"}]"#, Some(Format::Bmlt)),
        (
            r#"{"meetings":[{"meeting_name":"A"}],"formats":[]}"#,
            Some(Format::Bmlt),
        ),
        (r#"[{"key_string":"O","name_string":"Open"}]"#, Some(Format::Bmlt)),
        (
            r#"[{"id":"1","parent_id":"0","helpline":""}]"#,
            Some(Format::Bmlt),
        ),
        (
            r#"[{"id":"1","name":"A","status":"active","schedules":[]}]"#,
            Some(Format::Hsds),
        ),
        (
            r#"{"total_items":1,"contents":[{"id":"1","name":"A"}]}"#,
            Some(Format::Hsds),
        ),
        (
            r#"{"id":"1","name":"A","service_at_locations":[]}"#,
            Some(Format::Hsds),
        ),
        (r#"{"sameboat":1,"organisation":"O"}"#, Some(Format::Sameboat)),
        ("\u{feff}Name,Day,Time\nA,1,19:00", Some(Format::Csv)),
        ("Time;End Time;Day;Name\n", Some(Format::Csv)),
        ("begin:vcalendar\n", Some(Format::Ical)),
        ("[1,2]", None),
        (r#"{"error":"no"}"#, None),
        ("Dear all, the meeting", None),
    ] {
        assert_eq!(looks(Cursor::new(text)), Ok(format), "{text}");
    }
    assert!(
        looks(Cursor::new(b"[{")).is_err()
            && looks(Cursor::new(b"<html>")).is_err()
            && looks(Cursor::new(b"")).is_err()
    );
}
