//! What is kept of someone in records, for themselves to take away: the notes that they were given and their goals, as their own pages of
//! a group show them, and the number by which billing knows them.

use std::collections::BTreeSet;

use domain::access::Relation;
use domain::goals::Level;
use domain::people::{GroupId, PersonId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::goals::Kept;
use super::releasing::{Released, my_goals, released};
use crate::entities::leading::billing_number;
use crate::entities::records::{member_goal, released_note};
use crate::people;
use crate::permit::acts::{ChangeAccount, SeeReleased};
use crate::permit::{self, Permit};
use crate::sealed::BILLING_NUMBER;
use crate::transaction::StoreError;

/// All of it, group by group. What was written about them and not given to them is the record of who led.
pub(crate) async fn own(permit: &mut Permit<'_, ChangeAccount>) -> Result<Value, StoreError> {
    let me = permit.about()?;
    let standing = permit::standing(&*permit.transaction).await?;
    let (mut notes, mut goals) = (Vec::new(), Vec::new());
    for group in groups(permit.db(), me).await? {
        let slug = slug(permit.db(), group.0).await?;
        let relation = Relation {
            group: Some(group),
            about: Some(me),
            by: None,
        };
        let mut mine = permit::by::<SeeReleased, _>(&mut *permit.transaction, &standing, relation)?;
        for note in released(&mut mine).await? {
            notes.push(given(slug.as_deref(), &note));
        }
        for kept in my_goals(&mut mine).await? {
            goals.push(goal(slug.as_deref(), &kept));
        }
    }
    Ok(json!({
        "notes_given_to_you": notes,
        "goals": goals,
        "numbers_in_billing": numbers(permit, me).await?,
    }))
}

/// Where they have notes or goals, also if they left since.
async fn groups(db: &DatabaseTransaction, me: PersonId) -> Result<BTreeSet<GroupId>, StoreError> {
    let notes: Vec<Uuid> = released_note::Entity::find()
        .select_only()
        .column(released_note::Column::ListingId)
        .filter(released_note::Column::PersonId.eq(me.0))
        .into_tuple()
        .all(db)
        .await?;
    let goals: Vec<Uuid> = member_goal::Entity::find()
        .select_only()
        .column(member_goal::Column::ListingId)
        .filter(member_goal::Column::PersonId.eq(me.0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(notes.into_iter().chain(goals).map(GroupId).collect())
}

fn given(group: Option<&str>, note: &Released) -> Value {
    let words = note.words.iter();
    let words: Map<String, Value> = words
        .map(|(field, text)| (field.name().to_owned(), Value::from(text)))
        .collect();
    json!({ "group": group, "session": note.date, "words": words, "given_at": note.at })
}

fn goal(group: Option<&str>, kept: &Kept) -> Value {
    let goal = &kept.goal;
    let levels: Vec<Value> = Level::ALL
        .into_iter()
        .map(|level| json!({ "level": level.get(), "words": goal.level(level).as_str() }))
        .collect();
    let progress: Vec<Value> = goal
        .progress()
        .iter()
        .map(|seen| json!({ "session": seen.on, "level": seen.level.get() }))
        .collect();
    let (importance, difficulty) = goal.weight();
    json!({
        "group": group,
        "words": goal.text().as_str(),
        "levels": levels,
        "importance": importance,
        "difficulty": difficulty,
        "progress": progress,
        "ended_at": kept.ended_at,
    })
}

async fn numbers(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = billing_number::Entity::find()
        .filter(billing_number::Column::PersonId.eq(me.0))
        .order_by_asc(billing_number::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let number = BILLING_NUMBER.open(permit, row.id, &row.number).await?;
        let group = slug(permit.db(), row.listing_id).await?;
        all.push(json!({ "group": group, "number": number.reveal() }));
    }
    Ok(all)
}

async fn slug(db: &DatabaseTransaction, group: Uuid) -> Result<Option<String>, StoreError> {
    let slug = people::slug_of(db, Some(group)).await?;
    Ok(slug.map(|slug| slug.to_string()))
}
