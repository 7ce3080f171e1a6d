//! The finder answers what a plain loop over all listings answers.

use crate::common::{
    Chance, LANGUAGES, WORDS, catalogue, entries, known, now, random_point, reference, reference_counts,
};
use chrono::TimeDelta;
use domain::groups::Language;
use domain::name::Name;
use finder::{Facet, Hits, Query, Snapshot, Spelling, Where};

/// Where random questions begin, and how many times as many there are: `cargo xtask assure` asks others than these.
fn asked(seed: u64) -> (u64, usize) {
    let number = |name: &str| std::env::var(name).ok().map(|number| number.parse().unwrap());
    (
        number("SAMEBOAT_SEED").map_or(seed, |other| other ^ seed),
        usize::try_from(number("SAMEBOAT_TIMES").unwrap_or(1)).unwrap(),
    )
}

fn slugs(hits: &Hits) -> Vec<String> {
    hits.hits.iter().map(|hit| hit.entry.slug.to_string()).collect()
}

/// Often nothing, sometimes one value, sometimes some of several families; one that nobody has, too.
fn random_facets(chance: &mut Chance) -> Vec<Facet> {
    let languages = LANGUAGES.iter().chain(&["tlh"]);
    let languages = languages.map(|code| Facet::Language(Language::parse(code).unwrap()));
    let rarely = [0, 60, 20, 10][usize::try_from(chance.below(4)).unwrap()];
    Facet::all()
        .chain(languages)
        .filter(|_| rarely > 0 && chance.below(rarely) == 0)
        .collect()
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
        place: [
            Where::Anywhere,
            Where::Anywhere,
            Where::InPerson,
            Where::NotOnline,
            Where::Online,
        ][usize::try_from(chance.below(5)).unwrap()],
        facets: random_facets(chance),
        topics: ["grief", "worries", "sobriety"]
            .iter()
            .filter(|_| chance.below(4) == 0)
            .map(|id| Name::parse(id).unwrap())
            .collect(),
        age: [None, None, None, Some(15), Some(40), Some(90)][usize::try_from(chance.below(6)).unwrap()],
        text,
        spelling: Spelling::AsTyped,
        page: 1 + usize::try_from(chance.below(3)).unwrap(),
        page_size: 20,
    }
}

#[test]
fn random_questions_get_the_answers_of_a_plain_loop() {
    let (seed, times) = asked(11);
    let entries = entries(500, seed.wrapping_sub(4));
    let snapshot = Snapshot::new(entries.clone(), catalogue(), now(), now().date_naive());
    let known = known(&entries);
    let mut chance = Chance(seed);
    for round in 0..2_000 * times {
        let query = random_query(&mut chance);
        // Later than the snapshot: next meetings that have begun meanwhile are looked up anew.
        let now = now() + TimeDelta::hours(i64::try_from(chance.below(200)).unwrap());
        let answer = snapshot.find(&query, now);
        let found = (answer.total, slugs(&answer.in_person), slugs(&answer.online));
        assert_eq!(found, reference(&known, &query, now), "round {round}: {query:?}");
        for (place, count) in answer.places {
            let elsewhere = Query {
                place,
                ..query.clone()
            };
            assert_eq!(
                count,
                reference(&known, &elsewhere, now).0,
                "round {round}: {elsewhere:?}"
            );
        }
    }
    println!("{} questions were answered", 2_000 * times);
}

#[test]
fn each_value_counts_what_a_plain_loop_counts_in_10_000_random_questions() {
    let (seed, times) = asked(29);
    let entries = entries(200, seed.wrapping_sub(6));
    let snapshot = Snapshot::new(entries.clone(), catalogue(), now(), now().date_naive());
    let known = known(&entries);
    let mut chance = Chance(seed);
    let mut counted = 0;
    for round in 0..10_000 * times {
        let query = random_query(&mut chance);
        let mut facets = snapshot.find(&query, now()).facets;
        // What nobody has is told only because it is chosen.
        facets.retain(|(facet, count)| *count > 0 || facet.name() != "tlh");
        let mut expected = reference_counts(&known, &query);
        facets.sort_by(|a, b| (a.0.family(), a.0.name()).cmp(&(b.0.family(), b.0.name())));
        expected.sort_by(|a, b| (a.0.family(), a.0.name()).cmp(&(b.0.family(), b.0.name())));
        counted += expected.len();
        assert_eq!(facets, expected, "round {round}: {query:?}");
    }
    assert!(counted > 100_000, "only {counted} counts were compared");
    println!("{counted} counts of {} questions were compared", 10_000 * times);
}

#[test]
fn an_empty_answer_tells_what_each_change_would_bring() {
    let entries = entries(300, 3);
    let snapshot = Snapshot::new(entries.clone(), catalogue(), now(), now().date_naive());
    let known = known(&entries);
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
            let wider = query.without(filter).unwrap();
            assert_eq!(
                count,
                reference(&known, &wider, now()).0,
                "{filter:?} of {query:?}"
            );
        }
    }
    assert!(empty > 10, "the test met only {empty} empty answers");
}

#[test]
fn a_misspelled_word_finds_what_the_right_one_finds() {
    let snapshot = Snapshot::new(entries(200, 31), catalogue(), now(), now().date_naive());
    let mut chance = Chance(1);
    let mut query = |text: &str, spelling| Query {
        near: None,
        within_km: None,
        place: Where::Anywhere,
        facets: vec![],
        topics: vec![],
        age: None,
        text: text.to_owned(),
        spelling,
        ..random_query(&mut chance)
    };
    let forgiven = snapshot.find(&query("greif", Spelling::Forgiving), now());
    let right = snapshot.find(&query("grief", Spelling::Forgiving), now());
    assert_eq!(forgiven.corrected.as_deref(), Some("grief"));
    assert_eq!((forgiven.total, right.corrected), (right.total, None));
    assert!(forgiven.total > 0);
    let exact = snapshot.find(&query("greif", Spelling::AsTyped), now());
    assert_eq!((exact.total, exact.corrected), (0, None));
}
