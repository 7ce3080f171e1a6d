//! Answers are checked item by item, half-filled ones are fine, and what is written can be read again.

use crate::common::{answered, chosen, form, item, laid, response, wrong};
use measures::response::Fault;
use measures::{Answer, Form, Progress, Response, Sheet, Status};
use serde_json::{Value, json};

fn limited() -> Form {
    let limit = |name: &str, value: u8| json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueInteger": value});
    form(vec![
        json!({"linkId": "n", "type": "integer", "required": true, "extension": [limit("minValue", 1), limit("maxValue", 10)]}),
        json!({"linkId": "t", "type": "string", "maxLength": 5, "extension": [limit("minLength", 2)]}),
        json!({"linkId": "d", "type": "decimal", "extension": [limit("maxDecimalPlaces", 1)]}),
        json!({"linkId": "day", "type": "date"}),
        json!({"linkId": "o", "type": "open-choice", "repeats": true, "answerOption": [
            {"valueCoding": {"code": "a"}},
            {"valueCoding": {"code": "none"}, "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": true}]},
        ]}),
        item("c"),
        json!({"linkId": "g", "type": "group", "item": [json!({"linkId": "within", "type": "boolean"})]}),
    ])
}

#[test]
fn each_wrong_answer_is_told_by_its_item() {
    let form = limited();
    let cases = [
        (answered("n", "valueInteger", json!(0)), "n: the least is 1"),
        (answered("n", "valueInteger", json!(11)), "n: the most is 10"),
        (
            answered("n", "valueDecimal", json!(2)),
            "n: the answer is a decimal, and the item of type integer",
        ),
        (
            answered("t", "valueString", json!("a")),
            "t: at least 2 characters are needed",
        ),
        (
            answered("t", "valueString", json!("länger")),
            "t: at most 5 characters are allowed",
        ),
        (
            answered("d", "valueDecimal", json!(1.25)),
            "d: at most 1 digits after the point are allowed",
        ),
        (
            answered("c", "valueCoding", json!({"system": "urn:often", "code": "c9"})),
            "c: \"c9\" is none of the options",
        ),
        (
            answered("c", "valueCoding", json!({"code": "c1"})),
            "c: \"c1\" is none of the options",
        ),
        (
            answered("g", "valueBoolean", json!(true)),
            "g: this is no question",
        ),
        (
            answered("x", "valueBoolean", json!(true)),
            "x: the form has no such item (item[0])",
        ),
        (
            answered("within", "valueBoolean", json!(true)),
            "within: the item is not of this group (item[0])",
        ),
        (
            json!({"linkId": "n", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}),
            "n: at most 1 answers are allowed",
        ),
        (
            json!({"linkId": "o", "answer": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "none"}}]}),
            "o: \"none\" excludes the other answers",
        ),
        (
            json!({"linkId": "o", "answer": [{"valueCoding": {"code": "b"}}]}),
            "o: \"b\" is none of the options",
        ),
    ];
    for (answer, told) in cases {
        assert_eq!(
            wrong(&laid(&form, "in-progress", vec![answer.clone()])),
            [told],
            "{answer}"
        );
    }
    let twice = vec![
        answered("n", "valueInteger", json!(1)),
        answered("n", "valueInteger", json!(2)),
    ];
    assert_eq!(
        wrong(&laid(&form, "in-progress", twice))[0],
        "n: it is there more than once, and does not repeat"
    );
    let beside =
        json!({"linkId": "o", "answer": [{"valueCoding": {"code": "a"}}, {"valueString": "something else"}]});
    assert_eq!(wrong(&laid(&form, "in-progress", vec![beside])), [""; 0]);
}

#[test]
fn what_is_required_may_be_missing_until_it_is_completed() {
    let form = limited();
    assert_eq!(wrong(&laid(&form, "in-progress", vec![])), [""; 0]);
    assert_eq!(
        wrong(&laid(&form, "completed", vec![])),
        ["n: it has to be answered"]
    );
    assert_eq!(
        wrong(&laid(
            &form,
            "completed",
            vec![answered("n", "valueInteger", json!(3))]
        )),
        [""; 0]
    );
}

