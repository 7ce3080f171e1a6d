//! "What helped us": someone who comes to a support group writes it; whoever leads the group looks at it before others see it; others say
//! that it helped them too. Who gave it sees how many it helped, and nobody sees whom (DOMAIN D11).

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::people::{GroupId, PersonId, Role};
use domain::text::Prose;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};

use super::LeadingError;
use super::mine::is_member;
use crate::coming;
use crate::entities::leading::{advice, advice_thanks};
use crate::entities::new_id;
use crate::key::random;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Come, ModerateAdvice, Permitted, SeeAdvice, SeeComing};
use crate::sealed::ADVICE;
use crate::transaction::{StoreError, Transaction};

/// What helped someone, as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub slug: Slug,
    pub words: String,
    /// How many it helped too.
    pub helped: u64,
    /// Whether one said so oneself.
    pub helped_me: bool,
    pub said_at: DateTime<Utc>,
}

/// One's own, as far as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    pub words: String,
    pub state: Look,
    pub helped: u64,
}

/// What whoever leads the group made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Waiting,
    Shown,
    Hidden,
}

impl Look {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Shown, Self::Hidden];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Shown => "shown",
            Self::Hidden => "hidden",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.name() == name)
    }
}

/// Says what helped oneself, to the group of the permit: it waits until who leads it has looked.
pub async fn give(permit: &mut Permit<'_, Come>, words: &Prose) -> Result<(), StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    comes(permit, (person, group)).await?;
    permit.act("advice.give", String::new()).await?;
    let id = new_id(now);
    let row = advice::Model {
        id,
        slug: Slug::from_bits(u64::from_le_bytes(random())).to_string(),
        listing_id: group.0,
        person_id: person.0,
        words: ADVICE.seal(permit.transaction, id, group, words.as_str()).await?,
        state: Look::Waiting.name().to_owned(),
        said_at: now,
        looked_by: None,
        looked_at: None,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(())
}

/// Whether one comes to the support group of the permit; for who does not, it is not there.
pub async fn comes_here(permit: &mut Permit<'_, Come>) -> Result<(), StoreError> {
    let of = (permit.about()?, permit.group()?);
    comes(permit, of).await
}

/// What is shown to who comes to the group of the permit, what helped most first; and one's own.
pub async fn helpful(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
) -> Result<(Vec<Advice>, Vec<Mine>), StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    comes(permit, (person, group)).await?;
    let (mut shown, mut mine) = (Vec::new(), Vec::new());
    for row in rows(permit.db(), group).await? {
        let state = state(&row)?;
        let is_mine = row.person_id == person.0;
        if !is_mine && state != Look::Shown {
            continue;
        }
        let words = words(permit, &row).await?;
        let helped = helped(permit.db(), &row).await?;
        if is_mine {
            mine.push(Mine { words, state, helped });
        } else {
            shown.push(Advice {
                slug: people::slug(&row.slug)?,
                words,
                helped,
                helped_me: helped_one(permit.db(), &row, person).await?,
                said_at: row.said_at,
            });
        }
    }
    shown.sort_by_key(|one| std::cmp::Reverse((one.helped, one.said_at)));
    Ok((shown, mine))
}

