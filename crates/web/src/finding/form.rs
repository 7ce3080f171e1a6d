//! The form of the finder: about what, near where, how far.

use chrono_tz::Tz;
use domain::name::Name;
use domain::topics::Catalogue;
use finder::Where;
use maud::{Markup, html};

use super::asked::{Asked, Unit, where_parameter};
use super::list::SWAP;
use super::shared;
use crate::look::parts::{self, Field};
use crate::saying;
use crate::words::Words;

/// Zones that are offered: those of the United States, from east to west.
const ZONES: [Tz; 7] = [
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Phoenix,
    Tz::America__Los_Angeles,
    Tz::America__Anchorage,
    Tz::Pacific__Honolulu,
];

pub(super) fn form(words: &Words, topics: &Catalogue, asked: &Asked, near_error: Option<String>) -> Markup {
    let about = Field {
        name: "q",
        label: words.say("finding-about"),
        value: &asked.text,
        hint: Some(words.say("finding-about-hint")),
        error: None,
        ..Field::default()
    };
    let near = Field {
        name: "near",
        label: words.say("finding-near"),
        value: &asked.near,
        hint: Some(words.say("finding-near-hint")),
        error: near_error,
        ..Field::default()
    };
    html! {
        form #search .search action="/groups" method="get" role="search" aria-label=(words.say("finding-form")) hx-boost=(SWAP) {
            (about.draw())
            (near.draw())
            (parts::select("distance", &words.say("finding-within"), &shared::distances(words, asked.distance, asked.unit)))
            button.button type="submit" { (words.say("finding-show")) }
            div.filters {
                (topic_select(words, topics, asked))
                (zone_select(words, asked))
            }
            // What is narrowed down by stays.
            @for facet in &asked.facets { input type="hidden" name=(facet.family().name()) value=(facet.name()); }
            @if asked.place != Where::Anywhere { input type="hidden" name="where" value=(where_parameter(asked.place)); }
            // The list holds one topic; others that came along stay.
            @for topic in asked.topics.iter().skip(1) { input type="hidden" name="topic" value=(topic); }
            @if let Some(age) = asked.age { input type="hidden" name="age" value=(age); }
            @if !asked.shortlist.slugs.is_empty() { input type="hidden" name="of" value=(asked.shortlist.parameter()); }
            @if asked.unit == Unit::Kilometres { input type="hidden" name="unit" value="km"; }
        }
    }
}

/// Every topic of the catalogue, by family; a family itself can be chosen too.
fn topic_select(words: &Words, topics: &Catalogue, asked: &Asked) -> Markup {
    let chosen = |id: &Name| asked.topics.first() == Some(id);
    html! {
        div.field {
            label for="field-topic" { (words.say("finding-topic")) }
            select #field-topic name="topic" {
                option value="" selected[asked.topics.is_empty()] { (words.say("finding-topic-any")) }
                @for family in topics.families() {
                    optgroup label=(family.name) {
                        option value=(family.id) selected[chosen(&family.id)] { (words.with("finding-topic-all", &[("family", family.name.as_str().into())])) }
                        @for topic in topics.of_family(&family.id) {
                            option value=(topic.id) selected[chosen(&topic.id)] { (topic.name) }
                        }
                    }
                }
            }
        }
    }
}

/// The zone that times of online groups are told in.
fn zone_select(words: &Words, asked: &Asked) -> Markup {
    let other = asked.zone.filter(|zone| !ZONES.contains(zone));
    let zones = ZONES.into_iter().chain(other).map(|zone| {
        let value = zone.name().to_owned();
        (value, saying::time_zone(words, zone), asked.zone == Some(zone))
    });
    let own = (String::new(), words.say("finding-zone-own"), asked.zone.is_none());
    let options: Vec<_> = std::iter::once(own).chain(zones).collect();
    parts::select("zone", &words.say("finding-zone-label"), &options)
}
