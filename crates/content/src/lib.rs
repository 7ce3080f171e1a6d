//! Everything in `content/`: read into the types of `domain`, checked as a whole, every slip named with its file and line.
//!
//! Pure: the files that are part of the program are bundled; a program that has others passes their texts in.
#![forbid(unsafe_code)]

mod chooser;
mod files;
pub mod grade;
mod help;
mod learn;
mod sources;
mod topics;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::choosing::Chooser;
use domain::helping::HelpLines;
use domain::learning::{Article, Term};
use domain::topics::Catalogue;

pub use files::{Files, Slip, Slips};

/// All content, checked.
#[derive(Debug, Clone)]
pub struct Content {
    pub topics: Arc<Catalogue>,
    pub chooser: Chooser,
    /// In the order of the list.
    pub articles: Vec<Article>,
    /// By term.
    pub glossary: Vec<Term>,
    pub help: HelpLines,
}

/// Measures that topics may name; their forms come with the measures themselves.
pub(crate) const MEASURES: [&str; 8] = [
    "phq-9",
    "phq-2",
    "phq-4",
    "gad-7",
    "pcl-5",
    "pc-ptsd-5",
    "k6",
    "audit-c",
];

impl Content {
    /// The content of these files, or everything that is wrong with them.
    pub fn read(files: &Files) -> Result<Self, Slips> {
        let mut slips = Vec::new();
        let sources = sources::read(files, &mut slips);
        let topics = topics::read(files, &sources, &mut slips);
        // Once a file has slips, what others say of it would only be told as more of them.
        let chooser = if slips.is_empty() {
            chooser::read(files, &sources, &topics, &mut slips)
        } else {
            None
        };
        let articles = learn::articles(files, &sources, &mut slips);
        let glossary = learn::glossary(files, &mut slips);
        let help = help::read(files, &mut slips);
        if slips.is_empty() {
            cross(&topics, &articles, &glossary, &mut slips);
        }
        match (chooser, help) {
            (Some(chooser), Some(help)) if slips.is_empty() => Ok(Self {
                topics: Arc::new(topics.catalogue),
                chooser,
                articles,
                glossary,
                help,
            }),
            _ => Err(Slips::of(slips)),
        }
    }

    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id.as_str() == id)
    }
}

/// What one file says of another must be there.
fn cross(topics: &topics::Topics, articles: &[Article], glossary: &[Term], slips: &mut Vec<Slip>) {
    let known: BTreeSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    for topic in topics.catalogue.topics() {
        let at = |what: String| topics.slip(&topic.id, what);
        for related in &topic.related {
            if topics.catalogue.get(related.as_str()).is_none() || related == &topic.id {
                slips.push(at(format!(
                    "related topic “{related}” is not another topic; use the id of one"
                )));
            }
        }
        for article in &topic.learn {
            if !known.contains(article.as_str()) {
                slips.push(at(format!("there is no article content/learn/{article}.md")));
            }
        }
    }
    for article in articles {
        for topic in &article.topics {
            if topics.catalogue.get(topic.as_str()).is_none() {
                slips.push(Slip::new(
                    &learn::path(&article.id),
                    None,
                    format!("there is no topic “{topic}”; use an id of content/topics/"),
                ));
            }
        }
        for link in learn::links(article) {
            let there = match link.split_once('/') {
                Some(("learn", id)) => known.contains(id),
                Some(("for", id)) => topics.catalogue.get(id).is_some(),
                _ => [
                    "choose",
                    "groups",
                    "help-now",
                    "kinds",
                    "glossary",
                    "learn",
                    "for",
                    "providers",
                    "privacy",
                ]
                .contains(&link.as_str()),
            };
            if !there {
                slips.push(Slip::new(
                    &learn::path(&article.id),
                    None,
                    format!("the link /{link} leads nowhere; correct it or take it out"),
                ));
            }
        }
    }
    for term in glossary {
        if let Some(see) = &term.see
            && !known.contains(see.as_str())
        {
            slips.push(Slip::new(
                learn::GLOSSARY,
                None,
                format!(
                    "“{}” points to the article “{see}”, which is not there",
                    term.term
                ),
            ));
        }
    }
}
