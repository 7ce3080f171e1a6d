//! `learn/*.md` and `glossary.toml`.

use std::collections::BTreeSet;

use domain::learning::{Article, Reviewer, Term};
use domain::name::Name;
use domain::text::{Line, Prose};
use domain::topics::Catalogue;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::files::{Files, Sheet, Slip};
use crate::grade;
use crate::sources::{self, Sources};

pub(crate) const GLOSSARY: &str = "glossary.toml";
/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 200;
/// Pages of the site that articles may link to.
const PAGES: [&str; 9] = [
    "choose",
    "groups",
    "help-now",
    "kinds",
    "glossary",
    "learn",
    "for",
    "providers",
    "privacy",
];

/// An article, and where it names what may not be there.
pub(crate) struct Placed {
    pub(crate) article: Article,
    path: String,
    /// Lines of topics, in the order of the article's.
    topics: Vec<usize>,
    /// Lines and addresses.
    links: Vec<(usize, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Line,
    summary: Line,
    takeaways: Vec<Line>,
    author: Line,
    reviewer: Option<RawReviewer>,
    updated: Spanned<Datetime>,
    replaces: Option<Line>,
    order: u16,
    topics: Vec<Spanned<Name>>,
    sources: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReviewer {
    name: Line,
    credentials: Line,
    on: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<RawTerm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    term: Spanned<Line>,
    plain: Prose,
    #[serde(default)]
    also: Vec<Line>,
    see: Option<Spanned<Name>>,
}

/// In the order of the list.
pub(crate) fn articles(files: &Files, sources: &Sources, slips: &mut Vec<Slip>) -> Vec<Placed> {
    let mut articles: Vec<Placed> = files
        .of("learn", ".md")
        .filter_map(|sheet| article(sheet, sources, slips))
        .collect();
    articles.sort_by(|a, b| (a.article.order, &a.article.id).cmp(&(b.article.order, &b.article.id)));
    articles
}

fn article(sheet: Sheet, sources: &Sources, slips: &mut Vec<Slip>) -> Option<Placed> {
    let name = sheet.path.rsplit('/').next().unwrap_or_default();
    let id = Name::parse(name.trim_end_matches(".md"))
        .map_err(|why| {
            let what = format!("the file’s name is part of its address: {why}");
            slips.push(Slip::new(sheet.path, None, what));
        })
        .ok()?;
    let text = sheet.text.replace("\r\n", "\n");
    let parts = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"));
    let Some((front, body)) = parts else {
        slips.push(sheet.slip(
            0..0,
            "does not begin with its facts between two lines of +++; see content/README.md".to_owned(),
        ));
        return None;
    };
    let front_lines = front.lines().count() + 2;
    let (facts, body) = (sheet.part(front, 1), sheet.part(body, front_lines));
    let front: Front = facts.toml(slips)?;
    let mut references = Vec::new();
    for id in &front.sources {
        let at = |what| facts.slip(id.span(), what);
        references.extend(sources.get(id.get_ref(), at, slips).cloned());
    }
    check(body, front.sources.len(), slips);
    for (missing, what) in [
        (
            front.takeaways.is_empty(),
            "has no takeaways; add what a reader should keep",
        ),
        (
            front.sources.is_empty(),
            "has no sources; add what it is drawn from",
        ),
    ] {
        if missing {
            slips.push(sheet.slip(0..0, what.to_owned()));
        }
    }
    let updated = sources::date(&front.updated, facts, slips)?;
    let reviewer = match front.reviewer {
        Some(raw) => Some(Reviewer {
            on: sources::date(&raw.on, facts, slips)?,
            name: raw.name,
            credentials: raw.credentials,
        }),
        None => None,
    };
    let minutes = grade::words(body.text).div_ceil(WORDS_A_MINUTE);
    Some(Placed {
        path: sheet.path.to_owned(),
        topics: front
            .topics
            .iter()
            .map(|topic| facts.line(topic.span()))
            .collect(),
        links: links(body),
        article: Article {
            id,
            title: front.title,
            summary: front.summary,
            takeaways: front.takeaways,
            author: front.author,
            reviewer,
            updated,
            replaces: front.replaces,
            order: front.order,
            topics: front.topics.into_iter().map(Spanned::into_inner).collect(),
            references,
            text: body.text.to_owned(),
            minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
        },
    })
}

/// Headings and citations.
fn check(body: Sheet, sources: usize, slips: &mut Vec<Slip>) {
    for (line, text) in lines(body) {
        let mut slip = |what: String| slips.push(Slip::new(body.path, Some(line), what));
        if text.starts_with("# ") {
            slip("is a heading with one #, and the title is the page’s only one; write ##".to_owned());
        }
        for cited in citations(text) {
            if cited == 0 || cited > sources {
                slip(format!(
                    "cites [{cited}], and “sources” has {sources}; correct the number or add the source"
                ));
            }
        }
    }
}

/// Lines of a text with their numbers in the file.
fn lines(sheet: Sheet<'_>) -> impl Iterator<Item = (usize, &str)> {
    let above = sheet.line(0..0);
    sheet
        .text
        .lines()
        .enumerate()
        .map(move |(number, text)| (above + number, text))
}

impl Placed {
    /// Topics and pages that are not there.
    pub(crate) fn strays(&self, articles: &BTreeSet<&str>, topics: &Catalogue, slips: &mut Vec<Slip>) {
        let mut slip = |line: usize, what: String| slips.push(Slip::new(&self.path, Some(line), what));
        for (topic, line) in self.article.topics.iter().zip(&self.topics) {
            if topics.get(topic.as_str()).is_none() {
                slip(
                    *line,
                    format!("there is no topic “{topic}”; use an id of content/topics/"),
                );
            }
        }
        for (line, link) in &self.links {
            let path = link.split(['?', '#']).next().unwrap_or_default();
            let there = match path.strip_prefix('/').map(|path| (path, path.split_once('/'))) {
                Some((_, Some(("learn", id)))) => articles.contains(id),
                Some((_, Some(("for", id)))) => topics.get(id).is_some() || topics.family(id).is_some(),
                Some((page, _)) => PAGES.contains(&page),
                None => ["https://", "http://", "mailto:", "tel:"]
                    .iter()
                    .any(|known| link.starts_with(known)),
            };
            if !there {
                slip(
                    *line,
                    format!("the link {link} leads nowhere; correct it or take it out"),
                );
            }
        }
    }
}

/// By term.
pub(crate) fn glossary(files: &Files, slips: &mut Vec<Slip>) -> Vec<(usize, Term)> {
    let sheet = files.sheet(GLOSSARY, slips);
    let Some((sheet, Glossary { term })) = sheet.and_then(|sheet| Some((sheet, sheet.toml(slips)?))) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut terms = Vec::new();
    for raw in term {
        if !seen.insert(raw.term.get_ref().as_str().to_lowercase()) {
            slips.push(sheet.slip(
                raw.term.span(),
                format!("“{}” is there twice; leave one", raw.term.get_ref()),
            ));
        }
        let see = raw.see.as_ref().map_or(raw.term.span(), Spanned::span);
        terms.push((
            sheet.line(see),
            Term {
                term: raw.term.into_inner(),
                plain: raw.plain,
                also: raw.also,
                see: raw.see.map(Spanned::into_inner),
            },
        ));
    }
    terms.sort_by_key(|(_, term)| term.term.as_str().to_lowercase());
    terms
}

/// The addresses of links, with their lines.
fn links(body: Sheet) -> Vec<(usize, String)> {
    lines(body)
        .flat_map(|(line, text)| {
            text.split("](")
                .skip(1)
                .filter_map(move |rest| Some((line, rest.split_once(')')?.0.to_owned())))
        })
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
