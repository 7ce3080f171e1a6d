use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use uuid::Uuid;

use super::*;
use crate::name::Name;
use crate::people::{GroupId, PersonId};
use crate::schedule::{Dated, Minutes, Rule, Schedule};
use crate::text::Line;

const GROUP: GroupId = GroupId(Uuid::from_u128(1));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn length() -> Minutes {
    Minutes::new(90).unwrap()
}

/// Tuesdays at 18:00 in New York, from 6 October to 24 November 2026: eight of them.
fn tuesdays() -> Schedule {
    Schedule {
        zone: Tz::America__New_York,
        from: day("2026-10-06"),
        time: "18:00:00".parse().unwrap(),
        length: length(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![Weekday::Tue],
        },
        until: Some(day("2026-11-24")),
        skips: vec![],
        moves: vec![],
    }
}

fn now() -> DateTime<Utc> {
    at("2026-10-10T12:00:00Z")
}

fn cancel() -> Change {
    Change::Cancel {
        reason: Some(line("Leader is away")),
    }
}

fn moved(to: &str) -> Change {
    Change::Move {
        to: wall(to),
        reason: None,
    }
}

#[test]
fn a_session_keeps_its_identity_when_it_is_moved_or_cancelled() {
    let schedule = tuesdays()
        .with(day("2026-10-20"), moved("2026-10-21T17:00:00"), now())
        .unwrap();
    let schedule = schedule.with(day("2026-10-27"), cancel(), now()).unwrap();
    let all: Vec<_> = sessions(GROUP, &schedule, now(), at("2026-11-05T00:00:00Z")).collect();
    let dates: Vec<_> = all.iter().map(|(session, _)| session.date).collect();
    assert_eq!(
        dates,
        ["2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03"].map(day)
    );
    assert_eq!(all[1].1.start().with_timezone(&Utc), at("2026-10-21T21:00:00Z"));
    assert!(matches!(all[2].1, Dated::Skipped { .. }));
    // The clocks went back in between; six in the evening stays six in the evening.
    assert_eq!(all[3].1.start().with_timezone(&Utc), at("2026-11-03T23:00:00Z"));
}

#[test]
fn what_cannot_be_changed_says_why() {
    use ChangeRefused as No;
    let cancelled = tuesdays().with(day("2026-10-27"), cancel(), now()).unwrap();
    let table = [
        (
            tuesdays(),
            "2026-10-14",
            cancel(),
            No::NotADate(day("2026-10-14")),
        ),
        (tuesdays(), "2026-10-06", cancel(), No::IsOver),
        (cancelled.clone(), "2026-10-27", cancel(), No::IsCancelled),
        (
            cancelled,
            "2026-10-27",
            moved("2026-10-28T18:00:00"),
            No::IsCancelled,
        ),
        (tuesdays(), "2026-10-27", Change::Restore, No::IsAsPlanned),
        (
            tuesdays(),
            "2026-10-27",
            moved("2026-10-09T18:00:00"),
            No::TimePast,
        ),
        (tuesdays(), "2026-10-27", moved("2026-11-03T18:00:00"), No::Taken),
    ];
    for (schedule, date, change, wanted) in table {
        assert_eq!(
            schedule.with(day(date), change.clone(), now()),
            Err(wanted),
            "{date} {change:?}"
        );
    }
}

#[test]
fn a_restored_session_is_as_the_rule_says() {
    for change in [cancel(), moved("2026-10-28T18:00:00")] {
        let changed = tuesdays().with(day("2026-10-27"), change, now()).unwrap();
        assert_eq!(
            changed.with(day("2026-10-27"), Change::Restore, now()),
            Ok(tuesdays())
        );
    }
    let forward = tuesdays()
        .with(day("2026-10-13"), moved("2026-10-30T18:00:00"), now())
        .unwrap();
    let later = at("2026-10-15T12:00:00Z");
    assert_eq!(
        forward.with(day("2026-10-13"), Change::Restore, later),
        Err(ChangeRefused::TimePast)
    );
}

#[test]
fn a_moved_session_can_be_cancelled() {
    let moved = tuesdays()
        .with(day("2026-10-27"), moved("2026-10-28T18:00:00"), now())
        .unwrap();
    let schedule = moved.with(day("2026-10-27"), cancel(), now()).unwrap();
    assert!(schedule.moves.is_empty());
    let meetings = schedule.occurrences(now()).map(|meeting| meeting.date);
    assert!(
        meetings.eq([
            "2026-10-13",
            "2026-10-20",
            "2026-11-03",
            "2026-11-10",
            "2026-11-17",
            "2026-11-24"
        ]
        .map(day))
    );
}

fn step(what: &str, minutes: u16, technique: Option<&str>) -> Step {
    Step {
        what: line(what),
        minutes,
        technique: technique.map(|name| Name::parse(name).unwrap()),
    }
}

