//! `sources/*.toml`: what statements are drawn from.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::groups::WebPage;
use domain::references::{Backing, Reference};
use domain::text::Line;
use serde::Deserialize;
use toml::Spanned;

use crate::files::{self, Files, Slip};

/// What texts write when nothing but our own judgment stands behind them.
const OURS: &str = "ours";

pub(crate) struct Sources(HashMap<String, Arc<Reference>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: domain::name::Name,
    title: Line,
    by: Line,
    year: Option<u16>,
    url: Option<WebPage>,
    seen: Option<toml::value::Datetime>,
}

pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Sources {
    let mut sources: HashMap<String, Arc<Reference>> = HashMap::new();
    for (path, text) in files.of("sources", ".toml") {
        let Some(File { source }) = files.toml(path, slips) else {
            continue;
        };
        for raw in source {
            let line = Some(files::line(text, &raw.span()));
            let raw = raw.into_inner();
            let seen = raw.seen.and_then(|day| date(&day, path, line, slips));
            let id = raw.id.to_string();
            let reference = Reference {
                id: id.clone(),
                title: raw.title,
                by: raw.by,
                year: raw.year,
                url: raw.url,
                seen,
            };
            if id == OURS || sources.insert(id.clone(), Arc::new(reference)).is_some() {
                slips.push(Slip::new(
                    path,
                    line,
                    format!("the source id “{id}” is taken; give this one another"),
                ));
            }
        }
    }
    Sources(sources)
}

impl Sources {
    pub(crate) fn get(&self, id: &str) -> Option<&Arc<Reference>> {
        self.0.get(id)
    }

    /// What stands behind a text that names this source; a source that is not there is a slip.
    pub(crate) fn backing(
        &self,
        id: &str,
        at: impl FnOnce(String) -> Slip,
        slips: &mut Vec<Slip>,
    ) -> Backing {
        match self.get(id) {
            Some(reference) => reference.into(),
            None => {
                if id != OURS {
                    slips.push(at(format!(
                        "there is no source “{id}”; add it to content/sources/ or write “{OURS}”"
                    )));
                }
                Backing::Ours
            }
        }
    }
}

/// A TOML date without a time.
pub(crate) fn date(
    day: &toml::value::Datetime,
    path: &str,
    line: Option<usize>,
    slips: &mut Vec<Slip>,
) -> Option<NaiveDate> {
    let read = day
        .date
        .filter(|_| day.time.is_none())
        .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
    if read.is_none() {
        slips.push(Slip::new(
            path,
            line,
            format!("{day} is no day; write it as 2026-11-25"),
        ));
    }
    read
}
