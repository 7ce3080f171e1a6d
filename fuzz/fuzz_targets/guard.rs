//! A roster, one person a line with tabs between what is known, and after a byte 0 a note: marks on letters, in order, apart.
//!
//! `cargo +nightly fuzz run guard -- -max_len=4096`
#![no_main]

use domain::people::PersonId;
use guard::{Guard, Part, Person, Place};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

fn person(id: u128, line: &str) -> Person {
    let words: Vec<&str> = line.split('\t').collect();
    let word = |nth: usize| words.get(nth).map(|word| (*word).to_owned()).into_iter().collect::<Vec<_>>();
    Person {
        id: PersonId(Uuid::from_u128(id)),
        place: Place::Member,
        names: word(0),
        nicknames: word(1),
        initials: word(2),
        handles: word(3),
        phones: word(4),
        mails: word(5),
        facts: word(6),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let input = String::from_utf8_lossy(bytes);
    let (names, text) = input.split_once('\0').unwrap_or(("Maria Lopez\nJosé Peña", &input));
    let mut people: Vec<Person> = (1..).zip(names.lines().take(12)).map(|(id, line)| person(id, line)).collect();
    let guard = Guard::new(&people, &[]);
    let marks = guard.marks(text, Part::Record);
    for mark in &marks {
        assert!(mark.range.start < mark.range.end && text.get(mark.range.clone()).is_some());
        assert!(!mark.who.is_empty() && mark.who.is_sorted());
    }
    assert!(marks.windows(2).all(|two| two[0].range.end <= two[1].range.start));
    people.reverse();
    assert_eq!(Guard::new(&people, &[]).marks(text, Part::Record), marks);
    if let Some(own) = people.first() {
        let marks = guard.marks(text, Part::Of(own.id));
        assert!(marks.iter().all(|mark| !mark.who.contains(&own.id)));
    }
});
