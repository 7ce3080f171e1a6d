//! Answers as JSON: `{"answers": {"question": "option" or ["option", …]}}`.

use std::fmt;

use domain::choosing::{Answers, Chooser, Unknown};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    #[error("this is not JSON: {0}. Write {{\"answers\":{{\"question\":\"option\"}}}}.")]
    Json(#[from] serde_json::Error),
    #[error("“answers” is not there. Write {{\"answers\":{{\"question\":\"option\" or [\"option\",…]}}}}.")]
    Shape,
    #[error("“{0}” stands beside “answers”; take it out")]
    Beside(String),
    #[error("“{0}” is there twice; leave one")]
    Twice(String),
    #[error("the answer to “{question}” is {value}; write an option, or a list of options")]
    Value { question: String, value: String },
    #[error(transparent)]
    Unknown(#[from] Unknown),
}

/// The keys and values of a JSON object as they stand. A map would keep the last of two, and a second answer could hide the
/// first unseen.
struct Pairs<V>(Vec<(String, V)>);

/// The answers in a text, or the first thing that is wrong with them. A question that is `null` or an empty list is skipped.
pub fn read(text: &str, chooser: &Chooser) -> Result<Answers, AnswersError> {
    let value: Value = serde_json::from_str(text)?;
    let whole = value.as_object().ok_or(AnswersError::Shape)?;
    if let Some(key) = whole.keys().find(|key| *key != "answers") {
        return Err(AnswersError::Beside(shortened(key)));
    }
    if !whole.get("answers").is_some_and(Value::is_object) {
        return Err(AnswersError::Shape);
    }
    let whole: Pairs<Pairs<Value>> = serde_json::from_str(text)?;
    once(&whole)?;
    let mut answers = Answers::default();
    for (_, given) in &whole.0 {
        once(given)?;
        for (question, value) in &given.0 {
            let chosen = chosen(value).ok_or_else(|| AnswersError::Value {
                question: shortened(question),
                value: shortened(&value.to_string()),
            })?;
            answers = chooser.answer(&answers, question, &chosen)?;
        }
    }
    Ok(answers)
}

fn once<V>(Pairs(pairs): &Pairs<V>) -> Result<(), AnswersError> {
    let mut seen = std::collections::BTreeSet::new();
    match pairs.iter().find(|(key, _)| !seen.insert(key)) {
        Some((key, _)) => Err(AnswersError::Twice(shortened(key))),
        None => Ok(()),
    }
}

fn chosen(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(option) => Some(vec![option]),
        Value::Array(options) => options.iter().map(Value::as_str).collect(),
        Value::Null => Some(vec![]),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Reader<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs<V>, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Files};

    #[test]
    fn answers_are_read_and_what_is_wrong_is_named() {
        let chooser = Content::read(&Files::bundled()).unwrap().chooser;
        let read = |text: &str| read(text, &chooser).map(|answers| answers.count(&chooser));
        for (text, count) in [
            (r#"{"answers":{}}"#, 0),
            (r#"{"answers":{"hope":["change","skills"],"safety":"safe"}}"#, 2),
            (r#"{"answers":{"hope":[],"safety":null}}"#, 0),
        ] {
            assert_eq!(read(text).unwrap(), count, "{text}");
        }
        for (text, why) in [
            ("", "this is not JSON"),
            (r#"{"answers":{}"#, "this is not JSON"),
            ("[]", "“answers” is not there"),
            ("{}", "“answers” is not there"),
            (r#"{"answers":[]}"#, "“answers” is not there"),
            (r#"{"answers":{},"more":1}"#, "“more” stands beside “answers”"),
            (
                r#"{"answers":{"safety":"plan"},"answers":{}}"#,
                "“answers” is there twice",
            ),
            (
                r#"{"answers":{"safety":"plan","safety":"safe"}}"#,
                "“safety” is there twice",
            ),
            (r#"{"answers":{"safety":7}}"#, "the answer to “safety” is 7"),
            (
                r#"{"answers":{"hope":["change",null]}}"#,
                "the answer to “hope” is [\"change\",null]",
            ),
            (r#"{"answers":{"mood":"low"}}"#, "there is no question “mood”"),
            (
                r#"{"answers":{"safety":"maybe"}}"#,
                "has no answer “maybe”; it has safe, thoughts",
            ),
            (
                r#"{"answers":{"safety":["safe","plan"]}}"#,
                "takes one answer, not 2",
            ),
            (
                r#"{"answers":{"now":["none","unreal"]}}"#,
                "“none” of the question “now” stands alone",
            ),
        ] {
            let told = read(text).unwrap_err().to_string();
            assert!(told.contains(why), "{text}: {told}");
        }
    }
}
