//! Scores come in the right order, from the right answers, or not at all.

use crate::common::{calculated, chosen, form, item, laid, refused_at, response, variable, wrong};
use measures::score::score;
use measures::{Sheet, Status};
use serde_json::{Value, json};

const SUM: &str = "%resource.item.where(linkId = 'a' or linkId = 'b').answer.weight().sum()";

#[test]
fn weights_of_the_answers_are_added_up() {
    let form = form(vec![
        item("a"),
        item("b"),
        item("c"),
        calculated("total", "decimal", SUM),
    ]);
    let scores = score(
        &form,
        &response("completed", vec![chosen("a", 2), chosen("b", 3), chosen("c", 3)]),
    )
    .unwrap();
    let total = scores.find("total").unwrap();
    assert_eq!(
        (total.number().unwrap().to_string(), total.value()),
        ("5".to_owned(), json!(5))
    );
    assert_eq!(scores.mistakes, []);
    // Nothing answered is no score, and not 0.
    let scores = score(&form, &response("in-progress", vec![])).unwrap();
    assert_eq!(scores.find("total").unwrap().value(), Value::Null);
}

#[test]
fn a_score_may_read_another_wherever_both_stand() {
    let form = form(vec![
        calculated(
            "twice",
            "integer",
            "%resource.item.where(linkId = 'total').answer.value * 2",
        ),
        calculated("total", "integer", SUM),
        item("a"),
        item("b"),
        calculated(
            "text",
            "string",
            "iif(%resource.item.where(linkId = 'twice').answer.value > 5, 'high', 'low')",
        ),
    ]);
    let sheet = laid(&form, "in-progress", vec![chosen("a", 2), chosen("b", 1)]);
    let told: Vec<(String, String)> = sheet
        .scores
        .iter()
        .map(|score| (score.name.clone(), score.values[0].to_string()))
        .collect();
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(told, [("twice", "6"), ("total", "3"), ("text", "high")]);
}

#[test]
fn variables_are_seen_where_they_stand_and_within() {
    let mut group = json!({"linkId": "g", "type": "group", "repeats": true, "item": [
        {"linkId": "n", "type": "integer"},
        calculated("both", "integer", "%mine + %all"),
    ]});
    group["extension"] = json!([variable("mine", "item.where(linkId = 'n').answer.value")]);
    let form = crate::common::read(
        &json!({"resourceType": "Questionnaire", "item": [group], "extension": [
            variable("all", "%resource.item.item.where(linkId = 'n').answer.value.sum()"),
        ]}),
    )
    .unwrap();
    let with = |number: u8| json!({"linkId": "g", "item": [crate::common::answered("n", "valueInteger", json!(number))]});
    let sheet = laid(&form, "in-progress", vec![with(2), with(5)]);
    let told: Vec<(&str, String)> = sheet
        .scores
        .iter()
        .map(|score| (score.name.as_str(), score.values[0].to_string()))
        .collect();
    assert_eq!(told, [("both", "9".to_owned()), ("both#1", "12".to_owned())]);
    // Outside of the group nobody knows its variable.
    let why = refused_at(
        vec![calculated("x", "integer", "%mine")],
        "item[0].extension[0].valueExpression.expression",
    );
    assert!(why.contains("unknown variable %mine"), "{why}");
}

#[test]
fn an_answer_that_is_wrong_gives_no_score_and_says_why() {
    let form = form(vec![item("a"), item("b"), calculated("total", "integer", SUM)]);
    let cases = [
        vec![chosen("a", 1), chosen("b", 9)],
        vec![chosen("a", 1), chosen("z", 1)],
        vec![json!({"linkId": "a", "answer": [chosen("a", 1)["answer"][0], chosen("a", 2)["answer"][0]]})],
        vec![json!({"linkId": "a", "answer": [{"valueInteger": 3}]})],
    ];
    for items in cases {
        let scores = score(&form, &response("completed", items.clone())).unwrap();
        assert_eq!(scores.scores, [], "{items:?}");
        assert_ne!(scores.mistakes, [], "{items:?}");
    }
}

#[test]
fn an_answer_cannot_bring_its_own_weight() {
    let form = form(vec![item("a"), item("b"), calculated("total", "integer", SUM)]);
    let heavy = |weight: u8| {
        json!({"linkId": "a", "answer": [{"valueCoding": {
            "system": "urn:often", "code": "c1",
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": weight}],
        }}]})
    };
    let sheet = laid(&form, "completed", vec![heavy(1)]);
    assert_eq!(sheet.scores[0].values[0].to_string(), "1");
    let sheet = laid(&form, "completed", vec![heavy(30)]);
    assert_eq!(sheet.scores, []);
    assert!(
        wrong(&sheet)[0].contains("counts 30, and the form says 1"),
        "{:?}",
        wrong(&sheet)
    );
}

