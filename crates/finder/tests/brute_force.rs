//! The finder answers what a plain loop over all listings answers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod common;

use chrono::TimeDelta;
use common::{Chance, DAYS, WORDS, catalogue, entries, now, random_point, reference};
use domain::groups::Kind;
use domain::name::Name;
use finder::{Hits, Query, Snapshot, Where};

fn slugs(hits: &Hits) -> Vec<String> {
    hits.hits.iter().map(|hit| hit.entry.slug.to_string()).collect()
}

fn random_query(chance: &mut Chance) -> Query {
    let near = (chance.below(4) > 0).then(|| random_point(chance));
    let text = match chance.below(4) {
        0 => WORDS[usize::try_from(chance.below(10)).unwrap()]
            .chars()
            .take(3)
            .collect(),
        1 => format!(
            "{} {}",
            WORDS[usize::try_from(chance.below(10)).unwrap()],
            chance.below(9)
        ),
        _ => String::new(),
    };
    Query {
        near,
        within_km: near
            .and([None, Some(10.0), Some(40.0), Some(200.0)][usize::try_from(chance.below(4)).unwrap()]),
        place: [Where::Anywhere, Where::Anywhere, Where::InPerson, Where::Online]
            [usize::try_from(chance.below(4)).unwrap()],
        kind: [None, None, Some(Kind::Therapy), Some(Kind::Support)]
            [usize::try_from(chance.below(4)).unwrap()],
        days: DAYS.into_iter().filter(|_| chance.below(9) == 0).collect(),
        topics: ["grief", "worries", "sobriety"]
            .iter()
            .filter(|_| chance.below(4) == 0)
            .map(|id| Name::parse(id).unwrap())
            .collect(),
        age: [None, None, None, Some(15), Some(40), Some(90)][usize::try_from(chance.below(6)).unwrap()],
        text,
        page: 1 + usize::try_from(chance.below(3)).unwrap(),
        page_size: 20,
    }
}

#[test]
fn random_questions_get_the_answers_of_a_plain_loop() {
    let entries = entries(500, 7);
    let snapshot = Snapshot::new(entries.clone(), catalogue(), now());
    let mut chance = Chance(11);
    for round in 0..2_000 {
        let query = random_query(&mut chance);
        // Later than the snapshot: next meetings that have begun meanwhile are looked up anew.
        let now = now() + TimeDelta::hours(i64::try_from(chance.below(200)).unwrap());
        let answer = snapshot.find(&query, now);
        let found = (answer.total, slugs(&answer.in_person), slugs(&answer.online));
        assert_eq!(
            found,
            reference(&entries, &query, now),
            "round {round}: {query:?}"
        );
    }
}

#[test]
fn an_empty_answer_tells_what_each_change_would_bring() {
    let entries = entries(300, 3);
    let snapshot = Snapshot::new(entries.clone(), catalogue(), now());
    let mut chance = Chance(5);
    let mut empty = 0;
    for _ in 0..500 {
        let query = random_query(&mut chance);
        let answer = snapshot.find(&query, now());
        if answer.total > 0 {
            assert!(answer.without.is_empty());
            continue;
        }
        empty += 1;
        for (filter, count) in answer.without {
            let wider = match filter {
                finder::Filter::Text => Query {
                    text: String::new(),
                    ..query.clone()
                },
                finder::Filter::Topic => Query {
                    topics: vec![],
                    ..query.clone()
                },
                finder::Filter::Age => Query {
                    age: None,
                    ..query.clone()
                },
                finder::Filter::Kind => Query {
                    kind: None,
                    ..query.clone()
                },
                finder::Filter::Days => Query {
                    days: vec![],
                    ..query.clone()
                },
                finder::Filter::Where => Query {
                    place: Where::Anywhere,
                    ..query.clone()
                },
                finder::Filter::Distance => Query {
                    within_km: None,
                    ..query.clone()
                },
            };
            assert_eq!(
                count,
                reference(&entries, &wider, now()).0,
                "{filter:?} of {query:?}"
            );
        }
    }
    assert!(empty > 10, "the test met only {empty} empty answers");
}
