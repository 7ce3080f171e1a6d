//! Invented members of the demo's therapy groups who were screened elsewhere before, one or two of every standing, so that each can be
//! looked at. Who is screened here is in `joining`.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::agreements::Text;
use domain::groups::{Listing, Mail, Slug};
use domain::joining::{BroughtIn, MembershipAct, Reason};
use domain::people::Handle;
use domain::text::Line;
use store::Writing;
use store::joining::{InventedMember, JoiningError, invent_member};

/// Someone, their address before the `@`, their group, and since how many days they are in it.
struct Someone {
    name: &'static str,
    address: &'static str,
    group: usize,
    days: u64,
    signs: Signs,
    stands: Stands,
}

/// Who was brought in is asked for the texts when they sign in.
#[derive(Clone, Copy)]
enum Signs {
    All,
    Nothing,
}

#[derive(Clone, Copy)]
enum Stands {
    Joined,
    Paused,
    Leaving,
    Left,
    Completed,
    DroppedOut,
}

/// In each group those who were there longest come first: sessions and records know them by their place.
const PEOPLE: [Someone; 9] = [
    someone("Sam T.", "sam", 0, 300, Signs::All, Stands::Joined),
    someone("Kim L.", "kim", 0, 290, Signs::All, Stands::Joined),
    someone("Gus N.", "gus", 0, 260, Signs::Nothing, Stands::Joined),
    someone("Cleo F.", "cleo", 0, 240, Signs::All, Stands::Left),
    someone("Dev A.", "dev", 0, 150, Signs::All, Stands::DroppedOut),
    someone("Kim L.", "kim", 1, 280, Signs::Nothing, Stands::Joined),
    someone("Hope J.", "hope", 1, 250, Signs::All, Stands::Leaving),
    someone("Ned C.", "ned", 1, 230, Signs::All, Stands::Paused),
    someone("Vera O.", "vera", 1, 220, Signs::All, Stands::Completed),
];

const fn someone(
    name: &'static str,
    address: &'static str,
    group: usize,
    days: u64,
    signs: Signs,
    stands: Stands,
) -> Someone {
    Someone {
        name,
        address,
        group,
        days,
        signs,
        stands,
    }
}

/// The groups are those that the demo's people lead; a demo with fewer has fewer members.
pub(super) async fn fill(
    writing: &mut Writing,
    groups: &[(Slug, Listing)],
    texts: &[Text],
    now: DateTime<Utc>,
) -> Result<(), JoiningError> {
    let therapy: Vec<&Slug> = super::therapy(groups).take(2).collect();
    for one in &PEOPLE {
        if let Some(group) = therapy.get(one.group) {
            put(writing, one, group, texts, now.date_naive()).await?;
        }
    }
    Ok(())
}

async fn put(
    writing: &mut Writing,
    one: &Someone,
    group: &Slug,
    texts: &[Text],
    today: NaiveDate,
) -> Result<(), JoiningError> {
    let named = (
        Handle::parse(one.name),
        Mail::parse(&format!("{}@lakeshore.example", one.address)),
        Line::parse("Dr. Ames, Harbor Clinic"),
    );
    let (Ok(handle), Ok(mail), Ok(screened_by)) = named else {
        return Ok(());
    };
    let since = today - Days::new(one.days);
    let invented = InventedMember {
        group,
        handle: &handle,
        mail: &mail,
        brought: &BroughtIn { since, screened_by },
        acts: &acts(one.stands, today),
        signs: match one.signs {
            Signs::All => texts.len(),
            Signs::Nothing => 0,
        },
    };
    invent_member(writing, &invented, texts).await
}

/// What was done with the membership, each on its day.
fn acts(stands: Stands, today: NaiveDate) -> Vec<(MembershipAct, NaiveDate)> {
    let ago = |days| today - Days::new(days);
    match stands {
        Stands::Joined => Vec::new(),
        Stands::Paused => vec![(MembershipAct::Pause, today)],
        Stands::Leaving => {
            let goodbye = today + Days::new(9);
            vec![(MembershipAct::Announce { goodbye }, ago(5))]
        }
        Stands::Left => {
            let goodbye = ago(30);
            vec![
                (MembershipAct::Announce { goodbye }, ago(44)),
                (MembershipAct::Leave, goodbye),
            ]
        }
        Stands::Completed => vec![(MembershipAct::Complete, ago(20))],
        Stands::DroppedOut => vec![(MembershipAct::DropOut(Reason::Practical), ago(26))],
    }
}
