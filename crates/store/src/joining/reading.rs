//! Where someone stands, for themselves and for staff.

use chrono::{DateTime, Utc};
use domain::agreements::Age;
use domain::groups::{Listing, Slug};
use domain::joining::Application;
use domain::people::{GroupId, Handle};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{called, listing_of, way, within};
use crate::entities::joining::{application, application_event, application_letter};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::SeeApplications;
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

pub(super) async fn on_the_way(
    transaction: &impl Transaction,
    row: application::Model,
) -> Result<OnTheWay, StoreError> {
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
        way: way(&row)?,
    })
}
