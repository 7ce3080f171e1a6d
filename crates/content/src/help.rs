//! `help.toml`: emergency numbers and help lines by country.

use std::collections::BTreeSet;

use domain::groups::WebPage;
use domain::helping::{Concern, Country, Directory, HelpLine, HelpLines, Number, SOURCES, TextTo};
use domain::text::Line;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::files::{Files, Sheet, Slip};
use crate::sources::date;

pub(crate) const PATH: &str = "help.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    directory: RawDirectory,
    country: Vec<RawCountry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDirectory {
    name: Line,
    url: WebPage,
    sources: Spanned<Vec<RawSource>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCountry {
    code: Spanned<String>,
    name: Line,
    emergency: Spanned<String>,
    emergency_sources: Spanned<Vec<RawSource>>,
    #[serde(default)]
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    name: Spanned<Line>,
    #[serde(rename = "for")]
    concern: RawConcern,
    call: Option<Spanned<String>>,
    text: Option<Spanned<String>>,
    keyword: Option<Spanned<Line>>,
    chat: Option<Spanned<WebPage>>,
    hours: Option<Line>,
    more: Option<Line>,
    checked: Spanned<Datetime>,
    sources: Spanned<Vec<RawSource>>,
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
    seen: Datetime,
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
    let sheet = files.sheet(PATH, slips)?;
    let file: File = sheet.toml(slips)?;
    let before = slips.len();
    let mut codes = BTreeSet::new();
    let mut countries = Vec::new();
    cited(&file.directory.sources, "the directory", sheet, slips);
    for raw in file.country {
        let code = raw.code.get_ref();
        let fits = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        let wrong = if !fits {
            Some("is no country code; write two capital letters, such as US")
        } else if !codes.insert(code.clone()) {
            Some("is there twice; put all its lines under one [[country]]")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            slips.push(sheet.slip(raw.code.span(), format!("“{code}” {wrong}")));
        }
        let what = format!("the emergency number of {}", raw.name);
        cited(&raw.emergency_sources, &what, sheet, slips);
        let lines = raw.line.into_iter();
        let lines: Vec<_> = lines.filter_map(|raw| help_line(raw, sheet, slips)).collect();
        if let Some(emergency) = number(&raw.emergency, sheet, slips) {
            countries.push(Country {
                code: raw.code.into_inner(),
                name: raw.name,
                emergency,
                lines,
            });
        }
    }
    // A line with a slip of its own is not missing.
    if slips.len() == before && !countries.iter().any(|country| country.first().is_some()) {
        slips.push(Slip::new(
            PATH,
            None,
            "no country has a crisis line, and a person in danger would not be shown help; add one with for = \"crisis\""
                .to_owned(),
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

fn cited(sources: &Spanned<Vec<RawSource>>, what: &str, sheet: Sheet, slips: &mut Vec<Slip>) {
    if sources.get_ref().is_empty() {
        slips.push(sheet.slip(
            sources.span(),
            format!("{what} has no source; cite where you read it, or take it out"),
        ));
    }
}

fn help_line(raw: RawLine, sheet: Sheet, slips: &mut Vec<Slip>) -> Option<HelpLine> {
    let name = raw.name.get_ref().to_string();
    let mut slip = |span, what: String| slips.push(sheet.slip(span, format!("“{name}” {what}")));
    let hosts: BTreeSet<&str> = raw.sources.get_ref().iter().map(host).collect();
    if hosts.len() < SOURCES {
        slip(
            raw.sources.span(),
            "has no two sources that do not depend on each other; a line is listed only when such agree on it. Add one or take the line out"
                .to_owned(),
        );
    }
    if let Some(chat) = raw
        .chat
        .as_ref()
        .filter(|chat| !chat.get_ref().as_str().starts_with("https:"))
    {
        slip(
            chat.span(),
            "has a chat that is not https, and others could read along; write its https address or leave it out"
                .to_owned(),
        );
    }
    if raw.call.is_none() && raw.text.is_none() && raw.chat.is_none() {
        slip(
            raw.name.span(),
            "has no number and no chat, and nobody could reach it; add “call”, “text” or “chat”".to_owned(),
        );
    }
    if let Some(keyword) = raw.keyword.as_ref().filter(|_| raw.text.is_none()) {
        slip(
            keyword.span(),
            "has a “keyword” and no “text” to send it to; add the number or leave it out".to_owned(),
        );
    }
    let call = raw.call.and_then(|call| number(&call, sheet, slips));
    let text = raw.text.and_then(|text| number(&text, sheet, slips));
    Some(HelpLine {
        name: raw.name.into_inner(),
        concern: raw.concern.into(),
        call,
        text: text.map(|number| TextTo {
            number,
            keyword: raw.keyword.map(Spanned::into_inner),
        }),
        chat: raw.chat.map(Spanned::into_inner),
        hours: raw.hours,
        more: raw.more,
        checked: date(&raw.checked, sheet, slips)?,
        sources: raw
            .sources
            .into_inner()
            .into_iter()
            .map(|source| source.url)
            .collect(),
    })
}

/// Whose page it is: www.example.org is example.org.
fn host(source: &RawSource) -> &str {
    let host = source.url.host();
    host.strip_prefix("www.").unwrap_or(host)
}

fn number(text: &Spanned<String>, sheet: Sheet, slips: &mut Vec<Slip>) -> Option<Number> {
    Number::parse(text.get_ref())
        .map_err(|why| slips.push(sheet.slip(text.span(), why.to_string())))
        .ok()
}
