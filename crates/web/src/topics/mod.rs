//! What groups are about: `/for` lists the catalogue, `/for/{topic}` tells of one.

pub(crate) mod index;
pub(crate) mod show;

use domain::references::Backing;
use maud::{Markup, html};

use crate::look::parts;
use crate::words::Words;

/// Where a statement comes from, or the honest label.
fn backing(words: &Words, backing: &Backing) -> Markup {
    match backing {
        Backing::Seen(reference) => {
            html! { (words.say("topics-after")) " " (parts::reference(words, reference)) }
        }
        Backing::Unseen(_) | Backing::Ours => html! { (words.say("topics-ours")) },
    }
}
