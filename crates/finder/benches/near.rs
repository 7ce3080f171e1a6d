//! Near at 10,000 listings, against a plain loop over the same listings in the same run.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use common::{entries, now, reference};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::groups::{Kind, Point};
use finder::{Query, Snapshot, Where, places};

fn near(criterion: &mut Criterion) {
    let entries = entries(10_000, 1);
    let snapshot = Snapshot::new(entries.clone(), common::catalogue(), now());
    let query = Query {
        near: Some(Point::new(41.483, -81.697).unwrap()),
        within_km: Some(40.0),
        place: Where::Anywhere,
        kind: Some(Kind::Support),
        days: vec![],
        topics: vec![],
        age: None,
        text: String::new(),
        page: 1,
        page_size: 20,
    };
    let mut group = criterion.benchmark_group("near_10k");
    group.bench_function("snapshot", |bencher| {
        bencher.iter(|| snapshot.find(black_box(&query), now()))
    });
    group.sample_size(20);
    group.bench_function("reference", |bencher| {
        bencher.iter(|| reference(black_box(&entries), &query, now()))
    });
    group.finish();
    criterion.bench_function("places/zip", |bencher| {
        bencher.iter(|| places().resolve(black_box("44113")))
    });
}

criterion_group!(benches, near);
criterion_main!(benches);
