//! Groups of our own as staff work on them: drafts, publishing, pausing, ending, confirming.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Denied, Relation, decide};
use domain::groups::{Draft, Listing, Seats, Slug};
use domain::people::{GroupId, Role};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entities::people::role_held;
use crate::entities::work::{closure, group_draft};
use crate::entities::{listing, new_id};
use crate::key::random;
use crate::listings::facts;
use crate::people;
use crate::permit::acts::{EditGroup, Permitted, RunListings, SeeGroup};
use crate::permit::{self, Permit, standing};
use crate::transaction::{StoreError, Transaction, Writing};

/// A group of our own: published, being written, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Ours {
    pub slug: Slug,
    /// As it is public; none before it is published.
    pub listing: Option<Listing>,
    /// What was typed and is not published yet.
    pub typed: Option<Typed>,
    pub changed_at: DateTime<Utc>,
    /// None before it is published.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether who asked may change it, or read only.
    pub may_edit: bool,
}

impl Ours {
    /// What was typed and is not published yet.
    pub fn form(&self) -> Option<&str> {
        self.typed.as_ref().map(|typed| typed.form.as_str())
    }
}

/// A form as it was typed, not yet a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub form: String,
    pub changed_at: DateTime<Utc>,
}

/// Every group of our own that whoever asks may see as staff, by its slug; drafts of new ones for who may create them.
pub async fn list(transaction: &mut impl Transaction) -> Result<Vec<Ours>, StoreError> {
    let standing = standing(transaction).await?;
    let db = transaction.looking();
    let mut drafts = group_draft::Entity::find().all(db).await?;
    let mut groups = Vec::new();
    let mut weak = false;
    let rows = listing::Entity::find().filter(listing::Column::SourceId.is_null());
    for row in rows.order_by_asc(listing::Column::Slug).all(db).await? {
        let relation = Relation {
            group: Some(GroupId(row.id)),
            ..Relation::default()
        };
        match decide(&standing, Action::SeeGroup, relation) {
            Ok(why) if why.role != Some(Role::Member) => {}
            Err(Denied::SecondFactor) => {
                weak = true;
                continue;
            }
            _ => continue,
        }
        let at = drafts.iter().position(|draft| draft.listing_id == Some(row.id));
        let typed = at.map(|at| typed(drafts.swap_remove(at)));
        let may_edit = decide(&standing, Action::EditGroup, relation).is_ok();
        // A row that cannot be read is told by `doctor` and must not take the others with it.
        if let Ok(group) = ours(&row, typed.filter(|_| may_edit), may_edit) {
            groups.push(group);
        }
    }
    if decide(&standing, Action::RunListings, Relation::default()).is_ok() {
        for draft in drafts.into_iter().filter(|draft| draft.listing_id.is_none()) {
            groups.push(being_written(draft)?);
        }
    }
    if groups.is_empty() && weak {
        return Err(Denied::SecondFactor.into());
    }
    Ok(groups)
}

/// Groups of our own that go on, in which somebody has or had a role, and that nobody leads now.
pub async fn unled(permit: &mut Permit<'_, RunListings, impl Transaction>) -> Result<Vec<Slug>, StoreError> {
    let (db, now) = (permit.db(), permit.transaction.now());
    let leading = people::LEADING.map(Role::name);
    let held = role_held::Entity::find()
        .filter(role_held::Column::ListingId.is_not_null())
        .all(db)
        .await?;
    let peopled: HashSet<Uuid> = held.iter().filter_map(|row| row.listing_id).collect();
    let led: HashSet<Uuid> = held
        .iter()
        .filter(|row| leading.contains(&row.role.as_str()) && people::holds(row, now))
        .filter_map(|row| row.listing_id)
        .collect();
    let rows = listing::Entity::find()
        .filter(listing::Column::SourceId.is_null())
        .order_by_asc(listing::Column::Slug)
        .all(db)
        .await?;
    let mut unled = Vec::new();
    for row in rows
        .into_iter()
        .filter(|row| peopled.contains(&row.id) && !led.contains(&row.id))
    {
        // A row that cannot be read is told by `doctor`.
        if let Ok(group) = ours(&row, None, false)
            && !matches!(
                group.listing.map(|listing| listing.seats),
                Some(Seats::Ended { .. })
            )
        {
            unled.push(group.slug);
        }
    }
    Ok(unled)
}

/// The group of the permit, as staff see it.
pub async fn show(permit: &mut Permit<'_, SeeGroup, impl Transaction>) -> Result<Ours, StoreError> {
    // Members read of their group what is public.
    if permit.why.role == Some(Role::Member) {
        return Err(Denied::NoRight.into());
    }
    let standing = standing(permit.transaction).await?;
    let may_edit = decide(&standing, Action::EditGroup, permit.relation).is_ok();
    let row = row(permit.db(), permit.group()?).await?;
    let draft = draft_of(permit.db(), row.id).await?;
    ours(&row, draft.map(typed).filter(|_| may_edit), may_edit)
}

