//! A group of a file, as far as it goes: what is wrong with it stands apart, so that a person can say it in its place.

use domain::groups::{Draft, Listing, Place};
use domain::mending::{Fact, Problem, Unfinished};
use domain::text::Line;
use serde_json::{Map, Value, json};

use super::Held;
use super::row::facts;
use super::scrubbed::{Scrubbing, draft};
use crate::said::{Kind, told};
use crate::wrong::{never, somewhere, untold};

/// A row with more wrong fields is not taken apart.
const MOST_PROBLEMS: usize = 40;
/// So many fields of a row are shown.
const MOST_SHOWN: usize = 100;

/// The listing of a row, or why it is none and what there is of it.
pub(super) fn read(
    mut said: Map<String, Value>,
    programme: &Line,
    notes: &mut Vec<String>,
) -> Result<Listing, (Held, Option<Unfinished>)> {
    let (mut first, mut problems) = (None, Vec::new());
    for _ in 0..MOST_PROBLEMS {
        let mut scrubbing = Scrubbing::default();
        let read = facts::<Draft>(said.clone(), programme);
        let held = match read.and_then(|read| draft(read, &mut scrubbing)) {
            Ok(draft) => {
                *notes = scrubbing.notes;
                return Unfinished::finish(draft, problems).map_err(|unfinished| {
                    let refused = || Held::Refused(sentences(&unfinished));
                    (first.unwrap_or_else(refused), Some(unfinished))
                });
            }
            Err(held) => held,
        };
        let before = problems.len();
        take_apart(&held, &mut said, &mut problems);
        let held = first.get_or_insert(held);
        if problems.len() == before {
            return Err((held.clone(), None));
        }
    }
    Err((first.unwrap_or(Held::Refused(String::new())), None))
}

fn sentences(unfinished: &Unfinished) -> String {
    let why = unfinished.problems().iter().map(|problem| problem.why.as_str());
    why.collect::<Vec<_>>().join(" ")
}

/// What a row says, leaf by leaf. Of a field that we do not know only its name is shown.
pub(super) fn said(row: &Map<String, Value>) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    for (name, value) in row {
        let known = name == "when" || Fact::named(name).is_some();
        flatten(name, value, known, &mut leaves);
    }
    leaves.truncate(MOST_SHOWN);
    leaves
}

fn flatten(path: &str, value: &Value, known: bool, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) if known => {
            for (name, value) in fields {
                flatten(&format!("{path}.{name}"), value, known, leaves);
            }
        }
        Value::Array(values) if known && values.iter().any(Value::is_object) => {
            for (index, value) in values.iter().enumerate() {
                flatten(&format!("{path}[{index}]"), value, known, leaves);
            }
        }
        _ => {
            let text = if known { shown(path, value) } else { String::new() };
            leaves.push((path.to_owned(), text));
        }
    }
}

fn shown(path: &str, value: &Value) -> String {
    let code = ["when", "verified_on", "seats", "size", "ages"];
    let kind = match path {
        path if path.starts_with("how_to_come") => Kind::Page,
        path if code.iter().any(|name| path.starts_with(name)) => Kind::Code,
        _ => Kind::Words,
    };
    match value {
        Value::String(text) => told(text, kind),
        other => told(&other.to_string(), kind),
    }
}

/// Writes down what is wrong, and puts what counts for nothing in its place.
fn take_apart(held: &Held, said: &mut Map<String, Value>, problems: &mut Vec<Problem>) {
    let path = match held {
        Held::Unknown(paths) => {
            for path in paths {
                remove(said, path);
                let fact = Fact::Unknown(path.clone());
                put(problems, fact, path, None, held);
            }
            return;
        }
        Held::Wrong { field, .. } | Held::Missing(field) => field.as_str(),
        Held::OnlySecrets("address" | "area") => "place",
        Held::OnlySecrets(field) | Held::JoinLink(field) => field,
        _ => return,
    };
    let mut parts = path.split(['.', '[']);
    let (top, within, of_schedule) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if top == "when" {
        let of_schedule = of_schedule.filter(|_| within == Some("scheduled"));
        return take_schedule_apart(of_schedule, path, held, said, problems);
    }
    let Some(fact) = Fact::named(top) else { return };
    let given = said.get(top).map(|value| shown(top, value));
    let instead = match fact {
        Fact::Title => json!(untold()),
        Fact::Kind => json!("support"),
        Fact::Seats => json!("open"),
        Fact::Place => json!(Place::InPerson(somewhere())),
        Fact::HowToCome => json!("walk-in"),
        _ => Value::Null,
    };
    put(problems, fact, path, given, held);
    said.insert(top.to_owned(), instead);
}

fn take_schedule_apart(
    part: Option<&str>,
    path: &str,
    held: &Held,
    said: &mut Map<String, Value>,
    problems: &mut Vec<Problem>,
) {
    let schedule = said.get_mut("when").and_then(|when| when.get_mut("scheduled"));
    let (Some(part), Some(Value::Object(schedule))) = (part, schedule) else {
        for (fact, path) in [
            (Fact::Days, "when"),
            (Fact::Time, "when.scheduled.time"),
            (Fact::Zone, "when.scheduled.zone"),
        ] {
            put(problems, fact, path, None, held);
        }
        said.insert(
            "when".to_owned(),
            json!({ "scheduled": {
            "zone": "UTC", "from": "2024-01-01", "time": "00:00:00", "length": 60, "rule": never(),
        } }),
        );
        return;
    };
    let (fact, instead) = match part {
        "zone" => (Fact::Zone, json!("UTC")),
        "from" => (Fact::From, json!("2024-01-01")),
        "time" => (Fact::Time, json!("00:00:00")),
        "length" => (Fact::Length, json!(60)),
        "until" => (Fact::Until, Value::Null),
        "skips" | "moves" => (Fact::Exceptions, json!([])),
        _ => (Fact::Days, json!(never())),
    };
    let part = if fact == Fact::Days { "rule" } else { part };
    let given = schedule.get(part).map(|value| shown("when", value));
    put(problems, fact, path, given, held);
    schedule.insert(part.to_owned(), instead);
}

fn put(problems: &mut Vec<Problem>, fact: Fact, field: &str, given: Option<String>, held: &Held) {
    if problems.iter().all(|problem| problem.fact != fact) {
        problems.push(Problem {
            fact,
            field: field.to_owned(),
            given,
            why: held.to_string(),
        });
    }
}

/// Takes out what stands at a path such as "led_by[0].mail".
fn remove(said: &mut Map<String, Value>, path: &str) {
    let Some((within, last)) = path.rsplit_once('.') else {
        said.remove(path);
        return;
    };
    let (first, rest) = within.split_at(within.find(['.', '[']).unwrap_or(within.len()));
    let mut here = said.get_mut(first);
    for part in rest.split(['.', '[']).filter(|part| !part.is_empty()) {
        here = here.and_then(|value| match part.strip_suffix(']') {
            Some(index) => value.get_mut(index.parse::<usize>().ok()?),
            None => value.get_mut(part),
        });
    }
    if let Some(Value::Object(fields)) = here {
        fields.remove(last);
    }
}
