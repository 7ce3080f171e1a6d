//! `/choose`: which one is right for me, and why.
//!
//! One question a page. Answers travel in the body of a form from page to page: they stand in no address, no log and no
//! history, and nothing keeps them, unless somebody sends them along when they ask for a place in a group.

mod advice;
mod asked;
mod asking;
mod crisis;
pub(crate) mod question;
pub(crate) mod rules;

use domain::references::Backing;
use maud::{Markup, html};

use crate::words::Words;

/// Sources as a page numbers them, in the order in which they are first cited.
#[derive(Default)]
struct Sources<'a>(Vec<&'a domain::references::Reference>);

impl<'a> Sources<'a> {
    /// "source 2", or the honest label.
    fn cite(&mut self, words: &Words, backing: &'a Backing) -> Markup {
        let Some(reference) = backing.seen() else {
            return html! { (words.say("choosing-ours")) };
        };
        let number = self
            .0
            .iter()
            .position(|known| known.id == reference.id)
            .unwrap_or_else(|| {
                self.0.push(reference);
                self.0.len() - 1
            });
        let number = number + 1;
        html! { a href=(format!("#source-{number}")) { (words.with("choosing-source", &[("number", number.into())])) } }
    }

    /// "Where this comes from".
    fn list(&self, words: &Words) -> Markup {
        html! {
            ol.sources {
                @for (number, reference) in self.0.iter().enumerate() {
                    li id=(format!("source-{}", number + 1)) { (crate::look::parts::reference(words, reference)) }
                }
            }
        }
    }
}
