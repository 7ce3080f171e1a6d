use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::people::PersonId;

const AUTHOR: PersonId = PersonId(Uuid::from_u128(1));
const COLLEAGUE: PersonId = PersonId(Uuid::from_u128(2));
const SUPERVISOR: PersonId = PersonId(Uuid::from_u128(3));
const SUCCESSOR: PersonId = PersonId(Uuid::from_u128(4));
const MEMBER: PersonId = PersonId(Uuid::from_u128(9));

const POLICY: Policy = Policy {
    cosignature: Cosignature::Supervisor,
    locks_after: Some(10),
};

fn held() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

/// Noon so many days after the session.
fn noon(days: i64) -> DateTime<Utc> {
    (held() + TimeDelta::days(days))
        .and_hms_opt(12, 0, 0)
        .unwrap()
        .and_utc()
}

fn by(who: PersonId) -> By {
    let relation = if who == SUPERVISOR {
        Relation::Supervises
    } else {
        Relation::Leads
    };
    By { who, relation }
}

fn reason() -> Reason {
    Reason::parse("the member asked for it").unwrap()
}

fn mark(words: &str) -> Marked {
    Marked {
        words: words.to_owned(),
        why: "name".to_owned(),
    }
}

fn reasoned(words: &str) -> Reasoned {
    Reasoned {
        mark: mark(words),
        reason: reason(),
    }
}

fn unlock() -> Act {
    Act::Unlock {
        until: noon(90),
        reason: reason(),
    }
}

fn amend(checked: Checked) -> Act {
    Act::Amend {
        reason: reason(),
        checked,
    }
}

fn open() -> Checked {
    Checked {
        marks: vec![mark("Rose"), mark("J.K.")],
        reasons: vec![reasoned("Rose")],
        alike_unseen: 0,
    }
}

fn act(record: Record, act: Act, who: PersonId, days: i64) -> Result<Record, Refusal> {
    let now = noon(days);
    record.after(act, by(who), POLICY, now.date_naive(), now)
}

/// A record in a state of the table, reached by acts only, and how many days after the session the table asks.
fn reached(row: &str) -> (Record, i64) {
    let name = row.trim_end_matches(['~', '!']);
    let late = if row == name { 1 } else { 30 };
    let (kind, state) = name.split_once('-').unwrap_or(("session", name));
    let kind = match kind {
        "session" => Kind::Session,
        "part" => Kind::Individual(MEMBER),
        "process" => Kind::Process,
        _ => panic!("no such kind in the table: {row}"),
    };
    let acts: Vec<(Act, PersonId)> = match state {
        "draft" => vec![],
        "awaiting" => vec![(Act::Sign(Checked::default()), AUTHOR)],
        "signed" => vec![(Act::Sign(Checked::default()), AUTHOR), (Act::Cosign, SUPERVISOR)],
        "amended" => vec![
            (Act::Sign(Checked::default()), AUTHOR),
            (Act::Cosign, SUPERVISOR),
            (amend(Checked::default()), AUTHOR),
        ],
        "handed" => vec![(Act::HandOver { to: COLLEAGUE }, AUTHOR)],
        "discarded" => vec![(Act::Discard, AUTHOR)],
        _ => panic!("no such state in the table: {row}"),
    };
    let begun = Record::begin(kind, AUTHOR, held());
    let record = acts
        .into_iter()
        .fold(begun, |record, (one, who)| act(record, one, who, 0).unwrap());
    let record = if row.ends_with('!') {
        act(record, unlock(), SUPERVISOR, 29).unwrap()
    } else {
        record
    };
    (record, late)
}

