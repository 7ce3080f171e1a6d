//! What a form may say is understood; what would change its meaning and is not understood is refused, with path and reason.

use crate::common::{form, item, read, refused, refused_at};
use measures::form::{Behaviour, Compare, Test};
use measures::{Answer, Decimal, Kind};
use serde_json::{Value, json};

#[test]
fn every_type_of_item_is_read_in_the_order_of_the_page() {
    let types = [
        ("group", Kind::Group),
        ("display", Kind::Display),
        ("boolean", Kind::Boolean),
        ("integer", Kind::Integer),
        ("decimal", Kind::Decimal),
        ("string", Kind::String),
        ("text", Kind::Text),
        ("date", Kind::Date),
        ("dateTime", Kind::DateTime),
        ("time", Kind::Time),
        ("url", Kind::Url),
        ("open-choice", Kind::OpenChoice),
        ("quantity", Kind::Quantity),
    ];
    let items: Vec<Value> = types
        .iter()
        .map(|(name, _)| json!({"linkId": name, "type": name}))
        .collect();
    let form = form(items);
    for (item, (name, kind)) in form.items.iter().zip(types) {
        assert_eq!((item.link_id.as_str(), item.kind), (name, kind));
    }
}

#[test]
fn what_is_within_a_group_follows_it() {
    let form = form(vec![
        json!({"linkId": "g", "type": "group", "text": "How are you?", "item": [
            {"linkId": "a", "type": "string", "prefix": "1."},
            {"linkId": "h", "type": "group", "item": [{"linkId": "b", "type": "boolean"}]},
        ]}),
        json!({"linkId": "c", "type": "integer"}),
    ]);
    let told: Vec<(&str, usize)> = form
        .items
        .iter()
        .map(|item| (item.link_id.as_str(), item.depth))
        .collect();
    assert_eq!(told, [("g", 0), ("a", 1), ("h", 1), ("b", 2), ("c", 0)]);
    let names = |parent: Option<&str>| -> Vec<&str> {
        let parent = parent.map(|link_id| form.find(link_id).unwrap());
        form.within(parent)
            .map(|at| form.at(at).link_id.as_str())
            .collect()
    };
    assert_eq!(names(None), ["g", "c"]);
    assert_eq!(names(Some("g")), ["a", "h"]);
    assert_eq!(names(Some("h")), ["b"]);
    assert_eq!(names(Some("c")), [""; 0]);
    assert_eq!(form.items[3].path, "item[0].item[1].item[0]");
}

#[test]
fn weights_are_read_wherever_they_stand() {
    let weight = |url: &str, number: Value| json!([{"url": format!("http://hl7.org/fhir/StructureDefinition/{url}"), "valueDecimal": number}]);
    let contained = json!([
        {"resourceType": "ValueSet", "id": "set", "compose": {"include": [{"system": "urn:s", "concept": [
            {"code": "a", "display": "A", "extension": weight("ordinalValue", json!(4))},
            {"code": "b", "display": "B"},
        ]}]}},
        {"resourceType": "ValueSet", "id": "expanded", "expansion": {"contains": [
            {"system": "urn:t", "code": "c", "display": "C", "contains": [{"system": "urn:t", "code": "d"}]},
            {"abstract": true, "display": "Heading", "contains": [{"system": "urn:t", "code": "e", "extension": weight("itemWeight", json!(0.5))}]},
        ]}},
    ]);
    let form = read(&json!({"resourceType": "Questionnaire", "status": "active", "contained": contained, "item": [
        {"linkId": "own", "type": "choice", "answerOption": [
            {"valueCoding": {"code": "x", "system": "urn:s"}, "extension": weight("ordinalValue", json!(1))},
            {"valueCoding": {"code": "y", "system": "urn:s", "extension": weight("itemWeight", json!(2.5))}},
            {"valueCoding": {"display": "no code"}},
        ]},
        {"linkId": "set", "type": "choice", "answerValueSet": "#set"},
        {"linkId": "expanded", "type": "choice", "answerValueSet": "#expanded"},
        {"linkId": "whole", "type": "choice", "answerOption": [{"valueInteger": 7}, {"valueString": "eight"}, {"valueDate": "2026-09"}]},
    ]}))
    .unwrap();
    let told = |link_id: &str| -> Vec<(String, Option<String>)> {
        let item = form.at(form.find(link_id).unwrap());
        let options = item.options.iter();
        options
            .map(|choice| (choice.key.clone(), choice.weight.map(|weight| weight.to_string())))
            .collect()
    };
    let some = |key: &str, weight: &str| (key.to_owned(), Some(weight.to_owned()));
    let none = |key: &str| (key.to_owned(), None);
    assert_eq!(
        told("own"),
        [some("option-1", "1"), some("option-2", "2.5"), none("option-3")]
    );
    assert_eq!(told("set"), [some("a", "4"), none("b")]);
    assert_eq!(told("expanded"), [none("c"), none("d"), some("e", "0.5")]);
    assert_eq!(
        told("whole"),
        [none("option-1"), none("option-2"), none("option-3")]
    );
}

