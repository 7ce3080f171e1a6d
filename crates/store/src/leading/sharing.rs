//! Curricula across groups: what is planned in order for one is taken for another, and nothing about people with it.

use domain::access::Relation;
use domain::groups::Slug;
use domain::people::GroupId;
use domain::sessions::Curriculum;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::curricula::{Course, CourseId, read, row};
use crate::entities::leading::curriculum;
use crate::joining::listing_of;
use crate::permit::acts::{ChangePlans, SeePlans};
use crate::permit::{self, Permit};
use crate::transaction::{StoreError, Transaction};

/// A curriculum of another group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub group: Slug,
    pub title: String,
    pub course: Course,
}

/// Those of all groups but that of the permit whose plans the one who asks may see: by group, then by name.
pub async fn courses_elsewhere<T: Transaction>(
    permit: &mut Permit<'_, ChangePlans, T>,
) -> Result<Vec<Elsewhere>, StoreError> {
    let standing = permit::standing(&*permit.transaction).await?;
    let rows = curriculum::Entity::find()
        .filter(curriculum::Column::ListingId.ne(permit.group()?.0))
        .order_by_asc(curriculum::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let group = GroupId(row.listing_id);
        let relation = Relation {
            group: Some(group),
            ..Relation::default()
        };
        let Ok(there) = permit::by::<SeePlans, T>(&mut *permit.transaction, &standing, relation) else {
            continue;
        };
        let course = read(&there, &row).await?;
        let (slug, listing) = listing_of(there.db(), group).await?;
        all.push(Elsewhere {
            group: slug,
            title: listing.title.to_string(),
            course,
        });
    }
    all.sort_by_cached_key(|one| (one.title.clone(), one.course.curriculum.name.to_string()));
    Ok(all)
}

/// One of the group of the permit, as another group can have it.
pub async fn course_for_another(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
    which: CourseId,
) -> Result<Curriculum, StoreError> {
    let row = row(permit, which).await?;
    Ok(read(permit, &row).await?.curriculum.for_another())
}
