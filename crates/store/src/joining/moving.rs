//! Somebody who waits for any group that fits goes on in another one: their way ends here and begins there, in one change.

use domain::access::Denied;
use domain::groups::Slug;
use domain::joining::{Act, Application};
use domain::text::Prose;

use super::asking::{Begun, begin};
use super::stepping::{moved, write_letter};
use super::{JoiningError, Told, tell, within};
use crate::audit;
use crate::people;
use crate::permit::On;
use crate::permit::acts::Decide;
use crate::transaction::Writing;

/// Takes them on to that group, with the letter that they read there; and gives what began there. Who does that may decide in both groups.
/// What was answered, noted and spoken about stays where it was said: those who lead the one group were told it, and nobody else.
pub async fn move_on(
    writing: &mut Writing,
    (which, to): (&Slug, &Slug),
    words: &Prose,
    told: &Told<'_>,
) -> Result<Slug, JoiningError> {
    let permit = writing.permit::<Decide>(On::Group(to)).await?;
    let (next, taking) = (permit.group()?, permit.why);
    let permit = writing.permit::<Decide>(On::Application(which)).await?;
    let (person, here, leaving) = (permit.about()?, permit.group()?, permit.why);
    let by = permit.person().ok_or(Denied::NoRight)?;
    let row = within(permit.db(), which, (person, here)).await?;
    if here == next {
        return Err(Denied::NoRight.into());
    }
    let act = |action, group, why| audit::Act {
        action,
        class: "C15",
        object: row.id.simple().to_string(),
        group: Some(group),
        about: Some(person),
        why: Some(why),
        reason: None,
    };
    // Both groups are held until the commit, and first the same of the two whoever is moved between them.
    let mut acts = [
        act("joining.move-on", here, leaving),
        act("joining.take-on", next, taking),
    ];
    acts.sort_by_key(|act| act.group);
    for act in acts {
        writing.act(act).await?;
    }
    let (before, way) = moved(writing, row.id, Act::MoveOn(to.clone()), Some(by)).await?;
    let begun = Begun {
        person,
        group: next,
        age: super::age(&before.age, before.id)?,
        way: Application::taken_on(before.asked_at, way.moved_at()),
        act: "take-on",
        by,
    };
    let row = begin(writing, begun, told).await?;
    write_letter(writing, &row, Some(by), words).await?;
    let body = (told.person)(&row.slug);
    tell(writing, person, told.subject, &body).await?;
    Ok(people::slug(&row.slug)?)
}
