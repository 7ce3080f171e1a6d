//! A note of 1,500 characters against a roster of 12 people.
//!
//! `cargo bench -p guard`. The reference is what one would do without a guard: look for the first and last names as they are,
//! whatever their case (Aho-Corasick). It finds no slip, no initials, no spelled-out number, and every "will".

use std::hint::black_box;

use aho_corasick::AhoCorasick;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::people::PersonId;
use guard::{Guard, Part, Person};
use uuid::Uuid;

const NAMES: [&str; 12] = [
    "Maria Lopez",
    "William Hart",
    "Grace Okafor",
    "Mark Delgado",
    "Jennifer Kowalski",
    "Elizabeth O'Brien",
    "Daniel Nguyen",
    "Rose Feldman",
    "Guadalupe Hernández",
    "Alexander Petrov",
    "Christopher Young",
    "Siobhán Murphy",
];

const SENTENCES: [&str; 8] = [
    "The group opened with a check-in and a short breathing exercise led by a member. ",
    "Themes were trust, anger at family and the fear of being a burden. ",
    "She will mark the days on which she used the skill, and may bring the sheet to the next session. ",
    "After some hesitation Danial told the others about the row with his brother. ",
    "Members responded with warmth; J.K. said that she had felt the same. ",
    "The leaders named the tension between two members, and both agreed to stay with it. ",
    "Interventions: role-play, reframing, a here-and-now question about the silence. ",
    "There was hope in the room when the session ended at 7:30 p.m. ",
];

fn people() -> Vec<Person> {
    let person = |(id, name): (u128, &&str)| {
        let mut person = Person::member(PersonId(Uuid::from_u128(id)), name);
        person.phones = vec![format!("216 555 01{id:02}")];
        person.mails = vec![format!("{}{id}@example.org", name[..4].to_lowercase())];
        person.facts = vec!["Lakewood".to_owned(), "Ford plant".to_owned()];
        person
    };
    (1..).zip(&NAMES).map(person).collect()
}

fn note() -> String {
    SENTENCES
        .iter()
        .cycle()
        .take(19)
        .copied()
        .collect::<String>()
        .chars()
        .take(1_500)
        .collect()
}

fn marks(criterion: &mut Criterion) {
    let (people, note) = (people(), note());
    let guard = Guard::new(&people, &[]);
    let mut group = criterion.benchmark_group("note");
    group.sample_size(20);
    group.bench_function("marks", |bencher| {
        bencher.iter(|| guard.marks(black_box(&note), Part::Record))
    });
    group.bench_function("roster_and_marks", |bencher| {
        bencher.iter(|| Guard::new(black_box(&people), &[]).marks(black_box(&note), Part::Record));
    });
    let words = NAMES.iter().flat_map(|name| name.split(' '));
    let plain = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    if let Ok(plain) = plain {
        group.bench_function("reference_exact_names", |bencher| {
            bencher.iter(|| plain.find_iter(black_box(&note)).count());
        });
    }
    let others: Vec<String> = (0..20)
        .map(|at| note.replacen("Danial", &format!("member {at}"), at))
        .collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    group.bench_function("alike_20_parts", |bencher| {
        bencher.iter(|| guard.alike(black_box(&note), &others))
    });
    group.finish();
}

criterion_group!(benches, marks);
criterion_main!(benches);
