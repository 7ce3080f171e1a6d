//! A million responses to the PHQ-9, scored natively on one core, with bands and risks.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use measures::Measures;

/// A million different sets of answers, some with one missing.
fn million() -> Vec<[Option<f64>; 9]> {
    (0..1_000_000_u32)
        .map(|set| {
            let mut rest = set.wrapping_mul(2_654_435_761);
            std::array::from_fn(|_| {
                let value = rest % 4;
                rest /= 4;
                (rest % 64 != 0).then(|| f64::from(value))
            })
        })
        .collect()
}

fn native(criterion: &mut Criterion) {
    let measures = Measures::bundled().unwrap();
    let scoring = measures.get("phq-9").unwrap().scoring.as_ref().unwrap();
    let responses = million();
    let mut group = criterion.benchmark_group("phq_9");
    group.sample_size(10);
    group.bench_function("million", |bencher| {
        bencher.iter(|| {
            let mut risks = 0_usize;
            for values in &responses {
                let answers = scoring.answers(black_box(values)).unwrap();
                let (scores, risk) = scoring.score(&answers).open(|risk| risk.signs().len());
                risks += risk.unwrap_or_default();
                black_box(
                    scores
                        .scores
                        .iter()
                        .filter_map(measures::native::Score::band)
                        .count(),
                );
            }
            risks
        });
    });
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
