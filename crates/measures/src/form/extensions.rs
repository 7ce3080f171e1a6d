//! Extensions of FHIR: which are read, which change no meaning, and which do and are refused.

use serde_json::Value;

use super::read::Reading;
use crate::json::Fields;

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

/// What becomes of an extension.
enum Treatment {
    /// Something here reads it.
    Read,
    /// It changes neither what is asked nor what an answer means.
    Ignored,
    /// It would refuse some answers; here they are taken.
    NotChecked(&'static str),
    Refused(&'static str),
}

/// The last part of its address, which is how people speak of it.
pub(super) fn short(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

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

fn is(extension: &Fields<'_>, name: &str) -> bool {
    let url = extension
        .object
        .get("url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    [CORE, SDC]
        .iter()
        .any(|base| url.strip_prefix(base) == Some(name))
}

/// Looks at every extension of an object, and of its primitive fields; those that are read are read elsewhere.
pub(super) fn look(fields: &Fields<'_>, reading: &mut Reading) {
    if fields.object.contains_key("modifierExtension") {
        reading.problems.add(
            fields.at("modifierExtension"),
            "changes what all else here means, in a way that is not understood: take it out, or leave the form",
        );
    }
    for extension in fields.objects("extension", &mut reading.problems) {
        look_at(&extension, reading);
    }
    let beside = fields.object.iter().filter(|(name, _)| name.starts_with('_'));
    let names: Vec<&String> = beside.map(|(name, _)| name).collect();
    for name in names {
        if fields.object.get(name).is_some_and(Value::is_array) {
            continue;
        }
        if let Some(primitive) = fields.object(name, &mut reading.problems) {
            for extension in primitive.objects("extension", &mut reading.problems) {
                look_at(&extension, reading);
            }
        }
    }
}

fn look_at(extension: &Fields<'_>, reading: &mut Reading) {
    let Some(url) = extension.text("url", &mut reading.problems) else {
        reading.problems.add(
            extension.at("url"),
            "is missing: an extension says what it is by its url",
        );
        return;
    };
    match treatment(url) {
        Treatment::Read => {}
        Treatment::Ignored => reading.ignore(url),
        Treatment::NotChecked(what) => {
            reading.note(&extension.path, format!("{} is not checked: {what}", short(url)))
        }
        Treatment::Refused(why) => reading
            .problems
            .add(&extension.path, format!("{} {why}", short(url))),
    }
}

fn treatment(url: &str) -> Treatment {
    let Some(name) = url.strip_prefix(CORE).or_else(|| url.strip_prefix(SDC)) else {
        // By FHIR's rule an extension that is no modifierExtension may be left out.
        return Treatment::Ignored;
    };
    match name {
        "ordinalValue"
        | "itemWeight"
        | "questionnaire-optionPrefix"
        | "questionnaire-optionExclusive"
        | "questionnaire-hidden"
        | "questionnaire-unit"
        | "questionnaire-unitOption"
        | "questionnaire-itemControl"
        | "questionnaire-displayCategory"
        | "questionnaire-minOccurs"
        | "questionnaire-maxOccurs"
        | "minValue"
        | "maxValue"
        | "minLength"
        | "maxDecimalPlaces"
        | "questionnaire-sliderStepValue"
        | "variable"
        | "sdc-questionnaire-calculatedExpression"
        | "sdc-questionnaire-enableWhenExpression"
        | "sdc-questionnaire-openLabel" => Treatment::Read,
        "regex" => Treatment::NotChecked("answers of any form are taken"),
        "questionnaire-constraint" | "sdc-questionnaire-targetConstraint" | "targetConstraint" => {
            Treatment::NotChecked("answers that break this rule are taken")
        }
        "sdc-questionnaire-minQuantity" | "sdc-questionnaire-maxQuantity" => {
            Treatment::NotChecked("quantities of any size are taken")
        }
        "sdc-questionnaire-initialExpression" => Treatment::NotChecked("the item begins empty"),
        "cqf-library" => Treatment::Refused(
            "brings a library in CQL, which is not supported: write its expressions as FHIRPath",
        ),
        "cqf-expression" | "cqf-calculatedValue" => Treatment::Refused(
            "computes what stands here, which is not supported: write the text itself, or a calculatedExpression in FHIRPath",
        ),
        "sdc-questionnaire-answerExpression"
        | "sdc-questionnaire-candidateExpression"
        | "sdc-questionnaire-answerOptionsToggleExpression" => {
            Treatment::Refused("computes the options, which is not supported: list them as answerOption")
        }
        "sdc-questionnaire-subQuestionnaire" => {
            Treatment::Refused("brings in another questionnaire, which is not supported: put its items here")
        }
        "sdc-questionnaire-lookupQuestionnaire"
        | "questionnaire-baseType"
        | "questionnaire-fhirType"
        | "questionnaire-referenceResource"
        | "questionnaire-referenceProfile"
        | "questionnaire-unitValueSet" => {
            Treatment::Refused("is not supported: it changes what may be answered")
        }
        // Rendering, translation, extraction and who may fill it in.
        _ => Treatment::Ignored,
    }
}