/// A new group that is being written.
pub async fn new_one(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    slug: &Slug,
) -> Result<Ours, StoreError> {
    being_written(new_draft(permit.db(), slug).await?)
}

/// Begins a new group with what was typed so far.
pub async fn create(permit: &mut Permit<'_, RunListings>, form: &str) -> Result<Slug, StoreError> {
    let (now, slug) = (
        permit.transaction.now(),
        Slug::from_bits(u64::from_le_bytes(random::<8>())),
    );
    let made_by = permit.person().ok_or(Denied::NoRight)?;
    let id = new_id(now);
    let row = group_draft::Model {
        id,
        slug: slug.to_string(),
        listing_id: None,
        made_by: made_by.0,
        form: form.to_owned(),
        changed_at: now,
    };
    let db = permit.act("groups.create", id.to_string()).await?;
    row.into_active_model().insert(db).await?;
    Ok(slug)
}

/// Keeps what was typed about a new group in place of what was `seen`.
pub async fn keep_new(
    permit: &mut Permit<'_, RunListings>,
    slug: &Slug,
    seen: Option<&str>,
    form: &str,
) -> Result<(), StoreError> {
    let row = new_draft(permit.db(), slug).await?;
    as_seen(Some(&row), seen)?;
    let now = permit.transaction.now();
    let db = permit.act("groups.keep", row.id.to_string()).await?;
    keep_in(db, row, form, now).await
}

/// Keeps what was typed about the group of the permit in place of what was `seen`; what is public stays as it is.
pub async fn keep(
    permit: &mut Permit<'_, EditGroup>,
    seen: Option<&str>,
    form: &str,
) -> Result<(), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let made_by = permit.person().ok_or(Denied::NoRight)?;
    let row = row(permit.db(), group).await?;
    let there = draft_of(permit.db(), group.0).await?;
    as_seen(there.as_ref(), seen)?;
    let db = permit.act("groups.keep", row.id.to_string()).await?;
    if let Some(draft) = there {
        return keep_in(db, draft, form, now).await;
    }
    let draft = group_draft::Model {
        id: new_id(now),
        slug: row.slug,
        listing_id: Some(row.id),
        made_by: made_by.0,
        form: form.to_owned(),
        changed_at: now,
    };
    // Someone else may begin one in the same moment: there is one draft of a group, and who comes second sees it first.
    let begun = group_draft::Entity::insert(draft.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    match begun {
        1 => Ok(()),
        _ => Err(StoreError::Changed),
    }
}

/// Throws away what was typed about the group of the permit.
pub async fn forget(permit: &mut Permit<'_, EditGroup>) -> Result<(), StoreError> {
    let group = permit.group()?;
    let db = permit.act("groups.forget", group.0.to_string()).await?;
    forget_in(db, group).await
}

/// Throws away a new group that was never published.
pub async fn forget_new(permit: &mut Permit<'_, RunListings>, slug: &Slug) -> Result<(), StoreError> {
    let row = new_draft(permit.db(), slug).await?;
    let db = permit.act("groups.forget", row.id.to_string()).await?;
    group_draft::Entity::delete_by_id(row.id).exec(db).await?;
    Ok(())
}

/// Makes a new group public, under the slug its draft has, if that is still the one that was `seen`.
pub async fn publish_new(
    permit: &mut Permit<'_, RunListings>,
    slug: &Slug,
    seen: Option<&str>,
    listing: &Listing,
) -> Result<(), StoreError> {
    let draft = new_draft(permit.db(), slug).await?;
    as_seen(Some(&draft), seen)?;
    let now = permit.transaction.now();
    let row = listing::Model {
        id: draft.id,
        slug: draft.slug,
        source_id: None,
        external_id: None,
        facts: facts(listing)?,
        created_at: now,
        changed_at: now,
        gone_on: None,
    };
    let db = permit.act("groups.publish", row.id.to_string()).await?;
    group_draft::Entity::delete_by_id(row.id).exec(db).await?;
    row.into_active_model().insert(db).await?;
    Ok(())
}

/// Makes a change of the group of the permit public, if it is still as it was `seen`; what was typed is taken up in it.
pub async fn publish(
    permit: &mut Permit<'_, EditGroup>,
    seen: &Ours,
    listing: &Listing,
) -> Result<(), StoreError> {
    let group = permit.group()?;
    let draft = draft_of(permit.db(), group.0).await?;
    as_seen(draft.as_ref(), seen.form())?;
    let before = as_public(permit.db(), group, seen).await?;
    change(permit, "groups.publish", before, listing).await?;
    forget_in(permit.db(), group).await
}