/// A form whose second question is asked by the answer to the first, and whose third by the second.
fn staged(test: Value) -> Form {
    let mut when = test;
    when["question"] = "n".into();
    form(vec![
        json!({"linkId": "n", "type": "integer", "repeats": true}),
        json!({"linkId": "then", "type": "string", "required": true, "enableWhen": [when]}),
        json!({"linkId": "last", "type": "string", "enableWhen": [{"question": "then", "operator": "exists", "answerBoolean": true}]}),
    ])
}

#[test]
fn items_are_asked_as_their_conditions_say() {
    // With which answers each of them is asked: nothing, 1, 3, 5.
    let cases = [
        (
            json!({"operator": "=", "answerInteger": 3}),
            [false, false, true, false],
        ),
        (
            json!({"operator": "!=", "answerInteger": 3}),
            [false, true, false, true],
        ),
        (
            json!({"operator": ">", "answerInteger": 3}),
            [false, false, false, true],
        ),
        (
            json!({"operator": ">=", "answerInteger": 3}),
            [false, false, true, true],
        ),
        (
            json!({"operator": "<", "answerInteger": 3}),
            [false, true, false, false],
        ),
        (
            json!({"operator": "<=", "answerInteger": 3}),
            [false, true, true, false],
        ),
        (
            json!({"operator": "exists", "answerBoolean": true}),
            [false, true, true, true],
        ),
        (
            json!({"operator": "exists", "answerBoolean": false}),
            [true, false, false, false],
        ),
    ];
    for (test, asked) in cases {
        let form = staged(test.clone());
        for (number, asked) in [None, Some(1), Some(3), Some(5)].into_iter().zip(asked) {
            let mut items: Vec<Value> = number
                .map(|number| answered("n", "valueInteger", json!(number)))
                .into_iter()
                .collect();
            let sheet = laid(&form, "in-progress", items.clone());
            assert_eq!(
                (sheet.rows[1].enabled, sheet.rows[2].enabled),
                (asked, false),
                "{test} {number:?}"
            );
            items.push(answered("then", "valueString", json!("a")));
            let sheet = laid(&form, "completed", items);
            // The answer of an item that is not asked counts for nobody.
            assert_eq!(sheet.rows[2].enabled, asked, "{test} {number:?}");
            let told = if asked {
                vec![]
            } else {
                vec!["then: by the other answers it is not asked, and it is answered".to_owned()]
            };
            assert_eq!(wrong(&sheet), told, "{test} {number:?}");
        }
    }
    // Of several answers, one that fits is enough.
    let form = staged(json!({"operator": "=", "answerInteger": 3}));
    let both = json!({"linkId": "n", "answer": [{"valueInteger": 1}, {"valueInteger": 3}]});
    assert!(laid(&form, "in-progress", vec![both]).rows[1].enabled);
}

#[test]
fn several_conditions_hold_all_or_any() {
    for (behaviour, asked) in [
        ("all", [false, false, false, true]),
        ("any", [false, true, true, true]),
    ] {
        let form = form(vec![
            json!({"linkId": "a", "type": "boolean"}),
            json!({"linkId": "b", "type": "boolean"}),
            json!({"linkId": "x", "type": "group", "enableBehavior": behaviour, "item": [{"linkId": "y", "type": "string"}], "enableWhen": [
                {"question": "a", "operator": "=", "answerBoolean": true},
                {"question": "b", "operator": "=", "answerBoolean": true},
            ]}),
        ]);
        for (index, asked) in asked.into_iter().enumerate() {
            let items = vec![
                answered("a", "valueBoolean", json!(index & 1 == 1)),
                answered("b", "valueBoolean", json!(index & 2 == 2)),
            ];
            let sheet = laid(&form, "in-progress", items);
            // What is within is asked as its group is.
            assert_eq!(
                (sheet.rows[2].enabled, sheet.rows[3].enabled),
                (asked, asked),
                "{behaviour} {index}"
            );
        }
    }
}

