//! iCalendar: series, their exceptions, and what cannot be said.

use chrono::{NaiveDate, Weekday};
use domain::groups::Place;
use domain::schedule::{Nth, Rule, Schedule};
use feeds::icalendar::read;
use feeds::reading::{FeedError, Held, Row};

use super::{good, held, how, json, without_zone};

/// A calendar of one event with these lines beside its own.
fn event(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\nSUMMARY:Grief circle\r\n\
         LOCATION:12 Harbor Road\\, Cleveland\\, OH\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn rows(lines: &str) -> Vec<Row> {
    read(event(lines).as_bytes(), &how()).unwrap()
}

fn schedule(lines: &str) -> Schedule {
    good(&rows(lines)[0]).schedule().unwrap().clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const START: &str = "DTSTART;TZID=America/Chicago:20260903T183000\r\nDURATION:PT1H30M";

#[test]
fn rules_that_schedules_can_say_are_said() {
    let weekly = |interval, days: &[Weekday]| Rule::Weekly {
        interval,
        days: days.to_vec(),
    };
    for (rule, said, until) in [
        ("FREQ=WEEKLY", weekly(1, &[Weekday::Thu]), None),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO",
            weekly(2, &[Weekday::Mon, Weekday::Thu]),
            None,
        ),
        (
            "FREQ=WEEKLY;UNTIL=20261015T232959Z",
            weekly(1, &[Weekday::Thu]),
            Some(day("2026-10-14")),
        ),
        (
            "FREQ=WEEKLY;COUNT=3",
            weekly(1, &[Weekday::Thu]),
            Some(day("2026-09-17")),
        ),
        (
            "FREQ=MONTHLY;BYDAY=1TH,-1TH",
            Rule::Monthly {
                interval: 1,
                nth: vec![Nth::First, Nth::Last],
                day: Weekday::Thu,
            },
            None,
        ),
        (
            "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1",
            Rule::Monthly {
                interval: 1,
                nth: vec![Nth::First],
                day: Weekday::Thu,
            },
            None,
        ),
    ] {
        let schedule = schedule(&format!("{START}\r\nRRULE:{rule}"));
        assert_eq!((schedule.rule, schedule.until), (said, until), "{rule}");
        assert_eq!(
            (schedule.zone.name(), schedule.length.get()),
            ("America/Chicago", 90)
        );
    }
    let daily = schedule(&format!("{START}\r\nRRULE:FREQ=DAILY"));
    assert!(matches!(daily.rule, Rule::Weekly { interval: 1, days } if days.len() == 7));
}

#[test]
fn what_cannot_be_said_is_held_with_its_rule() {
    for (lines, why) in [
        ("RRULE:FREQ=YEARLY", "FREQ=YEARLY"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=15", "BYMONTHDAY=15"),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO,2TU", "FREQ=MONTHLY;BYDAY=1MO,2TU"),
        ("RRULE:FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=3"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TH", "WKST=SU"),
        (
            "RRULE:FREQ=WEEKLY\r\nRDATE;TZID=America/Chicago:20261005T183000",
            "RDATE",
        ),
        ("STATUS:CANCELLED", "called off"),
        ("CLASS:PRIVATE", "does not publish"),
        (
            "RECURRENCE-ID;TZID=America/Chicago:20260903T183000",
            "a series that is not in the calendar",
        ),
    ] {
        let rows = rows(&format!("{START}\r\n{lines}"));
        let held = rows[0].listing.as_ref().unwrap_err().to_string();
        assert!(held.contains(why), "{lines}: {held}");
    }
    let all_day = rows("DTSTART;VALUE=DATE:20260903");
    assert!(matches!(&all_day[0].listing, Err(Held::Rule(why)) if why.contains("all day")));
    assert_eq!(rows("STATUS:CONFIRMED")[0].listing, Err(Held::NoSchedule));
}

#[test]
fn exceptions_moves_and_single_dates_are_kept() {
    let calendar = event(&format!(
        "{START}\r\nRRULE:FREQ=WEEKLY\r\nEXDATE;TZID=America/Chicago:20260910T183000,20260911T183000\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nUID:a@example.org\r\nRECURRENCE-ID:20260917T233000Z\r\nDTSTART;TZID=America/Chicago:20260918T190000\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nUID:a@example.org\r\nRECURRENCE-ID;TZID=America/Chicago:20260924T183000\r\nSTATUS:CANCELLED"
    ));
    let rows = read(calendar.as_bytes(), &how()).unwrap();
    assert_eq!(rows.len(), 1, "changed dates are no rows of their own");
    let schedule = good(&rows[0]).schedule().unwrap();
    let skips: Vec<_> = schedule.skips.iter().map(|skip| skip.date).collect();
    assert_eq!(skips, [day("2026-09-10"), day("2026-09-24")]);
    assert_eq!(schedule.moves[0].to.to_string(), "2026-09-18 19:00:00");

    let dates = self::schedule(&format!(
        "{START}\r\nRDATE;TZID=America/Chicago:20261001T183000,20261105T190000"
    ));
    assert!(matches!(&dates.rule, Rule::Dates { dates } if dates.len() == 3));
    assert_eq!(dates.moves[0].date, day("2026-11-05"));
}

#[test]
fn zones_are_found_as_calendars_name_them() {
    let zone = |start: &str| {
        schedule(&format!("{start}\r\nRRULE:FREQ=WEEKLY"))
            .zone
            .name()
            .to_owned()
    };
    assert_eq!(
        zone("DTSTART;TZID=\"Pacific Standard Time\":20260903T183000"),
        "America/Los_Angeles"
    );
    assert_eq!(
        zone("DTSTART;TZID=/citadel.org/20210210_1/America/Denver:20260903T183000"),
        "America/Denver"
    );
    assert_eq!(zone("DTSTART:20260903T183000"), "America/New_York");
    assert_eq!(zone("DTSTART:20260903T183000Z"), "UTC");
    let own = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Ours\nX-LIC-LOCATION:America/Phoenix\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:A\n\
               LOCATION:1 Elm St\nDTSTART;TZID=Ours:20260903T183000\nEND:VEVENT\nEND:VCALENDAR";
    let rows = read(own.as_bytes(), &without_zone()).unwrap();
    assert_eq!(good(&rows[0]).schedule().unwrap().zone.name(), "America/Phoenix");
    let floating = read(event("DTSTART:20260903T183000").as_bytes(), &without_zone()).unwrap();
    assert_eq!(held(&floating), [Some(&Held::NoZone)]);
}

#[test]
fn places_pages_and_words_are_kept_without_their_secrets() {
    let rows = rows(&format!(
        "{START}\r\nURL:https://lakeshore.example/grief\r\nGEO:41.484;-81.703\r\nCATEGORIES:Newcomers,Tea\r\n\
         ORGANIZER;CN=\"Ann: Persona\":mailto:ann@example.org\r\nLAST-MODIFIED:20261001T080000Z\r\n\
         DESCRIPTION:All are welcome.\\nZoom: https://zoom.us/j/123456789?pwd=\r\n x\\, passcode tuna"
    ));
    let listing = good(&rows[0]);
    assert!(matches!(listing.place, Place::Hybrid(..)));
    let kept = json(&rows[0]).to_string();
    assert!(
        kept.contains("All are welcome.") && kept.contains("Tea") && kept.contains("newcomers"),
        "{kept}"
    );
    for secret in ["123456789", "tuna", "Ann"] {
        assert!(!kept.contains(secret), "{kept}");
    }
    assert_eq!(listing.verified_on, Some(day("2026-10-01")));
}

#[test]
fn a_broken_calendar_says_where() {
    for (calendar, error) in [
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
            FeedError::Calendar(3),
        ),
        ("BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR", FeedError::Calendar(2)),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT", FeedError::Calendar(2)),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", FeedError::NoRows),
    ] {
        assert_eq!(read(calendar.as_bytes(), &how()), Err(error), "{calendar}");
    }
}
