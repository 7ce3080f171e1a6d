//! What is handed over to billing: who was at which session, by the number billing knows them by. Sameboat bills nobody.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::attendance::{Attended, Code, Handover, Row};
use domain::groups::Slug;
use domain::people::Handle;
use domain::text::Line;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entities::leading::{attendance, billing_number, group_session};
use crate::entities::new_id;
use crate::joining::{called, unread};
use crate::leading::{as_it_was, presence};
use crate::permit::Permit;
use crate::permit::acts::{MarkAttendance, SeeAttendance};
use crate::sealed::BILLING_NUMBER;
use crate::transaction::StoreError;

/// Rows for billing, and who has none because billing knows no number of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    pub rows: Vec<Row>,
    pub without_number: Vec<(Slug, Handle)>,
}

/// The attended sessions of the group of the permit from a day until another, both with them. Looking is written down.
pub async fn handover(
    permit: &mut Permit<'_, SeeAttendance>,
    (from, until): (NaiveDate, NaiveDate),
    code: &Code,
    leader: &Line,
) -> Result<HandedOver, StoreError> {
    permit
        .act("billing.export", format!("{from} {until} {code}"))
        .await?;
    let group = permit.group()?;
    let sessions = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .filter(group_session::Column::OnDate.gte(from))
        .filter(group_session::Column::OnDate.lte(until))
        .order_by_asc(group_session::Column::OnDate)
        .all(permit.db())
        .await?;
    let ids: Vec<uuid::Uuid> = sessions.iter().map(|row| row.id).collect();
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.is_in(ids))
        .all(permit.db())
        .await?;
    let mut people: Vec<uuid::Uuid> = marks.iter().map(|mark| mark.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let mut all = HandedOver {
        rows: Vec::new(),
        without_number: Vec::new(),
    };
    for person in people {
        let mut attended = Vec::new();
        for session in &sessions {
            let mark = marks
                .iter()
                .find(|mark| mark.session_id == session.id && mark.person_id == person);
            if let Some(mark) = mark {
                attended.push(Attended {
                    on: session.on_date,
                    length: as_it_was(session)?.length,
                    presence: presence(mark)?,
                });
            }
        }
        let row = billing_number::Entity::find()
            .filter(billing_number::Column::ListingId.eq(group.0))
            .filter(billing_number::Column::PersonId.eq(person))
            .one(permit.db())
            .await?;
        let Some(row) = row else {
            if attended.iter().any(|one| one.presence.was_there()) {
                all.without_number
                    .push(called(&*permit.transaction, person).await?);
            }
            continue;
        };
        let number = BILLING_NUMBER.open(permit, row.id, &row.number).await?;
        let member = Line::parse(number.reveal()).map_err(|_| unread("number", row.id, "it is empty"))?;
        let handover = Handover {
            code: code.clone(),
            member,
            leader: leader.clone(),
        };
        all.rows.extend(handover.rows(&attended));
    }
    all.rows.sort_by(|a, b| (a.on, &a.member).cmp(&(b.on, &b.member)));
    all.without_number.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// By which number billing knows the person of the permit; none: it is forgotten.
pub async fn set_number(
    permit: &mut Permit<'_, MarkAttendance>,
    number: Option<&Line>,
) -> Result<(), StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    permit.person().ok_or(Denied::NoRight)?;
    permit.act("billing.number", String::new()).await?;
    billing_number::Entity::delete_many()
        .filter(billing_number::Column::ListingId.eq(group.0))
        .filter(billing_number::Column::PersonId.eq(person.0))
        .exec(permit.db())
        .await?;
    if let Some(number) = number {
        let id = new_id(now);
        let row = billing_number::Model {
            id,
            listing_id: group.0,
            person_id: person.0,
            number: BILLING_NUMBER
                .seal(permit.transaction, id, group, number.as_str())
                .await?,
        };
        row.into_active_model().insert(permit.db()).await?;
    }
    Ok(())
}
