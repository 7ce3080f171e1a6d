//! What a program asks of `/feeds/hsds`: the parameters that the specification names.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::text::fold;
use serde_json::json;
use url::form_urlencoded;

use super::super::{Whose, is_known};
use crate::state::App;

/// Items of a page that is not asked for another number.
const USUAL: usize = 50;
/// The most items of a page; ids alone (`minimal`) come all at once.
const MOST: usize = 200;

pub(super) struct Asked {
    pub(super) whose: Whose,
    /// Words, folded; each must begin a word.
    pub(super) search: Vec<String>,
    pub(super) page: usize,
    pub(super) per_page: Option<usize>,
    pub(super) minimal: bool,
    pub(super) full: bool,
    pub(super) full_service: bool,
    pub(super) modified_after: Option<DateTime<Utc>>,
    pub(super) taxonomy_term: Option<String>,
    pub(super) taxonomy: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) parent: Option<String>,
}

/// What is wrong with a question.
pub(crate) struct Wrong {
    status: StatusCode,
    parameter: String,
    value: String,
    message: String,
}

impl Asked {
    /// The question, or the first thing in it that is not understood. A parameter that is not known is passed over.
    pub(super) fn read(app: &App, query: Option<&str>) -> Result<Self, Wrong> {
        let mut asked = Self {
            whose: Whose::Own,
            search: Vec::new(),
            page: 1,
            per_page: None,
            minimal: false,
            full: false,
            full_service: false,
            modified_after: None,
            taxonomy_term: None,
            taxonomy: None,
            organization: None,
            parent: None,
        };
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = value.trim();
            if !value.is_empty() {
                asked
                    .take(&name, value)
                    .map_err(|sentence| Wrong::of(app, &name, value, sentence))?;
            }
        }
        match &asked.whose {
            Whose::Programme(name) if !is_known(app, &asked.whose) => Err(Wrong {
                status: StatusCode::NOT_FOUND,
                ..Wrong::of(app, "programme", name, "hsds-programme")
            }),
            _ => Ok(asked),
        }
    }

    /// Takes a parameter, or gives the sentence that says what is wrong with it.
    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        let text = || Some(value.to_owned());
        match name {
            "programme" => self.whose = Whose::Programme(value.to_owned()),
            "search" => self.search = fold::words(value),
            "page" => self.page = number(value, usize::MAX).ok_or("hsds-page")?,
            "per_page" => self.per_page = Some(number(value, MOST).ok_or("hsds-per-page")?),
            "minimal" => self.minimal = truth(value)?,
            "full" => self.full = truth(value)?,
            "full_service" => self.full_service = truth(value)?,
            // No term of ours is under another: all of them are at the top.
            "top_only" => drop(truth(value)?),
            "parent_id" => self.parent = text(),
            "modified_after" => self.modified_after = Some(instant(value).ok_or("hsds-time")?),
            "taxonomy_term_id" => self.taxonomy_term = text(),
            "taxonomy_id" => self.taxonomy = text(),
            "organization_id" => self.organization = text(),
            "format" if value != "json" => return Err("hsds-format"),
            "postcode" | "proximity" => return Err("hsds-near"),
            _ => {}
        }
        Ok(())
    }

    /// How many items a page of so many has.
    pub(super) fn size(&self, total: usize) -> usize {
        let usual = if self.minimal { total.max(1) } else { USUAL };
        self.per_page.unwrap_or(usual)
    }

    /// Whether each word that is looked for begins a word of these texts.
    pub(super) fn is_found_in<'t>(&self, texts: impl Iterator<Item = &'t str>) -> bool {
        if self.search.is_empty() {
            return true;
        }
        let words: Vec<String> = texts.flat_map(fold::words).collect();
        let begins = |asked: &String| words.iter().any(|word| word.starts_with(asked.as_str()));
        self.search.iter().all(begins)
    }
}

fn number(value: &str, most: usize) -> Option<usize> {
    value.parse().ok().filter(|number| (1..=most).contains(number))
}

fn truth(value: &str) -> Result<bool, &'static str> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("hsds-truth"),
    }
}

/// An instant; of a day its beginning in UTC.
fn instant(value: &str) -> Option<DateTime<Utc>> {
    // A plus that was not escaped is read as a space.
    let time = DateTime::parse_from_rfc3339(&value.replace(' ', "+")).map(|time| time.to_utc());
    let day = || {
        let day: NaiveDate = value.parse().ok()?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    };
    time.ok().or_else(day)
}

impl Wrong {
    pub(super) fn of(app: &App, parameter: &str, value: &str, sentence: &str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            parameter: parameter.to_owned(),
            value: value.to_owned(),
            message: app.words().with(sentence, &[("value", value.into())]),
        }
    }

    /// Nothing has this id.
    pub(super) fn id(app: &App, id: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::of(app, "id", id, "hsds-id")
        }
    }

    /// There are not so many pages.
    pub(super) fn page(app: &App, page: usize) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::of(app, "page", &page.to_string(), "hsds-page-beyond")
        }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let error =
            json!({ "error": { "parameter": self.parameter, "value": self.value, "message": self.message } });
        (self.status, Json(error)).into_response()
    }
}