#[test]
fn a_condition_in_a_repeated_group_looks_at_the_answer_beside_it() {
    let form = form(vec![
        json!({"linkId": "child", "type": "group", "repeats": true, "item": [
            {"linkId": "ill", "type": "boolean"},
            {"linkId": "since", "type": "date", "enableWhen": [{"question": "ill", "operator": "=", "answerBoolean": true}]},
        ]}),
    ]);
    let child = |ill: bool| json!({"linkId": "child", "item": [answered("ill", "valueBoolean", json!(ill))]});
    let sheet = laid(
        &form,
        "in-progress",
        vec![child(false), child(true), child(false)],
    );
    let asked: Vec<(&str, bool)> = sheet
        .rows
        .iter()
        .filter(|row| row.name.starts_with("since"))
        .map(|row| (row.name.as_str(), row.enabled))
        .collect();
    assert_eq!(asked, [("since", false), ("since#1", true), ("since#2", false)]);
}

#[test]
fn an_expression_can_say_whether_an_item_is_asked() {
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
    let form = form(vec![
        item("a"),
        item("b"),
        crate::common::calculated(
            "total",
            "integer",
            "%resource.item.where(linkId = 'a' or linkId = 'b').answer.weight().sum()",
        ),
        json!({"linkId": "how", "type": "string", "extension": [crate::common::expression_of(url, "%resource.item.where(linkId = 'total').answer.value >= 4")]}),
    ]);
    for (a, b, asked) in [(0, 3, false), (2, 2, true), (3, 3, true)] {
        let sheet = laid(&form, "in-progress", vec![chosen("a", a), chosen("b", b)]);
        assert_eq!(sheet.rows[3].enabled, asked);
    }
    assert!(!laid(&form, "in-progress", vec![]).rows[3].enabled);
}

#[test]
fn progress_counts_what_is_asked() {
    let form = staged(json!({"operator": "=", "answerInteger": 3}));
    assert_eq!(
        laid(&form, "in-progress", vec![]).progress(),
        Progress { answered: 0, of: 1 }
    );
    let items = vec![answered("n", "valueInteger", json!(3))];
    assert_eq!(
        laid(&form, "in-progress", items.clone()).progress(),
        Progress { answered: 1, of: 2 }
    );
}

