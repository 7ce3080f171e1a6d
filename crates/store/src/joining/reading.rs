//! Where someone stands, for themselves and for staff.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::agreements::Age;
use domain::groups::{Kind, Listing, Slug};
use domain::joining::{Application, Next, Places, Question};
use domain::people::{GroupId, Handle, PersonId, Reach, Role};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::stepping::leaders;
use super::turns::{Found, Turns, Unanswered};
use super::{asks_of, called, listing_of, places, within};
use crate::entities::joining::{application, application_event, application_letter, membership};
use crate::entities::listing;
use crate::people;
use crate::permit::acts::{Apply, SeeApplications, SeeIntake};
use crate::permit::{Permit, standing};
use crate::sealed::APPLICATION_LETTER;
use crate::transaction::{StoreError, Transaction};

/// Someone on the way into a group; nothing of what they said.
#[derive(Debug, Clone)]
pub struct OnTheWay {
    pub slug: Slug,
    pub person: Slug,
    pub handle: Handle,
    pub group: Slug,
    pub listing: Listing,
    pub way: Application,
    /// Whose turn it is, by the way and by what stands around it.
    pub next: Next,
    /// What is asked before the conversation and still open.
    pub unanswered: Unanswered,
    /// Whether they sent along what they answered in the chooser, while they are on the way.
    pub has_chosen: bool,
    pub age: Age,
    /// Who answers for the group, if it is one in particular.
    pub leader: Option<(Slug, Handle)>,
    /// When an answer about safety came, and when it was read.
    pub risk: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
}

/// A letter to the person.
#[derive(Debug)]
pub struct Written {
    pub words: String,
    pub at: DateTime<Utc>,
}

/// A step that was done, and where it led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    pub act: String,
    pub state: String,
    /// None: it followed from a rule.
    pub by: Option<Handle>,
    pub at: DateTime<Utc>,
}

/// All that the one who asks has asked for, the newest first.
pub async fn mine(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
) -> Result<Vec<OnTheWay>, StoreError> {
    let rows = application::Entity::find()
        .filter(application::Column::PersonId.eq(permit.about()?.0))
        .order_by_desc(application::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(on_the_way(&*permit.transaction, row).await?);
    }
    Ok(all)
}

/// The application of the permit.
pub async fn one(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    which: &Slug,
) -> Result<(OnTheWay, Vec<Happened>), StoreError> {
    let row = within(permit.db(), which, (permit.about()?, permit.group()?)).await?;
    let events = application_event::Entity::find()
        .filter(application_event::Column::ApplicationId.eq(row.id))
        .order_by_asc(application_event::Column::At)
        .order_by_asc(application_event::Column::Id)
        .all(permit.db())
        .await?;
    let mut happened = Vec::with_capacity(events.len());
    for event in events {
        let by = match event.acted_by {
            Some(by) => Some(called(&*permit.transaction, by).await?.1),
            None => None,
        };
        happened.push(Happened {
            act: event.act,
            state: event.state,
            by,
            at: event.at,
        });
    }
    Ok((on_the_way(&*permit.transaction, row).await?, happened))
}

/// What the person was written, the newest first.
pub async fn letters(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    which: &Slug,
) -> Result<Vec<Written>, StoreError> {
    let row = within(permit.db(), which, (permit.about()?, permit.group()?)).await?;
    let rows = application_letter::Entity::find()
        .filter(application_letter::Column::ApplicationId.eq(row.id))
        .order_by_desc(application_letter::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = APPLICATION_LETTER.open(permit, row.id, &row.words).await?;
        all.push(Written {
            words: plain.reveal().to_owned(),
            at: row.written_at,
        });
    }
    Ok(all)
}

/// The group's own questions, for the application of the permit; none: those of the program.
pub async fn questions(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
) -> Result<Option<Vec<Question>>, StoreError> {
    Ok(asks_of(permit.db(), permit.group()?).await?.questions)
}

