//! Any bytes: a form or what is wrong with it; answers to a form, or what is wrong with them. What is read is written and read again.
//!
//! `cargo +nightly fuzz run questionnaire -- -max_len=16384`
#![no_main]

use libfuzzer_sys::fuzz_target;
use measures::{Form, Response, Sheet};

fuzz_target!(|bytes: &[u8]| {
    // A form, and after a byte that no JSON has the answers to it.
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let form = match Form::read(parts.next().unwrap_or_default()) {
        Ok(form) => form,
        Err(refused) => {
            assert!(!refused.problems.is_empty());
            return;
        }
    };
    form.report();
    let Ok(blank) = Sheet::blank(&form) else {
        return;
    };
    again(&form, &blank);
    let Some(Ok(response)) = parts.next().map(Response::read) else {
        return;
    };
    if let Ok(sheet) = Sheet::new(&form, &response) {
        again(&form, &sheet);
    }
});

fn again(form: &Form, sheet: &Sheet<'_>) {
    sheet.progress();
    let written = sheet.to_json().to_string();
    let read = Response::read(written.as_bytes()).expect("what is written is a response");
    let read = Sheet::new(form, &read).expect("it has no more rows than before");
    // What is not asked was left out, and that is all that may change what is asked.
    if sheet.mistakes.is_empty() {
        assert_eq!(read.to_json().to_string(), written);
    }
}