/// The act of a column and who does it.
fn column(name: &str, record: &Record) -> (Act, By) {
    let gone = By {
        who: AUTHOR,
        relation: Relation::Nothing,
    };
    let over = Checked {
        marks: vec![mark("Rose")],
        reasons: vec![reasoned("Rose")],
        alike_unseen: 0,
    };
    let alike = Checked {
        alike_unseen: 1,
        ..Checked::default()
    };
    let hand_over = Act::HandOver { to: SUCCESSOR };
    let past = Act::Unlock {
        until: noon(0),
        reason: reason(),
    };
    match name {
        "write" => (Act::Write, by(AUTHOR)),
        "write-colleague" => (Act::Write, by(COLLEAGUE)),
        "write-supervisor" => (Act::Write, by(SUPERVISOR)),
        "write-gone" => (Act::Write, gone),
        "sign" => (Act::Sign(Checked::default()), by(AUTHOR)),
        "sign-open" => (Act::Sign(open()), by(AUTHOR)),
        "sign-reasoned" => (Act::Sign(over), by(AUTHOR)),
        "sign-alike" => (Act::Sign(alike), by(AUTHOR)),
        "sign-colleague" => (Act::Sign(Checked::default()), by(COLLEAGUE)),
        "cosign-author" => (Act::Cosign, by(AUTHOR)),
        "cosign-colleague" => (Act::Cosign, by(COLLEAGUE)),
        "cosign" => (Act::Cosign, by(SUPERVISOR)),
        "send-back" => (Act::SendBack, by(SUPERVISOR)),
        "send-back-author" => (Act::SendBack, by(AUTHOR)),
        "take-back" => (Act::TakeBack, by(AUTHOR)),
        "take-back-colleague" => (Act::TakeBack, by(COLLEAGUE)),
        "amend" => (amend(Checked::default()), by(AUTHOR)),
        "amend-open" => (amend(open()), by(AUTHOR)),
        "amend-colleague" => (amend(Checked::default()), by(COLLEAGUE)),
        "hand-over" => (hand_over, by(AUTHOR)),
        "hand-over-supervisor" => (hand_over, by(SUPERVISOR)),
        "hand-over-colleague" => (hand_over, by(COLLEAGUE)),
        "hand-over-same" => (Act::HandOver { to: record.keeper() }, by(SUPERVISOR)),
        "unlock" => (unlock(), by(SUPERVISOR)),
        "unlock-author" => (unlock(), by(AUTHOR)),
        "unlock-past" => (past, by(SUPERVISOR)),
        "discard" => (Act::Discard, by(AUTHOR)),
        "discard-colleague" => (Act::Discard, by(COLLEAGUE)),
        _ => panic!("no such act in the table: {name}"),
    }
}

#[test]
fn every_kind_state_and_act_is_as_the_hand_written_table_says() {
    let table = include_str!("records.txt");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().skip(1).collect();
    let mut cells = 0;
    for line in lines {
        let mut words = line.split_whitespace();
        let row = words.next().unwrap();
        let wanted: Vec<&str> = words.collect();
        assert_eq!(wanted.len(), columns.len(), "{row}");
        for (name, wanted) in columns.iter().zip(wanted) {
            let (record, late) = reached(row);
            let (act, by) = column(name, &record);
            let now = noon(late);
            let got = match record.after(act, by, POLICY, now.date_naive(), now) {
                Ok(next) => next.state().name().to_owned(),
                Err(why) => format!("no:{}", why.name()),
            };
            assert_eq!(got, wanted, "{row} {name}");
            cells += 1;
        }
    }
    assert_eq!(cells, 18 * 28);
    for name in State::NAMES.iter().chain(&Act::NAMES) {
        assert!(table.contains(name), "{name}");
    }
}

#[test]
fn whose_second_signature_is_asked_for_is_the_organisations_to_say() {
    let signed = |cosignature, second: Option<PersonId>| {
        let policy = Policy {
            cosignature,
            ..POLICY
        };
        let (today, now) = (held(), noon(0));
        let record = Record::begin(Kind::Session, AUTHOR, today);
        let record = record
            .after(Act::Sign(Checked::default()), by(AUTHOR), policy, today, now)
            .unwrap();
        match second {
            None => Ok(record),
            Some(second) => record.after(Act::Cosign, by(second), policy, today, now),
        }
    };
    assert_eq!(
        signed(Cosignature::Nobody, None).unwrap().state().name(),
        "signed"
    );
    assert_eq!(
        signed(Cosignature::Colleague, Some(COLLEAGUE))
            .unwrap()
            .state()
            .name(),
        "signed"
    );
    assert_eq!(
        signed(Cosignature::Colleague, Some(SUPERVISOR))
            .unwrap()
            .state()
            .name(),
        "signed"
    );
    let needed = Cosignature::Supervisor;
    assert_eq!(
        signed(needed, Some(COLLEAGUE)),
        Err(Refusal::NotCosigner { needed })
    );
}