/// "This helped me too": once, however often it is said.
pub async fn thank(permit: &mut Permit<'_, Come>, which: &Slug) -> Result<(), LeadingError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    comes(permit, (person, group)).await?;
    let row = by_slug(permit.db(), group, which).await?;
    if row.person_id == person.0 {
        return Err(LeadingError::Own);
    }
    if state(&row)? != Look::Shown {
        return Err(Denied::NoRight.into());
    }
    permit.act("advice.thank", String::new()).await?;
    let thanks = advice_thanks::Model {
        id: new_id(now),
        advice_id: row.id,
        person_id: person.0,
    };
    advice_thanks::Entity::insert(thanks.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(permit.db())
        .await?;
    Ok(())
}

/// All of the group of the permit for who leads it, what waits first; nobody's name stands beside it.
pub async fn to_look_at(permit: &mut Permit<'_, SeeAdvice>) -> Result<Vec<(Advice, Look)>, StoreError> {
    let group = permit.group()?;
    only_who_leads(permit, group).await?;
    let mut all = Vec::new();
    for row in rows(permit.db(), group).await? {
        let one = Advice {
            slug: people::slug(&row.slug)?,
            words: words(permit, &row).await?,
            helped: helped(permit.db(), &row).await?,
            helped_me: false,
            said_at: row.said_at,
        };
        all.push((one, state(&row)?));
    }
    all.sort_by_key(|(one, look)| (*look != Look::Waiting, std::cmp::Reverse(one.said_at)));
    Ok(all)
}

/// Shows it to all who come, or to nobody but who gave it.
pub async fn moderate(
    permit: &mut Permit<'_, ModerateAdvice>,
    which: &Slug,
    look: Look,
) -> Result<(), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    only_who_leads(permit, group).await?;
    let row = by_slug(permit.db(), group, which).await?;
    let by = permit.person().ok_or(Denied::NoRight)?;
    permit.act("advice.moderate", look.name().to_owned()).await?;
    let mut row = row.into_active_model();
    row.state = Set(look.name().to_owned());
    row.looked_by = Set(Some(by.0));
    row.looked_at = Set(Some(now));
    row.update(permit.db()).await?;
    Ok(())
}

/// Members of a room read and write in it; what is shown there is not theirs to say.
async fn only_who_leads<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    group: GroupId,
) -> Result<(), StoreError> {
    if permit.why.role == Some(Role::Member) {
        return Err(Denied::NoRight.into());
    }
    coming::support(permit.db(), group).await?;
    Ok(())
}

/// Someone who said that they come to the support group, or is in it.
async fn comes<A>(
    permit: &Permit<'_, A, impl Transaction>,
    (person, group): (PersonId, GroupId),
) -> Result<(), StoreError> {
    coming::support(permit.db(), group).await?;
    let now = permit.transaction.now();
    if coming::comes(permit.db(), person, group).await? || is_member(permit.db(), person, group, now).await? {
        return Ok(());
    }
    Err(Denied::NoRight.into())
}

async fn rows(db: &DatabaseTransaction, group: GroupId) -> Result<Vec<advice::Model>, StoreError> {
    let rows = advice::Entity::find()
        .filter(advice::Column::ListingId.eq(group.0))
        .order_by_desc(advice::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

async fn by_slug(
    db: &DatabaseTransaction,
    group: GroupId,
    which: &Slug,
) -> Result<advice::Model, StoreError> {
    advice::Entity::find()
        .filter(advice::Column::ListingId.eq(group.0))
        .filter(advice::Column::Slug.eq(which.as_str()))
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

fn state(row: &advice::Model) -> Result<Look, StoreError> {
    Look::named(&row.state).ok_or_else(|| crate::joining::unread("advice", row.id, "no such state"))
}

async fn words<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &advice::Model,
) -> Result<String, StoreError> {
    Ok(ADVICE.open(permit, row.id, &row.words).await?.reveal().to_owned())
}

async fn helped(db: &DatabaseTransaction, row: &advice::Model) -> Result<u64, StoreError> {
    let all = advice_thanks::Entity::find().filter(advice_thanks::Column::AdviceId.eq(row.id));
    Ok(all.count(db).await?)
}

async fn helped_one(
    db: &DatabaseTransaction,
    row: &advice::Model,
    person: PersonId,
) -> Result<bool, StoreError> {
    let mine = advice_thanks::Entity::find()
        .filter(advice_thanks::Column::AdviceId.eq(row.id))
        .filter(advice_thanks::Column::PersonId.eq(person.0));
    Ok(mine.count(db).await? > 0)
}
