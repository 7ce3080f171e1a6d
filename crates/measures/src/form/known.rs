//! The extensions that are known by name, and what becomes of each. Every other name of HL7's two namespaces and of our own is refused: a
//! slip of the pen must not make a rule vanish.

use crate::measure::outline::RISK;

/// Extensions of FHIR itself.
pub(super) const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
/// Those of Structured Data Capture.
pub(super) const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
/// What these, our own and SDC's earlier address begin with, whatever the case and the scheme.
const NEAR: [&str; 4] = [
    "hl7.org/fhir/structuredefinition/",
    "hl7.org/fhir/uv/sdc/structuredefinition/",
    "hl7.org/fhir/us/sdc/structuredefinition/",
    OWN,
];
pub(super) const OWN: &str = "sameboat.org/fhir/";

/// What becomes of an extension.
pub(super) enum Treatment {
    /// Something here reads it.
    Read,
    /// It changes neither what is asked nor what an answer means.
    Ignored,
    /// It would refuse some answers, or add to them; here it does not.
    NotChecked(&'static str),
    Refused(&'static str),
    /// Nobody here knows what it would change.
    Unknown,
}

/// Where an extension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Item,
    Elsewhere,
}

/// The known names of a namespace.
struct Names {
    base: &'static str,
    read: &'static [&'static str],
    ignored: &'static [&'static str],
    not_checked: &'static [(&'static str, &'static str)],
    refused: &'static [(&'static str, &'static str)],
}

const TAKEN: &str = "answers that break this rule are taken";
const ANY_SIZE: &str = "quantities of any size are taken";
const BEGINS_EMPTY: &str = "the item begins empty";
const NOT_SHOWN: &str = "the picture or sound is not shown";

const WRITE_WEIGHT: &str = "is an earlier name: write it as ordinalValue";
const OTHER_ANSWERS: &str = "is not supported: it changes what may be answered";
const COMPUTED: &str = "computes what stands here, which is not supported: write the text itself, or a calculatedExpression in FHIRPath";
const OPTIONS: &str = "computes the options, which is not supported: list them as answerOption";

static OF_CORE: Names = Names {
    base: CORE,
    read: &[
        "ordinalValue",
        "itemWeight",
        "questionnaire-optionPrefix",
        "questionnaire-optionExclusive",
        "questionnaire-hidden",
        "questionnaire-unit",
        "questionnaire-unitOption",
        "questionnaire-itemControl",
        "questionnaire-displayCategory",
        "questionnaire-minOccurs",
        "questionnaire-maxOccurs",
        "minValue",
        "maxValue",
        "minLength",
        "maxDecimalPlaces",
        "questionnaire-sliderStepValue",
        "variable",
    ],
    // How it looks, other languages, who wrote it and when, and files, of which none can be answered.
    ignored: &[
        "codesystem-author",
        "codesystem-concept-comments",
        "codesystem-conceptOrder",
        "codesystem-history",
        "codesystem-keyWord",
        "codesystem-label",
        "codesystem-otherName",
        "codesystem-sourceReference",
        "codesystem-usage",
        "codesystem-warning",
        "codesystem-workflowStatus",
        "cqf-knowledgeCapability",
        "cqf-knowledgeRepresentationLevel",
        "designNote",
        "display",
        "entryFormat",
        "language",
        "maxSize",
        "mimeType",
        "narrativeLink",
        "originalText",
        "preferred",
        "questionnaire-choiceOrientation",
        "questionnaire-derivationType",
        "questionnaire-supportLink",
        "rendered-value",
        "rendering-markdown",
        "rendering-style",
        "rendering-xhtml",
        "replaces",
        "resource-approvalDate",
        "resource-effectivePeriod",
        "resource-lastReviewDate",
        "structuredefinition-category",
        "structuredefinition-fmm",
        "structuredefinition-normative-version",
        "structuredefinition-standards-status",
        "structuredefinition-wg",
        "translation",
        "valueset-author",
        "valueset-concept-comments",
        "valueset-concept-definition",
        "valueset-conceptOrder",
        "valueset-effectiveDate",
        "valueset-expirationDate",
        "valueset-keyWord",
        "valueset-label",
        "valueset-otherName",
        "valueset-sourceReference",
        "valueset-usage",
        "valueset-warning",
        "valueset-workflowStatus",
    ],
    not_checked: &[
        ("regex", "answers of any form are taken"),
        ("questionnaire-constraint", TAKEN),
        ("targetConstraint", TAKEN),
        ("questionnaire-signatureRequired", "nobody is asked to sign"),
    ],
    refused: &[
        (
            "cqf-library",
            "brings a library in CQL, which is not supported: write its expressions as FHIRPath",
        ),
        ("cqf-expression", COMPUTED),
        ("cqf-calculatedValue", COMPUTED),
        (
            "rendering-styleSensitive",
            "says that the style is a part of the meaning, and styles are not shown: say it in words",
        ),
        (
            "questionnaire-usageMode",
            "says when the item is there at all, which is not supported: take the item or the extension out",
        ),
        ("questionnaire-ordinalValue", WRITE_WEIGHT),
        ("valueset-ordinalValue", WRITE_WEIGHT),
        ("codesystem-ordinalValue", WRITE_WEIGHT),
        ("iso21090-CO-value", WRITE_WEIGHT),
        ("questionnaire-baseType", OTHER_ANSWERS),
        ("questionnaire-fhirType", OTHER_ANSWERS),
        ("questionnaire-referenceFilter", OTHER_ANSWERS),
        ("questionnaire-referenceProfile", OTHER_ANSWERS),
        ("questionnaire-referenceResource", OTHER_ANSWERS),
        ("questionnaire-unitValueSet", OTHER_ANSWERS),
    ],
};

