//! Any query string of `/client_interface/json/`: an answer that is JSON, or the parameter that is wrong.
//!
//! `cargo +nightly fuzz run bmlt_query -- -max_len=1024`
#![no_main]

use libfuzzer_sys::fuzz_target;
use web::fuzzing::bmlt_query;

fuzz_target!(|bytes: &[u8]| {
    match bmlt_query(&String::from_utf8_lossy(bytes)) {
        Ok(answers) => assert!(answers.lines().all(|answer| answer.starts_with(['[', '{']))),
        Err(parameter) => assert!(!parameter.is_empty()),
    }
});
