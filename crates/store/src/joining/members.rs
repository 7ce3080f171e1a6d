//! Members of therapy groups: how they came to be, and how their time in the group goes on.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::access::Denied;
use domain::agreements::Age;
use domain::groups::{Kind, Mail, Slug};
use domain::joining::{BroughtIn, Ended, Membership, MembershipAct, Reason, Standing};
use domain::people::{GroupId, Handle, PersonId, Reach, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};

use super::days::{begins, today};
use super::{JoiningError, called, listing_of, places};
use crate::entities::joining::{application, membership};
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::permit::Permit;
use crate::permit::acts::{Apply, ChangeRoster, Decide, SeeApplications, SeeIntake};
use crate::sealed::SCREENED_BY;
use crate::transaction::{StoreError, Transaction, Writing};
use crate::{outbox, people};

/// Someone's time in the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheGroup {
    pub person: Slug,
    pub handle: Handle,
    pub membership: Membership,
    /// By whom they were screened elsewhere, if they were brought in.
    pub brought_in: Option<BroughtInBy>,
}

/// By whom someone was screened before they were brought in, and who entered them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtInBy {
    pub screened_by: String,
    pub entered_by: Option<Handle>,
}

/// How many members a group has and had, those who were brought in apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    pub screened_here: u64,
    pub brought_in: u64,
}

/// Enters someone who was in the group of the permit already, elsewhere: by their address, under a name. They are asked for agreements
/// when they next sign in. The letter says only that.
pub async fn bring_in(
    permit: &mut Permit<'_, ChangeRoster>,
    (handle, mail): (&Handle, &Mail),
    brought: &BroughtIn,
    age: Age,
    (subject, body): (&str, &str),
) -> Result<Slug, JoiningError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = listing_of(permit.db(), group).await?;
    if listing.kind != Kind::Therapy {
        return Err(domain::joining::AskRefused::WalkIn.into());
    }
    permit.act("members.bring-in", String::new()).await?;
    let account = people::by_mail(&*permit.transaction, mail).await?;
    if account.is_none() && people::is_closed(&*permit.transaction, mail).await? {
        return Err(JoiningError::AccountClosed);
    }
    let person = match account {
        Some(account) => PersonId(account.id),
        None => people::create(permit.transaction, handle, Some(mail)).await?.0,
    };
    permit.relation.about = Some(person);
    let places = places(permit.db(), group, &listing, now).await?;
    if places.left() == 0 {
        return Err(JoiningError::NoPlace { most: places.most });
    }
    let by = permit.person();
    enter_from_elsewhere(permit.transaction, person, group, age, brought, by).await?;
    outbox::put(permit.transaction, mail, subject, body).await?;
    Ok(called(&*permit.transaction, person.0).await?.0)
}

/// That a sheet was read to its end, whose rows were each a change of their own.
pub async fn sheet_read(permit: &mut Permit<'_, ChangeRoster>) -> Result<(), StoreError> {
    permit.act("members.bring-in-sheet", String::new()).await?;
    Ok(())
}

/// Someone who was in the group already gets a place and a membership that says by whom they were screened.
pub(super) async fn enter_from_elsewhere(
    writing: &Writing,
    person: PersonId,
    group: GroupId,
    age: Age,
    brought: &BroughtIn,
    by: Option<PersonId>,
) -> Result<(), JoiningError> {
    let now = writing.now();
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let role = seat(writing, person, group, today(&listing, now)).await?;
    let id = new_id(now);
    let row = membership::Model {
        id,
        person_id: person.0,
        listing_id: group.0,
        role_id: Some(role),
        application_id: None,
        standing: String::new(),
        way: String::new(),
        age: age.name().to_owned(),
        screened_by: Some(
            SCREENED_BY
                .seal(writing, id, group, brought.screened_by.as_str())
                .await?,
        ),
        entered_by: by.map(|person| person.0),
        entered_at: now,
    };
    keep(writing.looking(), row, &Membership::from(brought.since)).await
}

