//! Who looked at what is kept of a person as a member: for that person, the newest first.

use chrono::{DateTime, Utc};
use domain::access::{Action, Class, Need};
use domain::groups::Slug;
use domain::people::{GroupId, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::reading::{EntryKey, group_of, newest, slug_of};
use super::{BROKE_GLASS, actor_of};
use crate::entities::audit;
use crate::permit::Permit;
use crate::permit::acts::SeeAudit;
use crate::transaction::{StoreError, Transaction};

/// That someone else looked at one's record or changed it: when, as what, and what kind of thing it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub at: DateTime<Utc>,
    pub deed: Deed,
    /// None: the program itself, or by break-glass.
    pub role: Option<Role>,
    pub broke_glass: bool,
    /// In which group they held that role.
    pub group: Option<Slug>,
    pub class: Class,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Saw,
    Changed,
    /// Opened it in an emergency.
    Opened,
    /// Looked, afterwards, at why it was opened.
    Reviewed,
    /// Gave it to someone outside.
    Gave,
}

/// Some looks, and where one reads on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looks {
    pub looks: Vec<Look>,
    pub before: Option<EntryKey>,
}

/// Who looked at the record of the one whom the permit is about. Only what is kept of them as a member counts, whatever
/// else they are here: not their account, and not what they did themselves.
pub async fn about_me(
    permit: &mut Permit<'_, SeeAudit, impl Transaction>,
    before: Option<EntryKey>,
    most: u64,
) -> Result<Looks, StoreError> {
    let about = permit.about()?;
    let classes = Class::ALL.into_iter().filter(|class| is_record(*class));
    let rows = audit::Entity::find()
        .filter(audit::Column::About.eq(about.0))
        .filter(audit::Column::Class.is_in(classes.map(Class::name)))
        .filter(audit::Column::Actor.ne(actor_of(about)))
        .filter(audit::Column::Action.ne("break-glass.close"));
    let (rows, before) = newest(permit.db(), rows, before, most).await?;
    let mut looks = Vec::with_capacity(rows.len());
    for row in rows {
        let said = row.role.as_deref().unwrap_or_default();
        let group = group_of(&row);
        let Some(class) = Class::named(&row.class) else {
            continue;
        };
        looks.push(Look {
            at: row.at,
            deed: deed(&row.action),
            role: Role::named(said),
            broke_glass: said == BROKE_GLASS,
            group: match group {
                Some(id) => slug_of(permit.db(), GroupId(id)).await?,
                None => None,
            },
            class,
        });
    }
    Ok(Looks { looks, before })
}

fn deed(action: &str) -> Deed {
    match action {
        "break-glass.open" => Deed::Opened,
        "break-glass.review" => Deed::Reviewed,
        "disclosures.make" => Deed::Gave,
        action => {
            let known = Action::ALL.iter().find(|known| known.name() == action);
            match known.map(|known| known.need()) {
                Some(Need::Read | Need::Metadata) => Deed::Saw,
                Some(Need::Write) | None => Deed::Changed,
            }
        }
    }
}

/// What is kept of someone as a member: from how to reach them to what was said in a room.
fn is_record(class: Class) -> bool {
    class.can_be_given() && class != Class::Roster
}
