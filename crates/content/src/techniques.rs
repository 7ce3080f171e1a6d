//! `techniques.toml`: what a leader may plan for a session.

use std::collections::{BTreeSet, HashSet};

use domain::groups::Kind;
use domain::name::Name;
use domain::techniques::{Family, Span, Technique};
use domain::text::{Line, Prose};
use serde::Deserialize;
use toml::Spanned;

use crate::files::{Files, Sheet, Slip};

pub(crate) const PATH: &str = "techniques.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    technique: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Spanned<Name>,
    family: Family,
    name: Line,
    plain: Prose,
    minutes: Span,
    #[serde(default)]
    materials: Vec<Line>,
    phrases: Spanned<Vec<Line>>,
    care: Option<Line>,
    kinds: Spanned<Vec<Kind>>,
}

/// In the order of the file.
pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Vec<Technique> {
    let sheet = files.sheet(PATH, slips);
    let Some((sheet, file)) = sheet.and_then(|sheet| Some((sheet, sheet.toml::<File>(slips)?))) else {
        return Vec::new();
    };
    let mut ids = BTreeSet::new();
    let mut techniques = Vec::new();
    for raw in file.technique {
        if !ids.insert(raw.id.get_ref().clone()) {
            let what = format!(
                "the technique “{}” is there twice; give one of them another id",
                raw.id.get_ref()
            );
            slips.push(sheet.slip(raw.id.span(), what));
        }
        check(&raw, sheet, slips);
        techniques.push(Technique {
            id: raw.id.into_inner(),
            family: raw.family,
            name: raw.name,
            plain: raw.plain,
            minutes: raw.minutes,
            materials: raw.materials,
            phrases: raw.phrases.into_inner(),
            care: raw.care,
            kinds: raw.kinds.into_inner(),
        });
    }
    techniques
}

fn check(raw: &Raw, sheet: Sheet<'_>, slips: &mut Vec<Slip>) {
    let id = raw.id.get_ref();
    if raw.phrases.get_ref().is_empty() {
        let what = format!("{id}: it has no phrase; write what may be said of a member who did it");
        slips.push(sheet.slip(raw.phrases.span(), what));
    }
    for phrase in raw.phrases.get_ref() {
        let begins = phrase.as_str().starts_with(char::is_lowercase);
        if !begins || phrase.as_str().ends_with(['.', '!', '?']) {
            let what = format!(
                "{id}: the phrase “{}” goes on after a name; begin it with a small letter and end it without a full stop",
                phrase.as_str()
            );
            slips.push(sheet.slip(raw.phrases.span(), what));
        }
    }
    let kinds: HashSet<Kind> = raw.kinds.get_ref().iter().copied().collect();
    if kinds.is_empty() || kinds.len() < raw.kinds.get_ref().len() {
        let what = format!("{id}: “kinds” is therapy, support or both, each once; correct it");
        slips.push(sheet.slip(raw.kinds.span(), what));
    }
}
