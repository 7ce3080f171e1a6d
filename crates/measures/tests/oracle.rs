//! Scores equal those of HL7's fhirpath.js: on the bundled measures by the lines that `cargo xtask assure measures` wrote, and on any
//! form in the folder that `SAMEBOAT_ORACLE` names, where that task puts samples and what the oracle says of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::path::Path;

use measures::response::Fault;
use measures::{Answer, Form, Mistake, Response, Sheet};
use serde_json::Value;

/// As the oracle writes numbers: floating point.
fn same(ours: &Answer, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Answer::Coding(coding), Value::Object(_)) => {
            let text = |name: &str| theirs.get(name).and_then(Value::as_str);
            coding.code.as_deref() == text("code") && coding.system.as_deref() == text("system")
        }
        (Answer::Text(text), Value::String(said)) => text == said,
        (Answer::Boolean(is), Value::Bool(said)) => is == said,
        (ours, Value::Number(said)) => {
            let ours: f64 = ours.number().unwrap().to_string().parse().unwrap();
            (ours - said.as_f64().unwrap()).abs() == 0.0
        }
        _ => false,
    }
}

fn check(form: &Form, response: &Value, scores: &Value) {
    let response = Response::read(response.to_string().as_bytes()).unwrap();
    let sheet = Sheet::new(form, &response).unwrap();
    // The oracle computes with all answers, also those that are not asked for.
    let wrong: Vec<&Mistake> = sheet
        .mistakes
        .iter()
        .filter(|mistake| mistake.fault != Fault::NotEnabled)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let scores = scores.as_object().unwrap();
    assert_eq!(sheet.scores.len(), scores.len());
    for score in &sheet.scores {
        let theirs = scores[&score.name].as_array().unwrap();
        let is_same = score.values.len() == theirs.len()
            && score
                .values
                .iter()
                .zip(theirs)
                .all(|(ours, theirs)| same(ours, theirs));
        assert!(
            is_same,
            "{}: {:?} here, {theirs:?} there",
            score.name, score.values
        );
    }
}

#[test]
fn scores_of_any_form_are_those_of_the_oracle() {
    let Some(folder) = std::env::var_os("SAMEBOAT_ORACLE") else {
        eprintln!("SAMEBOAT_ORACLE names no folder: skipped");
        return;
    };
    let mut sets = 0;
    let mut forms = 0;
    for file in std::fs::read_dir(Path::new(&folder)).unwrap().flatten() {
        let path = file.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let form = Form::read(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
        let lines = std::fs::read_to_string(path.with_extension("jsonl")).unwrap();
        for line in lines.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            check(&form, &line["response"], &line["scores"]);
            sets += 1;
        }
        forms += 1;
    }
    println!("{sets} sets of answers to {forms} forms");
}
