//! A million PHQ-9-like responses scored by their form's FHIRPath, on one core: the responses are read in advance.
//!
//! `cargo bench -p measures --bench scores`: the figure is for 1,000 responses; times 1,000 it is that of a million.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use measures::fhirpath::{Expression, On};
use measures::{Form, Response, Sheet};
use serde_json::{Value, json};

const RESPONSES: usize = 1_000;

fn form() -> Form {
    let option = |weight: usize| {
        json!({
            "valueCoding": {"system": "http://loinc.org", "code": format!("LA656{weight}-0"), "display": "So often"},
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": weight}],
        })
    };
    let options: Vec<Value> = (0..4).map(option).collect();
    let question =
        |index: usize| json!({"linkId": format!("q{index}"), "type": "choice", "answerOption": options});
    let mut items: Vec<Value> = (1..=9).map(question).collect();
    items.push(json!({"linkId": "total", "type": "decimal", "extension": [{
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": chosen()},
    }]}));
    let form = json!({"resourceType": "Questionnaire", "status": "active", "item": items});
    Form::read(form.to_string().as_bytes()).unwrap()
}

/// As the bundled forms write it.
fn chosen() -> String {
    let mut links = String::new();
    for index in 1..=9 {
        let or = if index == 1 { "" } else { " or " };
        write!(links, "{or}linkId = 'q{index}'").unwrap();
    }
    format!("%resource.item.where({links}).answer.weight().sum()")
}

fn responses() -> Vec<Value> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 30
    };
    let mut one = |_| {
        let answer = |index: usize, weight: u32| {
            let coding = json!({"system": "http://loinc.org", "code": format!("LA656{weight}-0"), "display": "So often"});
            json!({"linkId": format!("q{index}"), "answer": [{"valueCoding": coding}]})
        };
        let items: Vec<Value> = (1..=9).map(|index| answer(index, next())).collect();
        json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
    };
    (0..RESPONSES).map(&mut one).collect()
}

fn scores(criterion: &mut Criterion) {
    let form = form();
    let responses = responses();
    let mut group = criterion.benchmark_group("phq9");
    group.throughput(Throughput::Elements(RESPONSES as u64));
    for (name, source) in [
        ("fhirpath_chosen_items", chosen()),
        (
            "fhirpath_all_but_one",
            "%resource.item.where(linkId != 'q10').answer.weight().sum()".to_owned(),
        ),
        ("fhirpath_all", "%resource.item.answer.weight().sum()".to_owned()),
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