fn plan() -> Plan {
    Plan {
        topic: Some(line("Asking for help")),
        agenda: vec![
            step("Check-in", 15, None),
            step("Role-play", 40, Some("role-play")),
            step("What was it like?", 15, Some("role-play")),
        ],
        ..Plan::default()
    }
}

#[test]
fn an_agenda_says_where_it_stands() {
    let plan = plan();
    let told = |elapsed| match plan.running(elapsed, length()) {
        Running::Step { nth, left, .. } => (nth, left),
        Running::Free { left } => (8, left),
        Running::Over { since } => (9, since),
    };
    let table = [
        (0, (0, 15)),
        (14, (0, 1)),
        (15, (1, 40)),
        (69, (2, 1)),
        (70, (8, 20)),
        (89, (8, 1)),
        (90, (9, 0)),
        (95, (9, 5)),
    ];
    for (elapsed, wanted) in table {
        assert_eq!(told(elapsed), wanted, "{elapsed}");
    }
    assert_eq!(plan.techniques().len(), 1);
}

#[test]
fn an_agenda_fits_its_session() {
    assert_eq!(plan().check(length()), Ok(()));
    let short = Minutes::new(60).unwrap();
    assert_eq!(
        plan().check(short),
        Err(PlanError::TooLong {
            planned: 70,
            length: 60
        })
    );
    let mut plan = plan();
    plan.agenda[1].minutes = 0;
    assert_eq!(plan.check(length()), Err(PlanError::NoMinutes { nth: 2 }));
    plan.agenda = vec![step("Breathe", 1, None); 31];
    assert_eq!(plan.check(length()), Err(PlanError::TooManySteps(31)));
}

fn curriculum(sessions: usize) -> Curriculum {
    Curriculum {
        name: line("Skills"),
        plans: vec![plan(); sessions],
    }
}

#[test]
fn a_cancelled_session_moves_its_plan_and_leaves_none_out() {
    let from = at("2026-10-01T00:00:00Z");
    let laid = curriculum(8).lay(&tuesdays(), from, 0);
    assert_eq!((laid.on.len(), laid.left), (8, 0));
    let cancelled = tuesdays().with(day("2026-10-20"), cancel(), now()).unwrap();
    let laid = curriculum(8).lay(&cancelled, from, 0);
    assert_eq!(laid.on[2], (day("2026-10-27"), 2));
    assert_eq!((laid.on.len(), laid.left), (7, 1));
    let rest = curriculum(8).lay(&cancelled, now(), 1);
    assert_eq!(rest.on[0], (day("2026-10-13"), 1));
    assert_eq!(curriculum(2).lay(&cancelled, now(), 5).on, []);
}

#[test]
fn a_curriculum_written_anew_keeps_each_agenda_with_its_session() {
    let mut one = curriculum(3);
    one.plans[2].materials = vec![line("Paint")];
    let topic = |text: &str| Some(line(text));
    let sessions = vec![
        Retold {
            was: Some(2),
            topic: topic("Anger"),
        },
        Retold {
            was: None,
            topic: topic("Goodbye"),
        },
        Retold {
            was: Some(9),
            topic: None,
        },
    ];
    let anew = one.retold(line("Winter"), sessions);
    assert_eq!(anew.name.as_str(), "Winter");
    let moved = Plan {
        topic: topic("Anger"),
        ..one.plans[2].clone()
    };
    let new = Plan {
        topic: topic("Goodbye"),
        ..Plan::default()
    };
    assert_eq!(anew.plans, [moved, new, Plan::default()]);
}

#[test]
fn another_group_has_what_is_planned_and_nothing_of_people() {
    let mut one = curriculum(2);
    one.plans[1].materials = vec![line("Paint")];
    let plain = one.clone();
    one.plans[0].cover = Some(PersonId(Uuid::from_u128(9)));
    one.plans[1].presentation = Some(Presentation {
        title: line("Sleep"),
        speaker: line("Quinn Abel"),
    });
    assert_eq!(one.for_another(), plain);
}

#[test]
fn a_curriculum_tells_which_session_does_not_fit() {
    assert_eq!(curriculum(0).check(length()), Err(CurriculumError::Empty));
    assert_eq!(
        curriculum(105).check(length()),
        Err(CurriculumError::TooMany(105))
    );
    let mut long = curriculum(3);
    long.plans[1].agenda[0].minutes = 90;
    let why = PlanError::TooLong {
        planned: 145,
        length: 90,
    };
    assert_eq!(long.check(length()), Err(CurriculumError::Plan { nth: 2, why }));
    let written = serde_json::to_string(&long).unwrap();
    assert_eq!(serde_json::from_str::<Curriculum>(&written).unwrap(), long);
}
