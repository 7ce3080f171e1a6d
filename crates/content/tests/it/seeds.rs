//! Every seed of the fuzzers is read without fail; so a find that is added there stays mended.

use content::{Content, Files};
use domain::choosing::{Advice, Stage};

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let seeds = std::fs::read_dir(folder).unwrap().flatten();
    let seeds: Vec<_> = seeds
        .map(|seed| {
            let name = seed.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(seed.path()).unwrap())
        })
        .collect();
    assert!(seeds.len() >= 20, "{} seeds of {target}", seeds.len());
    seeds
}

#[test]
fn every_seed_of_answers_is_an_error_or_a_decision() {
    let chooser = Content::read(&Files::bundled()).unwrap().chooser;
    let mut decided = 0;
    for (name, bytes) in seeds("answers") {
        let text = String::from_utf8_lossy(&bytes);
        let Ok(answers) = content::answers::read(&text, &chooser) else {
            continue;
        };
        let decision = chooser.decide(&answers);
        let risk = chooser
            .rules()
            .iter()
            .filter(|rule| rule.stage == Stage::Crisis)
            .any(|rule| answers.set().meets(rule.when.any));
        assert_eq!(decision.advice.first() == Some(&Advice::Crisis), risk, "{name}");
        assert!(!decision.advice.is_empty(), "{name}");
        decided += 1;
    }
    assert!(decided >= 10, "{decided} seeds are answers");
}

#[test]
fn every_seed_of_content_is_read_or_told() {
    let bundled = Files::bundled();
    let paths: Vec<&str> = bundled.paths().collect();
    for (name, bytes) in seeds("content") {
        let (pick, text) = bytes.split_first().unwrap();
        let mut files = bundled.clone();
        files.put(
            paths[usize::from(*pick) % paths.len()],
            String::from_utf8_lossy(text),
        );
        if let Err(slips) = Content::read(&files) {
            assert!(!slips.0.is_empty(), "{name}");
        }
    }
}
