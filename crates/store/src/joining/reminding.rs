//! What time brings: offers that end, steps that are owed, and answers about safety that nobody has read.

use chrono::TimeDelta;
use domain::access::Denied;
use domain::joining::{Act, Next, Owes, Promises};
use domain::people::{GroupId, PersonId, Role};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::stepping::{holders, moved, tell_staff};
use super::turns::{Found, Turns};
use super::{JoiningError, Told, tell};
use crate::audit;
use crate::entities::joining::application;
use crate::transaction::{StoreError, Who, Writing};

/// Who was reminded is reminded again after so long.
const AGAIN: TimeDelta = TimeDelta::days(7);

/// An answer about safety that nobody read is told to more people after so long.
const RISK_WAITS: TimeDelta = TimeDelta::hours(2);

/// So many at a time.
const AT_ONCE: usize = 100;

/// What was written to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminded {
    pub people: usize,
    pub staff: usize,
    pub risks: usize,
}

/// Puts those whose offer has ended back on the waiting list, and tells both sides. How many; none is the end.
pub async fn lapse(writing: &mut Writing, told: &Told<'_>) -> Result<usize, JoiningError> {
    only_the_job(writing)?;
    let now = writing.now();
    let rows = application::Entity::find()
        .filter(application::Column::ExpiresAt.lte(now))
        .order_by_asc(application::Column::Id)
        .limit(AT_ONCE as u64)
        .all(writing.looking())
        .await?;
    let number = rows.len();
    for row in rows {
        written_down(writing, &row, "joining.lapse").await?;
        // Read again once it is held: the person may have answered in this very moment.
        match moved(writing, row.id, Act::Lapse, None).await {
            Ok((row, _)) => {
                let body = (told.person)(&row.slug);
                tell(writing, PersonId(row.person_id), told.subject, &body).await?;
                tell_staff(writing, &row, told).await?;
            }
            Err(JoiningError::Refused(_)) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(number)
}

/// Reminds whoever owes a step for longer than was promised, and again each week; and tells those who supervise the group, and
/// coordinators, of an answer about safety that nobody has read.
pub async fn remind(
    writing: &mut Writing,
    promises: Promises,
    told: &Told<'_>,
) -> Result<Reminded, JoiningError> {
    only_the_job(writing)?;
    let mut reminded = Reminded::default();
    for (next, row) in owing(writing, promises).await? {
        written_down(writing, &row, "joining.remind").await?;
        match next.owes {
            Owes::Person => {
                let body = (told.person)(&row.slug);
                tell(writing, PersonId(row.person_id), told.subject, &body).await?;
                reminded.people += 1;
            }
            Owes::Leader => {
                tell_staff(writing, &row, told).await?;
                reminded.staff += 1;
            }
            Owes::Coordinator | Owes::Nobody => {
                let body = (told.staff)(&row.slug);
                for person in holders(writing, Role::Coordinator, None).await? {
                    tell(writing, person, told.subject, &body).await?;
                }
                reminded.staff += 1;
            }
        }
        let now = writing.now();
        let mut row = row.into_active_model();
        row.owes = Set(next.owes.name().to_owned());
        row.owed_since = Set(next.since);
        row.reminded_at = Set(Some(now));
        row.update(writing.looking()).await?;
    }
    reminded.risks = risks(writing, told).await?;
    Ok(reminded)
}

/// Those whose step is owed for longer than was promised. Who was reminded of it lately is left in peace; somebody whose turn it is since
/// then is not.
async fn owing(writing: &Writing, promises: Promises) -> Result<Vec<(Next, application::Model)>, StoreError> {
    let now = writing.now();
    let rows = application::Entity::find()
        .filter(application::Column::State.is_not_in(["member", "over"]))
        .all(writing.looking())
        .await?;
    let all = rows.into_iter().map(Found::read).collect::<Result<Vec<_>, _>>()?;
    let turns = Turns::read(writing, &all).await?;
    let told_lately = |next: Next, row: &application::Model| {
        row.owes == next.owes.name() && row.reminded_at.is_some_and(|at| now - AGAIN < at)
    };
    let mut owing: Vec<(Next, application::Model)> = all
        .into_iter()
        .map(|one| (turns.next(&one), one.row))
        .filter(|(next, row)| next.is_late(promises, now) && !told_lately(*next, row))
        .collect();
    owing.sort_by_key(|(next, row)| (next.since, row.id));
    owing.truncate(AT_ONCE);
    Ok(owing)
}

async fn risks(writing: &mut Writing, told: &Told<'_>) -> Result<usize, JoiningError> {
    let now = writing.now();
    let rows = application::Entity::find()
        .filter(application::Column::RiskAt.lte(now - RISK_WAITS))
        .filter(application::Column::RiskSeenAt.is_null())
        .filter(application::Column::RiskToldAt.is_null())
        .limit(AT_ONCE as u64)
        .all(writing.looking())
        .await?;
    let number = rows.len();
    for row in rows {
        written_down(writing, &row, "joining.risk-told").await?;
        let group = GroupId(row.listing_id);
        let mut to = holders(writing, Role::Coordinator, None).await?;
        to.extend(holders(writing, Role::Supervisor, Some(group)).await?);
        to.extend(holders(writing, Role::Supervisor, None).await?);
        to.sort();
        to.dedup();
        let body = (told.staff)(&row.slug);
        for person in to {
            tell(writing, person, told.subject, &body).await?;
        }
        application::Entity::update_many()
            .col_expr(application::Column::RiskToldAt, Expr::value(now))
            .filter(application::Column::Id.eq(row.id))
            .exec(writing.looking())
            .await?;
    }
    Ok(number)
}

async fn written_down(
    writing: &mut Writing,
    row: &application::Model,
    action: &'static str,
) -> Result<(), StoreError> {
    let act = audit::Act {
        action,
        class: "C14",
        object: row.id.simple().to_string(),
        group: Some(GroupId(row.listing_id)),
        about: Some(PersonId(row.person_id)),
        ..audit::Act::default()
    };
    writing.act(act).await?;
    Ok(())
}

fn only_the_job(writing: &Writing) -> Result<(), StoreError> {
    match writing.who {
        Who::Job(_) => Ok(()),
        _ => Err(Denied::NoRight.into()),
    }
}