#[test]
fn what_a_page_posts_becomes_a_response_and_is_read_again() {
    let form = form(vec![
        item("c"),
        json!({"linkId": "n", "type": "decimal", "text": "How far?"}),
        json!({"linkId": "o", "type": "open-choice", "repeats": true, "answerOption": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b"}}]}),
        json!({"linkId": "at", "type": "time"}),
        json!({"linkId": "child", "type": "group", "repeats": true, "item": [{"linkId": "name", "type": "string"}]}),
        json!({"linkId": "yes", "type": "boolean"}),
        json!({"linkId": "more", "type": "string", "enableWhen": [{"question": "yes", "operator": "=", "answerBoolean": true}]}),
    ]);
    let posted = [
        ("c", "c2"),
        ("n", "1,5"),
        ("o", "b"),
        ("o", "a"),
        ("o~other", " and more "),
        ("at", "14:30"),
        ("name", "Ada"),
        ("name#1", "Bo"),
        ("yes", "false"),
        ("more", "typed before"),
        ("unknown", "nobody asked"),
    ];
    let sheet = Sheet::posted(&form, Status::Completed, posted).unwrap();
    assert_eq!(wrong(&sheet), [""; 0]);
    let json = sheet.to_json();
    assert_eq!(
        json,
        json!({
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "https://example.org/form|2",
            "status": "completed",
            "item": [
                {"linkId": "c", "answer": [{"valueCoding": {"system": "urn:often", "code": "c2", "display": "2 times"}}]},
                {"linkId": "n", "text": "How far?", "answer": [{"valueDecimal": 1.5}]},
                {"linkId": "o", "answer": [{"valueCoding": {"code": "b"}}, {"valueCoding": {"code": "a"}}, {"valueString": "and more"}]},
                {"linkId": "at", "answer": [{"valueTime": "14:30:00"}]},
                {"linkId": "child", "item": [{"linkId": "name", "answer": [{"valueString": "Ada"}]}]},
                {"linkId": "child", "item": [{"linkId": "name", "answer": [{"valueString": "Bo"}]}]},
                {"linkId": "yes", "answer": [{"valueBoolean": false}]},
            ],
        })
    );
    let again = Response::read(json.to_string().as_bytes()).unwrap();
    assert_eq!(Sheet::new(&form, &again).unwrap().to_json(), json);
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_else_is_lost() {
    let form = limited();
    let sheet = Sheet::posted(
        &form,
        Status::InProgress,
        [("n", "many"), ("c", "c9"), ("day", "2026-02-29"), ("t", "abc")],
    )
    .unwrap();
    let told: Vec<(&str, bool)> = sheet
        .mistakes
        .iter()
        .map(|mistake| {
            (
                mistake.link_id.as_str(),
                matches!(mistake.fault, Fault::Unreadable { .. }),
            )
        })
        .collect();
    assert_eq!(told, [("n", true), ("day", true), ("c", true)]);
    assert_eq!(
        sheet.rows[sheet.find("t").unwrap()].answers,
        [Answer::Text("abc".to_owned())]
    );
}

#[test]
fn a_blank_form_begins_with_its_initial_answers() {
    let form = form(vec![
        json!({"linkId": "n", "type": "integer", "initial": [{"valueInteger": 4}]}),
        json!({"linkId": "o", "type": "choice", "answerOption": [
            {"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b"}, "initialSelected": true},
        ]}),
    ]);
    let sheet = Sheet::blank(&form).unwrap();
    assert_eq!(sheet.rows[0].answers, [Answer::Integer(4)]);
    assert_eq!(sheet.rows[1].answers[0].to_string(), "b");
}

#[test]
fn what_else_a_response_says_is_kept() {
    let form = form(vec![item("a")]);
    let said = json!({"resourceType": "QuestionnaireResponse", "id": "r1", "status": "completed", "authored": "2026-11-28", "subject": {"reference": "Patient/1"}, "questionnaire": "https://example.org/form|1", "item": [chosen("a", 1)]});
    let sheet = Sheet::new(&form, &Response::read(said.to_string().as_bytes()).unwrap()).unwrap();
    let written = sheet.to_json();
    for name in ["id", "authored", "subject", "questionnaire", "status"] {
        assert_eq!(written[name], said[name]);
    }
}

#[test]
fn a_response_that_is_none_is_refused_in_words() {
    let cases = [
        (
            json!({"resourceType": "Bundle"}),
            "resourceType: must be \"QuestionnaireResponse\"",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse"}),
            "status: is missing",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "status": "done"}),
            "is no status",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"linkId": "a", "answer": [{}]}]}),
            "item[0].answer[0]: has no value[x]",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"answer": []}]}),
            "item[0].linkId: is missing",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"linkId": "a", "answer": [{"valueInteger": 1, "valueString": "a"}]}]}),
            "keep one",
        ),
        (
            json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"linkId": "a", "answer": [{"valueDate": "2026-13-01"}]}]}),
            "is not a date",
        ),
    ];
    for (said, told) in cases {
        let refused = Response::read(said.to_string().as_bytes()).unwrap_err();
        assert!(refused.to_string().contains(told), "{said}: {refused}");
    }
    assert_eq!(response("in-progress", vec![]).status, Status::InProgress);
}

#[test]
fn answers_to_another_form_are_refused() {
    let form = form(vec![item("a")]);
    let said = |of: &str| {
        let said =
            json!({"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": of});
        Response::read(said.to_string().as_bytes()).unwrap()
    };
    let refused = Sheet::new(&form, &said("https://example.org/other|2"))
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("these are answers to https://example.org/other"),
        "{refused}"
    );
    assert!(Sheet::new(&form, &said("https://example.org/form|7")).is_ok());
}

#[test]
fn a_page_shows_again_what_was_chosen_and_written() {
    let form = limited();
    let posted = [
        ("n", "many"),
        ("d", "2.50"),
        ("o", "a"),
        ("o~other", "else"),
        ("c", "c1"),
    ];
    let sheet = Sheet::posted(&form, Status::InProgress, posted).unwrap();
    let row = |name: &str| &sheet.rows[sheet.find(name).unwrap()];
    let chosen = |name: &str| -> Vec<&str> {
        let options = sheet.item(row(name)).options.iter();
        options
            .filter(|choice| sheet.is_chosen(row(name), choice))
            .map(|choice| choice.key.as_str())
            .collect()
    };
    assert_eq!((chosen("o"), chosen("c")), (vec!["a"], vec!["c1"]));
    let written = |name: &str| sheet.written(row(name)).unwrap_or_default();
    assert_eq!(
        (written("n"), written("d"), written("o"), written("c")),
        ("many".into(), "2.5".into(), "else".into(), String::new())
    );
}
