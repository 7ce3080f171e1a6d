use chrono::{Days, NaiveDate};

use super::*;
use crate::people::Handle;
use crate::text::Line;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Sessions a week apart: p(resent), l(ate), o(nline), e(xcused), m(issed).
fn sessions(marks: &str) -> Vec<Attended> {
    let first = day("2026-09-01");
    marks
        .chars()
        .zip(0_u64..)
        .map(|(mark, week)| Attended {
            on: first + Days::new(7 * week),
            length: Minutes::new(90).unwrap(),
            presence: match mark {
                'p' => Presence::Present,
                'l' => Presence::Late,
                'o' => Presence::Online,
                'e' => Presence::Excused,
                'm' => Presence::Missed,
                _ => panic!("no such mark: {mark}"),
            },
        })
        .collect()
}

#[test]
fn someone_is_asked_after_by_rules_that_are_written_down() {
    // Marks oldest first, and why one asks after who has them.
    let table = [
        ("", ""),
        ("p", ""),
        ("m", "beginning-missed"),
        ("e", ""),
        ("pm", "beginning-missed"),
        ("mm", "beginning-missed two-in-a-row third-of-last-six"),
        ("em", "beginning-missed"),
        ("ppm", ""),
        ("ppmm", "two-in-a-row third-of-last-six"),
        // An excuse is no miss, and breaks no row.
        ("ppmem", "two-in-a-row third-of-last-six"),
        ("ppmme", "two-in-a-row third-of-last-six"),
        ("ppmpm", "third-of-last-six"),
        ("ppmppppm", "third-of-last-six"),
        ("ppmpppppm", ""),
        ("pppee", ""),
        ("lolpm", ""),
        ("pppppm", ""),
        ("ppppmppm", "third-of-last-six"),
        // Who came again missed no two in a row any more; a beginning that was missed stays one, and two of six are two of six.
        ("mp", "beginning-missed"),
        ("me", "beginning-missed"),
        ("pmpppppp", "beginning-missed"),
        ("ppmmp", "third-of-last-six"),
        ("ppmmpppp", "third-of-last-six"),
        ("ppmmppppp", ""),
    ];
    for (marks, wanted) in table {
        let got = prompt(&sessions(marks), None);
        assert_eq!(names(got.as_ref()), wanted, "{marks}");
        let last_missed = sessions(marks)
            .into_iter()
            .rfind(|session| session.presence == Presence::Missed);
        if let Some(prompt) = got {
            let last_missed = last_missed.map(|session| session.on);
            assert_eq!(Some(prompt.since), last_missed, "{marks}");
        }
    }
}

fn names(prompt: Option<&Prompt>) -> String {
    let names: Vec<_> = prompt
        .iter()
        .flat_map(|prompt| &prompt.why)
        .map(|why| why.name())
        .collect();
    names.join(" ")
}

#[test]
fn what_somebody_asked_because_of_asks_no_more_and_the_next_miss_asks_anew() {
    // Marks, the session (from 0) because of which somebody asked, and why one asks all the same.
    let table = [
        ("m", 0, ""),
        ("mp", 0, ""),
        ("mppe", 0, ""),
        ("mm", 0, "beginning-missed two-in-a-row third-of-last-six"),
        ("mm", 1, ""),
        ("mpm", 0, "third-of-last-six"),
        ("mpm", 2, ""),
        ("ppmmm", 3, "two-in-a-row third-of-last-six"),
        ("ppmmme", 4, ""),
    ];
    for (marks, asked, wanted) in table {
        let all = sessions(marks);
        let got = prompt(&all, Some(all[asked].on));
        assert_eq!(names(got.as_ref()), wanted, "{marks}, asked because of {asked}");
    }
    // A later miss that no rule counts asks for nothing, and leaves the beginning open.
    let all = sessions("mppppppm");
    assert_eq!(prompt(&all, None).unwrap().since, all[0].on);
}

#[test]
fn every_mark_has_a_name_and_tells_whether_one_was_there() {
    for presence in Presence::ALL {
        assert_eq!(Presence::named(presence.name()), Some(presence));
    }
    let there: Vec<_> = Presence::ALL
        .into_iter()
        .filter(|presence| presence.was_there())
        .collect();
    assert_eq!(there.len(), 4);
}

