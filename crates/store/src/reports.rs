//! "Something wrong here?": what visitors say of a public page, by fixed reasons and in their own words, which are sealed. Who
//! said it is not kept.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Denied, Relation, Standing, decide};
use domain::groups::Slug;
use domain::people::{GroupId, Reach};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::work::{report, report_words};
use crate::entities::{id, listing, new_id, source};
use crate::people;
use crate::permit::acts::SeeReports;
use crate::permit::{self, Permit, standing};
use crate::sealed::REPORT_WORDS;
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// How long what is written beside a report may be, in characters.
pub const LONGEST_WORDS: usize = 1_000;

/// So many texts are kept of one report; who reads them has seen enough to look.
const MOST_WORDS: u64 = 20;

/// What may be wrong with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Time,
    Place,
    Link,
    /// It does not meet any more.
    Over,
    NoAnswer,
    /// Someone was hurt or frightened there. Never told to who holds the group: it may be about them.
    Unsafe,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Mended,
    NotSo,
}

/// Something that was said of a group and waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub id: ReportId,
    pub group: Slug,
    pub title: String,
    /// Whose feed the group is from: only they can change it. None: it is our own.
    pub programme: Option<String>,
    pub reason: Reason,
    pub times: u32,
    /// What was written beside it, the newest first.
    pub words: Vec<String>,
    pub first_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
    pub gone: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportId(Uuid);

id!(ReportId);

impl Reason {
    pub const ALL: [Self; 7] = [
        Self::Time,
        Self::Place,
        Self::Link,
        Self::Over,
        Self::NoAnswer,
        Self::Unsafe,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Place => "place",
            Self::Link => "link",
            Self::Over => "over",
            Self::NoAnswer => "no-answer",
            Self::Unsafe => "unsafe",
            Self::Other => "other",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::NotSo => "not-so",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Mended, Self::NotSo]
            .into_iter()
            .find(|outcome| outcome.name() == name)
    }
}

/// Says that something is wrong with a group's page; the same once more is counted. False: there is no such page.
pub async fn make(
    writing: &mut Writing,
    group: &Slug,
    reason: Reason,
    words: Option<&str>,
) -> Result<bool, StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let Some(row) = listing::Entity::find()
        .filter(listing::Column::Slug.eq(group.as_str()))
        .one(db)
        .await?
    else {
        return Ok(false);
    };
    let there = report::Entity::find()
        .filter(report::Column::ListingId.eq(row.id))
        .filter(report::Column::Reason.eq(reason.name()))
        .filter(report::Column::ResolvedAt.is_null())
        .one(db)
        .await?;
    let act = Act {
        action: "reports.make",
        class: "C1",
        object: reason.name().to_owned(),
        group: row.source_id.is_none().then_some(GroupId(row.id)),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    if let Some(there) = there {
        report::Entity::update_many()
            .col_expr(report::Column::Times, Expr::col(report::Column::Times).add(1))
            .col_expr(report::Column::LastAt, Expr::value(now))
            .filter(report::Column::Id.eq(there.id))
            .exec(db)
            .await?;
        keep(writing, GroupId(row.id), there.id, words).await?;
        return Ok(true);
    }
    let id = new_id(now);
    let made = report::Model {
        id,
        listing_id: row.id,
        reason: reason.name().to_owned(),
        times: 1,
        first_at: now,
        last_at: now,
        outcome: None,
        resolved_at: None,
        resolved_by: None,
    };
    made.into_active_model().insert(db).await?;
    keep(writing, GroupId(row.id), id, words).await?;
    Ok(true)
}

