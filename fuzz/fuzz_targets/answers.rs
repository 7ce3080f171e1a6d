//! Any bytes as the JSON of `sameboat choose --answers`: an error, or a decision that keeps its promises.
//!
//! `cargo +nightly fuzz run answers -- -max_len=4096`
#![no_main]

use std::sync::LazyLock;

use content::{Content, Files};
use domain::choosing::{Advice, Stage};
use libfuzzer_sys::fuzz_target;

static CONTENT: LazyLock<Content> =
    LazyLock::new(|| Content::read(&Files::bundled()).expect("the content that ships is in order"));

fuzz_target!(|bytes: &[u8]| {
    let chooser = &CONTENT.chooser;
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(answers) = content::answers::read(text, chooser) else {
        return;
    };
    let decision = chooser.decide(&answers);
    // A risk answer is one that any crisis rule asks for.
    let risk = chooser
        .rules()
        .iter()
        .filter(|rule| rule.stage == Stage::Crisis)
        .any(|rule| answers.set().meets(rule.when.any));
    assert_eq!(decision.crisis, risk);
    assert_eq!(decision.advice.first() == Some(&Advice::Crisis), risk);
    assert!(!decision.advice.is_empty());
    for reason in &decision.reasons {
        assert!(reason.rule.when.holds(answers.set()));
    }
});
