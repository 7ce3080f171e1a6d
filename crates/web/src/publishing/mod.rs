//! What goes out to other sites: feeds of groups, and calendars of a search. Only what a group page says too.

pub(crate) mod bmlt;
pub(crate) mod calendar;
pub(crate) mod changes;
pub(crate) mod hsds;
pub(crate) mod index;
pub(crate) mod meetings;

use domain::groups::{Listing, Source};
use domain::schedule::resolve;
use domain::text::{Line, fold};
use feeds::out::{Account, Group, Publisher};
use feeds::sameboat::{GroupOut, ProviderOut};
use feeds::sheet::Mark;
use finder::{Entry, Snapshot};

use crate::saying;
use crate::settings::Settings;
use crate::state::App;

/// Whose groups go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// This organisation's own.
    Own,
    /// Those that came from this programme's feed.
    Programme(String),
}

/// Meeting Guide JSON, and what it could not say.
pub fn meeting_guide(app: &App, whose: &Whose) -> Result<(String, Account), serde_json::Error> {
    with_groups(app, whose, feeds::meeting_guide::write)
}

/// HSDS 3.1: a list of services.
pub fn hsds(app: &App, whose: &Whose) -> Result<(String, Account), serde_json::Error> {
    with_groups(app, whose, feeds::hsds::write::write)
}

/// Meeting Guide as a table.
pub fn table(app: &App, whose: &Whose, mark: Mark) -> (String, Account) {
    with_groups(app, whose, |publisher, groups| {
        feeds::tsml::write(publisher, groups, mark)
    })
}

/// BMLT's search results with their formats and service bodies, and what they could not say.
pub fn bmlt(app: &App, whose: &Whose) -> Result<(String, Account), serde_json::Error> {
    with_groups(app, whose, feeds::bmlt::write)
}

/// The same as a server has them, to be asked.
fn served(app: &App, whose: &Whose) -> (feeds::bmlt::Server, Account) {
    with_groups(app, whose, feeds::bmlt::server)
}

/// Our own format: every fact of the groups, and of the providers who lead them.
pub fn sameboat(app: &App, whose: &Whose) -> Result<String, serde_json::Error> {
    let (snapshot, directory) = (app.snapshot(), app.directory());
    let groups: Vec<GroupOut> = of(&snapshot, whose)
        .map(|entry| GroupOut {
            id: entry.slug.as_str(),
            listing: &entry.listing,
        })
        .collect();
    let there = |id: &str| groups.iter().any(|group| group.id == id);
    let of_them = |source: &Source| is_of(source, whose);
    let providers: Vec<ProviderOut> = directory
        .entries()
        .iter()
        .filter(|entry| of_them(&entry.provider.source))
        .map(|entry| ProviderOut {
            id: entry.slug.as_str(),
            provider: &entry.provider,
            groups: entry
                .groups
                .iter()
                .map(domain::groups::Slug::as_str)
                .filter(|slug| there(slug))
                .collect(),
            part_of: entry
                .part_of
                .as_ref()
                .filter(|above| {
                    directory
                        .by_slug(above)
                        .is_some_and(|above| of_them(&above.provider.source))
                })
                .map(domain::groups::Slug::as_str),
        })
        .collect();
    let name = match whose {
        Whose::Own => app.settings().organisation.name.as_str(),
        Whose::Programme(programme) => programme.as_str(),
    };
    let name = Line::parse(name).map_err(serde::ser::Error::custom)?;
    feeds::sameboat::write(&name, &groups, &providers)
}

/// A calendar of all groups that meet, under neutral titles.
pub fn calendar_of_all(app: &App, whose: &Whose) -> String {
    let snapshot = app.snapshot();
    calendar::text(app, of(&snapshot, whose))
}

/// Whether anything is from there.
pub fn is_known(app: &App, whose: &Whose) -> bool {
    *whose == Whose::Own || of(&app.snapshot(), whose).next().is_some()
}

/// The groups that are theirs, by title.
fn of<'s>(snapshot: &'s Snapshot, whose: &Whose) -> impl Iterator<Item = &'s Entry> {
    let entries = snapshot.entries().iter();
    entries.filter(move |entry| is_of(&entry.listing.source, whose))
}

fn is_of(source: &Source, whose: &Whose) -> bool {
    match (source, whose) {
        (Source::Own, Whose::Own) => true,
        (Source::Feed { programme }, Whose::Programme(asked)) => {
            fold::words(programme.as_str()) == fold::words(asked)
        }
        _ => false,
    }
}

/// Lends every group with its words to a writer.
fn with_groups<T>(app: &App, whose: &Whose, write: impl FnOnce(&Publisher, &[Group]) -> T) -> T {
    let snapshot = app.snapshot();
    let entries: Vec<&Entry> = of(&snapshot, whose).collect();
    with_these(app, &entries, write)
}

/// Lends these groups with their words to a writer.
fn with_these<T>(app: &App, entries: &[&Entry], write: impl FnOnce(&Publisher, &[Group]) -> T) -> T {
    let (words, settings) = (app.words(), app.settings());
    let site = settings.site();
    let said: Vec<(String, String, Vec<String>)> = entries
        .iter()
        .map(|entry| {
            let page = page(settings, entry.slug.as_str());
            (
                page,
                saying::rule_at_time(words, &entry.listing),
                told(app, &entry.listing),
            )
        })
        .collect();
    let groups: Vec<Group> = entries
        .iter()
        .zip(&said)
        .map(|(entry, (page, rule, told))| Group {
            slug: entry.slug.as_str(),
            listing: &entry.listing,
            page,
            rule,
            told,
            changed: entry.changed,
        })
        .collect();
    let how_to_join = words.say("feeds-how-to-join");
    let publisher = Publisher {
        name: &settings.organisation.name,
        site,
        phone: settings.organisation.phone.as_ref(),
        mail: settings.organisation.mail.as_ref(),
        country: &settings.country,
        how_to_join: &how_to_join,
    };
    write(&publisher, &groups)
}

fn page(settings: &Settings, slug: &str) -> String {
    format!("{}/groups/{slug}", settings.site())
}

/// Meetings to come that are skipped or moved: few formats have a field for them.
fn told(app: &App, listing: &Listing) -> Vec<String> {
    let (words, now) = (app.words(), app.now());
    let Some(schedule) = listing.schedule() else {
        return Vec::new();
    };
    let today = now.with_timezone(&schedule.zone).date_naive();
    let skipped = schedule
        .skips
        .iter()
        .filter(|skip| skip.date >= today)
        .map(|skip| {
            let date = ("date", saying::date_long(words, skip.date).into());
            match &skip.reason {
                Some(reason) => words.with(
                    "feeds-skipped-reason",
                    &[date, ("reason", reason.as_str().into())],
                ),
                None => words.with("feeds-skipped", &[date]),
            }
        });
    let moved = schedule
        .moves
        .iter()
        .filter(|moved| moved.date >= today || moved.to.date() >= today)
        .map(|moved| {
            let to = resolve(schedule.zone, moved.to);
            let day = saying::date_long(words, to.date_naive());
            let time = saying::clock(words, to.time());
            let to = words.with("day-at-time", &[("day", day.into()), ("time", time.into())]);
            words.with(
                "feeds-moved",
                &[
                    ("date", saying::date_long(words, moved.date).into()),
                    ("to", to.into()),
                ],
            )
        });
    skipped.chain(moved).collect()
}
