//! Who comes for the first time: under a name that nobody else has there, and, without an account, with a code that brings them back.

use domain::access::Strength;
use domain::agreements::Text;
use domain::coming::{Part, Refusal};
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId, Role};
use domain::text::fold;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::ComingError;
use super::saying::{Ask, put};
use crate::audit::Act;
use crate::entities::coming::guest;
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::joining::listing_of;
use crate::key::{Key, Purpose, hex};
use crate::people;
use crate::permit;
use crate::sealed::GUEST_HANDLE;
use crate::signing::code::{self, Code};
use crate::signing::{Method, Proof};
use crate::transaction::Writing;

/// Someone new in a group.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub handle: &'a Handle,
    pub part: Part,
}

/// Someone without an account says that they come. They get one, under that name and without an address; the code is shown once.
pub async fn arrive(
    writing: &mut Writing,
    group: &Slug,
    ask: Ask<'_>,
    defaults: &[Text],
) -> Result<(Proof, Code), ComingError> {
    let group = permit::group(writing.looking(), group).await?;
    let (_, listing) = listing_of(writing.looking(), group).await?;
    Refusal::of_someone_new(&listing)?;
    let handle = ask.handle.ok_or(ComingError::HandleMissing)?;
    let (person, _) = people::create(writing, handle, None).await?;
    let act = Act {
        action: "coming.arrive",
        class: "C16",
        group: Some(group),
        about: Some(person),
        ..Act::default()
    };
    writing.act(act).await?;
    put(writing, (person, group), (ask, None), defaults).await?;
    let code = code::give(writing, person).await?;
    let proof = Proof {
        person,
        method: Method::Code,
        strength: Strength::One,
    };
    Ok((proof, code))
}

/// The row of someone new there. The caller has written down why, in the scope of the group.
pub(super) async fn insert(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    new: New<'_>,
) -> Result<guest::Model, ComingError> {
    let lookup = look_up(&writing.key, group, new.handle);
    let taken = guest::Entity::find()
        .filter(guest::Column::ListingId.eq(group.0))
        .filter(guest::Column::HandleLookup.eq(&lookup))
        .count(writing.looking())
        .await?;
    let since = since(writing, (person, group), new.handle).await?;
    if taken > 0 {
        return Err(ComingError::HandleTaken);
    }
    let (now, id) = (writing.now(), new_id(writing.now()));
    let row = guest::Model {
        id,
        person_id: person.0,
        listing_id: group.0,
        handle: GUEST_HANDLE.seal(writing, id, group, new.handle.as_str()).await?,
        handle_lookup: lookup,
        part: new.part.name().to_owned(),
        regularly_from: None,
        regularly_until: None,
        first_on: since,
        came_at: now,
        over_at: now,
    };
    Ok(row.into_active_model().insert(writing.looking()).await?)
}

/// Since when they were in the group otherwise: those are not new. Nobody takes the name of someone who leads it or is in it.
async fn since(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    handle: &Handle,
) -> Result<Option<chrono::NaiveDate>, ComingError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .all(writing.looking())
        .await?;
    let (now, mut since) = (writing.now(), None);
    for row in rows.iter().filter(|row| people::holds(row, now)) {
        if row.person_id == person.0 {
            let day = (row.role == Role::Member.name()).then(|| row.from_at.date_naive());
            since = since.into_iter().chain(day.and_then(|day| day.pred_opt())).min();
            continue;
        }
        let other = people::row(writing.looking(), PersonId(row.person_id)).await?;
        if folded(&people::handle(writing, &other).await?) == folded(handle) {
            return Err(ComingError::HandleTaken);
        }
    }
    Ok(since)
}

/// By what a name is known to be taken in this group; it cannot be read, and is another one in another group.
pub(super) fn look_up(key: &Key, group: GroupId, handle: &Handle) -> String {
    let folded = folded(handle);
    let parts: [&[u8]; 3] = [b"guest", group.0.as_bytes(), folded.as_bytes()];
    hex(&key.mac(Purpose::LookUp, &parts)[..16])
}

/// "River S." and "river s" are one name; one without letters is what it is.
fn folded(handle: &Handle) -> String {
    let words = fold::words(handle.as_str());
    if words.is_empty() {
        handle.as_str().to_owned()
    } else {
        words.join(" ")
    }
}
