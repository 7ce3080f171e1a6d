//! `sources/*.toml`: what statements are drawn from.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::groups::WebPage;
use domain::name::Name;
use domain::references::{Backing, Reference};
use domain::text::Line;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::files::{Files, Sheet, Slip};

/// What texts write when nothing but our own judgment stands behind them.
const OURS: &str = "ours";

pub(crate) struct Sources {
    by_id: HashMap<String, Arc<Reference>>,
    /// Whether every file could be read; otherwise a source that is not there may be in one that could not.
    reading: Reading,
}

#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Whole,
    Partial,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Spanned<Name>,
    title: Line,
    by: Line,
    year: Option<u16>,
    url: Option<WebPage>,
    seen: Option<Spanned<Datetime>>,
}

pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Sources {
    let mut sources = Sources {
        by_id: HashMap::new(),
        reading: Reading::Whole,
    };
    for sheet in files.of("sources", ".toml") {
        let Some(File { source }) = sheet.toml(slips) else {
            sources.reading = Reading::Partial;
            continue;
        };
        for raw in source {
            let (span, id) = (raw.id.span(), raw.id.into_inner().to_string());
            let reference = Reference {
                id: id.clone(),
                title: raw.title,
                by: raw.by,
                year: raw.year,
                url: raw.url,
                seen: raw.seen.and_then(|day| date(&day, sheet, slips)),
            };
            if id == OURS || sources.by_id.insert(id.clone(), Arc::new(reference)).is_some() {
                slips.push(sheet.slip(
                    span,
                    format!("the source id “{id}” is taken; give this one another"),
                ));
            }
        }
    }
    sources
}

impl Sources {
    /// A source; one that is not there is a slip.
    pub(crate) fn get(
        &self,
        id: &str,
        at: impl FnOnce(String) -> Slip,
        slips: &mut Vec<Slip>,
    ) -> Option<&Arc<Reference>> {
        let found = self.by_id.get(id);
        if found.is_none() && self.reading == Reading::Whole {
            slips.push(at(format!(
                "there is no source “{id}”; add it to content/sources/, or correct the id"
            )));
        }
        found
    }

    /// What stands behind a text that names this source.
    pub(crate) fn backing(
        &self,
        id: &str,
        at: impl FnOnce(String) -> Slip,
        slips: &mut Vec<Slip>,
    ) -> Backing {
        if id == OURS {
            return Backing::Ours;
        }
        let at = |what: String| at(format!("{what}, or write “{OURS}”"));
        self.get(id, at, slips).map_or(Backing::Ours, Backing::from)
    }
}

/// A TOML date without a time.
pub(crate) fn date(day: &Spanned<Datetime>, sheet: Sheet, slips: &mut Vec<Slip>) -> Option<NaiveDate> {
    let value = day.get_ref();
    let read = value
        .date
        .filter(|_| value.time.is_none())
        .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
    if read.is_none() {
        slips.push(sheet.slip(day.span(), format!("{value} is no day; write it as 2026-11-25")));
    }
    read
}
