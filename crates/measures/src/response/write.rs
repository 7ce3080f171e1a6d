//! A sheet as a QuestionnaireResponse in FHIR JSON: what is answered, in the order of the form.

use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::answer::Answer;
use crate::json::Object;

/// Where each row stands in the JSON, as a pointer; None where nothing is answered there.
pub(crate) type Places = Vec<Option<String>>;

/// Whether what is not asked is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// As was answered, for expressions.
    All,
    /// For others, who may take an answer that is there for one that counts.
    Enabled,
}

impl Sheet<'_> {
    /// A FHIR R4 QuestionnaireResponse. What is not asked any more is left out.
    pub fn to_json(&self) -> Value {
        let (items, _) = self.items(Which::Enabled);
        let mut object = self.head();
        if let Some(items) = items {
            object.insert("item".to_owned(), items);
        }
        Value::Object(object)
    }

    /// For expressions: all answers, and where each row's are.
    pub(crate) fn evaluated(&self) -> (Value, Places) {
        let (items, places) = self.items(Which::All);
        let mut object = self.head();
        object.insert("item".to_owned(), items.unwrap_or_else(|| json!([])));
        (Value::Object(object), places)
    }

    fn head(&self) -> Object {
        let mut object = Object::new();
        object.insert("resourceType".to_owned(), "QuestionnaireResponse".into());
        if let Some(questionnaire) = &self.questionnaire {
            object.insert("questionnaire".to_owned(), questionnaire.as_str().into());
        }
        object.insert("status".to_owned(), self.status.to_string().into());
        object.extend(self.kept.clone());
        object
    }

    fn items(&self, which: Which) -> (Option<Value>, Places) {
        let mut places = vec![None; self.rows.len()];
        let items = self.within(0, self.rows.len(), "", which, &mut places);
        (items, places)
    }

    /// The rows of one level, from one place to another.
    fn within(&self, from: usize, to: usize, path: &str, which: Which, places: &mut Places) -> Option<Value> {
        let mut items = Vec::new();
        let mut index = from;
        while index < to {
            let row = &self.rows[index];
            let path = format!("{path}/item/{}", items.len());
            if which == Which::All || row.enabled {
                items.extend(self.one(index, &path, which, places));
            }
            index = row.end;
        }
        (!items.is_empty()).then_some(Value::Array(items))
    }

    fn one(&self, index: usize, path: &str, which: Which, places: &mut Places) -> Option<Value> {
        let row = &self.rows[index];
        let item = self.item(row);
        let mut object = Object::new();
        object.insert("linkId".to_owned(), item.link_id.as_str().into());
        if let Some(text) = &item.text {
            object.insert("text".to_owned(), text.as_str().into());
        }
        let inner = if row.answers.is_empty() {
            path.to_owned()
        } else {
            format!("{path}/answer/0")
        };
        let within = self.within(index + 1, row.end, &inner, which, places);
        if row.answers.is_empty() && within.is_none() {
            return None;
        }
        let mut answers: Vec<Value> = row.answers.iter().map(answer).collect();
        match (answers.first_mut(), within) {
            (Some(first), Some(within)) => first["item"] = within,
            (None, Some(within)) => {
                object.insert("item".to_owned(), within);
            }
            (_, None) => {}
        }
        if !answers.is_empty() {
            object.insert("answer".to_owned(), Value::Array(answers));
        }
        places[index] = Some(path.to_owned());
        Some(Value::Object(object))
    }
}

fn answer(answer: &Answer) -> Value {
    let (name, value) = answer.to_json();
    let mut object = Object::new();
    object.insert(name.to_owned(), value);
    Value::Object(object)
}