#[test]
fn an_option_without_a_weight_is_no_zero() {
    let mut weightless = item("b");
    weightless["answerOption"][2]
        .as_object_mut()
        .unwrap()
        .remove("extension");
    let form = form(vec![item("a"), weightless, calculated("total", "integer", SUM)]);
    let sheet = laid(&form, "completed", vec![chosen("a", 1), chosen("b", 2)]);
    assert_eq!(sheet.scores, []);
    assert!(wrong(&sheet)[0].contains("has no weight"), "{:?}", wrong(&sheet));
    assert_eq!(
        laid(&form, "completed", vec![chosen("a", 1), chosen("b", 3)]).scores[0].values[0].to_string(),
        "4"
    );
}

#[test]
fn an_answer_without_a_weight_is_an_error_where_others_have_one() {
    let ordinal = json!([{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 7}]);
    // A code of no system, a text and a number, each beside one that counts 7.
    for (field, heavy, light) in [
        ("valueCoding", json!({"code": "x"}), json!({"code": "y"})),
        ("valueString", json!("often"), json!("never")),
        ("valueInteger", json!(1), json!(2)),
    ] {
        let question = |link_id: &str| {
            let options = json!([{field: heavy, "extension": ordinal}, {field: light}]);
            json!({"linkId": link_id, "type": "choice", "answerOption": options})
        };
        let form = form(vec![
            question("a"),
            question("b"),
            calculated("total", "decimal", SUM),
        ]);
        let with = |other: &Value| {
            let answers = [("a", heavy.clone()), ("b", other.clone())];
            let items = answers.map(|(link_id, value)| crate::common::answered(link_id, field, value));
            items.to_vec()
        };
        let sheet = laid(&form, "completed", with(&heavy));
        assert_eq!(sheet.scores[0].values[0].to_string(), "14", "{field}");
        let sheet = laid(&form, "completed", with(&light));
        assert_eq!(sheet.scores, [], "{field}");
        assert!(
            wrong(&sheet)[0].contains("the answer to \"b\" has no weight"),
            "{field}: {:?}",
            wrong(&sheet)
        );
    }
    // What was written beside the options counts nothing, either.
    let mut open = item("a");
    open["type"] = json!("open-choice");
    let open = form(vec![open, calculated("total", "decimal", SUM)]);
    let written = vec![crate::common::answered("a", "valueString", json!("now and then"))];
    let sheet = laid(&open, "completed", written);
    assert_eq!(sheet.scores, []);
    assert!(wrong(&sheet)[0].contains("has no weight"), "{:?}", wrong(&sheet));
}

#[test]
fn where_no_answer_has_a_weight_there_is_no_sum_and_no_error() {
    let options = json!([{"valueCoding": {"code": "x"}}, {"valueCoding": {"code": "y"}}]);
    let plain = json!({"linkId": "a", "type": "choice", "answerOption": options});
    let form = form(vec![plain, calculated("total", "decimal", SUM)]);
    let answer = vec![crate::common::answered("a", "valueCoding", json!({"code": "x"}))];
    let sheet = laid(&form, "completed", answer);
    assert_eq!((sheet.scores[0].value(), wrong(&sheet)), (Value::Null, vec![]));
}

#[test]
fn what_a_response_says_of_a_score_is_not_believed() {
    let form = form(vec![item("a"), item("b"), calculated("total", "integer", SUM)]);
    let said = |total: u8| {
        vec![
            chosen("a", 1),
            chosen("b", 1),
            crate::common::answered("total", "valueInteger", json!(total)),
        ]
    };
    let sheet = laid(&form, "completed", said(2));
    assert_eq!(wrong(&sheet), [""; 0]);
    let sheet = laid(&form, "completed", said(27));
    assert_eq!(sheet.scores[0].values[0].to_string(), "2");
    assert_eq!(
        wrong(&sheet),
        ["total: the response says 27, and computed it is 2"]
    );
    assert_eq!(sheet.to_json()["item"][2]["answer"][0]["valueInteger"], 2);
}

#[test]
fn a_score_that_reads_itself_is_no_score() {
    let all = "%resource.item.answer.value.ofType(integer).sum()";
    let form = form(vec![
        json!({"linkId": "n", "type": "integer"}),
        calculated("total", "integer", all),
    ]);
    let sheet = laid(
        &form,
        "completed",
        vec![crate::common::answered("n", "valueInteger", json!(3))],
    );
    assert_eq!(sheet.scores, []);
    assert!(
        wrong(&sheet)[0].contains("reads its own result"),
        "{:?}",
        wrong(&sheet)
    );
}