#[test]
fn a_reason_is_kept_for_each_mark_and_dropped_with_it() {
    let (record, _) = reached("part-draft");
    let checked = Checked {
        marks: vec![mark("Rose"), mark("Rose")],
        reasons: vec![reasoned("J.K."), reasoned("Rose")],
        alike_unseen: 0,
    };
    let record = act(record, Act::Sign(checked), AUTHOR, 0).unwrap();
    let State::Awaiting(first) = record.state() else {
        panic!("{record:?}")
    };
    assert_eq!(first.over, [reasoned("Rose")]);
    assert!(
        !format!("{record:?}").contains("asked"),
        "a reason is not printed"
    );
}

#[test]
fn what_was_signed_stays_under_its_amendments() {
    let (record, _) = reached("part-signed");
    let State::Signed { first, second } = record.state().clone() else {
        panic!()
    };
    let record = act(record, amend(Checked::default()), AUTHOR, 1).unwrap();
    let record = act(record, amend(Checked::default()), AUTHOR, 2).unwrap();
    let State::Amended {
        first: kept,
        second: kept_too,
        amendments,
    } = record.state()
    else {
        panic!()
    };
    assert_eq!((kept, kept_too), (&first, &second));
    let days: Vec<_> = amendments
        .iter()
        .map(|amendment| amendment.signature.at)
        .collect();
    assert_eq!(days, [noon(1), noon(2)]);
}

#[test]
fn a_record_locks_on_the_day_after_the_last_open_one() {
    let record = Record::begin(Kind::Session, AUTHOR, held());
    assert_eq!(record.locks_on(POLICY), Some("2026-12-05".parse().unwrap()));
    assert!(act(record.clone(), Act::Write, AUTHOR, 10).is_ok());
    let since = "2026-12-05".parse().unwrap();
    assert_eq!(
        act(record.clone(), Act::Write, AUTHOR, 11),
        Err(Refusal::Locked { since })
    );
    let open = act(record, unlock(), SUPERVISOR, 80).unwrap();
    assert!(act(open.clone(), Act::Write, AUTHOR, 89).is_ok());
    assert_eq!(act(open, Act::Write, AUTHOR, 90), Err(Refusal::Locked { since }));
}

#[test]
fn who_takes_over_keeps_it_and_the_author_stays_its_author() {
    let (record, _) = reached("part-handed");
    assert_eq!((record.author(), record.keeper()), (AUTHOR, COLLEAGUE));
    let record = act(record, Act::Sign(Checked::default()), COLLEAGUE, 0).unwrap();
    let State::Awaiting(first) = record.state() else {
        panic!()
    };
    assert_eq!(first.by, COLLEAGUE);
}

#[test]
fn a_state_that_a_kind_cannot_have_is_not_read() {
    let written = |row: &str| serde_json::to_value(reached(row).0).unwrap();
    for row in [
        "session-draft!",
        "part-awaiting",
        "part-amended",
        "process-draft",
        "discarded",
    ] {
        let record: Record = serde_json::from_value(written(row)).unwrap();
        assert_eq!(record, reached(row).0);
    }
    let mut signed = written("session-signed");
    signed["kind"] = "process".into();
    assert!(serde_json::from_value::<Record>(signed).is_err());
    let mut twice = written("part-signed");
    twice["state"]["signed"]["second"] = twice["state"]["signed"]["first"].clone();
    assert!(serde_json::from_value::<Record>(twice).is_err());
    let mut handed = written("part-handed");
    handed["kind"] = "process".into();
    assert!(serde_json::from_value::<Record>(handed).is_err());
}

#[test]
fn a_reason_says_something() {
    assert!(Reason::parse("because").is_err());
    assert!(Reason::parse("  her sister, not the member  ").is_ok());
}
