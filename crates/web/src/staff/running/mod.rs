//! Running the installation: people and their roles, invitations, what was done.

pub(crate) mod audit;
pub(crate) mod invitations;
pub(crate) mod overview;
pub(crate) mod people;
pub(crate) mod retention;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::groups::Slug;
use domain::people::Role;
use domain::schedule::resolve;
use store::acts::ChangeAccounts;
use store::{On, StoreError, listings};

use crate::saying;
use crate::signing::Person;
use crate::state::App;

/// Whether they may change accounts now; asked before anything that was sent is looked at.
pub(crate) async fn may_change(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    writing.permit::<ChangeAccounts>(On::Organisation).await?;
    Ok(())
}

/// Groups of our own by name, for a list to choose from.
pub(crate) struct Groups(Vec<(Slug, String)>);

impl Groups {
    pub(crate) async fn read(app: &App) -> Result<Self, StoreError> {
        let mut reading = app.read().await?;
        let mut groups: Vec<(Slug, String)> = listings::own(&mut reading)
            .await?
            .into_iter()
            .map(|published| (published.slug, published.listing.title.to_string()))
            .collect();
        groups.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(Self(groups))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Slug, String)> {
        self.0.iter()
    }

    pub(crate) fn title(&self, slug: &Slug) -> Option<&str> {
        let found = self.0.iter().find(|(group, _)| group == slug);
        found.map(|(_, title)| title.as_str())
    }
}

/// Where a role is held: "the organisation", or the group's title.
pub(crate) fn whereabouts(app: &App, groups: &Groups, group: Option<&Slug>) -> String {
    let words = app.words();
    match group {
        None => words.say("people-organisation"),
        Some(slug) => groups
            .title(slug)
            .map_or_else(|| words.say("people-a-group"), str::to_owned),
    }
}

/// Staff roles and places to hold them as a list to choose from: value, words, chosen.
///
/// Nothing chosen yet is a role that goes with the first place of the other list.
pub(crate) fn role_options(app: &App, chosen: &str) -> Vec<(String, String, bool)> {
    let chosen = if chosen.is_empty() {
        Role::Coordinator.name()
    } else {
        chosen
    };
    Role::ALL
        .into_iter()
        .filter(|role| role.is_staff())
        .map(|role| {
            let name = role.name().to_owned();
            let is_chosen = name == chosen;
            (name, saying::role(app.words(), role), is_chosen)
        })
        .collect()
}

pub(crate) fn group_options(app: &App, groups: &Groups, chosen: &str) -> Vec<(String, String, bool)> {
    let organisation = (
        String::new(),
        app.words().say("people-organisation"),
        chosen.is_empty(),
    );
    let groups = groups
        .iter()
        .map(|(slug, title)| (slug.to_string(), title.clone(), slug.as_str() == chosen));
    std::iter::once(organisation).chain(groups).collect()
}

/// The last day of what holds until this moment.
pub(crate) fn last_day(app: &App, until: DateTime<Utc>) -> String {
    app.day(until - TimeDelta::seconds(1))
}

/// When a day begins in this zone; where clocks skip midnight, when they do.
pub(crate) fn midnight(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    resolve(zone, day.and_time(NaiveTime::MIN)).to_utc()
}
