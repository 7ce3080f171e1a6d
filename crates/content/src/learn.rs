//! `learn/*.md` and `glossary.toml`.

use domain::learning::{Article, Reviewer, Term};
use domain::name::Name;
use domain::text::{Line, Prose};
use serde::Deserialize;

use crate::files::{self, Files, Slip};
use crate::grade;
use crate::sources::{self, Sources};

pub(crate) const GLOSSARY: &str = "glossary.toml";
/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Line,
    summary: Line,
    takeaways: Vec<Line>,
    author: Line,
    reviewer: Option<RawReviewer>,
    updated: toml::value::Datetime,
    replaces: Option<Line>,
    order: u16,
    topics: Vec<Name>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReviewer {
    name: Line,
    credentials: Line,
    on: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<RawTerm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    term: Line,
    plain: Prose,
    #[serde(default)]
    also: Vec<Line>,
    see: Option<Name>,
}

pub(crate) fn path(id: &Name) -> String {
    format!("learn/{id}.md")
}

/// In the order of the list.
pub(crate) fn articles(files: &Files, sources: &Sources, slips: &mut Vec<Slip>) -> Vec<Article> {
    let mut articles: Vec<Article> = files
        .of("learn", ".md")
        .filter_map(|(path, text)| article(path, text, sources, slips))
        .collect();
    articles.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    articles
}

fn article(path: &str, text: &str, sources: &Sources, slips: &mut Vec<Slip>) -> Option<Article> {
    let slip = |line: Option<usize>, what: String| Slip::new(path, line, what);
    let name = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".md"))
        .unwrap_or_default();
    let id = Name::parse(name)
        .map_err(|why| slips.push(slip(None, why.to_string())))
        .ok()?;
    let text = text.replace("\r\n", "\n");
    let Some((front, body)) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
    else {
        slips.push(slip(
            Some(1),
            "does not begin with its facts between two lines of +++; see content/README.md".to_owned(),
        ));
        return None;
    };
    let front_lines = front.lines().count() + 2;
    let front: Front = files::toml(path, front, 1, slips)?;
    let mut references = Vec::new();
    for id in &front.sources {
        match sources.get(id) {
            Some(reference) => references.push(reference.clone()),
            None => slips.push(slip(
                None,
                format!("there is no source “{id}”; add it to content/sources/"),
            )),
        }
    }
    for (number, line) in body.lines().enumerate() {
        let at = Some(front_lines + number + 1);
        if line.starts_with("# ") {
            slips.push(slip(
                at,
                "a heading with one #; the title is the page’s only one".to_owned(),
            ));
        }
        for cited in citations(line) {
            if cited == 0 || cited > references.len() {
                slips.push(slip(
                    at,
                    format!("cites [{cited}], but there are {} sources", references.len()),
                ));
            }
        }
    }
    if front.takeaways.is_empty() || references.is_empty() {
        slips.push(slip(
            Some(1),
            "has no takeaways or no sources; a reader trusts neither without the other".to_owned(),
        ));
    }
    let updated = sources::date(&front.updated, path, Some(1), slips)?;
    let reviewer = match front.reviewer {
        Some(raw) => Some(Reviewer {
            on: sources::date(&raw.on, path, Some(1), slips)?,
            name: raw.name,
            credentials: raw.credentials,
        }),
        None => None,
    };
    let minutes = grade::words(body).div_ceil(WORDS_A_MINUTE);
    Some(Article {
        id,
        title: front.title,
        summary: front.summary,
        takeaways: front.takeaways,
        author: front.author,
        reviewer,
        updated,
        replaces: front.replaces,
        order: front.order,
        topics: front.topics,
        references,
        text: body.to_owned(),
        minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
    })
}

pub(crate) fn glossary(files: &Files, slips: &mut Vec<Slip>) -> Vec<Term> {
    let raw = files
        .toml::<Glossary>(GLOSSARY, slips)
        .map_or_else(Vec::new, |glossary| glossary.term);
    let mut terms: Vec<Term> = raw
        .into_iter()
        .map(|raw| Term {
            term: raw.term,
            plain: raw.plain,
            also: raw.also,
            see: raw.see,
        })
        .collect();
    terms.sort_by_key(|term| term.term.as_str().to_lowercase());
    for pair in terms.windows(2) {
        if pair[0].term.as_str().eq_ignore_ascii_case(pair[1].term.as_str()) {
            slips.push(Slip::new(
                GLOSSARY,
                None,
                format!("“{}” is there twice; leave one", pair[0].term),
            ));
        }
    }
    terms
}

/// Links to our own pages, without their first slash and what follows ? or #.
pub(crate) fn links(article: &Article) -> Vec<String> {
    article
        .text
        .split("](/")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|link| link.split(['?', '#']).next().unwrap_or_default().to_owned())
        .collect()
}

/// The numbers in brackets of a line that are no links: "[2]" and "[1][4]".
fn citations(line: &str) -> Vec<usize> {
    let mut cited = Vec::new();
    for part in line.split('[').skip(1) {
        if let Some((number, rest)) = part.split_once(']')
            && !rest.starts_with('(')
        {
            cited.extend(number.split([',', ' ']).filter_map(|n| n.parse::<usize>().ok()));
        }
    }
    cited
}
