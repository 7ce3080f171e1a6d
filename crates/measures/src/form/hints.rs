//! How an item is best shown.

use serde_json::Value;

use super::Hints;
use super::extensions::{all as all_extensions, find};
use super::read::Reading;
use crate::answer::Coding;
use crate::json::Fields;

pub(super) fn read(fields: &Fields<'_>, reading: &mut Reading) -> Hints {
    let coding = |name: &str, reading: &mut Reading| {
        let extension = find(fields, name, reading)?;
        let coding = extension.object("valueCoding", &mut reading.problems)?;
        Some(Coding::read(&coding, &mut reading.problems))
    };
    let unit = coding("questionnaire-unit", reading);
    let control = find(fields, "questionnaire-itemControl", reading);
    let category = find(fields, "questionnaire-displayCategory", reading);
    let step = find(fields, "questionnaire-sliderStepValue", reading);
    let open_label = find(fields, "sdc-questionnaire-openLabel", reading);
    let mut units = Vec::new();
    for extension in all_extensions(fields, "questionnaire-unitOption", reading) {
        if let Some(coding) = extension.object("valueCoding", &mut reading.problems) {
            units.push(Coding::read(&coding, &mut reading.problems));
        }
    }
    Hints {
        control: control.and_then(|control| concept(&control, "code")),
        help: category.and_then(|category| concept(&category, "text")),
        slider_step: step
            .and_then(|step| step.count("valueInteger", &mut reading.problems))
            .and_then(|step| u32::try_from(step).ok()),
        open_label: open_label.and_then(|label| {
            label
                .text("valueString", &mut reading.problems)
                .map(str::to_owned)
        }),
        unit,
        units,
    }
}

/// The code of a CodeableConcept, or its text; these are hints, so what they lack is no problem.
fn concept(extension: &Fields<'_>, wanted: &str) -> Option<String> {
    let concept = extension.object.get("valueCodeableConcept")?;
    let coding = concept.get("coding").and_then(|codings| codings.get(0));
    let said = match wanted {
        "code" => coding.and_then(|coding| coding.get("code")),
        _ => concept
            .get("text")
            .or_else(|| coding.and_then(|coding| coding.get("display"))),
    };
    said.and_then(Value::as_str).map(str::to_owned)
}
