//! `NAME.toml` beside a form: its shape. What it says is checked against the form in [`check`].

pub(crate) mod check;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::slip::Sheet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) standing: RawStanding,
    pub(crate) tier: Spanned<String>,
    pub(crate) licence: Spanned<String>,
    #[serde(default)]
    pub(crate) licence_texts: Vec<Spanned<String>>,
    pub(crate) wording: String,
    pub(crate) answers: Option<RawAnswers>,
    pub(crate) gate: Option<RawGate>,
    #[serde(default)]
    pub(crate) scale: Vec<RawScale>,
    pub(crate) rule: Option<RawRule>,
    pub(crate) change: Option<RawChange>,
    #[serde(default)]
    pub(crate) source: Vec<RawSource>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawStanding {
    Published,
    NotValidated,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAnswers {
    pub(crate) lowest: f64,
    pub(crate) highest: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGate {
    pub(crate) item: Spanned<String>,
    pub(crate) open: f64,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawScale {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    pub(crate) items: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) reversed: Vec<Spanned<String>>,
    pub(crate) method: RawMethod,
    pub(crate) direction: RawDirection,
    pub(crate) missing: Option<RawMissing>,
    pub(crate) bands: Option<Spanned<Vec<RawBand>>>,
    pub(crate) bands_source: Option<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawMethod {
    Sum,
    MeanTimesTen,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawDirection {
    HigherIsWorse,
    HigherIsBetter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMissing {
    pub(crate) most: Spanned<usize>,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBand {
    pub(crate) from: f64,
    pub(crate) name: String,
    pub(crate) plain: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    pub(crate) name: String,
    pub(crate) counts_from: f64,
    pub(crate) met: String,
    pub(crate) not_met: String,
    pub(crate) source: Spanned<String>,
    pub(crate) needs: Vec<RawNeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNeed {
    pub(crate) items: Vec<Spanned<String>>,
    pub(crate) count: Spanned<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawChange {
    pub(crate) caseness: Option<RawCaseness>,
    pub(crate) early: Option<RawEarly>,
    pub(crate) reliable: Spanned<Vec<RawPoints>>,
    #[serde(default)]
    pub(crate) reliability: Vec<RawReliability>,
    #[serde(default)]
    pub(crate) norm: Vec<RawNorm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCaseness {
    pub(crate) from: Spanned<f64>,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPoints {
    pub(crate) points: Spanned<f64>,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawEarly {
    pub(crate) weeks: Spanned<(u32, u32)>,
    pub(crate) adequate: f64,
    pub(crate) doubtful: f64,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReliability {
    pub(crate) kind: String,
    pub(crate) value: Spanned<f64>,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNorm {
    pub(crate) group: RawGroup,
    pub(crate) label: String,
    pub(crate) mean: f64,
    pub(crate) sd: Spanned<f64>,
    pub(crate) source: Spanned<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawGroup {
    Patients,
    Functional,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSource {
    pub(crate) id: Spanned<String>,
    pub(crate) cite: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: Option<Datetime>,
}

/// The text as a sidecar; what is no TOML, or has a key that nothing reads, is a slip.
pub(crate) fn read(sheet: &mut Sheet) -> Option<Raw> {
    match toml::from_str(sheet.text) {
        Ok(raw) => Some(raw),
        Err(error) => {
            let what = format!("{}; docs/clinical/measures.md lists every key", error.message());
            match error.span() {
                Some(span) => sheet.at(span, what),
                None => sheet.whole(what),
            }
            None
        }
    }
}