/// Everyone who is or was in the group of the permit, the newest first.
pub async fn memberships(
    permit: &mut Permit<'_, SeeIntake, impl Transaction>,
) -> Result<Vec<InTheGroup>, StoreError> {
    let rows = membership::Entity::find()
        .filter(membership::Column::ListingId.eq(permit.group()?.0))
        .order_by_desc(membership::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (person, handle) = called(&*permit.transaction, row.person_id).await?;
        let brought_in = match &row.screened_by {
            Some(cipher) => {
                let plain = SCREENED_BY.open(permit, row.id, cipher).await?;
                let entered_by = match row.entered_by {
                    Some(by) => Some(called(&*permit.transaction, by).await?.1),
                    None => None,
                };
                Some(BroughtInBy {
                    screened_by: plain.reveal().to_owned(),
                    entered_by,
                })
            }
            None => None,
        };
        all.push(InTheGroup {
            person,
            handle,
            membership: read(&row)?,
            brought_in,
        });
    }
    Ok(all)
}

/// The groups that the one who asks is or was in, with how that stands, the newest first.
pub async fn my_memberships(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
) -> Result<Vec<(Slug, String, Membership)>, StoreError> {
    let rows = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(permit.about()?.0))
        .order_by_desc(membership::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (slug, listing) = listing_of(permit.db(), GroupId(row.listing_id)).await?;
        all.push((slug, listing.title.to_string(), read(&row)?));
    }
    Ok(all)
}

/// What staff record of someone's time in the group of the permit.
pub async fn change_membership(
    permit: &mut Permit<'_, Decide>,
    act: MembershipAct,
) -> Result<Membership, JoiningError> {
    let action = match act {
        MembershipAct::Pause => "members.pause",
        MembershipAct::Return => "members.return",
        MembershipAct::Announce { .. } => "members.announce",
        MembershipAct::TakeBack => "members.take-back",
        MembershipAct::Leave => "members.leave",
        MembershipAct::Complete => "members.complete",
        MembershipAct::DropOut(_) => "members.drop-out",
    };
    let of = (permit.about()?, permit.group()?);
    permit.act(action, String::new()).await?;
    change(permit.transaction, of, act).await
}

/// Says oneself that one leaves the group of the permit, and at which session one says goodbye.
pub async fn announce(
    permit: &mut Permit<'_, Apply>,
    goodbye: NaiveDate,
) -> Result<Membership, JoiningError> {
    let of = (permit.about()?, permit.group()?);
    permit.act("members.announce", String::new()).await?;
    change(permit.transaction, of, MembershipAct::Announce { goodbye }).await
}

/// How many came into the group of the permit which way.
pub async fn counted(permit: &mut Permit<'_, SeeIntake, impl Transaction>) -> Result<Counted, StoreError> {
    let group = permit.group()?;
    let here = || membership::Entity::find().filter(membership::Column::ListingId.eq(group.0));
    let apart = here().filter(membership::Column::ScreenedBy.is_not_null());
    let brought_in = apart.count(permit.db()).await?;
    let all = here().count(permit.db()).await?;
    Ok(Counted {
        screened_here: all - brought_in,
        brought_in,
    })
}

/// Makes a member of who has signed everything. The caller has written down why.
pub(super) async fn enter(
    writing: &Writing,
    row: &application::Model,
    from: NaiveDate,
) -> Result<(), JoiningError> {
    let (now, group) = (writing.now(), GroupId(row.listing_id));
    let role = seat(writing, PersonId(row.person_id), group, from).await?;
    let membership = membership::Model {
        id: new_id(now),
        person_id: row.person_id,
        listing_id: row.listing_id,
        role_id: Some(role),
        application_id: Some(row.id),
        standing: String::new(),
        way: String::new(),
        age: row.age.clone(),
        screened_by: None,
        entered_by: None,
        entered_at: now,
    };
    keep(writing.looking(), membership, &Membership::from(from)).await
}

/// Gives the role that opens the group from a day on.
pub(super) async fn seat(
    writing: &Writing,
    person: PersonId,
    group: GroupId,
    from: NaiveDate,
) -> Result<uuid::Uuid, JoiningError> {
    let (now, reach) = (writing.now(), Reach::Group(group));
    for held in people::held(writing.looking(), person).await? {
        if held.reach == reach && held.until.is_none_or(|until| now < until) {
            return Err(match held.role {
                Role::Member => JoiningError::InAlready,
                _ => JoiningError::Leads,
            });
        }
    }
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let row = role_held::Model {
        id: new_id(now),
        person_id: person.0,
        role: Role::Member.name().to_owned(),
        listing_id: Some(group.0),
        from_at: now.max(begins(&listing, from)),
        until_at: None,
        given_by: writing.who.person().map(|signed_in| signed_in.person.0),
    };
    let id = row.id;
    row.into_active_model().insert(writing.looking()).await?;
    Ok(id)
}

