//! Whatever is in a file: it is read, or refused in words. Nothing panics, and nothing takes long.

use crate::common::{calculated, chosen, item, variable};
use measures::{Form, Refused, Response, Sheet};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A form that uses most of what there is.
fn rich() -> Value {
    let mut group = json!({"linkId": "g", "type": "group", "repeats": true, "item": [
        {"linkId": "n", "type": "integer", "initial": [{"valueInteger": 1}]},
        calculated("twice", "integer", "%seen * 2"),
    ]});
    group["extension"] = json!([variable("seen", "item.where(linkId='n').answer.value")]);
    json!({
        "resourceType": "Questionnaire", "status": "active", "title": "Ünder test", "url": "https://example.org/q",
        "contained": [{"resourceType": "ValueSet", "id": "set", "compose": {"include": [{"system": "urn:s", "concept": [{"code": "a", "display": "A"}]}]}}],
        "extension": [variable("three", "1 + 2")],
        "item": [
            item("a"),
            {"linkId": "s", "type": "open-choice", "answerValueSet": "#set"},
            {"linkId": "t", "type": "string", "maxLength": 10, "enableBehavior": "any", "enableWhen": [
                {"question": "a", "operator": "=", "answerCoding": {"system": "urn:often", "code": "c1"}},
                {"question": "s", "operator": "exists", "answerBoolean": true},
            ]},
            group,
            calculated("total", "decimal", "%resource.item.where(linkId='a').answer.weight().sum() + %three"),
        ],
    })
}

fn answers() -> Value {
    json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [
        chosen("a", 1),
        {"linkId": "s", "answer": [{"valueCoding": {"system": "urn:s", "code": "a"}}]},
        {"linkId": "t", "answer": [{"valueString": "é"}]},
        {"linkId": "g", "item": [{"linkId": "n", "answer": [{"valueInteger": 3}]}]},
    ]})
}

/// Reads bytes as a form and as answers, and goes on as far as it gets.
fn survive(bytes: &[u8]) -> Result<(), Refused> {
    let rich = Form::read(rich().to_string().as_bytes()).unwrap();
    if let Ok(response) = Response::read(bytes) {
        let sheet = Sheet::new(&rich, &response)?;
        Response::read(sheet.to_json().to_string().as_bytes())?;
        sheet.progress();
    }
    let form = Form::read(bytes)?;
    form.report();
    let response = Response::read(answers().to_string().as_bytes()).unwrap();
    Sheet::new(&form, &response)?;
    Sheet::blank(&form)?;
    Ok(())
}

#[test]
fn the_samples_themselves_are_fine() {
    let form = Form::read(rich().to_string().as_bytes()).unwrap();
    let response = Response::read(answers().to_string().as_bytes()).unwrap();
    let sheet = Sheet::new(&form, &response).unwrap();
    assert_eq!(crate::common::wrong(&sheet), [""; 0]);
    let told: Vec<String> = sheet
        .scores
        .iter()
        .map(|score| score.values[0].to_string())
        .collect();
    assert_eq!(told, ["6", "4"]);
}

#[test]
fn a_file_cut_at_any_byte_is_refused_with_line_and_column() {
    for whole in [
        serde_json::to_vec_pretty(&rich()).unwrap(),
        serde_json::to_vec_pretty(&answers()).unwrap(),
    ] {
        for cut in 0..whole.len() {
            let refused = Form::read(&whole[..cut]).unwrap_err().to_string();
            assert!(refused.contains("is not JSON at line "), "{cut}: {refused}");
            let refused = Response::read(&whole[..cut]).unwrap_err().to_string();
            assert!(refused.contains("is not JSON at line "), "{cut}: {refused}");
        }
    }
}

