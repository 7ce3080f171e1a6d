//! Options: answerOption, or the concepts of a contained ValueSet.

use std::collections::BTreeSet;

use super::extensions::{find, look};
use super::known::Place;
use super::read::{Reading, only};
use super::{Choice, Kind, MOST_OPTIONS, MOST_OPTIONS_OF_ALL};
use crate::answer::{Answer, Coding, weight};
use crate::json::Fields;

pub(super) fn read(fields: &Fields<'_>, kind: Kind, reading: &mut Reading) -> Vec<Choice> {
    let listed = fields.objects("answerOption", &mut reading.problems);
    let set = fields.text("answerValueSet", &mut reading.problems);
    if set.is_some() && fields.object.contains_key("answerOption") {
        let why = "stands beside answerOption: keep one of them";
        reading.problems.add(fields.at("answerValueSet"), why);
        return Vec::new();
    }
    let mut choices: Vec<Choice> = match set {
        Some(set) => from_set(&fields.at("answerValueSet"), set, reading),
        None => listed.iter().filter_map(|option| one(option, reading)).collect(),
    };
    if choices.len() > MOST_OPTIONS {
        let why = format!(
            "has {} options, and at most {MOST_OPTIONS} are read",
            choices.len()
        );
        reading.problems.add(&fields.path, why);
        return Vec::new();
    }
    reading.options += choices.len();
    if reading.options > MOST_OPTIONS_OF_ALL {
        if reading.options - choices.len() <= MOST_OPTIONS_OF_ALL {
            let why =
                format!("with it all items have more than {MOST_OPTIONS_OF_ALL} options: split the form");
            reading.problems.add(&fields.path, why);
        }
        return Vec::new();
    }
    let chooses = matches!(kind, Kind::Choice | Kind::OpenChoice);
    let fits = |choice: &Choice| chooses || kind.takes(&choice.value);
    if let Some(choice) = choices.iter().find(|choice| !fits(choice)) {
        let why = format!(
            "an option is a {}, and the item of type {}",
            choice.value.kind(),
            kind.name()
        );
        reading.problems.add(&fields.path, why);
    }
    keys(&mut choices, fields, reading);
    choices
}

fn one(fields: &Fields<'_>, reading: &mut Reading) -> Option<Choice> {
    only(
        fields,
        &[
            "id",
            "extension",
            "modifierExtension",
            "initialSelected",
            "valueCoding",
            "valueInteger",
            "valueString",
            "valueDate",
            "valueTime",
            "valueReference",
        ],
        reading,
    );
    look(fields, Place::Elsewhere, reading);
    let Some(value) = Answer::read(fields, "value", &mut reading.problems) else {
        if !fields.object.keys().any(|name| name.starts_with("value")) {
            reading
                .problems
                .add(&fields.path, "has no value: an option is something to answer");
        }
        return None;
    };
    if let Some(coding) = fields
        .object
        .get("valueCoding")
        .and_then(serde_json::Value::as_object)
    {
        let coding = Fields::new(coding, fields.at("valueCoding"));
        look(&coding, Place::Elsewhere, reading);
    }
    let own = weight(fields, &mut reading.problems);
    let inner = match &value {
        Answer::Coding(coding) => coding.weight,
        _ => None,
    };
    if let (Some(own), Some(inner)) = (own, inner)
        && own != inner
    {
        let why = format!("weighs {own} by itself and {inner} by its coding: keep one");
        reading.problems.add(&fields.path, why);
    }
    let prefix = find(fields, "questionnaire-optionPrefix", reading).and_then(|prefix| {
        prefix
            .text("valueString", &mut reading.problems)
            .map(str::to_owned)
    });
    let exclusive = find(fields, "questionnaire-optionExclusive", reading)
        .is_some_and(|exclusive| exclusive.is("valueBoolean", &mut reading.problems));
    Some(Choice {
        prefix,
        exclusive,
        weight: own.or(inner),
        initially: fields.is("initialSelected", &mut reading.problems),
        ..choice(value)
    })
}

fn choice(value: Answer) -> Choice {
    // The weight belongs to the form: an answer that carries one could contradict it.
    let value = match value {
        Answer::Coding(coding) => Answer::Coding(Coding {
            weight: None,
            ..coding
        }),
        other => other,
    };
    Choice {
        key: String::new(),
        label: value.to_string(),
        value,
        prefix: None,
        weight: None,
        exclusive: false,
        initially: false,
    }
}

