//! Responses to the PHQ-9 scored natively and by FHIRPath, on one core: how long a million of them take.
//!
//!     cargo run --release --package measures --example responses
//!
//! Prints two numbers, in seconds for a million responses: natively, with band and risk, and by the form's own expression. Both begin
//! with responses that are read already, and find the answers in them and what each counts.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

use std::hint::black_box;
use std::time::Instant;

use measures::fhirpath::On;
use measures::native::{Score, Scoring};
use measures::{Answer, Form, Measures, Response};
use serde_json::{Value, json};

const MILLION: usize = 1_000_000;
/// So many different ones, again and again.
const RESPONSES: usize = 2_000;
/// By FHIRPath, one in so many of the million is scored.
const PART: u32 = 50;

fn main() {
    let measures = Measures::bundled().unwrap();
    let measure = measures.get("phq-9").unwrap();
    let form = Form::read(measure.form.as_bytes()).unwrap();
    let scoring = measure.scoring.as_ref().unwrap();
    let texts = responses(&form, scoring);
    let (native, fhirpath) = (natively(&form, scoring, &texts), by_fhirpath(&form, &texts));
    println!("{native:.3} {fhirpath:.3}");
}

/// As JSON; one answer in sixteen is left out.
fn responses(form: &Form, scoring: &Scoring) -> Vec<String> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    let mut answer = |link_id: &String| {
        let said = next();
        let item = form.at(form.find(link_id).unwrap());
        let (field, value) = item.options[said as usize % 4].value.to_json();
        (said % 64 > 3).then(|| json!({"linkId": link_id, "answer": [{field: value}]}))
    };
    let mut one = || {
        let items: Vec<Value> = scoring.items().iter().filter_map(&mut answer).collect();
        json!({"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": items})
    };
    (0..RESPONSES).map(|_| one().to_string()).collect()
}

fn natively(form: &Form, scoring: &Scoring, texts: &[String]) -> f64 {
    let items = scoring.items();
    let counts: Vec<_> = items.iter().map(|link_id| counts(form, link_id)).collect();
    let read = |text: &String| Response::read(text.as_bytes()).unwrap();
    let responses: Vec<Response> = texts.iter().map(read).collect();
    let mut values: Vec<Option<f64>> = vec![None; items.len()];
    let begun = Instant::now();
    for response in responses.iter().cycle().take(MILLION) {
        values.fill(None);
        for entry in &black_box(response).entries {
            let place = items.iter().position(|item| *item == entry.link_id).unwrap();
            let given = &entry.answers[0].answer;
            let found = counts[place].iter().find(|(answer, _)| answer.means(given));
            values[place] = found.map(|(_, count)| *count);
        }
        let answers = scoring.answers(&values).unwrap();
        let (scores, signs) = scoring.score(&answers).open(|risk| risk.signs().len());
        let bands = scores.scores.iter().filter_map(Score::band).count();
        black_box((bands, signs));
    }
    begun.elapsed().as_secs_f64()
}

/// What each answer to a question counts.
fn counts<'f>(form: &'f Form, link_id: &str) -> Vec<(&'f Answer, f64)> {
    let item = form.at(form.find(link_id).unwrap());
    let options = item.options.iter();
    options
        .map(|choice| {
            let weight = choice.weight.unwrap().to_string();
            (&choice.value, weight.parse().unwrap())
        })
        .collect()
}

fn by_fhirpath(form: &Form, texts: &[String]) -> f64 {
    let expression = form.items.iter().find_map(|item| item.calculated.as_ref());
    let expression = expression.unwrap();
    let read = |text: &String| -> Value { serde_json::from_str(text).unwrap() };
    let responses: Vec<Value> = texts.iter().map(read).collect();
    let begun = Instant::now();
    for resource in responses.iter().cycle().take(MILLION / PART as usize) {
        let resource = black_box(resource);
        let on = On {
            form,
            resource,
            context: resource,
        };
        black_box(expression.evaluate(on).unwrap());
    }
    begun.elapsed().as_secs_f64() * f64::from(PART)
}
