//! Scores equal those of HL7's fhirpath.js: on the bundled measures by the lines that `cargo xtask assure measures` wrote, and on any
//! form in the folder that `SAMEBOAT_ORACLE` names, where that task puts samples and what the oracle says of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::path::Path;

use measures::fhirpath::{Expression, On};
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

/// What an expression gives here.
fn ours(form: &Form, response: &Value, source: &str) -> Result<Vec<Value>, String> {
    let on = On {
        form,
        resource: response,
        context: response,
    };
    let expression = Expression::compile(source, &[]).map_err(|wrong| wrong.to_string())?;
    expression.evaluate(on).map_err(|wrong| wrong.to_string())
}

/// As JSON, but 1 and 1.0 are the same.
fn alike(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        _ => ours == theirs,
    }
}

#[test]
fn every_expression_gives_what_the_oracle_gives_or_an_error_in_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let form = Form::read(text("form.json").as_bytes()).unwrap();
    let response: Value = serde_json::from_str(&text("response.json")).unwrap();
    let more = std::env::var_os("SAMEBOAT_ORACLE").map(|folder| Path::new(&folder).join("expressions.lines"));
    let more = more.and_then(|file| std::fs::read_to_string(file).ok());
    let lines = text("expressions.jsonl") + &more.unwrap_or_default();
    let (mut same, mut refused) = (0, Vec::new());
    let mut other = Vec::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let source = line["expression"].as_str().unwrap();
        let ours = ours(&form, &response, source);
        // Where the oracle gives an error, there is nothing to compare with.
        let Some(theirs) = line["result"].as_array() else {
            continue;
        };
        match ours {
            Err(why) => refused.push(format!("{source}: {why}, and there {theirs:?}")),
            Ok(ours)
                if ours.len() == theirs.len()
                    && ours.iter().zip(theirs).all(|(ours, theirs)| alike(ours, theirs)) =>
            {
                same += 1;
            }
            Ok(ours) => other.push(format!("{source}: {ours:?} here, {theirs:?} there")),
        }
    }
    assert!(
        other.is_empty(),
        "{} are others:\n{}",
        other.len(),
        other.join("\n")
    );
    // Most of them are evaluated: refusing everything would be easy.
    assert!(
        refused.len() * 10 < same,
        "{} are refused:\n{}",
        refused.len(),
        refused.join("\n")
    );
    println!(
        "{same} expressions give the same, {} are refused in words",
        refused.len()
    );
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
