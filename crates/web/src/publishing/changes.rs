//! `/feeds/changes.atom`: the organisation's own groups that are new or changed, the last first (Atom, RFC 4287).

use std::fmt::Write;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::groups::Source;
use finder::Entry;

use super::page;
use crate::saying;
use crate::state::App;

/// Entries of the feed.
const NEWEST: usize = 50;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let snapshot = app.snapshot();
    let own = snapshot.entries().iter();
    let mut own: Vec<&Entry> = own.filter(|entry| entry.listing.source == Source::Own).collect();
    own.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.slug.cmp(&b.slug)));
    own.truncate(NEWEST);
    (
        [(CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        feed(&app, &own),
    )
        .into_response()
}

fn feed(app: &App, entries: &[&Entry]) -> String {
    let (words, settings) = (app.words(), app.settings());
    let site = settings.site();
    let updated = entries
        .first()
        .map_or(DateTime::UNIX_EPOCH, |entry| entry.changed);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{site}/feeds/changes.atom</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <author><name>{}</name></author>\n<link rel=\"self\" href=\"{site}/feeds/changes.atom\"/>\n\
         <link rel=\"alternate\" href=\"{site}/groups\"/>\n",
        escaped(&words.say("feeds-changes-title")),
        time(updated),
        escaped(&settings.organisation.name),
    );
    for entry in entries {
        let address = page(settings, entry.slug.as_str());
        let said = format!(
            "{}. {}",
            saying::kind(words, entry.listing.kind),
            saying::rule_at_time(words, &entry.listing)
        );
        let _ = write!(
            out,
            "<entry>\n<id>{address}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" href=\"{address}\"/>\n<summary>{}</summary>\n</entry>\n",
            escaped(entry.listing.title.as_str()),
            time(entry.changed),
            escaped(&said),
        );
    }
    out + "</feed>\n"
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
