//! `docs/clinical/`: what the content says and on what ground, as pages that a clinician can check.
//!
//! Pure: the same content gives the same pages. `cargo xtask docs` writes them.

mod chooser;
mod reading;
mod topics;

use std::fmt::Write;

use domain::references::{Backing, Reference};

use crate::{Content, Files};

pub use reading::{ARTICLE_GRADE, TOPIC_GRADE, article_grade, topic_grade};

/// Every page: its path from the root of the repository, and its text.
pub fn pages(content: &Content, files: &Files) -> Vec<(&'static str, String)> {
    vec![
        ("docs/clinical/chooser.md", chooser::page(content)),
        ("docs/clinical/topics.md", topics::page(content)),
        ("docs/clinical/reading.md", reading::page(content, files)),
    ]
}

/// Sources in the order in which a page cites them.
#[derive(Default)]
struct Cited<'a>(Vec<&'a Reference>);

impl<'a> Cited<'a> {
    /// "[3]"; "(3)" for a source that was not read; nothing for our own judgment.
    fn mark(&mut self, backing: &'a Backing) -> Option<String> {
        let reference = backing.reference()?;
        let known = self.0.iter().position(|known| known.id == reference.id);
        let number = known.unwrap_or_else(|| {
            self.0.push(reference);
            self.0.len() - 1
        }) + 1;
        Some(match backing.seen() {
            Some(_) => format!("[{number}]"),
            None => format!("({number})"),
        })
    }

    /// Each with its address and the day on which it was read.
    fn list(&self) -> String {
        let mut list = "\n## Sources\n\n".to_owned();
        for (number, reference) in self.0.iter().enumerate() {
            let read = match reference.seen {
                Some(day) => format!("read on {day}"),
                None => "not read".to_owned(),
            };
            let _ = writeln!(list, "{}. {}, {read}", number + 1, reference.cited());
        }
        list
    }
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
