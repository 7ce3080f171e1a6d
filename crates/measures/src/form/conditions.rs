//! enableWhen: when an item is asked, by the answers of others.

use super::read::{Reading, only};
use super::{At, Behaviour, Compare, Enable, Item, Kind, Test, When};
use crate::answer::Answer;
use crate::json::Fields;

/// Reads the conditions of all items, now that every linkId is known.
pub(super) fn read(reading: &mut Reading) {
    let objects = std::mem::take(&mut reading.objects);
    for (index, fields) in objects.iter().enumerate() {
        let enable = one(fields, At(index), reading);
        reading.items[index].enable = enable;
    }
    reading.objects = objects;
}

fn one(fields: &Fields<'_>, at: At, reading: &mut Reading) -> Enable {
    let conditions = fields.objects("enableWhen", &mut reading.problems);
    let said = fields.text("enableBehavior", &mut reading.problems);
    let behaviour = match said {
        Some("all") => Behaviour::All,
        Some("any") => Behaviour::Any,
        Some(other) => {
            let why = format!("must be \"all\" or \"any\", and is {other:?}");
            reading.problems.add(fields.at("enableBehavior"), why);
            Behaviour::All
        }
        None => {
            if conditions.len() > 1 && !fields.object.contains_key("enableBehavior") {
                let why = "is missing: with several conditions, say whether \"all\" or \"any\" have to hold";
                reading.problems.add(fields.at("enableBehavior"), why);
            }
            Behaviour::All
        }
    };
    let mut when = Vec::with_capacity(conditions.len());
    for condition in &conditions {
        when.extend(condition_of(condition, at, reading));
    }
    Enable {
        when,
        behaviour,
        expression: None,
    }
}

fn condition_of(fields: &Fields<'_>, at: At, reading: &mut Reading) -> Option<When> {
    let elements = [
        "id",
        "extension",
        "modifierExtension",
        "question",
        "operator",
        "answerBoolean",
        "answerDecimal",
        "answerInteger",
        "answerDate",
        "answerDateTime",
        "answerTime",
        "answerString",
        "answerCoding",
        "answerQuantity",
        "answerReference",
    ];
    only(fields, &elements, reading);
    super::extensions::look(fields, super::known::Place::Elsewhere, reading);
    for name in ["question", "operator"] {
        if !fields.object.contains_key(name) {
            reading.problems.add(
                fields.at(name),
                "is missing: a condition names a question and an operator",
            );
        }
    }
    let question = question(fields, at, reading);
    let operator = fields.text("operator", &mut reading.problems);
    let answer = Answer::read(fields, "answer", &mut reading.problems);
    if answer.is_none() && !fields.object.keys().any(|name| name.starts_with("answer")) {
        reading.problems.add(
            &fields.path,
            "has no answer[x]: say with what the answer is compared",
        );
    }
    let (question, operator, answer) = (question?, operator?, answer?);
    let item = &reading.items[question.0];
    let test = match test(operator, answer, item) {
        Ok(test) => test,
        Err((name, why)) => {
            reading.problems.add(fields.at(name), why);
            return None;
        }
    };
    Some(When { question, test })
}

fn question(fields: &Fields<'_>, at: At, reading: &mut Reading) -> Option<At> {
    let path = fields.at("question");
    let link_id = fields.text("question", &mut reading.problems)?;
    let Some(question) = reading.places.get(link_id).copied() else {
        reading
            .problems
            .add(path, format!("no item has the linkId {link_id:?}"));
        return None;
    };
    let item = &reading.items[question.0];
    let why = if !item.kind.is_question() {
        format!("{link_id:?} is a {}, which has no answer", item.kind.name())
    } else if question == at {
        "is the item itself, which could then never be asked".to_owned()
    } else {
        return Some(question);
    };
    reading.problems.add(path, why);
    None
}

fn test(operator: &str, answer: Answer, item: &Item) -> Result<Test, (&'static str, String)> {
    let compare = match operator {
        "exists" => {
            return match answer {
                Answer::Boolean(true) => Ok(Test::Answered),
                Answer::Boolean(false) => Ok(Test::Unanswered),
                other => Err((
                    "operator",
                    format!(
                        "exists is compared with true or false, and not with a {}",
                        other.kind()
                    ),
                )),
            };
        }
        "=" => Compare::Equal,
        "!=" => Compare::Unequal,
        ">" => Compare::Greater,
        "<" => Compare::Less,
        ">=" => Compare::AtLeast,
        "<=" => Compare::AtMost,
        other => {
            let why = format!("{other:?} is no operator: use exists, =, !=, >, <, >= or <=");
            return Err(("operator", why));
        }
    };
    let kind = item.kind;
    let is_number = |answer: &Answer| matches!(answer, Answer::Integer(_) | Answer::Decimal(_));
    let fits = match kind {
        Kind::Integer | Kind::Decimal => is_number(&answer),
        Kind::Choice | Kind::OpenChoice => kind.takes(&answer) || is_number(&answer),
        _ => kind.takes(&answer),
    };
    if !fits {
        let why = format!(
            "compares a {} with the answers of {:?}, an item of type {}",
            answer.kind(),
            item.link_id,
            kind.name()
        );
        return Err(("operator", why));
    }
    let has_order = !matches!(
        answer,
        Answer::Boolean(_) | Answer::Coding(_) | Answer::Text(_) | Answer::Url(_)
    );
    if !matches!(compare, Compare::Equal | Compare::Unequal) && !has_order {
        let why = format!(
            "{operator} needs answers with an order, and a {} has none: use = or !=",
            answer.kind()
        );
        return Err(("operator", why));
    }
    if kind == Kind::Choice && matches!(answer, Answer::Coding(_)) && item.option(&answer).is_none() {
        let why = format!(
            "{:?} is none of the options of {:?}: the condition would never hold, or always",
            answer.to_string(),
            item.link_id
        );
        return Err(("operator", why));
    }
    Ok(Test::Is(compare, answer))
}
