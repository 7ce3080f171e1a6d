//! What formats and service bodies say, to which the results refer.

use std::collections::HashMap;

use domain::groups::{HowToCome, Phone, WebPage};
use serde_json::{Map, Value};

use crate::kept::page;
use crate::value::Fields;

/// Service bodies are within others; so far up one is looked for that can be reached.
const MOST_PARENTS: usize = 8;

/// What a row is, by its keys. What is neither a format nor a service body is a search result, to be accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Result,
    Format,
    Body,
}

impl Sort {
    pub(super) fn of(row: &Map<String, Value>) -> Self {
        match () {
            () if row.contains_key("key_string") => Self::Format,
            () if row.contains_key("helpline") && !row.contains_key("meeting_name") => Self::Body,
            () => Self::Result,
        }
    }
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

impl Known {
    /// Whether nothing at all is known.
    pub(super) fn is_empty(&self) -> bool {
        self.formats.is_empty() && self.bodies.is_empty()
    }

    pub(super) fn keep(&mut self, row: &Map<String, Value>) {
        match Sort::of(row) {
            Sort::Format => self.format(&Fields(row)),
            Sort::Body => self.body(&Fields(row)),
            Sort::Result => {}
        }
    }

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
