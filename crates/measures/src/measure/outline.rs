//! What the loader must see of a form before the form itself is read: its items, what they may be answered with, and which tell of risk.

use serde_json::Value;

use crate::risk::{RiskItem, RiskKind};
use crate::slip::Sheet;

/// Extension of an item: an answer from `atLeast` on tells of a risk of this `kind`.
pub(crate) const RISK: &str = "https://sameboat.org/fhir/StructureDefinition/risk";
const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
/// Forms nest less; what nests deeper is not looked into.
const DEEPEST: usize = 32;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outline {
    pub(crate) title: String,
    pub(crate) copyright: String,
    pub(crate) items: Vec<Item>,
    pub(crate) risks: Vec<RiskItem>,
    pub(crate) codes: Codes,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Codes {
    #[default]
    NoneOfLoinc,
    OfLoinc,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) link_id: String,
    pub(crate) kind: ItemKind,
    /// The ordinal values of its options.
    pub(crate) ordinals: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Question,
    Calculated,
    Other,
}

impl Outline {
    pub(crate) fn item(&self, link_id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.link_id == link_id)
    }

    /// How many questions people answer.
    pub(crate) fn questions(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.kind == ItemKind::Question)
            .count()
    }
}

/// The outline of a form, or nothing and a slip.
pub(crate) fn read(sheet: &mut Sheet) -> Option<Outline> {
    let form: Value = match serde_json::from_str(sheet.text) {
        Ok(form) => form,
        Err(error) => {
            let line = (error.line() > 0).then(|| error.line());
            sheet.on(line, format!("is not JSON: {error}; export the form again"));
            return None;
        }
    };
    if text(&form, "resourceType") != "Questionnaire" {
        sheet.whole("is not a FHIR Questionnaire: “resourceType” must be “Questionnaire”");
        return None;
    }
    let mut outline = Outline {
        title: text(&form, "title").to_owned(),
        copyright: text(&form, "copyright").to_owned(),
        codes: if sheet.text.contains("http://loinc.org") {
            Codes::OfLoinc
        } else {
            Codes::NoneOfLoinc
        },
        ..Outline::default()
    };
    walk(&form, 0, &mut outline, sheet);
    Some(outline)
}

fn walk(parent: &Value, depth: usize, outline: &mut Outline, sheet: &mut Sheet) {
    if depth > DEEPEST {
        sheet.whole(format!(
            "nests its items deeper than {DEEPEST}; a form for people does not"
        ));
        return;
    }
    for item in list(parent, "item") {
        let link_id = text(item, "linkId").to_owned();
        let extensions = list(item, "extension");
        if let Some(extension) = extensions.iter().find(|extension| text(extension, "url") == RISK) {
            match risk(&link_id, list(extension, "extension")) {
                Ok(risk) => outline.risks.push(risk),
                Err(what) => sheet.whole(format!("item “{link_id}”: the risk extension {what}")),
            }
        }
        let calculated = extensions
            .iter()
            .any(|extension| text(extension, "url") == CALCULATED);
        let kind = match text(item, "type") {
            "group" | "display" => ItemKind::Other,
            _ if calculated => ItemKind::Calculated,
            _ => ItemKind::Question,
        };
        let ordinals = list(item, "answerOption").iter().filter_map(ordinal).collect();
        outline.items.push(Item {
            link_id,
            kind,
            ordinals,
        });
        walk(item, depth + 1, outline, sheet);
    }
}

/// A risk of its parts, or what is wrong with them.
pub(crate) fn risk(link_id: &str, parts: &[Value]) -> Result<RiskItem, String> {
    let mut parts: Vec<&Value> = parts.iter().collect();
    let mut take = |url: &str| {
        let place = parts.iter().position(|part| text(part, "url") == url);
        place.map(|place| parts.remove(place))
    };
    let (kind, at_least) = (take("kind"), take("atLeast"));
    let named = kind.map(|part| text(part, "valueCode")).unwrap_or_default();
    let kind = RiskKind::named(named).ok_or_else(|| {
        format!(
            "is of kind “{named}”; write one of {}",
            RiskKind::ALL.map(RiskKind::name).join(", ")
        )
    })?;
    let at_least = at_least
        .and_then(|part| part.get("valueDecimal").or_else(|| part.get("valueInteger")))
        .and_then(Value::as_f64)
        .ok_or_else(|| "needs “atLeast” with a valueDecimal".to_owned())?;
    if let Some(other) = parts.first() {
        let what = format!(
            "has a part “{}” more than it takes; it has one “kind” and one “atLeast”",
            text(other, "url")
        );
        return Err(what);
    }
    Ok(RiskItem {
        link_id: link_id.to_owned(),
        kind,
        at_least,
    })
}

/// The ordinal value of an option: beside the value or inside it.
fn ordinal(option: &Value) -> Option<f64> {
    let inside = option
        .get("valueCoding")
        .map(|coding| list(coding, "extension"))
        .unwrap_or_default();
    list(option, "extension")
        .iter()
        .chain(inside)
        .find(|extension| text(extension, "url") == ORDINAL)
        .and_then(|extension| extension.get("valueDecimal"))
        .and_then(Value::as_f64)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
