//! Everything in `content/`: read into the types of `domain`, checked as a whole, every slip named with its file and line.
//!
//! Pure: the files that are part of the program are bundled; a program that has others passes their texts in.
#![forbid(unsafe_code)]

mod agreements;
pub mod answers;
mod chooser;
pub mod clinical;
mod files;
pub mod grade;
mod help;
mod learn;
mod screening;
mod sources;
mod techniques;
mod topics;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::agreements::Text;
use domain::choosing::Chooser;
use domain::helping::HelpLines;
use domain::joining::Question;
use domain::learning::{Article, Term};
use domain::techniques::Technique;
use domain::topics::Catalogue;

pub use files::{Files, Slip, Slips};
pub use topics::Codes;

/// All content, checked.
#[derive(Debug, Clone)]
pub struct Content {
    pub topics: Arc<Catalogue>,
    /// What the type codes of feeds say.
    pub codes: Codes,
    pub chooser: Chooser,
    /// In the order of the list.
    pub articles: Vec<Article>,
    /// By term.
    pub glossary: Vec<Term>,
    pub help: HelpLines,
    /// One for each kind: what is signed before joining, where a group has no text of its own.
    pub agreements: Vec<Text>,
    /// What is asked before the conversation, where a group has no questions of its own.
    pub screening: Vec<Question>,
    /// What a leader may plan for a session, in the order of the list.
    pub techniques: Vec<Technique>,
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
        unread(files, &mut slips);
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
        let agreements = agreements::read(files, &mut slips);
        let screening = screening::read(files, &mut slips);
        let techniques = techniques::read(files, &mut slips);
        if slips.is_empty() {
            cross(&topics, &articles, &glossary, &mut slips);
        }
        match (chooser, help) {
            (Some(chooser), Some(help)) if slips.is_empty() => Ok(Self {
                topics: Arc::new(topics.catalogue),
                codes: topics.codes,
                chooser,
                articles: articles.into_iter().map(|placed| placed.article).collect(),
                glossary: glossary.into_iter().map(|(_, term)| term).collect(),
                help,
                agreements,
                screening,
                techniques,
            }),
            _ => Err(Slips::of(slips)),
        }
    }

    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id.as_str() == id)
    }
}

/// A file that nothing reads would be edited in vain.
fn unread(files: &Files, slips: &mut Vec<Slip>) {
    for path in files.paths() {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let read = match folder {
            "" => [
                chooser::PATH,
                help::PATH,
                learn::GLOSSARY,
                screening::PATH,
                techniques::PATH,
            ]
            .contains(&name),
            "topics" | "sources" => name.strip_suffix(".toml").is_some(),
            "agreements" => agreements::kind(name).is_some(),
            "learn" => name.strip_suffix(".md").is_some(),
            "feeds" => topics::table(name).is_some(),
            _ => false,
        };
        if !read && name != "README.md" {
            slips.push(Slip::new(
                path,
                None,
                "nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"
                    .to_owned(),
            ));
        }
    }
}

/// What one file says of another must be there.
fn cross(
    topics: &topics::Topics,
    articles: &[learn::Placed],
    glossary: &[(usize, Term)],
    slips: &mut Vec<Slip>,
) {
    let known: BTreeSet<&str> = articles.iter().map(|placed| placed.article.id.as_str()).collect();
    topics.strays(&known, slips);
    for placed in articles {
        placed.strays(&known, &topics.catalogue, slips);
    }
    for (line, term) in glossary {
        if let Some(see) = term.see.as_ref().filter(|see| !known.contains(see.as_str())) {
            slips.push(Slip::new(
                learn::GLOSSARY,
                Some(*line),
                format!(
                    "“{}” points to the article “{see}”, which is not there; name another or leave out “see”",
                    term.term
                ),
            ));
        }
    }
}