/// Changes when the group of the permit meets, if it is still as it was `seen`; what was typed about the rest stays.
pub async fn reschedule(
    permit: &mut Permit<'_, EditGroup>,
    seen: &Ours,
    listing: &Listing,
) -> Result<(), StoreError> {
    let group = permit.group()?;
    let before = as_public(permit.db(), group, seen).await?;
    change(permit, "groups.reschedule", before, listing).await
}

/// Says that all of the group's listing is true on `today`.
pub async fn confirm(permit: &mut Permit<'_, EditGroup>, today: NaiveDate) -> Result<(), StoreError> {
    let group = permit.group()?;
    let (before, mut draft) = draft_in(permit.db(), group).await?;
    draft.verified_on = Some(today);
    change(permit, "groups.confirm", before, &kept(draft)?).await
}

/// The same, by the link of a letter; the caller has written down why.
pub(crate) async fn confirmed(writing: &Writing, group: GroupId, today: NaiveDate) -> Result<(), StoreError> {
    let (before, mut draft) = draft_in(writing.looking(), group).await?;
    draft.verified_on = Some(today);
    overwrite(writing.looking(), before, &kept(draft)?, writing.now()).await
}

/// No meetings until that day, or until further notice.
pub async fn pause(permit: &mut Permit<'_, EditGroup>, until: Option<NaiveDate>) -> Result<(), StoreError> {
    let group = permit.group()?;
    if let Seats::Ended { .. } = draft_in(permit.db(), group).await?.1.seats {
        return Err(Denied::NoRight.into());
    }
    close(permit, "groups.pause", group, Seats::Paused { until }).await
}

/// Takes the last pause back: the seats are what they were before it.
pub async fn resume(permit: &mut Permit<'_, EditGroup>) -> Result<(), StoreError> {
    let group = permit.group()?;
    match draft_in(permit.db(), group).await?.1.seats {
        Seats::Paused { .. } => reopen(permit, "groups.resume", group).await,
        _ => Err(Denied::NoRight.into()),
    }
}

/// The last session is on that day.
pub async fn end(permit: &mut Permit<'_, RunListings>, slug: &Slug, on: NaiveDate) -> Result<(), StoreError> {
    let group = permit::group(permit.db(), slug).await?;
    permit.relation.group = Some(group);
    if let Seats::Ended { .. } = draft_in(permit.db(), group).await?.1.seats {
        return Err(Denied::NoRight.into());
    }
    close(permit, "groups.end", group, Seats::Ended { on: Some(on) }).await
}

/// Takes an end back.
pub async fn reverse_end(permit: &mut Permit<'_, RunListings>, slug: &Slug) -> Result<(), StoreError> {
    let group = permit::group(permit.db(), slug).await?;
    permit.relation.group = Some(group);
    match draft_in(permit.db(), group).await?.1.seats {
        Seats::Ended { .. } => reopen(permit, "groups.reverse-end", group).await,
        _ => Err(Denied::NoRight.into()),
    }
}

async fn close<A: Permitted>(
    permit: &mut Permit<'_, A>,
    action: &'static str,
    group: GroupId,
    seats: Seats,
) -> Result<(), StoreError> {
    let (before, mut draft) = draft_in(permit.db(), group).await?;
    let now = permit.transaction.now();
    let last = last_closure(permit.db(), group).await?;
    let closure = closure::Model {
        id: new_id(now),
        listing_id: group.0,
        number: last.map_or(1, |last| last.number + 1),
        seats_before: serde_json::to_string(&draft.seats).map_err(unreadable)?,
        made_at: now,
    };
    draft.seats = seats;
    change(permit, action, before, &kept(draft)?).await?;
    closure.into_active_model().insert(permit.db()).await?;
    Ok(())
}

async fn reopen<A: Permitted>(
    permit: &mut Permit<'_, A>,
    action: &'static str,
    group: GroupId,
) -> Result<(), StoreError> {
    let (before, mut draft) = draft_in(permit.db(), group).await?;
    let last = last_closure(permit.db(), group).await?;
    draft.seats = match &last {
        Some(row) => serde_json::from_str(&row.seats_before).map_err(unreadable)?,
        // Paused or ended from its beginning.
        None => Seats::Open,
    };
    change(permit, action, before, &kept(draft)?).await?;
    if let Some(row) = last {
        closure::Entity::delete_by_id(row.id).exec(permit.db()).await?;
    }
    Ok(())
}

/// Writes the facts anew, with the audit row, unless someone else did since they were read.
pub(crate) async fn change<A: Permitted>(
    permit: &mut Permit<'_, A>,
    action: &'static str,
    before: listing::Model,
    listing: &Listing,
) -> Result<(), StoreError> {
    let now = permit.transaction.now();
    let db = permit.act(action, before.id.to_string()).await?;
    overwrite(db, before, listing, now).await
}

