//! Invented guests of the demo's support groups: one group with hundreds, of whom some come for the first time and some just listen; one with a
//! handful; one to which nobody has said so yet.

use domain::agreements::Text;
use domain::coming::Part;
use domain::groups::{Kind, Listing, Slug, WebPage};
use domain::people::Handle;
use domain::text::Prose;
use store::Writing;
use store::coming::{ComingError, Invented, invent, invent_entrance};

const FIRST: [&str; 16] = [
    "Quiet", "Early", "Late", "Little", "Old", "New", "Grey", "Green", "Warm", "Slow", "Bright", "Plain",
    "Soft", "Far", "Near", "Salt",
];
const SECOND: [&str; 14] = [
    "Wren", "Maple", "Harbor", "Stone", "Lantern", "Finch", "Meadow", "Ferry", "Birch", "Pebble", "Willow",
    "Sparrow", "Cedar", "Brook",
];

/// The groups are those that the demo's facilitator leads.
pub(super) async fn fill(
    writing: &mut Writing,
    groups: &[(Slug, Listing)],
    texts: &[Text],
) -> Result<(), ComingError> {
    let support: Vec<&Slug> = groups
        .iter()
        .filter(|(_, listing)| listing.kind == Kind::Support)
        .map(|(slug, _)| slug)
        .take(2)
        .collect();
    let names: Vec<Handle> = FIRST
        .iter()
        .flat_map(|first| SECOND.iter().map(move |second| format!("{first} {second}")))
        .filter_map(|name| Handle::parse(&name).ok())
        .collect();
    for (number, group) in support.iter().enumerate() {
        let many = if number == 0 { names.len() } else { 7 };
        let guests: Vec<Invented<'_>> = names.iter().take(many).enumerate().map(guest).collect();
        invent(writing, group, &guests, texts).await?;
        let told = (
            Prose::parse("Side door on the yard, blue lamp. Ring at “Thursday”."),
            WebPage::parse("https://meet.lakeshore.example/the-table"),
        );
        if let (Ok(address), Ok(link)) = told {
            invent_entrance(writing, group, &address, &link).await?;
        }
    }
    Ok(())
}

/// Every seventeenth is there for the first time, every fifth just listens, every third said it for the next meeting only.
fn guest((number, handle): (usize, &Handle)) -> Invented<'_> {
    let weeks = i64::try_from(number % 40).unwrap_or(0) + 1;
    Invented {
        handle,
        part: if number % 5 == 0 { Part::Listen } else { Part::Talk },
        regularly: number % 3 != 0,
        weeks: (number % 17 != 3).then_some(weeks),
    }
}
