//! Extensions of a form: those that are known are read or left out, and every other name of HL7's and of ours is refused.

use crate::common::{form, item, read, refused_at};
use measures::risk::{RiskItem, RiskKind};
use measures::{Form, Measures};
use serde_json::{Value, json};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
const RISK: &str = "https://sameboat.org/fhir/StructureDefinition/risk";

/// A question from 0 to 3 that has these extensions.
fn with(extensions: Value) -> Value {
    let mut item = item("x");
    item["extension"] = extensions;
    item
}

fn kind(said: &str) -> Value {
    json!({"url": "kind", "valueCode": said})
}

fn at_least(number: u8) -> Value {
    json!({"url": "atLeast", "valueDecimal": number})
}

fn risk(parts: Value) -> Value {
    json!({"url": RISK, "extension": parts})
}

#[test]
fn the_mark_of_a_question_about_danger_is_read_and_told() {
    let form = form(vec![with(json!([risk(json!([kind("self-harm"), at_least(1)]))]))]);
    let report = form.report();
    assert_eq!(report.ignored, [""; 0]);
    let mark = RiskItem {
        link_id: "x".to_owned(),
        kind: RiskKind::SelfHarm,
        at_least: 1.0,
    };
    assert_eq!(report.risks, [mark]);
}

#[test]
fn a_mark_that_would_alert_nobody_is_refused() {
    let cases = [
        (json!([]), "is of kind “”; write one of self-harm"),
        (json!([kind("sadness"), at_least(1)]), "is of kind “sadness”"),
        (json!([at_least(1)]), "is of kind “”"),
        (json!([kind("self-harm")]), "needs “atLeast”"),
        (
            json!([kind("self-harm"), {"url": "atLeast", "valueString": "1"}]),
            "needs “atLeast”",
        ),
        (
            json!([kind("self-harm"), at_least(1), {"url": "atleast", "valueDecimal": 2}]),
            "has a part “atleast” more than it takes",
        ),
        (
            json!([kind("self-harm"), at_least(4)]),
            "from 4 on, and no answer counts so much",
        ),
    ];
    for (parts, reason) in cases {
        let why = refused_at(vec![with(json!([risk(parts.clone())]))], "item[0].extension[0]");
        assert!(why.contains(reason), "{parts}: {why}");
    }
    let mark = risk(json!([kind("self-harm"), at_least(1)]));
    let why = refused_at(vec![with(json!([mark, mark]))], "item[0].extension[1]");
    assert!(why.contains("second risk"), "{why}");
    // Yes and no count nothing.
    let words = json!({"linkId": "x", "type": "boolean", "extension": [mark]});
    assert!(refused_at(vec![words], "item[0].extension[0]").contains("no answer counts"));
}

#[test]
fn a_mark_that_stands_elsewhere_or_is_nearly_one_is_refused() {
    let mark = risk(json!([kind("self-harm"), at_least(1)]));
    let mut option = item("x");
    option["answerOption"][0]["extension"]
        .as_array_mut()
        .unwrap()
        .push(mark.clone());
    let why = refused_at(vec![option], "item[0].answerOption[0].extension[1]");
    assert!(why.contains("write it at the item itself"), "{why}");
    let whole = json!({"resourceType": "Questionnaire", "extension": [mark], "item": [item("x")]});
    let refused = read(&whole).unwrap_err();
    assert_eq!(refused.problems[0].path, "extension[0]");
    for url in [
        "https://sameboat.org/fhir/StructureDefinition/Risk",
        "https://sameboat.org/fhir/StructureDefinition/risks",
        "https://sameboat.org/fhir/danger",
        "http://sameboat.org/fhir/StructureDefinition/risk",
        "HTTPS://Sameboat.org/fhir/StructureDefinition/risk ",
    ] {
        let why = refused_at(vec![with(json!([{"url": url}]))], "item[0].extension[0]");
        assert!(why.contains(&format!("write {RISK},")), "{url}: {why}");
    }
}

