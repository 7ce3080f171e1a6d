//! Extensions of a form, one by one: each is read elsewhere, left out, named as not checked, or refused.

use serde_json::Value;

use super::advice::advice;
use super::known::{CORE, Place, SDC, Treatment, short, treatment};
use super::read::Reading;
use crate::json::Fields;
use crate::measure::outline::RISK;

/// The extension of an object with this address, if there is one.
pub(super) fn find<'j>(fields: &Fields<'j>, name: &str, reading: &mut Reading) -> Option<Fields<'j>> {
    let found = all(fields, name, reading);
    if let Some(second) = found.get(1) {
        reading
            .problems
            .add(&second.path, format!("is the second {name}: keep one"));
    }
    found.into_iter().next()
}

pub(super) fn all<'j>(fields: &Fields<'j>, name: &str, reading: &mut Reading) -> Vec<Fields<'j>> {
    let mut found = fields.objects("extension", &mut reading.problems);
    found.retain(|extension| is(extension, name));
    found
}

/// The marks of a question that tells of danger.
pub(super) fn risks<'j>(fields: &Fields<'j>, reading: &mut Reading) -> Vec<Fields<'j>> {
    let mut found = fields.objects("extension", &mut reading.problems);
    found.retain(|extension| url(extension) == RISK);
    found
}

fn is(extension: &Fields<'_>, name: &str) -> bool {
    [CORE, SDC]
        .iter()
        .any(|base| url(extension).strip_prefix(base) == Some(name))
}

fn url<'j>(extension: &Fields<'j>) -> &'j str {
    let url = extension.object.get("url").and_then(Value::as_str);
    url.unwrap_or_default()
}

/// Looks at every extension of an object, and of its primitive fields; those that are read are read elsewhere.
pub(super) fn look(fields: &Fields<'_>, place: Place, reading: &mut Reading) {
    if fields.object.contains_key("modifierExtension") {
        reading.problems.add(
            fields.at("modifierExtension"),
            "changes what all else here means, in a way that is not understood: take it out, or leave the form",
        );
    }
    for extension in fields.objects("extension", &mut reading.problems) {
        look_at(&extension, place, reading);
    }
    let beside = fields.object.iter().filter(|(name, _)| name.starts_with('_'));
    let names: Vec<&String> = beside.map(|(name, _)| name).collect();
    for name in names {
        if fields.object.get(name).is_some_and(Value::is_array) {
            continue;
        }
        if let Some(primitive) = fields.object(name, &mut reading.problems) {
            for extension in primitive.objects("extension", &mut reading.problems) {
                look_at(&extension, Place::Elsewhere, reading);
            }
        }
    }
}

fn look_at(extension: &Fields<'_>, place: Place, reading: &mut Reading) {
    let Some(url) = extension.text("url", &mut reading.problems) else {
        reading.problems.add(
            extension.at("url"),
            "is missing: an extension says what it is by its url",
        );
        return;
    };
    match treatment(url, place) {
        Treatment::Read => {}
        Treatment::Ignored => reading.ignore(url),
        Treatment::NotChecked(what) => {
            reading.note(&extension.path, format!("{} is not checked: {what}", short(url)))
        }
        Treatment::Refused(why) => reading
            .problems
            .add(&extension.path, format!("{} {why}", short(url))),
        Treatment::Unknown => {
            // To look for what was meant takes a while, and problems that are not told need no advice.
            let why = if reading.problems.are_many() {
                String::new()
            } else {
                advice(url)
            };
            reading.problems.add(&extension.path, why);
        }
    }
}
