//! One start for 60 people and 8 groups, and for 200 people and 30 groups: how long, and what twenty times the effort gains.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Duration;

use common::{Chance, programme};
use composer::{How, Patient, Problem, Status, compose};
use criterion::{Criterion, criterion_group, criterion_main};

/// The first problem of this size that has a plan.
fn possible(people: usize, groups: usize) -> Problem {
    let mut chance = Chance::new(60);
    loop {
        let problem = Problem::of(&programme(&mut chance, people, groups)).unwrap();
        if compose(&problem, how(1), &Patient).unwrap().status != Status::Infeasible {
            return problem;
        }
    }
}

fn how(effort: u32) -> How {
    How {
        effort,
        ..How::default()
    }
}

fn starts(criterion: &mut Criterion) {
    for (name, people, groups) in [("60_people_8_groups", 60, 8), ("200_people_30_groups", 200, 30)] {
        let problem = possible(people, groups);
        for effort in [1, 20] {
            let plan = compose(&problem, how(effort), &Patient).unwrap();
            let levels = plan
                .levels
                .iter()
                .map(|level| format!("{} {}", level.name.name(), level.value));
            println!(
                "{name}, effort {effort}: {}",
                levels.collect::<Vec<_>>().join(", ")
            );
        }
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        group.bench_function("one_start", |bencher| {
            bencher.iter(|| compose(black_box(&problem), how(1), &Patient))
        });
        group.finish();
    }
}

criterion_group!(benches, starts);
criterion_main!(benches);
