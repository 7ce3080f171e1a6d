//! What holds for any text and any roster.

use domain::people::PersonId;
use guard::{Guard, Mark, Part, Person, Place};
use proptest::prelude::*;
use uuid::Uuid;

fn person(id: u128, words: &[String], place: Place) -> Person {
    let word = |nth: usize| words.get(nth).cloned().into_iter().collect::<Vec<_>>();
    Person {
        id: PersonId(Uuid::from_u128(id)),
        place,
        names: word(0),
        nicknames: word(1),
        initials: word(2),
        handles: word(3),
        phones: word(4),
        mails: word(5),
        facts: word(6),
    }
}

/// Words that names, contacts and texts are made of, and anything else.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "Maria", "maria", "MARIA", "Mark", "mark", "Will", "will", "Hope", "O'Brien", "O’Brien", "José", "Jose\u{301}",
            "J.K.", "JK", "Lopez", "de la Cruz", "Mary-Jane", "said", "cried", "in", "May", "216 555 0148", "(216) 555-0148",
            "m.lopez@example.org", "m dot lopez at example dot org", "@river_stone", "Lakewood", "St.", "Street", "'s", "’s",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => prop::sample::select(vec![" ", ". ", ", ", "-", "\n", "\u{200b}", "\u{301}", "'", "!", ": "]).prop_map(str::to_owned),
    ]
}

fn text() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(word(), 0..14),
        prop::sample::select(vec![" ", "", "-", "\n"]),
    )
        .prop_map(|(words, between)| words.join(between))
}

fn roster() -> impl Strategy<Value = Vec<Person>> {
    let words = prop::collection::vec(
        prop::collection::vec(word(), 1..3).prop_map(|words| words.join(" ")),
        1..7,
    );
    let place = prop::sample::select(vec![Place::Member, Place::Member, Place::Leader]);
    prop::collection::vec((words, place), 0..5).prop_map(|people| {
        (1..)
            .zip(people)
            .map(|(id, (words, place))| person(id, &words, place))
            .collect()
    })
}

fn in_order(text: &str, marks: &[Mark]) -> bool {
    let bounded = marks.iter().all(|mark| {
        mark.range.start < mark.range.end
            && text.get(mark.range.clone()).is_some()
            && !mark.who.is_empty()
            && mark.who.is_sorted()
    });
    bounded && marks.windows(2).all(|two| two[0].range.end <= two[1].range.start)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn marks_stand_on_letters_in_order_and_apart(people in roster(), text in text()) {
        let guard = Guard::new(&people, &[]);
        let marks = guard.marks(&text, Part::Record);
        prop_assert!(in_order(&text, &marks), "{:?}", marks);
    }

    #[test]
    fn the_order_of_a_roster_says_nothing(people in roster(), text in text(), turn in 0_usize..5) {
        let mut other = people.clone();
        other.reverse();
        let turn = turn.min(other.len());
        other.rotate_left(turn);
        let one = Guard::new(&people, &[]).marks(&text, Part::Record);
        prop_assert_eq!(one, Guard::new(&other, &[]).marks(&text, Part::Record));
    }

    #[test]
    fn nobody_who_may_be_named_is_marked(people in roster(), text in text()) {
        let guard = Guard::new(&people, &[]);
        for own in &people {
            for mark in guard.marks(&text, Part::Of(own.id)) {
                prop_assert!(!mark.who.contains(&own.id));
                for who in mark.who {
                    let person = people.iter().find(|person| person.id == who).unwrap();
                    prop_assert_eq!(person.place, Place::Member);
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_composed_and_one_that_is_not_are_marked_alike(before in "[a-z ]{0,12}") {
        let people = [person(1, &["José Peña".to_owned()], Place::Member)];
        let guard = Guard::new(&people, &[]);
        let composed = guard.marks(&format!("{before} and José cried"), Part::Record);
        let apart = guard.marks(&format!("{before} and Jose\u{301} cried"), Part::Record);
        prop_assert_eq!(composed.len(), apart.len());
        prop_assert!(composed.iter().any(|mark| mark.range.start > before.len()));
    }
}

#[test]
fn every_seed_of_the_fuzzer_is_marked_in_order() {
    let folder = format!("{}/../../fuzz/corpus/guard", env!("CARGO_MANIFEST_DIR"));
    let mut seeds = 0;
    for seed in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(seed.unwrap().path()).unwrap();
        let input = String::from_utf8_lossy(&bytes);
        let (names, text) = input
            .split_once('\0')
            .unwrap_or(("Maria Lopez\nJosé Peña", &input));
        let people: Vec<Person> = (1..)
            .zip(names.lines().take(12))
            .map(|(id, line)| {
                let words: Vec<String> = line.split('\t').map(str::to_owned).collect();
                person(id, &words, Place::Member)
            })
            .collect();
        let marks = Guard::new(&people, &[]).marks(text, Part::Record);
        assert!(in_order(text, &marks), "{input}");
        seeds += 1;
    }
    assert!(seeds >= 8, "{seeds}");
}