fn certificate(marks: &str, until: &str, issued: &str) -> Result<Certificate, CertificateRefused> {
    Certificate::issue(
        Line::parse("Ana Ruiz").unwrap(),
        Line::parse("Rosewood Clinic").unwrap(),
        day("2026-09-01"),
        day(until),
        &sessions(marks),
        day(issued),
    )
}

#[test]
fn a_certificate_counts_what_was_attended_and_names_no_group() {
    let given = certificate("plmoep", "2026-09-29", "2026-10-01").unwrap();
    assert_eq!((given.held, given.attended, given.minutes), (5, 3, 270));
    let Certificate {
        name: _,
        organisation: _,
        from: _,
        until: _,
        held: _,
        attended: _,
        minutes: _,
        issued_on: _,
    } = given;
    assert_eq!(
        certificate("mm", "2026-09-29", "2026-10-01"),
        Err(CertificateRefused::NeverThere)
    );
    assert_eq!(
        certificate("p", "2026-08-29", "2026-10-01"),
        Err(CertificateRefused::EndsBeforeItBegins)
    );
    let issued_on = day("2026-09-20");
    assert_eq!(
        certificate("p", "2026-09-29", "2026-09-20"),
        Err(CertificateRefused::NotOver { issued_on })
    );
}

fn handles(names: &[&str]) -> Vec<Handle> {
    names.iter().map(|name| Handle::parse(name).unwrap()).collect()
}

#[test]
fn heads_are_counted_and_handles_are_nobodys_duty() {
    let count = Count::new(12, 3, 2, handles(&["River"])).unwrap();
    assert_eq!(
        (count.all(), count.newcomers(), count.handles().len()),
        (15, 2, 1)
    );
    assert_eq!(
        Count::new(1, 0, 2, vec![]),
        Err(CountError::MoreNewThanThere { new: 2, all: 1 })
    );
    let more = handles(&["River", "Stone"]);
    assert_eq!(
        Count::new(1, 0, 0, more),
        Err(CountError::MoreHandlesThanThere { handles: 2, all: 1 })
    );
    assert_eq!(
        Count::new(2, 0, 0, handles(&["River", "River"])),
        Err(CountError::HandleTwice)
    );
    let counts = [count, Count::new(8, 0, 0, vec![]).unwrap()];
    let turnout: Turnout = counts.iter().collect();
    assert_eq!((turnout.all, turnout.most, turnout.usual()), (23, 15, Some(12)));
    assert_eq!(Turnout::default().usual(), None);
    let written = serde_json::to_string(&counts[0]).unwrap();
    assert_eq!(serde_json::from_str::<Count>(&written).unwrap(), counts[0]);
    assert!(serde_json::from_str::<Count>(&written.replace("\"new\":2", "\"new\":16")).is_err());
}

#[test]
fn billing_is_handed_a_row_for_each_day_someone_came() {
    let handover = Handover {
        code: Code::default(),
        member: Line::parse("M-1042").unwrap(),
        leader: Line::parse("S. Park").unwrap(),
    };
    let mut held = sessions("pmoe");
    held.push(Attended {
        presence: Presence::Late,
        ..held[0]
    });
    let rows = handover.rows(&held);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1].cells(),
        ["2026-09-15", "M-1042", "90853", "90", "S. Park"]
    );
    for (text, code) in [
        (" 90853-95 ", Some("90853-95")),
        ("h0005", Some("H0005")),
        ("0373t", Some("0373T")),
        ("90853-95-GT", Some("90853-95-GT")),
        ("=1+1", None),
        ("-9085", None),
        ("90", None),
        ("9085", None),
        ("908534", None),
        ("90H53", None),
        ("H005T", None),
        ("9085É", None),
        ("90853-", None),
        ("90853-9", None),
        ("90853-1A-2B-3C-4D-5E", None),
    ] {
        assert_eq!(Code::parse(text).ok().as_ref().map(Code::as_str), code, "{text}");
    }
}
