//! What formats and service bodies say, to which the results refer.

use std::collections::HashMap;

use domain::groups::{HowToCome, Phone, WebPage};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::kept::page;
use crate::reading::{FeedError, list, text};
use crate::value::Fields;

/// Names that a root server puts results and their formats under.
const WITHIN: [&str; 1] = ["meetings"];
/// What stands beside the results, if all are in one file.
const BESIDE: [&str; 2] = ["formats", "service_bodies"];
/// Service bodies are within others; so far up one is looked for that can be reached.
const MOST_PARENTS: usize = 8;

/// The files of one root server, told apart.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) results: Vec<&'a RawValue>,
    pub(super) known: Known,
}

#[derive(Default)]
pub(super) struct Known {
    /// The words of format keys.
    formats: HashMap<String, String>,
    bodies: HashMap<String, Body>,
}

struct Body {
    parent: Option<String>,
    page: Option<WebPage>,
    helpline: Option<Phone>,
}

impl<'a> Files<'a> {
    pub(super) fn read(files: &[&'a [u8]]) -> Result<Self, FeedError> {
        let mut read = Self::default();
        for bytes in files {
            let text = text(bytes)?;
            read.sort(list(text, &WITHIN)?);
            for beside in BESIDE {
                if text.starts_with('{')
                    && let Ok(rows) = list(text, &[beside])
                {
                    read.sort(rows);
                }
            }
        }
        if read.results.is_empty() && (!read.known.formats.is_empty() || !read.known.bodies.is_empty()) {
            return Err(FeedError::NoResults);
        }
        Ok(read)
    }

    /// Each row to where its keys say it belongs. What is none of the three stays with the results, to be accounted for.
    fn sort(&mut self, rows: Vec<&'a RawValue>) {
        for said in rows {
            match serde_json::from_str::<Map<String, Value>>(said.get()) {
                Ok(row) if row.contains_key("key_string") => self.known.format(&Fields(&row)),
                Ok(row) if row.contains_key("helpline") && !row.contains_key("meeting_name") => {
                    self.known.body(&Fields(&row));
                }
                _ => self.results.push(said),
            }
        }
    }
}

impl Known {
    fn format(&mut self, fields: &Fields) {
        let (Some(key), Some(name)) = (fields.text("key_string"), fields.text("name_string")) else {
            return;
        };
        let english = fields.text("lang").is_none_or(|language| language == "en");
        let name = fields
            .text("world_id")
            .and_then(|id| standard(&id))
            .map_or(name, str::to_owned);
        if english {
            self.formats.insert(key, name);
        } else {
            self.formats.entry(key).or_insert(name);
        }
    }

    fn body(&mut self, fields: &Fields) {
        let Some(id) = fields.text("id") else { return };
        let body = Body {
            parent: fields.text("parent_id"),
            page: fields
                .text("url")
                .and_then(|url| page("url", &url, &mut Vec::new())),
            helpline: fields.text("helpline").and_then(|text| Phone::parse(&text).ok()),
        };
        self.bodies.insert(id, body);
    }

    /// What a format key means; the key itself where nobody told.
    pub(super) fn words<'k>(&'k self, key: &'k str) -> &'k str {
        self.formats.get(key).map_or(key, String::as_str)
    }

    /// The page of a service body, or of the nearest above it that has one.
    pub(super) fn page(&self, body: &str) -> Option<WebPage> {
        self.up(body).find_map(|body| body.page.clone())
    }

    /// The public helpline of a service body, or of the nearest above it that has one.
    pub(super) fn helpline(&self, body: &str) -> Option<HowToCome> {
        let phone = self.up(body).find_map(|body| body.helpline.clone())?;
        Some(HowToCome::Organisation {
            phone: Some(phone),
            mail: None,
        })
    }

    fn up(&self, body: &str) -> impl Iterator<Item = &Body> {
        let above = |body: &&Body| self.bodies.get(body.parent.as_deref()?);
        std::iter::successors(self.bodies.get(body), above).take(MOST_PARENTS)
    }
}

/// The ids that formats have for the world, whatever a root server calls them.
fn standard(world_id: &str) -> Option<&'static str> {
    Some(match world_id {
        "WCHR" => "Wheelchair access",
        "BEG" => "Newcomers",
        "M" => "Men",
        "W" => "Women",
        "Y" => "Young people",
        "MED" => "Meditation",
        "DISC" => "Discussion",
        _ => return None,
    })
}
