//! What every handler has at hand.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use content::Content;
use domain::clock::Clock;
use domain::groups::{Listing, Slug};
use domain::helping::Country;
use domain::providers::Provider;
use finder::{Directory, Entry, ProviderEntry, Snapshot};
use store::signing::passkey::{self, Site};
use store::{Changes, Reading, Store, StoreError, Who, listings, providers};

use crate::kept::Kept;
use crate::limits::Limits;
use crate::once::Answers;
use crate::saying;
use crate::settings::Settings;
use crate::words::Words;

/// Next meetings in the snapshot grow old; it is made anew at least this often.
const RENEW_EVERY: Duration = Duration::from_mins(15);

/// The running site. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    content: Arc<Content>,
    words: Words,
    limits: Limits,
    answers: Answers,
    passkeys: Option<Site>,
    shown: RwLock<Shown>,
}

/// What is public as of one moment, and what was built of it; replaced as a whole.
#[derive(Default)]
struct Shown {
    /// As [`listings::version`] counts.
    version: u64,
    snapshot: Arc<Snapshot>,
    directory: Arc<Directory>,
    kept: Arc<Kept>,
}

impl App {
    /// The site over this store, with its listings read.
    pub async fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        settings: Settings,
        content: Arc<Content>,
    ) -> Result<Self, StoreError> {
        let limits = Limits::new(&settings);
        let passkeys = passkey::Site::new(settings.public_url.as_str(), &settings.organisation.name);
        let app = Self(Arc::new(Inner {
            store,
            clock,
            settings,
            content,
            words: Words::english(),
            limits,
            answers: Answers::default(),
            passkeys,
            shown: RwLock::default(),
        }));
        app.refresh().await?;
        Ok(app)
    }

    /// Reads all listings and providers anew.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let mut reading = self.read().await?;
        let version = listings::version(&mut reading).await?;
        let mut entries: Vec<Entry> = Vec::new();
        let list = |published: listings::Published| {
            if published.gone.is_none() {
                entries.push(Entry {
                    slug: published.slug,
                    listing: Arc::new(published.listing),
                    changed: published.changed_at,
                });
            }
        };
        listings::each_public(&mut reading, list).await?;
        let providers = providers::public(&mut reading).await?;
        drop(reading);
        let directory = Arc::new(self.directory_of(providers, &entries));
        let snapshot = Arc::new(Snapshot::new(
            entries,
            Arc::clone(&self.content().topics),
            self.now(),
            self.today(),
        ));
        let shown = Shown {
            version,
            snapshot,
            directory,
            kept: Arc::default(),
        };
        // A poisoned lock holds all of it all the same: it is only ever replaced.
        let mut present = self.0.shown.write().unwrap_or_else(PoisonError::into_inner);
        let past = std::mem::replace(&mut *present, shown);
        drop(present);
        drop(past);
        Ok(())
    }

    /// The providers that are there, with those of their groups that are.
    fn directory_of(&self, providers: Vec<providers::Published>, listed: &[Entry]) -> Directory {
        let listed: HashSet<&Slug> = listed.iter().map(|entry| &entry.slug).collect();
        let there = providers.into_iter().filter(|published| published.gone.is_none());
        let entries = there.map(|published| {
            let mut groups = published.links.groups;
            groups.retain(|slug| listed.contains(slug));
            ProviderEntry {
                slug: published.slug,
                also: self.also(&published.provider),
                provider: Arc::new(published.provider),
                part_of: published.links.part_of,
                groups,
            }
        });
        Directory::new(entries.collect())
    }

    /// What a provider is found by beyond its own words: names of languages, and what the catalogue calls their focus.
    fn also(&self, provider: &Provider) -> String {
        let mut also = saying::languages(self.words(), &provider.languages);
        let topics = provider
            .focus
            .iter()
            .filter_map(|focus| self.content().topics.named(focus.as_str()));
        for topic in topics {
            for words in std::iter::once(&topic.name).chain(&topic.synonyms) {
                also.push(' ');
                also.push_str(words.as_str());
            }
        }
        also
    }

    /// Follows the database for as long as the program runs: what another process imports is seen within two seconds.
    pub async fn follow(self, mut changes: Changes) {
        loop {
            // Not a change but the clock may end the wait; then next meetings are looked up anew.
            let told = tokio::time::timeout(RENEW_EVERY, changes.next()).await.is_ok();
            if told && self.shows_all().await {
                continue;
            }
            if let Err(error) = self.refresh().await {
                tracing::error!(%error, "the listings could not be read anew; the last ones stay");
            }
        }
    }

    /// Whether nothing public was changed since the listings were read: people sign in all day.
    async fn shows_all(&self) -> bool {
        let present = async { listings::version(&mut self.read().await?).await };
        present
            .await
            .is_ok_and(|version: u64| version == self.shown(|shown| shown.version))
    }

    pub(crate) async fn read(&self) -> Result<Reading, StoreError> {
        self.0.store.read(Who::Visitor).await
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.shown(|shown| Arc::clone(&shown.snapshot))
    }

    /// A group that is listed now.
    pub(crate) fn listed(&self, slug: &Slug) -> Option<Arc<Listing>> {
        let found = self
            .snapshot()
            .these(std::slice::from_ref(slug), self.now())
            .pop();
        found.map(|hit| hit.entry.listing)
    }

    pub(crate) fn directory(&self) -> Arc<Directory> {
        self.shown(|shown| Arc::clone(&shown.directory))
    }

    pub(crate) fn kept(&self) -> Arc<Kept> {
        self.shown(|shown| Arc::clone(&shown.kept))
    }

    fn shown<T>(&self, of: impl FnOnce(&Shown) -> T) -> T {
        of(&self.0.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The day it is where the organisation is: what has ended, faded or begins today goes by it.
    pub(crate) fn today(&self) -> NaiveDate {
        self.day_of(self.now())
    }

    fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.settings().zone).date_naive()
    }

    /// The day of a moment in words, with its year where it is not this one.
    pub(crate) fn day(&self, at: DateTime<Utc>) -> String {
        saying::date_with_year(self.words(), self.day_of(at), self.today())
    }

    /// A moment in words, in the organisation's time zone.
    pub(crate) fn moment(&self, at: DateTime<Utc>) -> String {
        saying::moment(self.words(), at, self.settings().zone, self.now())
    }

    /// What passkeys here belong to; none where browsers have no passkeys.
    pub(crate) fn passkeys(&self) -> Option<&Site> {
        self.0.passkeys.as_ref()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn content(&self) -> &Content {
        &self.0.content
    }

    /// The country whose help lines stand on every page.
    pub(crate) fn country(&self) -> Option<&Country> {
        let help = &self.content().help;
        help.country(&self.settings().country)
            .or_else(|| help.countries.first())
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn words(&self) -> &Words {
        &self.0.words
    }

    pub(crate) fn answers(&self) -> &Answers {
        &self.0.answers
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }
}
