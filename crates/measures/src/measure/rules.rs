//! Which forms may be bundled and which loaded, by the licence that their sidecar names.

use super::outline::{Codes, Outline};
use super::{From, Tier};
use crate::bundled;
use crate::sidecar;
use crate::slip::Sheet;

pub(super) fn tier(raw: &sidecar::Raw, from: From, sheet: &mut Sheet) -> Option<Tier> {
    let tier = match raw.tier.get_ref().as_str() {
        "A" => Tier::A,
        "B" => Tier::B,
        "C" => Tier::C,
        "D" => {
            let what = "tier D needs a signed licence for electronic use; with one, write tier C and name the licence";
            sheet.at(raw.tier.span(), what);
            return None;
        }
        other => {
            sheet.at(
                raw.tier.span(),
                format!("there is no tier “{other}”; write A, B or C"),
            );
            return None;
        }
    };
    if from == From::Bundle && tier != Tier::A {
        sheet.at(
            raw.tier.span(),
            "only tier A is bundled; take the file out, and let organisations load their own",
        );
        return None;
    }
    Some(tier)
}

/// Each text of a licence that goes with a bundled form must be there.
pub(super) fn licence_texts(
    raw: &sidecar::Raw,
    outline: &Outline,
    from: From,
    sheet: &mut Sheet,
) -> Vec<&'static str> {
    if raw.licence.get_ref().trim().is_empty() {
        sheet.at(
            raw.licence.span(),
            "says nothing; name the licence under which the form is used",
        );
    }
    let mut texts = Vec::new();
    for name in &raw.licence_texts {
        match bundled::licence_text(name.get_ref()) {
            Some(text) => texts.push(text),
            None => {
                let what = format!(
                    "there is no text “{}” in forms/licences; add it or correct the name",
                    name.get_ref()
                );
                sheet.at(name.span(), what);
            }
        }
    }
    if from == From::Bundle {
        if texts.is_empty() {
            sheet.at(
                raw.licence.span(),
                "a bundled form needs the text of its licence; name it in licence_texts",
            );
        }
        let loinc = raw.licence_texts.iter().any(|name| name.get_ref() == "loinc.txt");
        if outline.codes == Codes::OfLoinc && !loinc {
            sheet.at(
                raw.licence.span(),
                "the form has LOINC codes; name loinc.txt in licence_texts",
            );
        }
        if outline.copyright.is_empty() {
            sheet.whole("the form beside it has no “copyright”; say there whose it is");
        }
    }
    texts
}
