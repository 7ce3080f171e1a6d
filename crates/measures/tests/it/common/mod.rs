//! Forms and answers of our own making.
#![allow(dead_code, reason = "each test file uses a part of it")]

use measures::{Form, Refused, Response, Sheet};
use serde_json::{Value, json};

pub fn read(form: &Value) -> Result<Form, Refused> {
    Form::read(form.to_string().as_bytes())
}

fn questionnaire(items: Vec<Value>) -> Value {
    json!({"resourceType": "Questionnaire", "status": "active", "url": "https://example.org/form", "version": "2", "item": items})
}

pub fn form(items: Vec<Value>) -> Form {
    read(&questionnaire(items)).unwrap_or_else(|refused| panic!("{refused}"))
}

pub fn refused(items: Vec<Value>) -> Refused {
    read(&questionnaire(items)).expect_err("it is refused")
}

/// Why it is refused at this path.
pub fn refused_at(items: Vec<Value>, path: &str) -> String {
    let refused = refused(items);
    let found = refused.problems.iter().find(|problem| problem.path == path);
    found.map_or_else(
        || panic!("nothing at {path}: {refused}"),
        |problem| problem.why.clone(),
    )
}

/// A question that can be answered from 0 to 3.
pub fn item(link_id: &str) -> Value {
    let option = |number: u8| {
        json!({
            "valueCoding": {"system": "urn:often", "code": format!("c{number}"), "display": format!("{number} times")},
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": number}],
        })
    };
    json!({"linkId": link_id, "type": "choice", "answerOption": [option(0), option(1), option(2), option(3)]})
}

pub fn calculated(link_id: &str, kind: &str, expression: &str) -> Value {
    json!({"linkId": link_id, "type": kind, "extension": [expression_of("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression", expression)]})
}

pub fn expression_of(url: &str, expression: &str) -> Value {
    json!({"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}})
}

pub fn variable(name: &str, expression: &str) -> Value {
    let mut variable = expression_of("http://hl7.org/fhir/StructureDefinition/variable", expression);
    variable["valueExpression"]["name"] = name.into();
    variable
}

pub fn chosen(link_id: &str, number: u8) -> Value {
    json!({"linkId": link_id, "answer": [{"valueCoding": {"system": "urn:often", "code": format!("c{number}")}}]})
}

pub fn answered(link_id: &str, field: &str, value: Value) -> Value {
    json!({"linkId": link_id, "answer": [{field: value}]})
}

pub fn response(status: &str, items: Vec<Value>) -> Response {
    let response = json!({"resourceType": "QuestionnaireResponse", "status": status, "item": items});
    Response::read(response.to_string().as_bytes()).unwrap_or_else(|refused| panic!("{refused}"))
}

/// What is wrong with answers, by the names of rows.
pub fn wrong(sheet: &Sheet<'_>) -> Vec<String> {
    sheet.mistakes.iter().map(ToString::to_string).collect()
}

pub fn laid<'f>(form: &'f Form, status: &str, items: Vec<Value>) -> Sheet<'f> {
    Sheet::new(form, &response(status, items)).unwrap_or_else(|refused| panic!("{refused}"))
}
