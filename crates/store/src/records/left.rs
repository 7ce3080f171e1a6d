//! Records that nobody who leads the group answers for any more, and those that wait for a second signature.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::access::{Action, Relation, decide};
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId, Role};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{leads, standing};
use crate::entities::leading::group_session;
use crate::entities::records::{member_part, session_record};
use crate::joining::{called, listing_of};
use crate::permit::acts::SeeRoster;
use crate::permit::{Permit, standing};
use crate::transaction::{StoreError, Transaction};

/// A record that is not in force, and whose keeper leads the group no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    pub date: NaiveDate,
    /// Whose part it is; none: the record of the session.
    pub of: Option<(Slug, Handle)>,
    pub keeper: Handle,
}

/// Those of the group of the permit, the newest session first. Nothing of what they say.
pub async fn left_behind(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<Vec<LeftBehind>, StoreError> {
    let group = permit.group()?;
    let sessions = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .all(permit.db())
        .await?;
    let dates: HashMap<Uuid, NaiveDate> = sessions.iter().map(|row| (row.id, row.on_date)).collect();
    let ids: Vec<Uuid> = dates.keys().copied().collect();
    let records = standing::of_sessions(permit.db(), &ids).await?;
    let parts = standing::of_parts(permit.db(), &ids).await?;
    let records = records.into_iter().map(|row| (None, row));
    let parts = parts.into_iter().map(|(person, row)| (Some(person), row));
    let open = records.chain(parts).filter(|(_, row)| !row.stage.is_in_force());
    let mut gone: HashMap<PersonId, Option<Handle>> = HashMap::new();
    let mut all = Vec::new();
    for (person, row) in open {
        let keeper = row.keeper;
        let name = match gone.get(&keeper) {
            Some(name) => name.clone(),
            None => {
                let leads = leads(&*permit.transaction, keeper, group).await?;
                let (_, name) = called(&*permit.transaction, keeper.0).await?;
                let name = Some(name).filter(|_| !leads);
                gone.insert(keeper, name.clone());
                name
            }
        };
        let (Some(keeper), Some(date)) = (name, dates.get(&row.session)) else {
            continue;
        };
        all.push(LeftBehind {
            date: *date,
            of: match person {
                Some(person) => Some(called(&*permit.transaction, person.0).await?),
                None => None,
            },
            keeper,
        });
    }
    all.sort_by(|a, b| (b.date, &a.of).cmp(&(a.date, &b.of)));
    Ok(all)
}

/// How many records of a group wait for a second signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaiting {
    pub group: Slug,
    pub title: String,
    pub many: usize,
}

/// Those of the groups that the one who asks supervises.
pub async fn awaiting(transaction: &mut impl Transaction) -> Result<Vec<Awaiting>, StoreError> {
    let standing = standing(&*transaction).await?;
    let db = transaction.looking();
    let supervises = |group: GroupId| {
        let held = standing.held.iter().any(|held| {
            held.role == Role::Supervisor && held.holds(standing.now) && held.reaches(Some(group))
        });
        let relation = Relation {
            group: Some(group),
            ..Relation::default()
        };
        held && decide(&standing, Action::SeeRecord, relation).is_ok()
    };
    if standing.held.iter().all(|held| held.role != Role::Supervisor) {
        return Ok(Vec::new());
    }
    let mut many: BTreeMap<GroupId, usize> = BTreeMap::new();
    for group in groups_that_wait(db).await? {
        *many.entry(group).or_default() += 1;
    }
    let mut all = Vec::new();
    for (group, many) in many.into_iter().filter(|(group, _)| supervises(*group)) {
        let (slug, listing) = listing_of(db, group).await?;
        all.push(Awaiting {
            group: slug,
            title: listing.title.to_string(),
            many,
        });
    }
    all.sort_by(|a, b| a.title.cmp(&b.title));
    Ok(all)
}

/// The group of each record that waits, as often as one does.
async fn groups_that_wait(db: &DatabaseTransaction) -> Result<Vec<GroupId>, StoreError> {
    let mut sessions: Vec<Uuid> = session_record::Entity::find()
        .select_only()
        .column(session_record::Column::SessionId)
        .filter(session_record::Column::State.eq("awaiting"))
        .into_tuple()
        .all(db)
        .await?;
    let parts: Vec<Uuid> = member_part::Entity::find()
        .select_only()
        .column(member_part::Column::SessionId)
        .filter(member_part::Column::State.eq("awaiting"))
        .into_tuple()
        .all(db)
        .await?;
    sessions.extend(parts);
    let rows = group_session::Entity::find()
        .filter(group_session::Column::Id.is_in(sessions.iter().copied()))
        .all(db)
        .await?;
    let of: HashMap<Uuid, GroupId> = rows.iter().map(|row| (row.id, GroupId(row.listing_id))).collect();
    Ok(sessions.iter().filter_map(|id| of.get(id).copied()).collect())
}
