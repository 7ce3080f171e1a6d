use chrono::NaiveDate;

use super::*;
use crate::groups::{Draft, HowToCome, Online, Phone, Place, Source, WebPage, When};
use crate::schedule::{Minutes, Move, Rule, Schedule};
use crate::text::{Line, Prose};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Thursdays at 6:30 pm in New York, 90 minutes; that of December 10 is moved to the Friday.
fn thursdays(kind: Kind, seats: Seats) -> Draft {
    let schedule = Schedule {
        zone: "America/New_York".parse().unwrap(),
        from: day("2026-01-01"),
        time: "18:30:00".parse().unwrap(),
        length: Minutes::new(90).unwrap(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![chrono::Weekday::Thu],
        },
        until: None,
        skips: vec![],
        moves: vec![Move {
            date: day("2026-12-10"),
            to: "2026-12-11T18:30:00".parse().unwrap(),
            reason: None,
        }],
    };
    Draft {
        when: When::Scheduled(schedule),
        seats,
        ..Draft::new(
            Line::parse("Thursday Table").unwrap(),
            kind,
            Place::Online(Online::default()),
            HowToCome::Organisation {
                phone: Some(Phone::parse("216-555-0142").unwrap()),
                mail: None,
            },
            Source::Own,
        )
    }
}

fn support() -> Listing {
    Listing::check(thursdays(Kind::Support, Seats::Open)).unwrap()
}

/// Tuesday, two days before the meeting of November 26.
const NOW: &str = "2026-11-24T15:00:00Z";

#[test]
fn a_meeting_counts_until_its_end_and_keeps_its_date_when_it_is_moved() {
    let dates = |now: &str| -> Vec<String> {
        let all = ahead(&support(), at(now));
        all.iter().map(|meeting| meeting.date.to_string()).collect()
    };
    assert_eq!(
        dates(NOW),
        [
            "2026-11-26",
            "2026-12-03",
            "2026-12-10",
            "2026-12-17",
            "2026-12-24",
            "2026-12-31"
        ]
    );
    // It begins at 23:30 UTC and ends at 1:00.
    assert_eq!(dates("2026-11-27T00:59:59Z")[0], "2026-11-26");
    assert_eq!(dates("2026-11-27T01:00:00Z")[0], "2026-12-03");
    assert_eq!(
        dates("2026-12-11T12:00:00Z")[0],
        "2026-12-10",
        "moved to this day"
    );
}

#[test]
fn one_comes_once_or_regularly_and_takes_either_back() {
    let ahead = ahead(&support(), at(NOW));
    let (first, second, third) = (ahead[0].date, ahead[1].date, ahead[2].date);
    let once = Said::default().to(second, &ahead).unwrap();
    assert_eq!((once.comes(first), once.comes(second)), (false, true));
    assert_eq!(once.first_on, Some(second));
    let not = once.clone().not_to(second, &ahead).unwrap();
    assert_eq!(not, Said::default(), "nothing is left of it");

    let all = once.to_all(&ahead).unwrap();
    assert!(ahead.iter().all(|meeting| all.comes(meeting.date)));
    assert_eq!(all.first_on, Some(first));
    assert!(all.comes(first + chrono::Days::new(180)) && !all.comes(first + chrono::Days::new(181)));
    let but_one = all.not_to(third, &ahead).unwrap();
    assert_eq!((but_one.comes(second), but_one.comes(third)), (true, false));
    let again = but_one.clone().to(third, &ahead).unwrap();
    assert!(again.comes(third));
    let none = but_one.not_to_all(&ahead);
    assert!(ahead.iter().all(|meeting| !none.comes(meeting.date)));
    assert_eq!(none.last(), None);
}

