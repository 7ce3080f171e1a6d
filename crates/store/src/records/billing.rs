//! What is handed over to billing: who was at which session, by the number billing knows them by. Sameboat bills nobody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::Denied;
use domain::attendance::{Attended, Code, Handover, Row};
use domain::groups::Slug;
use domain::people::{Handle, Role};
use domain::text::Line;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entities::leading::{attendance, billing_number, group_session};
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::joining::{called, unread};
use crate::leading::{as_it_was, plan_of, presence};
use crate::people::LEADING;
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
    let led = led(permit, &sessions).await?;
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
        let of_session = |attended: &Attended| {
            let handover = Handover {
                code: code.clone(),
                member: member.clone(),
                leader: led.get(&attended.on)?.clone(),
            };
            Some(handover.rows(std::slice::from_ref(attended)))
        };
        all.rows.extend(attended.iter().filter_map(of_session).flatten());
    }
    all.rows.sort_by(|a, b| (a.on, &a.member).cmp(&(b.on, &b.member)));
    all.without_number.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// Who led each session, by its date: who was named for it, or whoever led the group that day.
async fn led(
    permit: &Permit<'_, SeeAttendance>,
    sessions: &[group_session::Model],
) -> Result<BTreeMap<NaiveDate, Line>, StoreError> {
    let held = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(permit.group()?.0))
        .filter(role_held::Column::Role.is_in(LEADING.map(Role::name)))
        .all(permit.db())
        .await?;
    let mut led = BTreeMap::new();
    for session in sessions {
        let at = as_it_was(session)?;
        let there = |row: &&role_held::Model| {
            row.from_at < at.ends_at() && row.until_at.is_none_or(|until| at.starts_at < until)
        };
        let people: BTreeSet<uuid::Uuid> = match plan_of(permit, session).await?.cover {
            Some(cover) => BTreeSet::from([cover.0]),
            None => held.iter().filter(there).map(|row| row.person_id).collect(),
        };
        let mut names = Vec::with_capacity(people.len());
        for person in people {
            names.push(called(&*permit.transaction, person).await?.1.to_string());
        }
        names.sort();
        // Nobody, or too many for a line.
        let line = Line::parse(&names.join(", ")).or_else(|_| Line::parse("—"));
        let line = line.map_err(|why| unread("leader", session.id, why))?;
        led.insert(session.on_date, line);
    }
    Ok(led)
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
