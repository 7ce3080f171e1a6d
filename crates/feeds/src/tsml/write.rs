//! Writing the sheet: the records of Meeting Guide as quoted lines that no spreadsheet runs as a formula.

use crate::meeting_guide::{Meeting, meetings};
use crate::out::{Account, Group, Publisher};

/// Whether the file begins with a byte order mark, which Excel needs to see UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    ByteOrder,
}

/// Each column and what stands in it.
type Column = (&'static str, fn(&Meeting) -> String);

const COLUMNS: [Column; 26] = [
    ("Name", |meeting| meeting.name.clone()),
    ("Slug", |meeting| meeting.slug.clone()),
    ("Day", |meeting| meeting.day.map_or("", weekday).to_owned()),
    ("Time", |meeting| said(meeting.time.as_ref())),
    ("End Time", |meeting| said(meeting.end_time.as_ref())),
    ("Timezone", |meeting| said(meeting.timezone.as_ref())),
    ("Attendance Option", |meeting| {
        meeting.attendance_option.to_owned()
    }),
    ("Location", |meeting| said(meeting.location.as_ref())),
    ("Formatted Address", |meeting| {
        said(meeting.formatted_address.as_ref())
    }),
    ("City", |meeting| said(meeting.city.as_ref())),
    ("Country", |meeting| said(meeting.country.as_ref())),
    ("Approximate", |meeting| meeting.approximate.to_owned()),
    ("Latitude", |meeting| said(meeting.latitude.as_ref())),
    ("Longitude", |meeting| said(meeting.longitude.as_ref())),
    ("Types", |meeting| meeting.types.join(", ")),
    ("Notes", |meeting| said(meeting.notes.as_ref())),
    ("Location Notes", |meeting| said(meeting.location_notes.as_ref())),
    ("Conference URL", |meeting| said(meeting.conference_url.as_ref())),
    ("Conference Phone", |meeting| {
        said(meeting.conference_phone.as_ref())
    }),
    ("Conference Phone Notes", |meeting| {
        said(meeting.conference_phone_notes.as_ref())
    }),
    ("URL", |meeting| meeting.url.clone()),
    ("Updated", |meeting| said(meeting.updated.as_ref())),
    ("Entity", |meeting| meeting.entity.clone()),
    ("Entity Phone", |meeting| said(meeting.entity_phone.as_ref())),
    ("Entity Email", |meeting| said(meeting.entity_email.as_ref())),
    ("Entity Website URL", |meeting| meeting.entity_website_url.clone()),
];

/// The text of a sheet; lines end in CRLF.
pub fn write(publisher: &Publisher, groups: &[Group], mark: Mark) -> (String, Account) {
    let (meetings, account) = meetings(publisher, groups);
    let mut sheet = match mark {
        Mark::None => String::new(),
        Mark::ByteOrder => String::from("\u{feff}"),
    };
    line(&mut sheet, COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    for meeting in &meetings {
        line(&mut sheet, COLUMNS.iter().map(|(_, value)| value(meeting)));
    }
    (sheet, account)
}

fn line(sheet: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
    sheet.push_str(&cells.join(","));
    sheet.push_str("\r\n");
}

/// A quoted cell. One that a spreadsheet would take for a formula begins with an apostrophe; a negative number does not
/// need it.
fn cell(text: &str) -> String {
    let apostrophe = if is_formula(text) { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

/// The beginnings that OWASP names, their full-width forms, and what a spreadsheet trims before it looks.
fn is_formula(text: &str) -> bool {
    let begins = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    let seen = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']);
    text.starts_with(begins) && text.parse::<f64>().is_err()
        || seen.len() < text.len() && seen.starts_with(begins)
}

fn said(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn weekday(day: u32) -> &'static str {
    match day {
        0 => "Sunday",
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        _ => "Saturday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let heads = [
            "=",
            "+",
            "-",
            "@",
            "\t=",
            "\r=",
            "\n=",
            "＝",
            "＋",
            "－",
            "＠",
            " =",
            "\u{a0}@",
            "\u{3000}+",
            "\u{feff}=",
        ];
        let tails = [
            "cmd|' /C calc'!A0",
            "HYPERLINK(\"https://x.example\",\"y\")",
            "1+1",
            "SUM(A1:A9)",
            "IMPORTXML(A1,\"//a\")",
            "WEBSERVICE(\"https://x.example\")",
            "DDE(\"cmd\";\"/C calc\";\"x\")",
            "2+5+cmd|' /C calc'!A0",
            "\"x",
            "",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "=1",
            "rundll32|'URL.dll,OpenURL calc.exe'!A",
            "A1,\"=B1\"",
        ];
        let mut tried = 0;
        for head in heads {
            for tail in tails {
                let written = cell(&format!("{head}{tail}"));
                assert!(written.starts_with("\"'"), "{written}");
                let inside = &written[1..written.len() - 1];
                assert!(
                    !inside.replace("\"\"", "").contains('"'),
                    "{written}: no quote ends the cell"
                );
                tried += 1;
            }
        }
        assert!(tried >= 200, "{tried}");
    }

    #[test]
    fn plain_text_and_numbers_stay_as_they_are() {
        for text in [
            "Thursday Table",
            "41.5",
            "-81.703",
            "a=b",
            "",
            "12 + 12",
            "“=quoted”",
        ] {
            assert_eq!(cell(text), format!("\"{text}\""));
        }
        assert_eq!(cell("say \"hi\"\nthen go"), "\"say \"\"hi\"\"\nthen go\"");
    }
}