#[test]
fn the_first_time_is_new_and_no_later_one() {
    let now = ahead(&support(), at(NOW));
    let said = Said::default().to_all(&now).unwrap();
    assert!(said.is_new(now[0].date) && !said.is_new(now[1].date));
    // Who cannot come after all is new the next time.
    let said = said.not_to(now[0].date, &now).unwrap();
    assert!(said.is_new(now[1].date) && !said.is_new(now[2].date));
    // A first time that is past stays what it was.
    let later = ahead(&support(), at("2026-12-04T15:00:00Z"));
    let said = said.not_to_all(&later).to(later[1].date, &later).unwrap();
    assert_eq!(said.first_on, Some(now[1].date));
    assert!(!said.is_new(later[1].date));
}

#[test]
fn nobody_comes_to_a_meeting_that_is_not_ahead() {
    let ahead = ahead(&support(), at(NOW));
    for wrong in ["2026-11-19", "2026-11-25", "2027-01-07"] {
        let said = Said::default();
        assert_eq!(
            said.clone().to(day(wrong), &ahead),
            Err(Refusal::NoMeeting),
            "{wrong}"
        );
        assert_eq!(
            said.not_to(day(wrong), &ahead),
            Err(Refusal::NoMeeting),
            "{wrong}"
        );
    }
    assert_eq!(Said::default().to_all(&[]), Err(Refusal::NoMeeting));
}

#[test]
fn only_ones_own_support_groups_are_come_to_so() {
    assert_eq!(Refusal::of(&support()), Ok(()));
    let of = |seats| Listing::check(thursdays(Kind::Support, seats)).unwrap();
    let closed = of(Seats::Closed);
    assert_eq!(Refusal::of(&closed), Ok(()));
    assert_eq!(Refusal::of_someone_new(&closed), Err(Refusal::TakesNobody));
    assert_eq!(Refusal::of(&of(Seats::Ended { on: None })), Err(Refusal::Ended));
    assert!(ahead(&of(Seats::Paused { until: None }), at(NOW)).is_empty());
    let programme = Line::parse("Elsewhere").unwrap();
    let elsewhere = Draft {
        source: Source::Feed { programme },
        ..thursdays(Kind::Support, Seats::Open)
    };
    let elsewhere = Listing::check(Draft {
        how_to_come: HowToCome::Page(WebPage::parse("https://example.org/").unwrap()),
        ..elsewhere
    });
    assert_eq!(Refusal::of(&elsewhere.unwrap()), Err(Refusal::NotOurs));
}

#[test]
fn the_address_is_told_from_a_day_before_and_the_link_from_half_an_hour_before_until_the_end() {
    let meeting = &ahead(&support(), at(NOW))[0];
    for (now, address, link) in [
        ("2026-11-25T23:29:59Z", false, false),
        ("2026-11-25T23:30:00Z", true, false),
        ("2026-11-26T22:59:59Z", true, false),
        ("2026-11-26T23:00:00Z", true, true),
        ("2026-11-27T00:59:59Z", true, true),
        ("2026-11-27T01:00:00Z", false, false),
    ] {
        assert_eq!(Tells::Address.is_told(meeting, at(now)), address, "{now}");
        assert_eq!(Tells::Link.is_told(meeting, at(now)), link, "{now}");
    }
}

#[test]
fn the_link_of_a_meeting_goes_before_that_of_all() {
    let link = |text: &str| Some(WebPage::parse(text).unwrap());
    let of_all = Entrance {
        address: Some(Prose::parse("Blue door").unwrap()),
        link: link("https://meet.example/all"),
    };
    let of_one = Entrance {
        address: None,
        link: link("https://meet.example/one"),
    };
    let both = of_one.clone().or(Some(of_all.clone()));
    assert_eq!((both.address, both.link), (of_all.address.clone(), of_one.link));
    assert_eq!(Entrance::default().or(Some(of_all.clone())), of_all);
    assert!(Entrance::default().or(None).is_empty());
}

#[test]
fn parts_are_read_back() {
    for part in Part::ALL {
        assert_eq!(Part::named(part.name()), Some(part));
    }
    assert_eq!(Part::named("lurk"), None);
}