#[test]
fn conditions_are_read_with_every_operator() {
    let operators = [
        ("=", Compare::Equal),
        ("!=", Compare::Unequal),
        (">", Compare::Greater),
        ("<", Compare::Less),
        (">=", Compare::AtLeast),
        ("<=", Compare::AtMost),
    ];
    for (operator, compare) in operators {
        let form = form(vec![
            json!({"linkId": "n", "type": "integer"}),
            json!({"linkId": "t", "type": "string", "enableBehavior": "any", "enableWhen": [
                {"question": "n", "operator": operator, "answerInteger": 3},
                {"question": "n", "operator": "exists", "answerBoolean": false},
            ]}),
        ]);
        let enable = &form.items[1].enable;
        assert_eq!(enable.behaviour, Behaviour::Any);
        assert!(matches!(&enable.when[0].test, Test::Is(is, Answer::Integer(3)) if *is == compare));
        assert!(matches!(enable.when[1].test, Test::Unanswered));
    }
}

#[test]
fn hints_and_limits_are_there_for_a_page() {
    let form = form(vec![
        json!({"linkId": "n", "type": "decimal", "text": "Weight", "required": true, "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": 0.5},
            {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 300},
            {"url": "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces", "valueInteger": 1},
            {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": {"code": "kg", "system": "http://unitsofmeasure.org", "display": "kilograms"}},
            {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": "slider"}]}},
            {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue", "valueInteger": 5},
            {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory", "valueCodeableConcept": {"text": "Without shoes"}},
            {"url": "http://hl7.org/fhir/StructureDefinition/rendering-style", "valueString": "color: red"},
        ]}),
    ]);
    let item = &form.items[0];
    assert!(item.required);
    assert_eq!(item.limits.least, Some(Answer::Decimal(Decimal::new(5, 1))));
    assert_eq!(item.limits.most, Some(Answer::Integer(300)));
    assert_eq!(item.limits.decimal_places, Some(1));
    assert_eq!(item.hints.unit.as_ref().unwrap().label(), "kilograms");
    assert_eq!(item.hints.control.as_deref(), Some("slider"));
    assert_eq!(item.hints.slider_step, Some(5));
    assert_eq!(item.hints.help.as_deref(), Some("Without shoes"));
    let report = form.report();
    assert_eq!(
        report.ignored,
        ["http://hl7.org/fhir/StructureDefinition/rendering-style"]
    );
    assert_eq!((report.items, report.questions), (1, 1));
}

#[test]
fn what_changes_the_meaning_and_is_not_understood_is_refused_where_it_stands() {
    let choice = json!([{"valueCoding": {"code": "a"}}]);
    let cases: Vec<(Value, &str, &str)> = vec![
        (
            json!({"linkId": "x", "type": "attachment"}),
            "item[0].type",
            "not supported",
        ),
        (
            json!({"linkId": "x", "type": "slider"}),
            "item[0].type",
            "no type of a FHIR R4 item",
        ),
        (json!({"linkId": "x"}), "item[0].type", "is missing"),
        (json!({"type": "string"}), "item[0].linkId", "is missing"),
        (
            json!({"linkId": 7, "type": "string"}),
            "item[0].linkId",
            "must be text, and is a number",
        ),
        (
            json!({"linkId": "x", "type": "string", "modifierExtension": []}),
            "item[0].modifierExtension",
            "take it out",
        ),
        (
            json!({"linkId": "x", "type": "string", "enablewhen": []}),
            "item[0].enablewhen",
            "write enableWhen",
        ),
        (
            json!({"linkId": "x", "type": "choice"}),
            "item[0].answerOption",
            "nothing to choose from",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/yesno"}),
            "item[0].answerValueSet",
            "nothing is fetched",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerValueSet": "#none"}),
            "item[0].answerValueSet",
            "no contained ValueSet",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerValueSet": "#none", "answerOption": choice}),
            "item[0].answerValueSet",
            "keep one",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerOption": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "a", "display": "A"}}]}),
            "item[0]",
            "there twice",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerOption": [{"valueCoding": {}}]}),
            "item[0].answerOption[0].valueCoding",
            "neither a code nor a display",
        ),
        (
            json!({"linkId": "x", "type": "choice", "answerOption": [{"valueReference": {}}]}),
            "item[0].answerOption[0].valueReference",
            "not supported",
        ),
    ];
    for (item, path, reason) in cases {
        let why = refused_at(vec![item.clone()], path);
        assert!(why.contains(reason), "{item}: {why}");
    }
}

#[test]
fn what_contradicts_the_rest_of_the_form_is_refused_where_it_stands() {
    let cases: Vec<(Value, &str, &str)> = vec![
        (
            json!({"linkId": "x", "type": "group", "item": [{"linkId": "x", "type": "string"}]}),
            "item[0].item[0].linkId",
            "is that of item[0] already",
        ),
        (
            json!({"linkId": "x", "type": "display", "item": [{"linkId": "y", "type": "string"}]}),
            "item[0].item",
            "make it a group",
        ),
        (
            json!({"linkId": "x", "type": "string", "enableWhen": [{"question": "y", "operator": "=", "answerString": "a"}]}),
            "item[0].enableWhen[0].question",
            "no item has the linkId \"y\"",
        ),
        (
            json!({"linkId": "x", "type": "string", "enableWhen": [{"question": "x", "operator": "=", "answerString": "a"}]}),
            "item[0].enableWhen[0].question",
            "the item itself",
        ),
        (
            json!({"linkId": "x", "type": "string", "initial": [{"valueInteger": 1}]}),
            "item[0].initial[0]",
            "no answer to an item of type string",
        ),
        (
            json!({"linkId": "x", "type": "integer", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueString": "a"}]}),
            "item[0].extension[0]",
            "cannot bound",
        ),
        (
            json!({"linkId": "x", "type": "string", "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/cqf-expression", "valueExpression": {}}]}}),
            "item[0]._text.extension[0]",
            "computes what stands here",
        ),
    ];
    for (item, path, reason) in cases {
        let why = refused_at(vec![item.clone()], path);
        assert!(why.contains(reason), "{item}: {why}");
    }
}

#[test]
fn a_condition_that_could_never_mean_what_it_says_is_refused() {
    let cases = [
        (
            json!({"question": "n", "operator": "matches", "answerInteger": 1}),
            "operator",
            "is no operator",
        ),
        (
            json!({"question": "n", "operator": "exists", "answerInteger": 1}),
            "operator",
            "exists is compared with true or false",
        ),
        (
            json!({"question": "n", "operator": "=", "answerString": "1"}),
            "operator",
            "compares a string",
        ),
        (
            json!({"question": "c", "operator": ">", "answerCoding": {"code": "a"}}),
            "operator",
            "needs answers with an order",
        ),
        (
            json!({"question": "c", "operator": "=", "answerCoding": {"code": "z"}}),
            "operator",
            "none of the options",
        ),
        (
            json!({"question": "g", "operator": "exists", "answerBoolean": true}),
            "question",
            "which has no answer",
        ),
        (
            json!({"operator": "exists", "answerBoolean": true}),
            "question",
            "is missing",
        ),
        (
            json!({"question": "n", "answerInteger": 1}),
            "operator",
            "is missing",
        ),
        (
            json!({"question": "n", "operator": "=", "answerInteger": 1, "answerDecimal": 1.0}),
            "",
            "keep one",
        ),
    ];
    for (condition, name, reason) in cases {
        let items = vec![
            json!({"linkId": "n", "type": "integer"}),
            json!({"linkId": "c", "type": "choice", "answerOption": [{"valueCoding": {"code": "a"}}]}),
            json!({"linkId": "g", "type": "group"}),
            json!({"linkId": "x", "type": "string", "enableWhen": [condition]}),
        ];
        let path = if name.is_empty() {
            "item[3].enableWhen[0]".to_owned()
        } else {
            format!("item[3].enableWhen[0].{name}")
        };
        let why = refused_at(items, &path);
        assert!(why.contains(reason), "{condition}: {why}");
    }
    let two = json!([{"question": "n", "operator": "=", "answerInteger": 1}, {"question": "n", "operator": "=", "answerInteger": 2}]);
    let items = vec![
        json!({"linkId": "n", "type": "integer"}),
        json!({"linkId": "x", "type": "string", "enableWhen": two}),
    ];
    assert!(refused_at(items, "item[1].enableBehavior").contains("\"all\" or \"any\""));
}

#[test]
fn conditions_in_a_circle_are_refused_with_the_circle() {
    let on = |link_id: &str, other: &str| json!({"linkId": link_id, "type": "boolean", "enableWhen": [{"question": other, "operator": "=", "answerBoolean": true}]});
    let why = refused_at(
        vec![item("first"), on("a", "b"), on("b", "c"), on("c", "a")],
        "item[1].enableWhen",
    );
    assert!(why.contains(r#""a" → "b" → "c" → "a""#), "{why}");
    // A group that waits for a question within it is never asked.
    let group = json!({"linkId": "g", "type": "group", "item": [{"linkId": "q", "type": "boolean"}], "enableWhen": [{"question": "q", "operator": "=", "answerBoolean": true}]});
    assert!(refused_at(vec![group], "item[0].enableWhen").contains("depends on itself"));
}

#[test]
fn expressions_in_other_languages_or_of_other_engines_are_refused() {
    let calculated = |expression: Value| {
        let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
        vec![
            item("a"),
            json!({"linkId": "x", "type": "integer", "extension": [{"url": url, "valueExpression": expression}]}),
        ]
    };
    let path = "item[1].extension[0].valueExpression";
    let cases = [
        (
            json!({"language": "text/cql", "expression": "Total"}),
            format!("{path}.language"),
            "only text/fhirpath",
        ),
        (json!({"expression": "1"}), format!("{path}.language"), "not said"),
        (
            json!({"language": "text/fhirpath"}),
            format!("{path}.expression"),
            "is missing",
        ),
        (
            json!({"language": "text/fhirpath", "expression": "%resource.item.resolve()"}),
            format!("{path}.expression"),
            "unsupported function resolve at column 16",
        ),
        (
            json!({"language": "text/fhirpath", "expression": "%patient.age"}),
            format!("{path}.expression"),
            "unknown variable %patient at column 1",
        ),
        (
            json!({"language": "text/fhirpath", "expression": "%resource.items.count()"}),
            format!("{path}.expression"),
            "unknown element items at column 11",
        ),
        (
            json!({"language": "text/fhirpath", "expression": "1 +"}),
            format!("{path}.expression"),
            "ends too early at column 4",
        ),
        (
            json!("1"),
            "item[1].extension[0]".to_owned(),
            "must have an expression",
        ),
    ];
    for (expression, path, reason) in cases {
        let why = refused_at(calculated(expression.clone()), &path);
        assert!(why.contains(reason), "{expression}: {why}");
    }
}

#[test]
fn scores_in_a_circle_are_refused() {
    let of = |link_id: &str, other: &str| {
        crate::common::calculated(
            link_id,
            "integer",
            &format!("%resource.item.where(linkId = '{other}').answer.value + 1"),
        )
    };
    let why = refused_at(vec![of("a", "b"), of("b", "a")], "item[0]");
    assert!(why.contains("is computed from itself"), "{why}");
}

#[test]
fn all_problems_are_told_at_once() {
    let refused = refused(vec![
        json!({"linkId": "x", "type": "slider"}),
        json!({"type": "string"}),
        json!({"linkId": "y", "type": "string", "repeats": 1}),
    ]);
    let paths: Vec<&str> = refused
        .problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(paths, ["item[0].type", "item[1].linkId", "item[2].repeats"]);
}

#[test]
fn what_speaks_of_an_item_that_is_not_there_is_noted() {
    let form = form(vec![
        item("a"),
        crate::common::calculated(
            "x",
            "integer",
            "%resource.item.where(linkId = 'b').answer.weight().sum()",
        ),
    ]);
    let notes = form.report().notes;
    assert_eq!(notes.len(), 1);
    assert!(
        notes[0].why.contains("no item has the linkId \"b\""),
        "{}",
        notes[0]
    );
}
