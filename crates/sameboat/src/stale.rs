//! `sameboat listings stale`: what someone should look at again, the worst first.
//!
//! As JSON: `{"gone","never","stale","fading":counts,"listings":[{"slug","title","programme"|null,"why","verified_on"|null,
//! "gone_on"|null,"days"|null}]}`, where `days` count since it was verified, for a gone one since it is gone.

use std::error::Error;

use chrono::NaiveDate;
use domain::groups::Source;
use serde::Serialize;
use store::Who;
use store::listings::{self, Wear, Worn};

use crate::printing::{self, say};
use crate::settings::Settings;

/// Wider titles are cut in the table; JSON has them whole.
const WIDEST: usize = 44;

#[derive(Serialize)]
struct Report {
    gone: usize,
    never: usize,
    stale: usize,
    fading: usize,
    listings: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    slug: String,
    title: String,
    /// Whose feed it is from; none for an own one.
    programme: Option<String>,
    why: &'static str,
    verified_on: Option<NaiveDate>,
    gone_on: Option<NaiveDate>,
    days: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Table,
    Json,
}

pub(crate) async fn list(settings: &Settings, output: Output) -> Result<(), Box<dyn Error>> {
    let store = settings.open().await?;
    let today = settings.today();
    let worn = listings::worn(&mut store.read(Who::Operator).await?, today).await?;
    store.close().await;
    let report = report(&worn, today);
    match output {
        Output::Json => say!("{}", serde_json::to_string_pretty(&report)?)?,
        Output::Table => printing::all(table(&report).as_bytes())?,
    }
    Ok(())
}

fn report(worn: &[Worn], today: NaiveDate) -> Report {
    let count = |why: Wear| worn.iter().filter(|worn| worn.why == why).count();
    Report {
        gone: count(Wear::Gone),
        never: count(Wear::Never),
        stale: count(Wear::Stale),
        fading: count(Wear::Fading),
        listings: worn.iter().map(|worn| row(worn, today)).collect(),
    }
}

fn row(worn: &Worn, today: NaiveDate) -> Row {
    let published = &worn.published;
    let listing = &published.listing;
    let since = published.gone.or(listing.verified_on);
    Row {
        slug: published.slug.to_string(),
        title: listing.title.to_string(),
        programme: match &listing.source {
            Source::Own => None,
            Source::Feed { programme } => Some(programme.to_string()),
        },
        why: match worn.why {
            Wear::Gone => "gone",
            Wear::Never => "never",
            Wear::Stale => "stale",
            Wear::Fading => "fading",
        },
        verified_on: listing.verified_on,
        gone_on: published.gone,
        days: since.map(|since| (today - since).num_days()),
    }
}

fn table(report: &Report) -> String {
    let mut lines = Vec::new();
    if !report.listings.is_empty() {
        lines.push(line("WHY", "DAYS", "VERIFIED", "SLUG", "TITLE", "FROM"));
    }
    for row in &report.listings {
        let days = row.days.map_or_else(String::new, |days| days.to_string());
        let verified = row
            .verified_on
            .map_or_else(|| "never".to_owned(), |on| on.to_string());
        let title: String = row.title.chars().take(WIDEST).collect();
        let from = row.programme.as_deref().unwrap_or("own");
        lines.push(line(row.why, &days, &verified, &row.slug, &title, from));
    }
    lines.push(format!(
        "{} gone from their feed, {} never verified, {} not verified for 180 days or more, {} for 90 days or more",
        report.gone, report.never, report.stale, report.fading
    ));
    lines.join("\n") + "\n"
}

fn line(why: &str, days: &str, verified: &str, slug: &str, title: &str, from: &str) -> String {
    format!("{why:6}  {days:>5}  {verified:10}  {slug:10}  {title:WIDEST$}  {from}")
}
