//! The audit as it is read: the newest rows first, some at a time, by what one looks for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::Class;
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId, Role};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::ORGANISATION;
use crate::entities::{audit, listing};
use crate::people;
use crate::permit::acts::{ExportAudit, SeeAudit, SeeInstallation};
use crate::permit::{self, Permit};
use crate::transaction::{StoreError, Transaction};

/// An act that is written down, without anything of what it was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: EntryKey,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    /// By which role, "own" or "break-glass".
    pub by: Option<String>,
    /// "roles.give"
    pub action: String,
    /// "C12"
    pub class: String,
    /// What it was done to, where that says nothing of anybody: a role, a number.
    pub object: String,
    pub reason: Option<String>,
    pub group: Option<Slug>,
    /// Its number within its scope; none for rows from before there were any.
    pub number: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Visitor,
    Operator,
    Job(String),
    /// By the name they go by, where they are on the staff; who is a member only is nobody.
    Person(Option<Handle>),
}

/// Where one reads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryKey(pub(super) Uuid);

/// What is looked for; nothing set looks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    pub by: Option<By>,
    pub family: Option<Family>,
    pub class: Option<Class>,
    pub within: Option<Within>,
    /// The first moment that counts, and the first that does no more.
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    /// Rows before this one.
    pub before: Option<EntryKey>,
}

/// By what right something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Role(Role),
    Own,
    BreakGlass,
}

/// What stands before the dot of an act: "roles" of "roles.give".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    Organisation,
    Group(Slug),
}

/// Some rows, and whether there are more before them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    pub entries: Vec<Entry>,
    pub before: Option<EntryKey>,
}

impl EntryKey {
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl std::fmt::Display for EntryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl By {
    pub fn all() -> impl Iterator<Item = Self> {
        Role::ALL
            .into_iter()
            .map(Self::Role)
            .chain([Self::Own, Self::BreakGlass])
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Role(role) => role.name(),
            Self::Own => super::OWN,
            Self::BreakGlass => super::BROKE_GLASS,
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|by| by.name() == name)
    }
}