/// A ValueSet within the file; others are not fetched.
fn from_set(path: &str, named: &str, reading: &mut Reading) -> Vec<Choice> {
    let Some(id) = named.strip_prefix('#') else {
        let why = format!(
            "{named:?} is outside the file, and nothing is fetched: put the ValueSet into `contained` and refer to it as \"#id\""
        );
        reading.problems.add(path, why);
        return Vec::new();
    };
    let Some(set) = reading.sets.get(id) else {
        reading
            .problems
            .add(path, format!("no contained ValueSet has the id {id:?}"));
        return Vec::new();
    };
    let set = Fields::new(set.object, set.path.clone());
    look(&set, Place::Elsewhere, reading);
    let problems = &mut reading.problems;
    let choices = match (set.object("expansion", problems), set.object("compose", problems)) {
        (Some(expansion), _) => of_expansion(&expansion, reading),
        (None, Some(compose)) => of_compose(&compose, reading),
        (None, None) => Vec::new(),
    };
    if choices.is_empty() && reading.problems.are_none() {
        let why =
            format!("the ValueSet {id:?} lists nothing: give it an expansion, or a compose with concepts");
        reading.problems.add(path, why);
    }
    choices
}

/// Concepts within concepts, in the order of the file.
fn of_expansion(expansion: &Fields<'_>, reading: &mut Reading) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut waiting = expansion.objects("contains", &mut reading.problems);
    waiting.reverse();
    while let Some(concept) = waiting.pop() {
        let mut within = concept.objects("contains", &mut reading.problems);
        within.reverse();
        if !concept.is("abstract", &mut reading.problems) {
            let system = concept.text("system", &mut reading.problems).map(str::to_owned);
            choices.extend(of_concept(&concept, system, reading));
        }
        waiting.extend(within);
    }
    choices
}

fn of_compose(compose: &Fields<'_>, reading: &mut Reading) -> Vec<Choice> {
    let mut choices = Vec::new();
    if compose.object.contains_key("exclude") {
        reading
            .problems
            .add(compose.at("exclude"), "is not supported: list what can be chosen");
    }
    for include in compose.objects("include", &mut reading.problems) {
        for name in ["filter", "valueSet"] {
            if include.object.contains_key(name) {
                reading.problems.add(
                    include.at(name),
                    "is not supported: list what can be chosen as `concept`",
                );
            }
        }
        let system = include.text("system", &mut reading.problems).map(str::to_owned);
        let concepts = include.objects("concept", &mut reading.problems);
        if concepts.is_empty() {
            let why = "is missing: a whole code system is not fetched, so list what can be chosen";
            reading.problems.add(include.at("concept"), why);
        }
        for concept in concepts {
            choices.extend(of_concept(&concept, system.clone(), reading));
        }
    }
    choices
}

fn of_concept(concept: &Fields<'_>, system: Option<String>, reading: &mut Reading) -> Option<Choice> {
    look(concept, Place::Elsewhere, reading);
    let problems = &mut reading.problems;
    let code = concept.text("code", problems).map(str::to_owned);
    let display = concept.text("display", problems).map(str::to_owned);
    if code.is_none() {
        problems.add(concept.at("code"), "is missing: a concept is a code");
        return None;
    }
    let weight = weight(concept, problems);
    let coding = Coding {
        system,
        code,
        display,
        weight: None,
    };
    Some(Choice {
        weight,
        ..choice(Answer::Coding(coding))
    })
}

/// Gives each option what a page posts for it: its code where that tells it apart, else its place.
fn keys(choices: &mut [Choice], fields: &Fields<'_>, reading: &mut Reading) {
    for (index, choice) in choices.iter().enumerate() {
        if choices[..index]
            .iter()
            .any(|before| before.value.means(&choice.value))
        {
            let why = format!(
                "the option {:?} is there twice: an answer would not say which",
                choice.label
            );
            reading.problems.add(&fields.path, why);
            return;
        }
    }
    let code = |choice: &Choice| match &choice.value {
        Answer::Coding(coding) => coding.code.clone(),
        _ => None,
    };
    let codes: Vec<String> = choices.iter().filter_map(code).collect();
    let tells_apart =
        codes.len() == choices.len() && codes.iter().collect::<BTreeSet<_>>().len() == codes.len();
    for (index, choice) in choices.iter_mut().enumerate() {
        choice.key = match codes.get(index) {
            Some(code) if tells_apart => code.clone(),
            _ => format!("option-{}", index + 1),
        };
    }
}
