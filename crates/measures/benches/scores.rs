//! Responses to the PHQ-9 scored by FHIRPath, on one core; they are read in advance. `benches/native.rs` does the same without it.
//!
//! `cargo bench -p measures --bench scores`: the figure is for 1,000 responses; times 1,000 it is that of a million.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use measures::fhirpath::{Expression, On};
use measures::{Form, Kind, Response, Sheet};
use serde_json::{Value, json};

const RESPONSES: usize = 1_000;

fn responses(form: &Form) -> Vec<Value> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 30
    };
    let asked: Vec<_> = form
        .items
        .iter()
        .filter(|item| item.kind == Kind::Choice)
        .collect();
    let mut one = |_| {
        let items = asked.iter().map(|item| {
            let (field, value) = item.options[next() as usize].value.to_json();
            json!({"linkId": item.link_id, "answer": [{field: value}]})
        });
        let items: Vec<Value> = items.collect();
        json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
    };
    (0..RESPONSES).map(&mut one).collect()
}

fn scores(criterion: &mut Criterion) {
    let form = Form::read(include_bytes!("../forms/phq-9.json")).unwrap();
    let responses = responses(&form);
    let own = form.items.iter().find_map(|item| item.calculated.as_ref());
    let own = own.unwrap().source().to_owned();
    let mut group = criterion.benchmark_group("phq9");
    group.throughput(Throughput::Elements(RESPONSES as u64));
    for (name, source) in [
        ("own_expression", own),
        (
            "all_but_one",
            "%resource.item.where(linkId != 'difficulty').answer.weight().sum()".to_owned(),
        ),
    ] {
        let expression = Expression::compile(&source, &[]).unwrap();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for resource in &responses {
                    let on = On {
                        form: &form,
                        resource,
                        context: resource,
                    };
                    black_box(expression.evaluate(on).unwrap());
                }
            });
        });
    }
    // What a page needs for each: read, laid on the form, checked, scored.
    let texts: Vec<String> = responses.iter().map(ToString::to_string).collect();
    group.sample_size(20);
    group.bench_function("read_checked_and_scored", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                let response = Response::read(text.as_bytes()).unwrap();
                black_box(Sheet::new(&form, &response).unwrap());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, scores);
criterion_main!(benches);