async fn overwrite(
    db: &DatabaseTransaction,
    before: listing::Model,
    listing: &Listing,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let changed = listing::Entity::update_many()
        .set(listing::ActiveModel {
            facts: Set(facts(listing)?),
            changed_at: Set(now),
            ..Default::default()
        })
        .filter(listing::Column::Id.eq(before.id))
        .filter(listing::Column::Facts.eq(before.facts))
        .exec(db)
        .await?;
    match changed.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Changed),
    }
}

/// The row of the group, if it says what was seen.
async fn as_public(
    db: &DatabaseTransaction,
    group: GroupId,
    seen: &Ours,
) -> Result<listing::Model, StoreError> {
    let row = row(db, group).await?;
    let there: Listing = serde_json::from_str(&row.facts).map_err(unreadable)?;
    match &seen.listing {
        Some(listing) if *listing == there => Ok(row),
        _ => Err(StoreError::Changed),
    }
}

/// Whether a draft is the one that was seen.
fn as_seen(there: Option<&group_draft::Model>, seen: Option<&str>) -> Result<(), StoreError> {
    if there.map(|draft| draft.form.as_str()) == seen {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

async fn last_closure(
    db: &DatabaseTransaction,
    group: GroupId,
) -> Result<Option<closure::Model>, StoreError> {
    let last = closure::Entity::find()
        .filter(closure::Column::ListingId.eq(group.0))
        .order_by_desc(closure::Column::Number)
        .one(db)
        .await?;
    Ok(last)
}

/// Puts a form in place of the one that a draft had, unless someone else did since it was read.
async fn keep_in(
    db: &DatabaseTransaction,
    before: group_draft::Model,
    form: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let kept = group_draft::Entity::update_many()
        .set(group_draft::ActiveModel {
            form: Set(form.to_owned()),
            changed_at: Set(now),
            ..Default::default()
        })
        .filter(group_draft::Column::Id.eq(before.id))
        .filter(group_draft::Column::Form.eq(before.form))
        .exec(db)
        .await?;
    match kept.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Changed),
    }
}

async fn forget_in(db: &DatabaseTransaction, group: GroupId) -> Result<(), StoreError> {
    group_draft::Entity::delete_many()
        .filter(group_draft::Column::ListingId.eq(group.0))
        .exec(db)
        .await?;
    Ok(())
}

async fn row(db: &DatabaseTransaction, group: GroupId) -> Result<listing::Model, StoreError> {
    let row = listing::Entity::find_by_id(group.0).one(db).await?;
    row.ok_or(StoreError::Denied(Denied::NoRight))
}

/// What is public, to be changed.
pub(crate) async fn draft_in(
    db: &DatabaseTransaction,
    group: GroupId,
) -> Result<(listing::Model, Draft), StoreError> {
    let row = row(db, group).await?;
    let listing: Listing = serde_json::from_str(&row.facts).map_err(unreadable)?;
    Ok((row, listing.into()))
}

async fn draft_of(
    db: &DatabaseTransaction,
    listing: uuid::Uuid,
) -> Result<Option<group_draft::Model>, StoreError> {
    let find = group_draft::Entity::find().filter(group_draft::Column::ListingId.eq(listing));
    Ok(find.one(db).await?)
}

async fn new_draft(db: &DatabaseTransaction, slug: &Slug) -> Result<group_draft::Model, StoreError> {
    let row = group_draft::Entity::find()
        .filter(group_draft::Column::Slug.eq(slug.as_str()))
        .filter(group_draft::Column::ListingId.is_null())
        .one(db)
        .await?;
    row.ok_or(StoreError::Denied(Denied::NoRight))
}

fn typed(row: group_draft::Model) -> Typed {
    Typed {
        form: row.form,
        changed_at: row.changed_at,
    }
}

fn ours(row: &listing::Model, typed: Option<Typed>, may_edit: bool) -> Result<Ours, StoreError> {
    Ok(Ours {
        slug: crate::people::slug(&row.slug)?,
        listing: Some(serde_json::from_str(&row.facts).map_err(unreadable)?),
        typed,
        changed_at: row.changed_at,
        published_at: Some(row.created_at),
        may_edit,
    })
}

fn being_written(draft: group_draft::Model) -> Result<Ours, StoreError> {
    Ok(Ours {
        slug: crate::people::slug(&draft.slug)?,
        listing: None,
        changed_at: draft.changed_at,
        published_at: None,
        typed: Some(typed(draft)),
        may_edit: true,
    })
}

/// Seats and the day of confirming break no rule; a row that is no listing any more was changed past us.
pub(crate) fn kept(draft: Draft) -> Result<Listing, StoreError> {
    Listing::check(draft).map_err(|why| StoreError::Database(why.into()))
}

fn unreadable(why: serde_json::Error) -> StoreError {
    StoreError::Database(why.into())
}