#[test]
fn every_other_name_of_hl7_is_refused_with_the_one_that_was_meant() {
    let cases = [
        (
            format!("{SDC}sdc-questionnaire-calculatedexpression"),
            Some(format!("{SDC}sdc-questionnaire-calculatedExpression")),
        ),
        (
            format!("{CORE}questionnaire-hiden"),
            Some(format!("{CORE}questionnaire-hidden")),
        ),
        (
            "https://hl7.org/fhir/StructureDefinition/questionnaire-hidden".to_owned(),
            Some(format!("{CORE}questionnaire-hidden")),
        ),
        (
            format!("{SDC}questionnaire-hidden"),
            Some(format!("{CORE}questionnaire-hidden")),
        ),
        (
            "http://hl7.org/fhir/us/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
                .to_owned(),
            Some(format!("{SDC}sdc-questionnaire-calculatedExpression")),
        ),
        (format!("{SDC}sdc-questionnaire-somethingOfNextYear"), None),
        (CORE.to_owned(), None),
    ];
    for (url, meant) in cases {
        let why = refused_at(vec![with(json!([{"url": url}]))], "item[0].extension[0]");
        let act = meant.map_or_else(|| ": take it out".to_owned(), |meant| format!("write {meant},"));
        assert!(why.contains(&act), "{url}: {why}");
    }
    let earlier = json!([{"url": format!("{CORE}questionnaire-ordinalValue"), "valueDecimal": 1}]);
    assert!(refused_at(vec![with(earlier)], "item[0].extension[0]").contains("write it as ordinalValue"));
}

#[test]
fn an_unknown_name_is_refused_wherever_it_stands() {
    let unknown = json!([{"url": format!("{CORE}ordinalvalue"), "valueDecimal": 3}]);
    let whole = json!({
        "resourceType": "Questionnaire", "status": "active", "extension": unknown,
        "contained": [
            {"resourceType": "ValueSet", "id": "set", "extension": unknown, "compose": {"include": [{"system": "urn:s", "concept": [{"code": "a", "extension": unknown}]}]}},
            {"resourceType": "CodeSystem", "url": "urn:s", "concept": [{"code": "a", "extension": unknown}]},
        ],
        "item": [
            {"linkId": "a", "type": "choice", "answerValueSet": "#set", "_text": {"extension": unknown}},
            {"linkId": "b", "type": "choice", "answerOption": [{"extension": unknown, "valueCoding": {"code": "a", "extension": unknown}}]},
        ],
    });
    let refused = read(&whole).unwrap_err();
    let mut paths: Vec<&str> = refused
        .problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "contained[0].compose.include[0].concept[0].extension[0]",
            "contained[0].extension[0]",
            "contained[1].concept[0].extension[0]",
            "extension[0]",
            "item[0]._text.extension[0]",
            "item[1].answerOption[0].extension[0]",
            "item[1].answerOption[0].valueCoding.extension[0]",
        ]
    );
}

#[test]
fn what_is_known_to_change_no_meaning_is_left_out_and_listed() {
    let harmless = [
        format!("{CORE}entryFormat"),
        format!("{CORE}questionnaire-supportLink"),
        format!("{CORE}rendering-xhtml"),
        format!("{SDC}sdc-questionnaire-observationLinkPeriod"),
        // By FHIR's rule one of somebody else may be left out.
        "https://example.org/fhir/StructureDefinition/anything".to_owned(),
    ];
    let extensions: Vec<Value> = harmless.iter().map(|url| json!({"url": url})).collect();
    let report = form(vec![with(json!(extensions))]).report();
    assert_eq!(report.ignored, harmless);
}

#[test]
fn nothing_of_a_bundled_form_is_left_out() {
    for measure in Measures::bundled().unwrap().all() {
        let form = Form::read(measure.form.as_bytes()).unwrap();
        assert_eq!(form.report().ignored, [""; 0], "{}", measure.name);
        assert_eq!(form.risks, measure.risks, "{}", measure.name);
    }
}
