//! Reads a QuestionnaireResponse, without looking at its form.

use serde_json::Value;

use super::{Entry, Given, Response, Status};
use crate::answer::Answer;
use crate::json::{self, Fields};
use crate::problem::{Problem, Problems, Refused};

/// Items of one response, of all levels.
const MOST_ENTRIES: usize = 20_000;
const DEEPEST: usize = 60;

/// Kept as they are: nothing here depends on them.
const KEPT: [&str; 14] = [
    "id",
    "meta",
    "language",
    "text",
    "contained",
    "extension",
    "identifier",
    "basedOn",
    "partOf",
    "subject",
    "encounter",
    "authored",
    "author",
    "source",
];

impl Response {
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let object = json::object(bytes)?;
        let fields = Fields::new(&object, "");
        let mut problems = Problems::default();
        let is = object
            .get("resourceType")
            .and_then(Value::as_str)
            .unwrap_or("nothing");
        if is != "QuestionnaireResponse" {
            let why =
                format!("must be \"QuestionnaireResponse\", and is {is:?}: give it the answers to a form");
            return Err(Problem::new("resourceType", why).into());
        }
        let mut response = Self::default();
        for (name, value) in &object {
            match name.as_str() {
                "resourceType" | "status" | "questionnaire" | "item" => {}
                name if name.starts_with('_') => {}
                name if KEPT.contains(&name) => {
                    response.kept.insert(name.to_owned(), value.clone());
                }
                "modifierExtension" | "implicitRules" => problems.add(
                    name,
                    "changes what the answers mean, in a way that is not understood: take it out",
                ),
                name => problems.add(
                    name,
                    "is no element of a QuestionnaireResponse in FHIR R4: take it out",
                ),
            }
        }
        match fields.text("status", &mut problems) {
            Some(said) => match Status::of(said) {
                Some(status) => response.status = status,
                None => problems.add(
                    "status",
                    format!("{said:?} is no status: use in-progress or completed"),
                ),
            },
            None if object.contains_key("status") => {}
            None => problems.add("status", "is missing: say in-progress or completed"),
        }
        response.questionnaire = fields.text("questionnaire", &mut problems).map(str::to_owned);
        let mut left = MOST_ENTRIES;
        response.entries = entries(&fields, 0, &mut left, &mut problems);
        problems.or(response)
    }
}

fn entries(fields: &Fields<'_>, depth: usize, left: &mut usize, problems: &mut Problems) -> Vec<Entry> {
    let mut entries = Vec::new();
    for fields in fields.objects("item", problems) {
        if *left == 0 {
            return entries;
        }
        *left -= 1;
        if *left == 0 {
            problems.add(&fields.path, format!("there are more than {MOST_ENTRIES} items"));
            return entries;
        }
        if depth > DEEPEST {
            problems.add(&fields.path, format!("is within more than {DEEPEST} others"));
            return entries;
        }
        entries.extend(entry(&fields, depth, left, problems));
    }
    entries
}

fn entry(fields: &Fields<'_>, depth: usize, left: &mut usize, problems: &mut Problems) -> Option<Entry> {
    for name in fields.object.keys() {
        match name.as_str() {
            "id" | "extension" | "linkId" | "definition" | "text" | "answer" | "item" => {}
            name if name.starts_with('_') => {}
            "modifierExtension" => problems.add(
                fields.at(name),
                "changes what the answer means, in a way that is not understood: take it out",
            ),
            name => problems.add(fields.at(name), "is no element of an item here: take it out"),
        }
    }
    let link_id = fields.text("linkId", problems).map(str::to_owned);
    if !fields.object.contains_key("linkId") {
        problems.add(fields.at("linkId"), "is missing: say what is answered");
    }
    let mut answers = Vec::new();
    for given in fields.objects("answer", problems) {
        let Some(answer) = Answer::read(&given, "value", problems) else {
            if !given.object.keys().any(|name| name.starts_with("value")) {
                problems.add(&given.path, "has no value[x]: leave out what is not answered");
            }
            continue;
        };
        answers.push(Given {
            answer,
            entries: entries(&given, depth + 1, left, problems),
        });
    }
    Some(Entry {
        link_id: link_id?,
        answers,
        entries: entries(fields, depth + 1, left, problems),
        path: fields.path.clone(),
    })
}