/// That whom the permit is about is or was on the way into its group, or in it. Of all others nothing is told.
pub async fn is_concerned(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
) -> Result<(), StoreError> {
    concerned(permit.db(), permit.about()?, permit.group()?).await
}

/// The same, for what one does oneself.
pub async fn is_member(permit: &mut Permit<'_, Apply>) -> Result<(), StoreError> {
    concerned(permit.db(), permit.about()?, permit.group()?).await
}

async fn concerned(db: &DatabaseTransaction, person: PersonId, group: GroupId) -> Result<(), StoreError> {
    let asked = application::Entity::find()
        .filter(application::Column::PersonId.eq(person.0))
        .filter(application::Column::ListingId.eq(group.0))
        .count(db)
        .await?;
    let member = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person.0))
        .filter(membership::Column::ListingId.eq(group.0))
        .count(db)
        .await?;
    if asked + member == 0 {
        return Err(Denied::NoRight.into());
    }
    Ok(())
}

/// The places of the group of the permit, and who leads it.
pub async fn staffed(
    permit: &mut Permit<'_, SeeIntake, impl Transaction>,
) -> Result<(Places, Vec<(Slug, Handle)>), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = listing_of(permit.db(), group).await?;
    let places = places(permit.db(), group, &listing, now).await?;
    let mut leading = Vec::new();
    for leader in leaders(&*permit.transaction, group).await? {
        leading.push(called(&*permit.transaction, leader.0).await?);
    }
    Ok((places, leading))
}

/// The public face of the group of the permit, which is a therapy group: others have nothing of all this.
pub async fn therapy<A>(permit: &mut Permit<'_, A, impl Transaction>) -> Result<Listing, StoreError> {
    let (_, listing) = listing_of(permit.db(), permit.group()?).await?;
    match listing.kind {
        Kind::Therapy => Ok(listing),
        Kind::Support => Err(Denied::NoRight.into()),
    }
}

/// The therapy groups that the one who asks leads or supervises now; other groups have nobody on the way.
pub async fn led(transaction: &mut impl Transaction) -> Result<Vec<Slug>, StoreError> {
    let standing = standing(&*transaction).await?;
    let mut groups = Vec::new();
    for held in standing.held.iter().filter(|held| held.holds(standing.now)) {
        let leads = matches!(held.role, Role::Leader | Role::CoLeader | Role::Supervisor);
        if !leads {
            continue;
        }
        let mut ours = listing::Entity::find().filter(listing::Column::SourceId.is_null());
        if let Reach::Group(group) = held.reach {
            ours = ours.filter(listing::Column::Id.eq(group.0));
        }
        for row in ours
            .order_by_asc(listing::Column::Slug)
            .all(transaction.looking())
            .await?
        {
            // A row that cannot be read is told by `doctor`.
            let facts = serde_json::from_str::<Listing>(&row.facts);
            let slug = people::slug(&row.slug)?;
            if facts.is_ok_and(|facts| facts.kind == Kind::Therapy) && !groups.contains(&slug) {
                groups.push(slug);
            }
        }
    }
    Ok(groups)
}

pub(super) async fn on_the_way(
    transaction: &impl Transaction,
    row: application::Model,
) -> Result<OnTheWay, StoreError> {
    let all = [Found::read(row)?];
    let turns = Turns::read(transaction, &all).await?;
    let [one] = all;
    let (next, unanswered) = (turns.next(&one), turns.unanswered(&one));
    let has_chosen = turns.has_chosen(&one);
    let Found { row, way } = one;
    let (group, listing) = listing_of(transaction.looking(), GroupId(row.listing_id)).await?;
    let (person, handle) = called(transaction, row.person_id).await?;
    let leader = match row.leader_id {
        Some(leader) => Some(called(transaction, leader).await?),
        None => None,
    };
    Ok(OnTheWay {
        slug: people::slug(&row.slug)?,
        person,
        handle,
        group,
        listing,
        age: super::age(&row.age, row.id)?,
        leader,
        risk: row.risk_at.map(|at| (at, row.risk_seen_at)),
        way,
        next,
        unanswered,
        has_chosen,
    })
}
