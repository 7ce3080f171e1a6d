//! What the comparison of parts tells apart.

use domain::people::PersonId;
use guard::{Guard, Person, Piece, difference};
use proptest::prelude::*;
use uuid::Uuid;

fn guard() -> Guard {
    let names = ["Maria Lopez", "Daniel Nguyen", "Grace Okafor"];
    let people: Vec<Person> = (1..)
        .zip(names)
        .map(|(id, name)| Person::member(PersonId(Uuid::from_u128(id)), name))
        .collect();
    Guard::new(&people, &[])
}

const MARIA: &str = "Maria was engaged throughout the session and made good eye contact. She shared that her sleep is better and \
    that she used the breathing exercise twice this week. She denied thoughts of self-harm. She will call her sister before \
    the next session.";

#[test]
fn a_part_with_only_the_name_changed_is_told_with_its_difference() {
    let daniel = MARIA
        .replace("Maria", "Daniel")
        .replace("She", "He")
        .replace("she", "he")
        .replace("her", "his");
    let alike = guard().alike(&daniel, &["Quiet today.", MARIA]);
    assert_eq!(alike.len(), 1);
    assert_eq!(alike[0].with, 1);
    assert!(alike[0].shared > 0.95, "{}", alike[0].shared);
    assert_eq!(
        alike[0].difference[..3],
        [
            Piece::Gone("Maria ".to_owned()),
            Piece::New("Daniel ".to_owned()),
            Piece::Same("was engaged throughout the session and made good eye contact. ".to_owned()),
        ]
    );
}

#[test]
fn half_a_part_that_was_copied_is_told() {
    let mixed = "Maria was engaged throughout the session and made good eye contact. She shared that her sleep is better. Today \
        she spoke of her mother for the first time, and wept.";
    assert_eq!(guard().alike(mixed, &[MARIA]).len(), 1);
}

#[test]
fn parts_that_say_their_own_are_let_be() {
    let own = [
        "Daniel came late and was tense at first. He told the group about the row with his brother, and listened when others \
         answered. He denied thoughts of self-harm. He will write the letter he spoke of.",
        "Grace was quiet and followed with her eyes. When asked, she said that the week was empty. She took part in the breathing \
         exercise. No thoughts of self-harm. She will come on Thursday.",
        "Maria had a hard week: two panic attacks on the bus. She drew her safe place and told a peer what helps. She will ride \
         one stop with a friend.",
        "Was engaged.",
    ];
    for (nth, part) in own.iter().enumerate() {
        let others: Vec<&str> = own
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != nth)
            .map(|(_, part)| *part)
            .collect();
        assert!(guard().alike(part, &others).is_empty(), "{part}");
    }
    assert!(guard().alike("Was engaged.", &["Was engaged."]).is_empty());
    assert_eq!(
        guard()
            .alike("Was engaged and calm today.", &["Was engaged and calm today."])
            .len(),
        1
    );
}

#[test]
fn the_most_alike_comes_first() {
    let near = MARIA.replace("twice", "once");
    let far = MARIA.replace(
        "She denied thoughts of self-harm. She will call",
        "She has no plan yet and may call",
    );
    let alike = guard().alike(MARIA, &[&far, &near]);
    let order: Vec<usize> = alike.iter().map(|alike| alike.with).collect();
    assert_eq!(order, [1, 0]);
}

proptest! {
    #[test]
    fn a_difference_holds_both_texts(one in "([a-c]{1,2}[ \n]{0,2}){0,12}", other in "([a-c]{1,2}[ \n]{0,2}){0,12}") {
        let pieces = difference(&one, &other);
        let (mut before, mut after) = (String::new(), String::new());
        for piece in &pieces {
            match piece {
                Piece::Same(text) => { before.push_str(text); after.push_str(text); }
                Piece::Gone(text) => before.push_str(text),
                Piece::New(text) => after.push_str(text),
            }
        }
        prop_assert_eq!(&after, &other);
        let bare = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(bare(&before).concat(), bare(&one).concat());
    }

    #[test]
    fn any_texts_are_compared(one in ".{0,200}", other in ".{0,200}") {
        for alike in guard().alike(&one, &[&other]) {
            prop_assert!((0.0..=1.0).contains(&alike.shared));
        }
        let same = guard().alike(&one, &[&one]);
        prop_assert!(same.len() <= 1);
    }
}

#[test]
fn a_text_is_most_like_itself() {
    let alike = guard().alike(MARIA, &[MARIA]);
    let first = alike.first().unwrap();
    assert!((first.shared - 1.0).abs() < 1e-9);
    assert!(matches!(first.difference.as_slice(), [Piece::Same(_)]));
}
