//! `help.toml`: emergency numbers and help lines by country.

use std::collections::BTreeSet;

use domain::groups::WebPage;
use domain::helping::{Concern, Country, Directory, HelpLine, HelpLines, Number, SOURCES, TextTo};
use domain::text::Line;
use serde::Deserialize;
use toml::Spanned;

use crate::files::{self, Files, Slip};
use crate::sources::date;

const PATH: &str = "help.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    directory: RawDirectory,
    country: Vec<Spanned<RawCountry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDirectory {
    name: Line,
    url: WebPage,
    sources: Vec<RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCountry {
    code: String,
    name: Line,
    emergency: String,
    emergency_sources: Vec<RawSource>,
    #[serde(default)]
    line: Vec<Spanned<RawLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    name: Line,
    #[serde(rename = "for")]
    concern: RawConcern,
    call: Option<String>,
    text: Option<String>,
    keyword: Option<Line>,
    chat: Option<WebPage>,
    hours: Option<Line>,
    more: Option<Line>,
    checked: toml::value::Datetime,
    sources: Vec<RawSource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawConcern {
    Crisis,
    Violence,
    Substances,
    YoungPeople,
    Veterans,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the title and the day are for who edits the file")]
struct RawSource {
    title: Line,
    url: WebPage,
    seen: toml::value::Datetime,
}

impl From<RawConcern> for Concern {
    fn from(raw: RawConcern) -> Self {
        match raw {
            RawConcern::Crisis => Self::Crisis,
            RawConcern::Violence => Self::Violence,
            RawConcern::Substances => Self::Substances,
            RawConcern::YoungPeople => Self::YoungPeople,
            RawConcern::Veterans => Self::Veterans,
        }
    }
}

pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Option<HelpLines> {
    let file: File = files.toml(PATH, slips)?;
    let text = files.get(PATH).unwrap_or_default();
    let mut codes = BTreeSet::new();
    let mut countries = Vec::new();
    if file.directory.sources.is_empty() {
        slips.push(Slip::new(
            PATH,
            Some(1),
            "the directory has no source; cite where you saw it".to_owned(),
        ));
    }
    for raw in file.country {
        let line = files::line(text, &raw.span());
        let raw = raw.into_inner();
        let slip = |what: String| Slip::new(PATH, Some(line), what);
        let fits = raw.code.len() == 2 && raw.code.bytes().all(|b| b.is_ascii_uppercase());
        if !fits || !codes.insert(raw.code.clone()) {
            slips.push(slip(format!(
                "“{}” is no country code, or it is there twice; write two capital letters, such as US",
                raw.code
            )));
        }
        if raw.emergency_sources.is_empty() {
            slips.push(slip(format!(
                "the emergency number {} has no source; cite one or take it out",
                raw.emergency
            )));
        }
        let lines = raw.line.into_iter();
        let lines: Vec<_> = lines.filter_map(|raw| help_line(raw, text, slips)).collect();
        let emergency = number(&raw.emergency, Some(line), slips);
        if let Some(emergency) = emergency {
            countries.push(Country {
                code: raw.code,
                name: raw.name,
                emergency,
                lines,
            });
        }
    }
    if !countries.iter().any(|country| country.first().is_some()) {
        slips.push(Slip::new(
            PATH,
            None,
            "no country has a crisis line; a person in danger would not be shown help".to_owned(),
        ));
    }
    Some(HelpLines {
        countries,
        directory: Directory {
            name: file.directory.name,
            url: file.directory.url,
        },
    })
}

fn help_line(raw: Spanned<RawLine>, text: &str, slips: &mut Vec<Slip>) -> Option<HelpLine> {
    let line = Some(files::line(text, &raw.span()));
    let raw = raw.into_inner();
    let hosts: BTreeSet<&str> = raw.sources.iter().map(|source| source.url.host()).collect();
    if hosts.len() < SOURCES {
        slips.push(Slip::new(
            PATH,
            line,
            format!(
                "“{}” has {} independent source; a line ships only when {SOURCES} agree. Add one or take the line out",
                raw.name,
                hosts.len()
            ),
        ));
    }
    let chat = raw.chat.filter(|chat| {
        let safe = chat.as_str().starts_with("https:");
        if !safe {
            slips.push(Slip::new(PATH, line, format!("the chat {chat} is not https")));
        }
        safe
    });
    let call = raw.call.and_then(|call| number(&call, line, slips));
    let text = raw.text.and_then(|text| number(&text, line, slips));
    if call.is_none() && text.is_none() && chat.is_none() {
        slips.push(Slip::new(
            PATH,
            line,
            format!("“{}” has no number and no chat; nobody could reach it", raw.name),
        ));
    }
    Some(HelpLine {
        name: raw.name,
        concern: raw.concern.into(),
        call,
        text: text.map(|number| TextTo {
            number,
            keyword: raw.keyword,
        }),
        chat,
        hours: raw.hours,
        more: raw.more,
        checked: date(&raw.checked, PATH, line, slips)?,
        sources: raw.sources.into_iter().map(|source| source.url).collect(),
    })
}

fn number(text: &str, line: Option<usize>, slips: &mut Vec<Slip>) -> Option<Number> {
    Number::parse(text)
        .map_err(|why| slips.push(Slip::new(PATH, line, why.to_string())))
        .ok()
}