impl Family {
    /// The families there are, for a list to choose from.
    pub const KNOWN: [&str; 34] = [
        "account",
        "accounts",
        "advice",
        "attendance",
        "audit",
        "break-glass",
        "code",
        "consents",
        "contact",
        "data",
        "disclosures",
        "feeds",
        "groups",
        "holds",
        "imports",
        "invitations",
        "jobs",
        "leading",
        "links",
        "listings",
        "mail",
        "members",
        "passkeys",
        "password",
        "people",
        "providers",
        "recovery",
        "reports",
        "retention",
        "roles",
        "second-factor",
        "sessions",
        "setup",
        "totp",
    ];

    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        (plain && (1..=40).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Rows of every class, for the auditor.
pub async fn entries(
    permit: &mut Permit<'_, SeeAudit, impl Transaction>,
    sought: &Sought,
    most: u64,
) -> Result<Entries, StoreError> {
    read(&*permit.transaction, audit::Entity::find(), sought, most).await
}

/// What was done to accounts, settings and keys, and nothing else: for whoever runs the installation.
pub async fn of_installation(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
    sought: &Sought,
    most: u64,
) -> Result<Entries, StoreError> {
    let rows = audit::Entity::find().filter(audit::Column::Class.eq(Class::Account.name()));
    read(&*permit.transaction, rows, sought, most).await
}

/// The same rows to be taken away in a file; that they are is written down, with how many.
pub async fn export(
    permit: &mut Permit<'_, ExportAudit>,
    sought: &Sought,
    most: u64,
) -> Result<Entries, StoreError> {
    let found = read(&*permit.transaction, audit::Entity::find(), sought, most).await?;
    permit
        .act("audit.export", found.entries.len().to_string())
        .await?;
    Ok(found)
}

async fn read(
    transaction: &impl Transaction,
    rows: Select<audit::Entity>,
    sought: &Sought,
    most: u64,
) -> Result<Entries, StoreError> {
    let db = transaction.looking();
    let rows = narrowed(db, rows, sought).await?;
    let (rows, before) = newest(db, rows, sought.before, most).await?;
    let mut entries = Vec::with_capacity(rows.len());
    let mut names = Names::default();
    for row in rows {
        entries.push(names.entry(transaction, row).await?);
    }
    Ok(Entries { entries, before })
}

/// What was looked up once already: the same people act all day, in the same groups.
#[derive(Default)]
struct Names {
    actors: HashMap<String, Actor>,
    groups: HashMap<Uuid, Option<Slug>>,
}

async fn narrowed(
    db: &DatabaseTransaction,
    mut rows: Select<audit::Entity>,
    sought: &Sought,
) -> Result<Select<audit::Entity>, StoreError> {
    if let Some(by) = sought.by {
        rows = rows.filter(audit::Column::Role.eq(by.name()));
    }
    if let Some(family) = &sought.family {
        rows = rows.filter(audit::Column::Action.starts_with(format!("{}.", family.0)));
    }
    if let Some(class) = sought.class {
        rows = rows.filter(audit::Column::Class.eq(class.name()));
    }
    match &sought.within {
        None => {}
        Some(Within::Organisation) => rows = rows.filter(audit::Column::Scope.eq(ORGANISATION)),
        Some(Within::Group(slug)) => {
            let group = permit::group(db, slug).await?;
            rows = rows.filter(audit::Column::Scope.eq(group.0.to_string()));
        }
    }
    if let Some(from) = sought.from {
        rows = rows.filter(audit::Column::At.gte(from));
    }
    if let Some(until) = sought.until {
        rows = rows.filter(audit::Column::At.lt(until));
    }
    Ok(rows)
}

/// So many of these rows from before one, the newest first, and where one reads on if there are more. Ids are in the order of time.
pub(super) async fn newest(
    db: &DatabaseTransaction,
    mut rows: Select<audit::Entity>,
    before: Option<EntryKey>,
    most: u64,
) -> Result<(Vec<audit::Model>, Option<EntryKey>), StoreError> {
    if let Some(before) = before {
        rows = rows.filter(audit::Column::Id.lt(before.0));
    }
    let mut rows = rows
        .order_by_desc(audit::Column::Id)
        .limit(most + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let before = rows.last().filter(|_| more).map(|row| EntryKey(row.id));
    Ok((rows, before))
}

/// The group that a row is in; none of what is the organisation's.
pub(super) fn group_of(row: &audit::Model) -> Option<Uuid> {
    row.scope.as_deref().and_then(|scope| Uuid::parse_str(scope).ok())
}

impl Names {
    async fn entry(
        &mut self,
        transaction: &impl Transaction,
        row: audit::Model,
    ) -> Result<Entry, StoreError> {
        let group = group_of(&row);
        Ok(Entry {
            key: EntryKey(row.id),
            at: row.at,
            actor: match group {
                // Of someone who did it for themselves, a name would say that they are in the group.
                Some(_) if !by_staff(row.role.as_deref()) && row.actor.starts_with("person:") => {
                    Actor::Person(None)
                }
                _ => self.actor(transaction, row.actor).await?,
            },
            by: row.role,
            action: row.action,
            class: row.class,
            object: row.object,
            reason: row.reason,
            group: match group {
                Some(id) => self.group(transaction.looking(), id).await?,
                None => None,
            },
            number: row.scope_seq,
        })
    }

    async fn actor(&mut self, transaction: &impl Transaction, said: String) -> Result<Actor, StoreError> {
        if let Some(known) = self.actors.get(&said) {
            return Ok(known.clone());
        }
        let actor = actor(transaction, &said).await?;
        self.actors.insert(said, actor.clone());
        Ok(actor)
    }

    async fn group(&mut self, db: &DatabaseTransaction, id: Uuid) -> Result<Option<Slug>, StoreError> {
        if let Some(known) = self.groups.get(&id) {
            return Ok(known.clone());
        }
        let slug = slug_of(db, GroupId(id)).await?;
        self.groups.insert(id, slug.clone());
        Ok(slug)
    }
}

/// Whether it was done by a role of the staff, or by break-glass.
fn by_staff(said: Option<&str>) -> bool {
    said.is_some_and(|said| said == super::BROKE_GLASS || Role::named(said).is_some_and(Role::is_staff))
}

async fn actor(transaction: &impl Transaction, said: &str) -> Result<Actor, StoreError> {
    if let Some(job) = said.strip_prefix("job:") {
        return Ok(Actor::Job(job.to_owned()));
    }
    let Some(id) = said.strip_prefix("person:") else {
        return Ok(if said == "operator" {
            Actor::Operator
        } else {
            Actor::Visitor
        });
    };
    let Ok(id) = Uuid::parse_str(id) else {
        return Ok(Actor::Person(None));
    };
    if !people::is_on_staff(transaction.looking(), PersonId(id)).await? {
        return Ok(Actor::Person(None));
    }
    let row = people::row(transaction.looking(), PersonId(id)).await?;
    Ok(Actor::Person(Some(people::handle(transaction, &row).await?)))
}

pub(super) async fn slug_of(db: &DatabaseTransaction, group: GroupId) -> Result<Option<Slug>, StoreError> {
    let row = listing::Entity::find_by_id(group.0).one(db).await?;
    row.map(|row| people::slug(&row.slug)).transpose()
}
