//! Feeds that are fetched by their address, as staff see them: how each goes, and the rows that are held.
//!
//! Coordinators look, fetch now and decide about rows; where the program connects to is said by admins.

mod acts;
mod corrections;
mod edit;
mod fix;
mod fixing;
mod held;
mod list;
mod show;

pub(crate) use acts::{accept, fetch_now, pause, remove, restore, resume};
pub(crate) use corrections::{corrections, withdraw};
pub(crate) use edit::{create, edit, new, update};
pub(crate) use fix::{correct, fix};
pub(crate) use held::{dismiss, held, own, restore_row};
pub(crate) use list::list;
pub(crate) use show::show;

use domain::access::Denied;
use domain::people::Role;
use maud::{Markup, html};
use store::StoreError;
use store::feeds::{FeedId, Known, Past};

use crate::look::parts::{self, Tone};
use crate::signing::Person;
use crate::staff::roles;
use crate::state::App;

const HERE: &str = "/staff/feeds";

fn address(id: FeedId) -> String {
    format!("{HERE}/{id}")
}

fn parse(id: &str) -> Result<FeedId, StoreError> {
    FeedId::parse(id).ok_or(StoreError::Denied(Denied::NoRight))
}

/// Whether they are shown what says where the program connects to.
fn sets_addresses(person: &Person) -> bool {
    roles(&person.0).contains(&Role::Admin)
}

/// How it is with a feed, in one line; what is wrong with it, if anything is.
fn state(app: &App, feed: &Known) -> Markup {
    let words = app.words();
    html! {
        p.meta {
            @if feed.is_removed { (words.say("feeds-removed")) }
            @else if feed.is_paused { (words.say("feeds-paused")) }
            @else if feed.is_under_way { (words.say("feeds-under-way")) }
            @else {
                @match feed.fetched_at {
                    Some(at) => { (words.with("feeds-fetched", &[("when", app.moment(at).into())])) }
                    None => { (words.say("feeds-never")) }
                }
                @if let Some(at) = feed.next_at { " " (words.with("feeds-next", &[("when", app.moment(at).into())])) }
            }
        }
        @if let Some(problem) = &feed.problem {
            (parts::notice(Tone::Clay, &words.say("feeds-problem"), html! { (problem) }))
        }
        @if let Some((by, from)) = feed.shrunk {
            @let told = [("by", by.into()), ("from", from.into())];
            (parts::notice(Tone::Ochre, &words.with("feeds-shrunk", &told), html! { (words.say("feeds-shrunk-more")) }))
        }
    }
}

/// What a run came to.
fn counts(app: &App, past: &Past) -> String {
    let told = [
        ("imported", past.counts.imported.into()),
        ("changed", past.counts.changed.into()),
        ("unchanged", past.counts.unchanged.into()),
        ("gone", past.counts.gone.into()),
        ("held", past.counts.held.into()),
        ("corrected", past.counts.corrected.into()),
    ];
    app.words().with("feeds-counts", &told)
}