static OF_SDC: Names = Names {
    base: SDC,
    read: &[
        "sdc-questionnaire-calculatedExpression",
        "sdc-questionnaire-enableWhenExpression",
        "sdc-questionnaire-openLabel",
    ],
    // How it looks, where answers go and what is made of them, and who may fill it in.
    ignored: &[
        "sdc-questionnaire-assemble-expectation",
        "sdc-questionnaire-assembleContext",
        "sdc-questionnaire-assembledFrom",
        "sdc-questionnaire-choiceColumn",
        "sdc-questionnaire-collapsible",
        "sdc-questionnaire-columnCount",
        "sdc-questionnaire-contextExpression",
        "sdc-questionnaire-definitionExtract",
        "sdc-questionnaire-definitionExtractValue",
        "sdc-questionnaire-endpoint",
        "sdc-questionnaire-entryMode",
        "sdc-questionnaire-extractAllocateId",
        "sdc-questionnaire-itemExtractionContext",
        "sdc-questionnaire-keyboard",
        "sdc-questionnaire-launchContext",
        "sdc-questionnaire-observation-extract-category",
        "sdc-questionnaire-observationExtract",
        "sdc-questionnaire-observationLinkPeriod",
        "sdc-questionnaire-optionalDisplay",
        "sdc-questionnaire-performerType",
        "sdc-questionnaire-preferredTerminologyServer",
        "sdc-questionnaire-shortText",
        "sdc-questionnaire-targetStructureMap",
        "sdc-questionnaire-templateExtract",
        "sdc-questionnaire-templateExtractBundle",
        "sdc-questionnaire-templateExtractContext",
        "sdc-questionnaire-templateExtractValue",
        "sdc-questionnaire-width",
    ],
    not_checked: &[
        ("sdc-questionnaire-targetConstraint", TAKEN),
        ("sdc-questionnaire-minQuantity", ANY_SIZE),
        ("sdc-questionnaire-maxQuantity", ANY_SIZE),
        ("sdc-questionnaire-initialExpression", BEGINS_EMPTY),
        ("sdc-questionnaire-itemPopulationContext", BEGINS_EMPTY),
        ("sdc-questionnaire-sourceQueries", BEGINS_EMPTY),
        ("sdc-questionnaire-sourceStructureMap", BEGINS_EMPTY),
        ("sdc-questionnaire-itemMedia", NOT_SHOWN),
        ("sdc-questionnaire-itemAnswerMedia", NOT_SHOWN),
    ],
    refused: &[
        ("sdc-questionnaire-answerExpression", OPTIONS),
        ("sdc-questionnaire-candidateExpression", OPTIONS),
        ("sdc-questionnaire-answerOptionsToggleExpression", OPTIONS),
        (
            "sdc-questionnaire-subQuestionnaire",
            "brings in another questionnaire, which is not supported: put its items here",
        ),
        (
            "sdc-questionnaire-questionnaireAdaptive",
            "asks a server what comes next, which is not supported: put all items here",
        ),
        ("sdc-questionnaire-lookupQuestionnaire", OTHER_ANSWERS),
        ("sdc-questionnaire-unitOpen", OTHER_ANSWERS),
        ("sdc-questionnaire-unitSupplementalSystem", OTHER_ANSWERS),
    ],
};

impl Names {
    fn treatment(&self, name: &str) -> Treatment {
        let told = |list: &[(&str, &'static str)]| {
            let found = list.iter().find(|(known, _)| *known == name);
            found.map(|(_, why)| *why)
        };
        if self.read.contains(&name) {
            Treatment::Read
        } else if self.ignored.contains(&name) {
            Treatment::Ignored
        } else if let Some(what) = told(self.not_checked) {
            Treatment::NotChecked(what)
        } else {
            told(self.refused).map_or(Treatment::Unknown, Treatment::Refused)
        }
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let base = self.base;
        let told = self.not_checked.iter().chain(self.refused);
        let names = self.read.iter().chain(self.ignored).copied();
        names
            .chain(told.map(|(name, _)| *name))
            .map(move |name| (base, name))
    }
}

pub(super) fn treatment(url: &str, place: Place) -> Treatment {
    if url == RISK {
        return match place {
            Place::Item => Treatment::Read,
            Place::Elsewhere => {
                Treatment::Refused("marks a question that tells of danger: write it at the item itself")
            }
        };
    }
    if let Some(name) = url.strip_prefix(CORE) {
        return OF_CORE.treatment(name);
    }
    if let Some(name) = url.strip_prefix(SDC) {
        return OF_SDC.treatment(name);
    }
    let bare = folded(url);
    if NEAR.into_iter().any(|base| bare.starts_with(base)) {
        Treatment::Unknown
    } else {
        // By FHIR's rule an extension that is no modifierExtension may be left out.
        Treatment::Ignored
    }
}

/// The last part of an address, which is how people speak of it.
pub(super) fn short(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// The base and the name of each.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    OF_CORE.all().chain(OF_SDC.all())
}

/// An address without its scheme, its case and the spaces around it.
pub(super) fn folded(url: &str) -> String {
    let url = url.trim().to_ascii_lowercase();
    let bare = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    bare.unwrap_or(&url).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_known_twice() {
        let mut all: Vec<_> = all().collect();
        let many = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), many);
    }
}
