//! Whether the audit is whole: every row as it was written, no number left out, none after the last; every link of the chain as
//! it was made; every statement about the chain's end still true.
//!
//! What this cannot see: rows younger than the last statement that someone took away together with their links and every count
//! of them, holding no key.

mod links;
mod rows;
#[cfg(test)]
mod tampering;

use chrono::{DateTime, Utc};
use domain::groups::Slug;
use domain::people::GroupId;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder};
use uuid::Uuid;

use super::head::{self, Head};
use super::{chain, macs, reading};
use crate::engine::Store;
use crate::entities::audit_head;
use crate::key::Key;
use crate::permit::Permit;
use crate::permit::acts::SeeAudit;
use crate::transaction::{StoreError, Transaction, Who};

/// Rows read at a time.
const BATCH: u64 = 2_000;

/// Of what is broken, so much is told; the rest is counted.
const MOST_TOLD: usize = 1_000;

/// What a look through the whole audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    pub rows: u64,
    /// Of these, rows from before rows were numbered: they are as they were when the chain began.
    pub unnumbered: u64,
    /// Rows that are linked.
    pub linked: u64,
    /// Statements about the chain's end that were compared with it.
    pub heads: u64,
    /// The first of what is not as it was; how much there is, is beside it.
    pub broken: Vec<Broken>,
    pub count: usize,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// None: the organisation's, or a group that is not there any more.
    pub group: Option<Slug>,
    pub what: Breach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// The row with this number is not the one that was written: edited, swapped or put in.
    Changed(i64),
    /// From the one number to the other, rows are not there.
    Missing(i64, i64),
    /// A row that has no number, though it is younger than those that have, or than the chain.
    Unnumbered,
    /// Rows, or links, beyond the last that was counted.
    Uncounted,
    /// The link in this place is not the one that was made: it, or the row that it names, is another.
    LinkChanged(i64),
    /// From the one place to the other, links are not there.
    LinksMissing(i64, i64),
    /// The link in this place names a row that is not there.
    LinkOfNothing(i64),
    /// From the one number to the other, rows are linked no more.
    NotLinked(i64, i64),
    /// A statement about the chain's end, made at that moment about that place, that is not true.
    Head(DateTime<Utc>, i64, HeadBreach),
}

/// What is wrong with a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeadBreach {
    /// Nobody signed it so.
    Forged,
    /// It is signed by a key that is not this server's.
    OtherKey,
    /// It is about another database.
    OtherDatabase,
    /// The chain ends before it, at this place.
    CutOff(i64),
    /// The link in its place is another.
    Differs,
    /// There were more rows than there are now.
    FewerRows,
}

/// What was found, by scope; no more than a page can hold.
#[derive(Debug, Default, PartialEq, Eq)]
struct Breaches {
    told: Vec<(String, Breach)>,
    count: usize,
}

/// The same with the counts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    counted: rows::Counted,
    linked: u64,
    heads: u64,
    breaches: Breaches,
}

/// Reads every row once, and every statement that is kept here.
pub async fn check(permit: &mut Permit<'_, SeeAudit, impl Transaction>) -> Result<Whole, StoreError> {
    let key = permit.transaction.key().clone();
    let db = permit.db();
    told(db, look(db, &key, &[]).await?).await
}

/// The same for whoever sits at the machine, and compares statements with it that were kept elsewhere.
pub async fn verify(store: &Store, heads: &[Head]) -> Result<Whole, StoreError> {
    let reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    told(db, look(db, &reading.key, heads).await?).await
}

async fn look(db: &DatabaseTransaction, key: &Key, given: &[Head]) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let macs = macs(key);
    found.counted = rows::check(db, &macs, &mut found.breaches).await?;
    let heads = heads(db, key, given, &mut found).await?;
    found.heads = heads.len() as u64;
    found.linked = links::check(db, &macs, &heads, found.counted, &mut found.breaches).await?;
    found.breaches.without_what_is_missing();
    Ok(found)
}

/// Statements by this server about this database, in the order of their places. What is wrong with others is told.
async fn heads(
    db: &DatabaseTransaction,
    key: &Key,
    given: &[Head],
    found: &mut Found,
) -> Result<Vec<Head>, StoreError> {
    let (ours, database) = (head::public(key), chain::database(db).await?);
    let mut heads = Vec::new();
    let kept = audit_head::Entity::find()
        .order_by_asc(audit_head::Column::Position)
        .all(db)
        .await?;
    for row in kept {
        match Head::find_all(&row.line).into_iter().next() {
            Some(Ok(head)) if head.position() == row.position => heads.push(head),
            _ => found.head(row.at, row.position, HeadBreach::Forged),
        }
    }
    heads.extend_from_slice(given);
    heads.retain(|head| {
        let wrong = match () {
            () if !head.is_signed() => HeadBreach::Forged,
            () if head.key != ours => HeadBreach::OtherKey,
            () if head.stated.database != database => HeadBreach::OtherDatabase,
            () => return true,
        };
        found.head(head.at(), head.position(), wrong);
        false
    });
    heads.sort_by_key(Head::position);
    Ok(heads)
}

/// In terms that may be shown.
async fn told(db: &DatabaseTransaction, found: Found) -> Result<Whole, StoreError> {
    let mut broken = Vec::new();
    for (scope, what) in found.breaches.told {
        let group = match Uuid::parse_str(&scope) {
            Ok(id) => reading::slug_of(db, GroupId(id)).await?,
            Err(_) => None,
        };
        broken.push(Broken { group, what });
    }
    Ok(Whole {
        rows: found.counted.rows,
        unnumbered: found.counted.unnumbered,
        linked: found.linked,
        heads: found.heads,
        broken,
        count: found.breaches.count,
    })
}

impl Found {
    fn head(&mut self, at: DateTime<Utc>, position: i64, wrong: HeadBreach) {
        self.breaches
            .push(String::new(), Breach::Head(at, position, wrong));
    }
}

impl Breaches {
    fn push(&mut self, scope: String, breach: Breach) {
        self.count += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push((scope, breach));
        }
    }

    /// A row that is not there is not linked either: that is said once.
    fn without_what_is_missing(&mut self) {
        let missing: Vec<(String, i64, i64)> = self
            .told
            .iter()
            .filter_map(|(scope, breach)| match breach {
                Breach::Missing(from, to) => Some((scope.clone(), *from, *to)),
                _ => None,
            })
            .collect();
        let before = self.told.len();
        self.told.retain(|(scope, breach)| {
            let Breach::NotLinked(first, last) = breach else {
                return true;
            };
            !missing
                .iter()
                .any(|(of, from, to)| of == scope && from <= first && last <= to)
        });
        self.count -= before - self.told.len();
    }
}
