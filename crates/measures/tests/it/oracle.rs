//! Scores equal those of HL7's fhirpath.js: on the bundled measures by the lines that `cargo xtask assure measures` wrote, and on any
//! form in the folder that `SAMEBOAT_ORACLE` names, where that task puts samples and what the oracle says of them.

use std::collections::BTreeMap;
use std::path::Path;

use measures::fhirpath::{Expression, On};
use measures::response::Fault;
use measures::{Answer, Form, Item, Kind, Measures, Mistake, Response, Sheet};
use serde_json::{Value, json};

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

/// As JSON, but 1 and 1.0 are the same, and so are floating-point numbers of which only the last of their digits differs: the reader
/// of JSON does not promise it.
fn alike(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            (ours - theirs).abs() <= ours.abs() * f64::EPSILON
        }
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

/// What stands in a line of a kept file, as the answer to an item.
fn answer_of(item: &Item, word: &str) -> Option<Answer> {
    let said: Value = match word {
        "-" => return None,
        word => serde_json::from_str(word).unwrap(),
    };
    if let Some(place) = said.as_u64().filter(|_| !item.options.is_empty()) {
        return Some(item.options[usize::try_from(place).unwrap()].value.clone());
    }
    Some(match (item.kind, &said) {
        (Kind::Integer, Value::Number(number)) => {
            Answer::Integer(number.as_i64().unwrap().try_into().unwrap())
        }
        (_, Value::String(text)) => Answer::Text(text.clone()),
        (_, Value::Bool(is)) => Answer::Boolean(*is),
        other => panic!("{word}: {other:?}"),
    })
}

fn written(item: &Item, answer: &Answer) -> Value {
    let (field, value) = answer.to_json();
    json!({"linkId": item.link_id, "answer": [{field: value}]})
}

/// What an answer counts.
fn counts(item: &Item, answer: &Answer) -> Option<f64> {
    let weight = item.option(answer).and_then(|choice| choice.weight);
    weight.or_else(|| answer.number())?.to_string().parse().ok()
}

/// The sums of the scales without FHIRPath are the same, too.
fn natively(measures: &Measures, form: &Path, values: BTreeMap<&str, f64>, theirs: &Value) {
    let name = form.file_stem().unwrap().to_str().unwrap();
    let scoring = measures.get(name).unwrap().scoring.as_ref().unwrap();
    let known = |link_id: &&str| scoring.items().iter().any(|item| item == link_id);
    let values = values.into_iter().filter(|(link_id, _)| known(link_id));
    let answers = scoring.answers_by_id(values).unwrap();
    let (scores, _) = scoring.score(&answers).open(|_| ());
    assert_eq!(scores.scores.len(), theirs.as_object().unwrap().len(), "{name}");
    for score in &scores.scores {
        let theirs = &theirs[&score.scale.id][0];
        assert_eq!(score.given, theirs.as_f64(), "{name} {}", score.scale.id);
    }
}

#[test]
fn bundled_forms_score_as_the_oracle_did_with_their_expressions_and_natively() {
    let measures = Measures::bundled().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut forms = 0;
    for file in std::fs::read_dir(root.join("forms")).unwrap().flatten() {
        let path = file.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let form = Form::read(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
        let kept = root
            .join("tests/oracle")
            .join(path.with_extension("txt").file_name().unwrap());
        let kept = std::fs::read_to_string(&kept).unwrap_or_else(|error| {
            panic!(
                "{}: {error}; `cargo xtask assure measures` writes it",
                kept.display()
            )
        });
        let mut lines = kept.lines();
        let names: Vec<&str> = lines.next().unwrap().trim_start_matches('|').split(' ').collect();
        let asked: Vec<&Item> = form
            .items
            .iter()
            .filter(|item| item.kind.is_question() && item.calculated.is_none())
            .collect();
        let mut sets = 0;
        for line in lines {
            let (answers, scores) = line.split_once('|').unwrap();
            let answers: Vec<&str> = answers.split(' ').collect();
            assert_eq!(answers.len(), asked.len(), "{}", path.display());
            let items = asked
                .iter()
                .zip(&answers)
                .filter_map(|(item, word)| Some(written(item, &answer_of(item, word)?)));
            let items: Vec<Value> = items.collect();
            let scores = scores.split(' ').map(|word| match word {
                "-" => json!([]),
                word => json!([serde_json::from_str::<Value>(word).unwrap()]),
            });
            let scores: serde_json::Map<String, Value> =
                names.iter().map(|name| (*name).to_owned()).zip(scores).collect();
            let response =
                json!({"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": items});
            let scores = Value::Object(scores);
            check(&form, &response, &scores);
            let values = asked.iter().zip(&answers).filter_map(|(item, word)| {
                let answer = answer_of(item, word)?;
                Some((item.link_id.as_str(), counts(item, &answer)?))
            });
            natively(&measures, &path, values.collect(), &scores);
            sets += 1;
        }
        assert!(sets >= 1_000, "{} has {sets} sets of answers", path.display());
        forms += 1;
    }
    assert!(forms >= 8, "{forms} forms");
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
