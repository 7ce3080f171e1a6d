//! A measure: a form, and what is known about its numbers. Only those exist that keep the rules of their licence.

pub(crate) mod outline;
mod rules;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bundled;
use crate::change::Thresholds;
use crate::native::Scoring;
use crate::programmes;
use crate::risk::RiskItem;
use crate::sidecar::{self, RawStanding, check};
use crate::slip::{Sheet, Slip, Slips};
use outline::Outline;

/// The texts of a measure, as files hold them: `NAME.json` and `NAME.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub name: &'a str,
    pub form: &'a str,
    /// Without it the form is shown and kept, without bands.
    pub sidecar: Option<&'a str>,
}

/// Who may hand a form on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Tier {
    /// Free to use and to hand on: bundled.
    A,
    /// Free to use, and handed on unchanged under its own licence.
    B,
    /// The organisation's own copy, under its own licence.
    C,
}

/// Whether studies have looked at what the numbers mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Published,
    NotValidated,
    /// No sidecar says.
    Unknown,
}

/// A form that people may be given.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The name of its file: "phq-9".
    pub name: String,
    /// What people call it: "PHQ-9".
    pub short: String,
    pub title: String,
    /// FHIR R4 Questionnaire, as JSON.
    pub form: String,
    pub tier: Tier,
    pub licence: String,
    /// Texts of licences that go with it.
    pub licence_texts: Vec<&'static str>,
    /// Where its wording was taken from.
    pub source: String,
    pub standing: Standing,
    /// What it asks about, in a few plain words.
    pub about: Option<String>,
    /// How many questions people answer.
    pub questions: usize,
    pub scoring: Option<Scoring>,
    /// How change of its total is judged where no programme says otherwise.
    pub(crate) thresholds: Option<Thresholds>,
    /// How it is judged in groups whose programme says otherwise, by the name in the address of the group's page.
    pub(crate) programmes: BTreeMap<String, Thresholds>,
    /// The questions that tell of danger.
    pub risks: Vec<RiskItem>,
}

/// One line about a measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub items: usize,
    /// Lowest and highest total.
    pub range: Option<(f64, f64)>,
    pub tier: Tier,
    pub licence: &'a str,
    pub source: &'a str,
    pub validated: bool,
    pub thresholds: Option<&'a Thresholds>,
    /// By the name of a group; not written where no programme sets its own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub programmes: &'a BTreeMap<String, Thresholds>,
}

/// All measures there are, by the order in which they are offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures(Vec<Measure>);

/// Whose files they are; what is refused differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Bundle,
    Folder,
}

impl Measures {
    /// Those that are part of the program.
    pub fn bundled() -> Result<Self, Slips> {
        let mut slips = Vec::new();
        let read = bundled::FORMS
            .into_iter()
            .filter_map(|pair| Measure::read(pair, From::Bundle, &mut slips));
        let measures = read.collect();
        if slips.is_empty() {
            Ok(Self(measures))
        } else {
            Err(Slips::of(slips))
        }
    }

    /// The same, and an organisation's own. One with the name of another is refused: a score must not change its meaning.
    pub fn with<'a>(mut self, pairs: impl IntoIterator<Item = Pair<'a>>) -> Result<Self, Slips> {
        let mut slips = Vec::new();
        for pair in pairs {
            if programmes::FILE.strip_suffix(".toml") == Some(pair.name) {
                slips.push(Slip {
                    file: format!("{}.json", pair.name),
                    line: None,
                    what: format!(
                        "no form can have this name, because {} is what programmes set themselves; give this file another name",
                        programmes::FILE
                    ),
                });
                continue;
            }
            if self.get(pair.name).is_some() {
                let what = format!(
                    "there is a measure “{}” already; give this file another name",
                    pair.name
                );
                slips.push(Slip {
                    file: format!("{}.json", pair.name),
                    line: None,
                    what,
                });
                continue;
            }
            self.0.extend(Measure::read(pair, From::Folder, &mut slips));
        }
        if slips.is_empty() {
            Ok(self)
        } else {
            Err(Slips::of(slips))
        }
    }

    pub fn get(&self, name: &str) -> Option<&Measure> {
        self.0.iter().find(|measure| measure.name == name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Measure> {
        self.0.iter_mut().find(|measure| measure.name == name)
    }

    pub fn all(&self) -> &[Measure] {
        &self.0
    }

    pub fn list(&self) -> Vec<Listed<'_>> {
        self.0.iter().map(Measure::listed).collect()
    }
}

