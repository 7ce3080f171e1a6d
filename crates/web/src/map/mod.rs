//! The map beside the list: our own drawing, in step with the list. A dot is a group that names a place; its number is the
//! number of the row it leads to. No tiles: nobody else learns where somebody looks.
//!
//! All that the map says the list says too. So its links are for the pointer only, and a reader that speaks hears one
//! sentence.

mod dots;
mod draw;
mod outline;
mod view;

use domain::groups::{Point, Slug};
use finder::{Hit, Place};
use maud::{Markup, html};

use crate::finding::Unit;
use crate::words::Words;
use dots::Dot;
use view::View;

/// Width and height of the drawing, in its own units; on a desktop these are pixels.
const SIZE: f64 = 330.0;

/// What the map is about: the rows of one page of the list.
pub(crate) struct Shown<'a> {
    /// Where the person looks from.
    pub near: Option<&'a Place>,
    pub unit: Unit,
    /// The number of the first row.
    pub first: usize,
    pub hits: &'a [Hit],
    /// Groups of the answer that meet in person and name no place, beyond these rows.
    pub without_place: usize,
    /// Groups of the answer that meet online.
    pub online: usize,
}

/// The id of a group's row in the list.
pub(crate) fn row(slug: &Slug) -> String {
    format!("group-{slug}")
}

/// The map of these rows; nothing where no row has a place.
pub(crate) fn beside(words: &Words, shown: &Shown) -> Markup {
    let dots: Vec<Dot> = shown
        .hits
        .iter()
        .enumerate()
        .filter_map(|(place, hit)| Dot::of(hit, shown.first + place))
        .collect();
    if dots.is_empty() {
        return html! {};
    }
    let points: Vec<Point> = dots.iter().map(|dot| dot.point).collect();
    let view = View::of(&points, shown.near.map(|near| near.point));
    let without = shown.without_place + shown.hits.len() - dots.len();
    html! {
        figure.map {
            (draw::svg(words, &view, shown, &dots))
            figcaption {
                p.keys {
                    span.key.therapy { (words.say("kind-therapy")) }
                    span.key.support { (words.say("kind-support")) }
                }
                p { (words.say("map-numbers")) @if draw::several(&view, &dots) { " " (words.say("map-several-means")) } }
                @if without > 0 { p { (words.with("map-without-place", &[("count", without.into())])) } }
                @if shown.online > 0 { p { (words.with("map-online", &[("count", shown.online.into())])) } }
            }
        }
    }
}