#[test]
fn a_result_that_does_not_fit_its_item_is_no_score() {
    let cases = [
        ("integer", "1 / 2", "the item is a whole number"),
        ("integer", "'three'", "it gives text"),
        ("boolean", "1", "it gives a number"),
        ("integer", "1 | 2", "it gives 2 values"),
        ("date", "'tomorrow'", "it gives text"),
        ("string", "1", "it gives a number"),
    ];
    for (kind, expression, told) in cases {
        let form = form(vec![calculated("x", kind, expression)]);
        let sheet = laid(&form, "completed", vec![]);
        assert_eq!(sheet.scores, [], "{kind} {expression}");
        assert!(
            wrong(&sheet)[0].contains(told),
            "{kind} {expression}: {:?}",
            wrong(&sheet)
        );
    }
}

#[test]
fn no_digit_of_an_ordinary_score_is_lost() {
    let sums = [
        ("0.1 + 0.2", "0.3"),
        ("1.005 * 100", "100.5"),
        ("27 / 9 * 7", "21"),
        ("10 / 4", "2.5"),
        ("0.1 * 3", "0.3"),
        ("123456789012.34 + 0.01", "123456789012.35"),
    ];
    for (expression, expected) in sums {
        let form = form(vec![calculated("x", "decimal", expression)]);
        assert_eq!(
            laid(&form, "completed", vec![]).scores[0].values[0].to_string(),
            expected,
            "{expression}"
        );
    }
}

#[test]
fn a_code_system_of_the_form_tells_weights() {
    let weight = json!([{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 4}]);
    let form = crate::common::read(&json!({"resourceType": "Questionnaire",
        "contained": [{"resourceType": "CodeSystem", "url": "urn:s", "concept": [{"code": "x", "concept": [{"code": "y", "extension": weight}]}]}],
        "item": [
            {"linkId": "a", "type": "choice", "answerOption": [{"valueCoding": {"system": "urn:s", "code": "y"}}, {"valueCoding": {"system": "urn:s", "code": "x"}}]},
            calculated("total", "integer", "%resource.item.where(linkId='a').answer.value.ordinal().sum()"),
        ]}))
    .unwrap();
    let with = |code: &str| -> Vec<Value> {
        vec![json!({"linkId": "a", "answer": [{"valueCoding": {"system": "urn:s", "code": code}}]})]
    };
    assert_eq!(
        laid(&form, "completed", with("y")).scores[0].values[0].to_string(),
        "4"
    );
    // One that counts nothing, where others count, would make the sum too small.
    let sheet = laid(&form, "completed", with("x"));
    assert_eq!(sheet.scores, []);
    assert!(wrong(&sheet)[0].contains("has no weight"), "{:?}", wrong(&sheet));
}

#[test]
fn what_is_not_asked_counts_for_no_score_of_a_page() {
    let mut later = item("b");
    later["enableWhen"] =
        json!([{"question": "a", "operator": "=", "answerCoding": {"system": "urn:often", "code": "c3"}}]);
    let form = form(vec![item("a"), later, calculated("total", "integer", SUM)]);
    let posted = |a: &'static str| Sheet::posted(&form, Status::Completed, [("a", a), ("b", "c2")]).unwrap();
    let sheet = posted("c3");
    assert_eq!(
        (sheet.scores[0].values[0].to_string(), wrong(&sheet)),
        ("5".to_owned(), vec![])
    );
    let sheet = posted("c1");
    assert_eq!(
        (sheet.scores[0].values[0].to_string(), wrong(&sheet)),
        ("1".to_owned(), vec![])
    );
    // Written as a response by someone else, it is told, and there is no score.
    let said = response("completed", vec![chosen("a", 1), chosen("b", 2)]);
    assert_eq!(score(&form, &said).unwrap().scores, []);
}

#[test]
fn a_score_in_a_group_that_is_not_asked_is_not_told() {
    let form = form(vec![
        json!({"linkId": "y", "type": "boolean"}),
        json!({"linkId": "g", "type": "group", "item": [calculated("x", "integer", "1")], "enableWhen": [
            {"question": "y", "operator": "=", "answerBoolean": true},
        ]}),
    ]);
    assert_eq!(laid(&form, "completed", vec![]).scores, []);
    assert_eq!(
        laid(
            &form,
            "completed",
            vec![crate::common::answered("y", "valueBoolean", json!(true))]
        )
        .scores
        .len(),
        1
    );
}