impl Measure {
    /// An organisation's own measure, alone.
    pub fn own(pair: Pair<'_>) -> Result<Self, Slips> {
        let mut slips = Vec::new();
        match Self::read(pair, From::Folder, &mut slips) {
            Some(measure) if slips.is_empty() => Ok(measure),
            _ => Err(Slips::of(slips)),
        }
    }

    /// A pair of the bundle, by the rules of the bundle.
    #[cfg(test)]
    fn bundle(pair: Pair<'_>) -> Result<Self, Slips> {
        let mut slips = Vec::new();
        match Self::read(pair, From::Bundle, &mut slips) {
            Some(measure) if slips.is_empty() => Ok(measure),
            _ => Err(Slips::of(slips)),
        }
    }

    fn read(pair: Pair<'_>, from: From, slips: &mut Vec<Slip>) -> Option<Self> {
        let (json, toml) = (format!("{}.json", pair.name), format!("{}.toml", pair.name));
        let mut form = Sheet::new(&json, pair.form);
        let outline = outline::read(&mut form);
        slips.extend(form.slips());
        let outline = outline?;
        let Some(text) = pair.sidecar else {
            if from == From::Bundle {
                let what = "is not there; a bundled form needs a sidecar that names its licence".to_owned();
                slips.push(Slip {
                    file: toml,
                    line: None,
                    what,
                });
                return None;
            }
            return Some(Self::bare(pair, outline));
        };
        let mut sheet = Sheet::new(&toml, text);
        let read = Self::beside(pair, outline, from, &mut sheet);
        let found = sheet.slips();
        let measure = read.filter(|_| found.is_empty());
        slips.extend(found);
        measure
    }

    /// A form without a sidecar: nothing is known about its numbers.
    fn bare(pair: Pair<'_>, outline: Outline) -> Self {
        Self {
            name: pair.name.to_owned(),
            short: pair.name.to_owned(),
            questions: outline.questions(),
            title: if outline.title.is_empty() {
                pair.name.to_owned()
            } else {
                outline.title
            },
            form: pair.form.to_owned(),
            tier: Tier::C,
            licence: if outline.copyright.is_empty() {
                "not stated".to_owned()
            } else {
                outline.copyright
            },
            licence_texts: Vec::new(),
            source: "the organization’s own file".to_owned(),
            standing: Standing::Unknown,
            about: None,
            scoring: None,
            thresholds: None,
            programmes: BTreeMap::new(),
            risks: outline.risks,
        }
    }

    fn beside(pair: Pair<'_>, outline: Outline, from: From, sheet: &mut Sheet) -> Option<Self> {
        let mut raw = sidecar::read(sheet)?;
        let tier = rules::tier(&raw, from, sheet)?;
        let licence_texts = rules::licence_texts(&raw, &outline, from, sheet);
        let mut sources = check::Sources::of(std::mem::take(&mut raw.source), sheet);
        let scoring = check::scoring(&mut raw, &outline, &mut sources, sheet);
        let thresholds = match (raw.change.take(), &scoring) {
            (Some(change), Some(scoring)) => check::thresholds(change, scoring, &mut sources, sheet),
            _ => None,
        };
        sources.idle(sheet);
        Some(Self {
            name: pair.name.to_owned(),
            short: raw.name,
            title: outline.title.clone(),
            questions: outline.questions(),
            form: pair.form.to_owned(),
            tier,
            licence: raw.licence.into_inner(),
            licence_texts,
            source: raw.wording,
            standing: match raw.standing {
                RawStanding::Published => Standing::Published,
                RawStanding::NotValidated => Standing::NotValidated,
            },
            about: Some(raw.about),
            scoring,
            thresholds,
            programmes: BTreeMap::new(),
            risks: outline.risks,
        })
    }

    /// How change of its total is judged in this group: as its programme says, else as the organisation says, else as the measure's
    /// own sources say. Without a group, as in groups that no programme says anything of.
    pub fn thresholds(&self, group: Option<&str>) -> Option<&Thresholds> {
        let own = group.and_then(|group| self.programmes.get(group));
        own.or(self.thresholds.as_ref())
    }

    /// The groups whose programme says otherwise than the organisation.
    pub fn groups_with_their_own(&self) -> impl Iterator<Item = &str> {
        self.programmes.keys().map(String::as_str)
    }

    pub fn listed(&self) -> Listed<'_> {
        let total = self.scoring.as_ref().and_then(|scoring| scoring.scales().first());
        Listed {
            name: &self.name,
            title: &self.title,
            items: self.questions,
            range: total.map(|scale| scale.range),
            tier: self.tier,
            licence: &self.licence,
            source: &self.source,
            validated: self.standing == Standing::Published,
            thresholds: self.thresholds.as_ref(),
            programmes: &self.programmes,
        }
    }
}

#[cfg(test)]
mod tests;
