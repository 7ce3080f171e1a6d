//! Any text: an expression that gives values on answers, or an error in words with its column. It never takes long.
//!
//! `cargo +nightly fuzz run fhirpath -- -max_len=512`
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use measures::Form;
use measures::fhirpath::{Expression, On};
use serde_json::Value;

static SAMPLE: OnceLock<(Form, Value)> = OnceLock::new();

fn sample() -> (Form, Value) {
    let form = include_bytes!("../../crates/measures/tests/oracle/form.json");
    let response = include_bytes!("../../crates/measures/tests/oracle/response.json");
    let form = Form::read(form).expect("the form is read");
    (form, serde_json::from_slice(response).expect("the response is JSON"))
}

fuzz_target!(|bytes: &[u8]| {
    let source = String::from_utf8_lossy(bytes);
    let (form, resource) = SAMPLE.get_or_init(sample);
    let on = On {
        form,
        resource,
        context: resource,
    };
    let told = Expression::compile(&source, &["score"]).and_then(|expression| expression.evaluate(on));
    if let Err(wrong) = told {
        assert!(wrong.column >= 1 && !wrong.why.is_empty());
    }
});
