//! The forms of measures that a group asks to be answered before the conversation: kept sealed as their FHIR answers, each form once. What
//! they score is worked out where it is shown.

use chrono::{DateTime, Utc};
use domain::groups::Slug;
use domain::joining::{Application, CHOOSER_FORM, OWN_FORM};
use domain::name::Name;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::answers::{at_risk, keep_form};
use super::stepping::{locked, moved};
use super::turns::answered;
use super::{JoiningError, Told, within};
use crate::entities::joining::screening_answer;
use crate::permit::Permit;
use crate::permit::acts::{AnswerScreening, SeeApplications, SeeScreening};
use crate::sealed::SCREENING_ANSWERS;
use crate::transaction::{StoreError, Transaction};

/// What the answers tell of danger. Whoever scores them has to have opened that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    None,
    Danger,
}

/// A form that was answered.
#[derive(Debug)]
pub struct Measured {
    pub measure: Name,
    /// A QuestionnaireResponse as JSON.
    pub response: String,
    pub at: DateTime<Utc>,
}

/// The forms that the group of the permit asks for.
pub async fn measures(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
) -> Result<Vec<Name>, StoreError> {
    let group = permit.group()?;
    Ok(super::asks_of(permit.db(), group).await?.measures)
}

/// Keeps the answers to a form in place of those before. What tells of danger is told to those who lead the group at once, as an answer
/// about safety is.
pub async fn answer_measure(
    permit: &mut Permit<'_, AnswerScreening>,
    which: &Slug,
    (measure, response): (&Name, &str),
    signs: Signs,
    told: &Told<'_>,
) -> Result<Application, JoiningError> {
    let id = locked(permit, which, "screening.measure").await?;
    let (group, by) = (permit.group()?, permit.person());
    if !super::asks_of(permit.db(), group)
        .await?
        .measures
        .contains(measure)
    {
        return Err(domain::access::Denied::NoRight.into());
    }
    keep_form(permit.transaction, (id, group), measure.as_str(), response).await?;
    let act = answered(&*permit.transaction, id).await?;
    let (row, way) = moved(permit.transaction, id, act, by).await?;
    if signs == Signs::Danger {
        at_risk(permit, row, told).await?;
    }
    Ok(way)
}

/// What was answered by form, beside the group's own questions and those of the chooser. Looking is written down.
pub async fn measured(
    permit: &mut Permit<'_, SeeScreening>,
    which: &Slug,
) -> Result<Vec<Measured>, StoreError> {
    let of = (permit.about()?, permit.group()?);
    let row = within(permit.db(), which, of).await?;
    let rows = screening_answer::Entity::find()
        .filter(screening_answer::Column::ApplicationId.eq(row.id))
        .filter(screening_answer::Column::Form.is_not_in([OWN_FORM, CHOOSER_FORM]))
        .order_by_asc(screening_answer::Column::Form)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = SCREENING_ANSWERS.open(permit, row.id, &row.answers).await?;
        all.push(Measured {
            measure: Name::parse(&row.form).map_err(|why| super::unread("form", row.id, why))?,
            response: plain.reveal().to_owned(),
            at: row.answered_at,
        });
    }
    Ok(all)
}