/// Every place in a value, as pointers.
fn places(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places(value, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                places(value, &format!("{pointer}/{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_wrong_type_at_any_place_is_read_or_refused_in_words() {
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(0.5),
        json!(""),
        json!("x"),
        json!([]),
        json!([null]),
        json!([[]]),
        json!({}),
        json!({"": {}}),
    ];
    let mut refusals = 0;
    for whole in [rich(), answers()] {
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in &all {
            for wrong in &wrong {
                let mut broken = whole.clone();
                *broken.pointer_mut(place).unwrap() = wrong.clone();
                if let Err(refused) = survive(broken.to_string().as_bytes()) {
                    assert!(!refused.problems.is_empty(), "{place} {wrong}");
                    refusals += 1;
                }
            }
        }
    }
    assert!(refusals > 1_000, "{refusals}");
}

#[test]
fn too_much_is_refused_in_words() {
    let items = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|index| json!({"linkId": index.to_string(), "type": "string"}))
            .collect()
    };
    assert!(crate::common::form(items(5_000)).items.len() == 5_000);
    let refused = crate::common::refused(items(10_000)).to_string();
    assert!(
        refused.contains("more than 5000 items: split the form"),
        "{refused}"
    );

    let long = json!({"linkId": "a", "type": "string", "text": "x".repeat(1 << 20)});
    let refused = crate::common::refused(vec![long]).to_string();
    assert!(
        refused.contains("a text has 1048576 bytes, and at most 262144 are read"),
        "{refused}"
    );

    let refused = Form::read(&vec![b' '; (4 << 20) + 1]).unwrap_err().to_string();
    assert!(refused.contains("at most 4194304 are read"), "{refused}");

    let mut nested = json!({"linkId": "deepest", "type": "string"});
    for depth in 0..30 {
        nested = json!({"linkId": depth.to_string(), "type": "group", "item": [nested]});
    }
    let refused = crate::common::refused(vec![nested]).to_string();
    assert!(refused.contains("is within more than 24 groups"), "{refused}");

    let brackets = "[".repeat(100_000);
    let refused = Form::read(brackets.as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("recursion limit exceeded"), "{refused}");
}

#[test]
fn what_stands_twice_in_an_object_is_refused() {
    let twice = br#"{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string", "type": "integer"}]}"#;
    let refused = Form::read(twice).unwrap_err().to_string();
    assert!(refused.contains("`type` stands twice in one object"), "{refused}");
}

#[test]
fn many_repeats_of_a_large_group_are_refused_in_words() {
    let items: Vec<Value> = (0..2_000)
        .map(|index| json!({"linkId": format!("i{index}"), "type": "string"}))
        .collect();
    let form = crate::common::form(vec![
        json!({"linkId": "g", "type": "group", "repeats": true, "item": items}),
    ]);
    let groups: Vec<Value> = (0..100)
        .map(|_| json!({"linkId": "g", "item": [crate::common::answered("i1", "valueString", json!("a"))]}))
        .collect();
    let refused = Sheet::new(&form, &crate::common::response("in-progress", groups))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("more than 50000 rows"), "{refused}");
}

#[test]
fn an_expression_without_end_is_an_error_in_words() {
    let many: Vec<Value> = (0..400)
        .map(|index| json!({"linkId": format!("i{index}"), "type": "string"}))
        .collect();
    let slow = "%questionnaire.descendants().where(%questionnaire.descendants().where(%questionnaire.descendants().count() > 1).count() > 1).count()";
    let form = crate::common::form([many, vec![calculated("x", "integer", slow)]].concat());
    let sheet = crate::common::laid(&form, "completed", vec![]);
    assert_eq!(sheet.scores, []);
    assert!(
        crate::common::wrong(&sheet)[0].contains("takes too many steps"),
        "{:?}",
        crate::common::wrong(&sheet)
    );
}

#[test]
fn a_long_chain_of_conditions_is_read() {
    let mut items = vec![json!({"linkId": "0", "type": "boolean"})];
    for index in 1..5_000 {
        items.push(json!({"linkId": index.to_string(), "type": "boolean", "enableWhen": [{"question": (index - 1).to_string(), "operator": "=", "answerBoolean": true}]}));
    }
    items.reverse();
    let form = crate::common::form(items);
    assert!(
        Sheet::blank(&form)
            .unwrap()
            .rows
            .iter()
            .filter(|row| row.enabled)
            .count()
            == 1
    );
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = survive(&bytes);
    }

    #[test]
    fn any_byte_may_be_another(at in 0usize..3_000, byte in any::<u8>()) {
        for whole in [rich(), answers()] {
            let mut bytes = whole.to_string().into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = survive(&bytes);
        }
    }

    #[test]
    fn parts_may_change_places(from in 0usize..100, to in 0usize..100) {
        let mut whole = rich();
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        let part = whole.pointer(&all[from % all.len()]).unwrap().clone();
        *whole.pointer_mut(&all[to % all.len()]).unwrap() = part;
        let _ = survive(whole.to_string().as_bytes());
    }
}
