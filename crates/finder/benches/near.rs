//! Near with two filters, the counts of every value and the first 30 groups at 10,000, 100,000 and a million listings, against a plain loop over the same listings in the same run.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::hint::black_box;

use common::{entries, known, now, reference, reference_counts};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::groups::{Audience, Kind, Point};
use finder::{Facet, Paying, Query, Snapshot, Spelling, Where, places};

fn near(criterion: &mut Criterion) {
    let entries = entries(10_000, 1);
    let snapshot = Snapshot::new(entries.clone(), common::catalogue(), now(), now().date_naive());
    let known = known(&entries);
    let query = Query {
        near: Some(Point::new(41.483, -81.697).unwrap()),
        within_km: Some(40.0),
        place: Where::Anywhere,
        facets: vec![Facet::Kind(Kind::Support), Facet::Cost(Paying::Free)],
        topics: vec![],
        age: None,
        text: String::new(),
        spelling: Spelling::Forgiving,
        page: 1,
        page_size: 30,
    };
    let mut group = criterion.benchmark_group("near_10k");
    group.bench_function("snapshot", |bencher| {
        bencher.iter(|| snapshot.find(black_box(&query), now()))
    });
    for (name, query) in [
        (
            "everything",
            Query {
                near: None,
                within_km: None,
                facets: vec![],
                ..query.clone()
            },
        ),
        (
            "any_distance",
            Query {
                within_km: None,
                facets: vec![],
                ..query.clone()
            },
        ),
        (
            "text",
            Query {
                text: "gri evening".to_owned(),
                ..query.clone()
            },
        ),
        (
            "misspelled",
            Query {
                text: "greif".to_owned(),
                ..query.clone()
            },
        ),
        (
            "emptied",
            Query {
                text: "zzzz".to_owned(),
                facets: vec![Facet::ForWhom(Audience::Men)],
                ..query.clone()
            },
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| snapshot.find(black_box(&query), now()))
        });
    }
    group.sample_size(20);
    group.bench_function("reference", |bencher| {
        bencher.iter(|| {
            (
                reference(black_box(&known), &query, now()),
                reference_counts(&known, &query),
            )
        })
    });
    group.finish();
    for (name, count) in [("near_100k", 100_000), ("near_1M", 1_000_000)] {
        let snapshot = Snapshot::new(
            common::entries(count, 1),
            common::catalogue(),
            now(),
            now().date_naive(),
        );
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20);
        group.bench_function("snapshot", |bencher| {
            bencher.iter(|| snapshot.find(black_box(&query), now()))
        });
        group.finish();
    }
    criterion.bench_function("places/zip", |bencher| {
        bencher.iter(|| places().resolve(black_box("44113")))
    });
}

criterion_group!(benches, near);
criterion_main!(benches);
