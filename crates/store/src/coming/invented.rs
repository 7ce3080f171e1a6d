//! Invented guests of the demo's support groups, for its job only. What they say goes the same way as anybody's.

use chrono::TimeDelta;
use domain::access::Denied;
use domain::agreements::Text;
use domain::coming::{Part, ahead};
use domain::groups::{Slug, WebPage};
use domain::people::{GroupId, Handle};
use domain::text::Prose;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::saying::{Ask, When, put};
use super::{ComingError, row_of, support};
use crate::agreements;
use crate::audit::Act;
use crate::entities::coming::entrance;
use crate::entities::new_id;
use crate::sealed::{ENTRANCE_ADDRESS, ENTRANCE_LINK};
use crate::transaction::{StoreError, Who, Writing};
use crate::{people, permit};

/// Someone invented.
pub struct Invented<'a> {
    pub handle: &'a Handle,
    pub part: Part,
    /// To every meeting, or to the next one only.
    pub regularly: bool,
    /// They have come for so many weeks already; none: it is their first time.
    pub weeks: Option<i64>,
}

/// Puts these in. Where a group has no meeting ahead, nobody comes.
pub async fn invent(
    writing: &mut Writing,
    group: &Slug,
    all: &[Invented<'_>],
    texts: &[Text],
) -> Result<(), ComingError> {
    let group = begun(writing, group).await?;
    let (_, listing) = support(writing.looking(), group).await?;
    let Some(next) = ahead(&listing, writing.now()).first().map(|meeting| meeting.date) else {
        return Ok(());
    };
    for one in all {
        let (person, _) = people::create(writing, one.handle, None).await?;
        let rules = agreements::rules_owed(writing.looking(), person, group, texts).await?;
        let hash = rules.map(|rules| rules.hash());
        let when = if one.regularly {
            When::Regularly
        } else {
            When::On(next)
        };
        let ask = Ask {
            when,
            part: Some(one.part),
            handle: Some(one.handle),
            rules: hash.as_ref(),
        };
        put(writing, (person, group), (ask, None), texts).await?;
        let row = row_of(writing.looking(), person, group).await?;
        if let (Some(weeks), Some(row)) = (one.weeks, row) {
            let mut row = row.into_active_model();
            row.first_on = Set(Some(next - TimeDelta::weeks(weeks)));
            row.update(writing.looking()).await?;
        }
    }
    Ok(())
}

/// How one gets into every meeting of a group.
pub async fn invent_entrance(
    writing: &mut Writing,
    group: &Slug,
    address: &Prose,
    link: &WebPage,
) -> Result<(), ComingError> {
    let group = begun(writing, group).await?;
    let (now, id) = (writing.now(), new_id(writing.now()));
    let row = entrance::Model {
        id,
        listing_id: group.0,
        meets_on: None,
        address: Some(
            ENTRANCE_ADDRESS
                .seal(writing, id, group, address.as_str())
                .await?,
        ),
        link: Some(ENTRANCE_LINK.seal(writing, id, group, link.as_str()).await?),
        set_by: None,
        set_at: now,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Written down in the scope of the group, for the demo's job and nobody else.
async fn begun(writing: &mut Writing, group: &Slug) -> Result<GroupId, StoreError> {
    if writing.who != Who::Job("demo") {
        return Err(Denied::NoRight.into());
    }
    let group = permit::group(writing.looking(), group).await?;
    let act = Act {
        action: "coming.invent",
        class: "C16",
        group: Some(group),
        ..Act::default()
    };
    writing.act(act).await?;
    Ok(group)
}
