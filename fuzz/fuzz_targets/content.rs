//! The first byte picks a file of the bundled content, by path; the rest takes its place. What is read keeps the promises of
//! the chooser, what is not names a slip.
//!
//! `cargo +nightly fuzz run content -- -max_len=16384`
#![no_main]

use std::sync::LazyLock;

use content::{Content, Files};
use domain::choosing::{Advice, Answers};
use libfuzzer_sys::fuzz_target;

static FILES: LazyLock<Files> = LazyLock::new(Files::bundled);

fuzz_target!(|bytes: &[u8]| {
    let Some((pick, text)) = bytes.split_first() else {
        return;
    };
    let paths: Vec<&str> = FILES.paths().collect();
    let path = paths[usize::from(*pick) % paths.len()];
    let mut files = FILES.clone();
    files.put(path, String::from_utf8_lossy(text));
    match Content::read(&files) {
        Err(slips) => assert!(!slips.0.is_empty()),
        Ok(content) => {
            let chooser = &content.chooser;
            for question in chooser.questions() {
                for choice in &question.choices {
                    let answers = Answers::from(choice.set());
                    let decision = chooser.decide(&answers);
                    let crisis = chooser.is_crisis(answers.set());
                    assert_eq!(decision.advice.first() == Some(&Advice::Crisis), crisis);
                    assert!(!decision.advice.is_empty());
                }
            }
        }
    }
});
