//! What holds for every schedule.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::TZ_VARIANTS;
use domain::schedule::{Dated, Minutes, Move, Nth, Rule, Schedule, Skip};
use proptest::prelude::*;

fn weekday() -> impl Strategy<Value = Weekday> {
    (0..7_u8).prop_map(|day| Weekday::try_from(day).unwrap_or(Weekday::Mon))
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..20_000_u64).prop_map(|days| NaiveDate::default() + Days::new(days))
}

fn rule() -> impl Strategy<Value = Rule> {
    let nth = prop_oneof![
        Just(Nth::First),
        Just(Nth::Second),
        Just(Nth::Third),
        Just(Nth::Fourth),
        Just(Nth::Fifth),
        Just(Nth::Last)
    ];
    prop_oneof![
        (1..9_u8, prop::collection::vec(weekday(), 1..4))
            .prop_map(|(interval, days)| Rule::Weekly { interval, days }),
        (1..25_u8, prop::collection::vec(nth, 1..3), weekday())
            .prop_map(|(interval, nth, day)| Rule::Monthly { interval, nth, day }),
        prop::collection::vec(date(), 1..20).prop_map(|dates| Rule::Dates { dates }),
    ]
}

/// Any schedule that is one, with the second of its dates skipped and the third moved.
fn schedule() -> impl Strategy<Value = Schedule> {
    let parts = (
        0..TZ_VARIANTS.len(),
        date(),
        0..1_440_u32,
        rule(),
        prop::option::of(0..3_000_u64),
        -20..20_i64,
    );
    parts.prop_map(|(zone, from, minute, rule, until, shift)| {
        let mut schedule = Schedule {
            zone: TZ_VARIANTS[zone],
            from,
            time: NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default(),
            length: Minutes::new(60).expect("an hour is a length"),
            rule,
            until: until.map(|days| from + Days::new(days)),
            skips: vec![],
            moves: vec![],
        };
        let dates: Vec<_> = schedule.rule_dates(from).take(3).collect();
        schedule.skips.extend(dates.get(1).map(|date| Skip {
            date: *date,
            reason: None,
        }));
        let moved = dates.get(2).map(|date| Move {
            date: *date,
            to: date.and_time(schedule.time) + TimeDelta::hours(shift),
            reason: None,
        });
        schedule.moves.extend(moved);
        schedule
    })
}

fn begins(schedule: &Schedule) -> DateTime<Utc> {
    schedule.from.and_time(NaiveTime::MIN).and_utc() - TimeDelta::days(30)
}

proptest! {
    #[test]
    fn meetings_come_in_order_and_never_before_they_are_asked_for(schedule in schedule(), later in 0..4_000_i64) {
        let from = begins(&schedule) + TimeDelta::days(later);
        let starts: Vec<_> = schedule.occurrences(from).take(40).map(|meeting| meeting.start).collect();
        prop_assert!(starts.iter().all(|start| *start >= from));
        prop_assert!(starts.is_sorted(), "{:?}", starts);
    }

    #[test]
    fn asking_later_gives_the_rest_of_what_asking_earlier_gave(schedule in schedule(), after in 0..30_usize) {
        let all: Vec<_> = schedule.occurrences(begins(&schedule)).take(40).collect();
        if let Some(meeting) = all.get(after) {
            let rest: Vec<_> = schedule.occurrences(meeting.start.to_utc()).take(all.len() - after).collect();
            let first = all.iter().position(|other| other.start == meeting.start).unwrap_or(after);
            prop_assert_eq!(&rest[..], &all[first..first + rest.len()]);
        }
    }

    #[test]
    fn a_skipped_date_is_told_and_never_met(schedule in schedule()) {
        for dated in schedule.dates(begins(&schedule)).take(40) {
            if let Dated::Meets(meeting) = dated {
                prop_assert!(!schedule.skips.iter().any(|skip| skip.date == meeting.date));
            }
        }
    }

    #[test]
    fn a_schedule_reads_back(schedule in schedule()) {
        let text = serde_json::to_string(&schedule).expect("a schedule is JSON");
        prop_assert_eq!(serde_json::from_str::<Schedule>(&text).expect("as it was written"), schedule);
    }
}