/// What was written beside a report.
async fn keep(
    writing: &Writing,
    group: GroupId,
    report: Uuid,
    words: Option<&str>,
) -> Result<(), StoreError> {
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else {
        return Ok(());
    };
    let there = report_words::Entity::find().filter(report_words::Column::ReportId.eq(report));
    if there.count(writing.looking()).await? >= MOST_WORDS {
        return Ok(());
    }
    let words: String = words.chars().take(LONGEST_WORDS).collect();
    let (id, now) = (new_id(writing.now()), writing.now());
    let row = report_words::Model {
        id,
        report_id: report,
        words: REPORT_WORDS.seal(writing, id, group, &words).await?,
        made_at: now,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// What was written beside one, for who may see the reports of that group.
async fn words(
    permit: &Permit<'_, SeeReports, impl Transaction>,
    report: Uuid,
) -> Result<Vec<String>, StoreError> {
    let rows = report_words::Entity::find()
        .filter(report_words::Column::ReportId.eq(report))
        .order_by_desc(report_words::Column::Id)
        .all(permit.db())
        .await?;
    let mut words = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = REPORT_WORDS.open(permit, row.id, &row.words).await?;
        words.push(plain.reveal().to_owned());
    }
    Ok(words)
}

/// Those that wait and are for the one who asks, the oldest first; what may be about danger before all others.
pub async fn open(transaction: &mut impl Transaction) -> Result<Vec<Report>, StoreError> {
    let standing = standing(transaction).await?;
    look_after(&standing)?;
    let rows = report::Entity::find()
        .filter(report::Column::ResolvedAt.is_null())
        .order_by_asc(report::Column::FirstAt)
        .all(transaction.looking())
        .await?;
    let mut open = Vec::new();
    for row in rows {
        let db = transaction.looking();
        let Some(listing) = listing::Entity::find_by_id(row.listing_id).one(db).await? else {
            continue;
        };
        let reason = reason(&row.reason)?;
        let relation = relation(&listing, reason);
        let Ok(permit) = permit::by::<SeeReports, _>(transaction, &standing, relation) else {
            continue;
        };
        let words = words(&permit, row.id).await?;
        let db = permit.db();
        let programme = match listing.source_id {
            Some(id) => source::Entity::find_by_id(id)
                .one(db)
                .await?
                .map(|source| source.programme),
            None => None,
        };
        open.push(Report {
            id: ReportId(row.id),
            group: people::slug(&listing.slug)?,
            title: title(&listing.facts),
            programme,
            reason,
            times: row.times.unsigned_abs(),
            words,
            first_at: row.first_at,
            last_at: row.last_at,
            gone: listing.gone_on,
        });
    }
    open.sort_by_key(|report| report.reason != Reason::Unsafe);
    Ok(open)
}

/// Says what became of one.
pub async fn resolve(writing: &mut Writing, id: ReportId, outcome: Outcome) -> Result<(), StoreError> {
    let row = theirs(writing, id, "reports.resolve").await?;
    let (now, by) = (
        writing.now(),
        writing.who.person().map(|signed_in| signed_in.person.0),
    );
    let mut row = row.into_active_model();
    row.outcome = Set(Some(outcome.name().to_owned()));
    row.resolved_at = Set(Some(now));
    row.resolved_by = Set(by);
    row.update(writing.looking()).await?;
    Ok(())
}

/// Takes that back: it waits again.
pub async fn reopen(writing: &mut Writing, id: ReportId) -> Result<(), StoreError> {
    let row = theirs(writing, id, "reports.reopen").await?;
    let mut row = row.into_active_model();
    row.outcome = Set(None);
    row.resolved_at = Set(None);
    row.resolved_by = Set(None);
    row.update(writing.looking()).await?;
    Ok(())
}

/// One that is for the one who acts, with that written down.
async fn theirs(
    writing: &mut Writing,
    id: ReportId,
    action: &'static str,
) -> Result<report::Model, StoreError> {
    if !matches!(writing.who, Who::Person(_)) {
        return Err(Denied::NoRight.into());
    }
    let standing = standing(writing).await?;
    look_after(&standing)?;
    let db = writing.looking();
    let row = report::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let listing = listing::Entity::find_by_id(row.listing_id)
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let relation = relation(&listing, reason(&row.reason)?);
    let why = decide(&standing, Action::SeeReports, relation)?;
    let act = Act {
        action,
        class: "C1",
        object: id.to_string(),
        group: relation.group,
        why: Some(why),
        ..Act::default()
    };
    writing.act(act).await?;
    Ok(row)
}

/// Whether reports are anything of theirs at all.
fn look_after(standing: &Standing) -> Result<(), StoreError> {
    let mut denied = Denied::NoRight;
    for held in standing.held.iter().filter(|held| held.holds(standing.now)) {
        let relation = Relation {
            group: match held.reach {
                Reach::Group(group) => Some(group),
                Reach::Organisation => None,
            },
            ..Relation::default()
        };
        match decide(standing, Action::SeeReports, relation) {
            Ok(_) => return Ok(()),
            Err(Denied::SecondFactor) => denied = Denied::SecondFactor,
            Err(_) => {}
        }
    }
    Err(denied.into())
}

/// Of our own group to who looks after it; of a feed's, and of danger, to who runs all listings.
fn relation(listing: &listing::Model, reason: Reason) -> Relation {
    let own = listing.source_id.is_none() && reason != Reason::Unsafe;
    Relation {
        group: own.then_some(GroupId(listing.id)),
        ..Relation::default()
    }
}

fn reason(name: &str) -> Result<Reason, StoreError> {
    Reason::named(name).ok_or_else(|| StoreError::Database(format!("{name} is no reason").into()))
}

/// Only the title is told here; a row that cannot be read is told by `doctor`.
fn title(facts: &str) -> String {
    let facts: serde_json::Value = serde_json::from_str(facts).unwrap_or_default();
    facts["title"].as_str().unwrap_or_default().to_owned()
}