pub(super) async fn keep(
    db: &DatabaseTransaction,
    row: membership::Model,
    way: &Membership,
) -> Result<(), JoiningError> {
    let mut row = row.into_active_model();
    say(&mut row, way)?;
    row.insert(db).await?;
    Ok(())
}

fn say(row: &mut membership::ActiveModel, way: &Membership) -> Result<(), StoreError> {
    row.standing = Set(way.standing.name().to_owned());
    row.way = Set(serde_json::to_string(way).map_err(|why| StoreError::Database(why.into()))?);
    Ok(())
}

fn read(row: &membership::Model) -> Result<Membership, StoreError> {
    serde_json::from_str(&row.way).map_err(|why| super::unread("membership", row.id, why))
}

/// A membership whose role is taken away without more: they came no more, for that reason.
pub(crate) async fn taken_out(writing: &Writing, role: uuid::Uuid, reason: Reason) -> Result<(), StoreError> {
    let row = membership::Entity::find()
        .filter(membership::Column::RoleId.eq(role))
        .one(writing.looking())
        .await?;
    let Some(row) = row else { return Ok(()) };
    let (_, listing) = listing_of(writing.looking(), GroupId(row.listing_id)).await?;
    let today = today(&listing, writing.now());
    if let Ok(way) = read(&row)?.after(MembershipAct::DropOut(reason), today) {
        let mut row = row.into_active_model();
        say(&mut row, &way)?;
        row.update(writing.looking()).await?;
    }
    Ok(())
}

/// How the memberships of a group stand, the newest of each person, and whether they were brought in from elsewhere.
pub(crate) async fn standings(
    db: &DatabaseTransaction,
    group: GroupId,
) -> Result<HashMap<uuid::Uuid, (Membership, bool)>, StoreError> {
    let rows = membership::Entity::find()
        .filter(membership::Column::ListingId.eq(group.0))
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?;
    let mut all = HashMap::new();
    for row in rows {
        all.insert(row.person_id, (read(&row)?, row.screened_by.is_some()));
    }
    Ok(all)
}

/// Takes that back on the same day; the role was given anew. False: it was none of this day.
pub(crate) async fn taken_back(
    writing: &Writing,
    person: PersonId,
    group: GroupId,
) -> Result<bool, StoreError> {
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let today = today(&listing, writing.now());
    let row = newest(writing.looking(), person, group).await?;
    let role = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::ListingId.eq(group.0))
        .order_by_desc(role_held::Column::Id)
        .one(writing.looking())
        .await?;
    let Some(row) = row else { return Ok(false) };
    let way = read(&row)?;
    if !matches!(way.standing, Standing::Ended(Ended::DroppedOut { on, .. }) if on == today) {
        return Ok(false);
    }
    let mut row = row.into_active_model();
    say(&mut row, &Membership::from(way.since))?;
    row.role_id = Set(role.map(|role| role.id));
    row.update(writing.looking()).await?;
    Ok(true)
}

async fn newest(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<Option<membership::Model>, StoreError> {
    let row = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person.0))
        .filter(membership::Column::ListingId.eq(group.0))
        .order_by_desc(membership::Column::Id)
        .one(db)
        .await?;
    Ok(row)
}

/// The membership that goes on; with its end the group is closed to them.
async fn change(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    act: MembershipAct,
) -> Result<Membership, JoiningError> {
    let row = newest(writing.looking(), person, group).await?;
    let row = row.ok_or(Denied::NoRight)?;
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let way = read(&row)?.after(act, today(&listing, writing.now()))?;
    let role = row.role_id;
    let mut row = row.into_active_model();
    say(&mut row, &way)?;
    row.update(writing.looking()).await?;
    if !way.has_place()
        && let Some(role) = role
    {
        people::close_by(writing, role).await?;
    }
    Ok(way)
}
