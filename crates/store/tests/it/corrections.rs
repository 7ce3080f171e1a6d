//! Fixing a held row: what is said in place of a wrong fact becomes a listing of its feed, holds at the next import, and yields
//! to the feed.

use domain::groups::{Draft, Slug, Source, When};
use domain::mending::{Correction, Fact, Mended, Problem, Unfinished};
use domain::people::Role;
use store::acts::{RunInstallation, RunListings};
use store::feeds::{self, CorrectionState, Ended, FeedId, HeldRow, KeptCorrection, ToFix, Wanted};
use store::imports::{self, Finished, Run, Staged, Summary};
use store::listings::{self, Published};
use store::{On, StoreError, Who};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, is_no};
use crate::common::{feed, held, line, listing, row};

const JOB: Who = Who::Job("feeds");

struct Office {
    house: House,
    feed: FeedId,
}

/// A row whose fact is wrong like this; by appointment else.
fn wrong(number: usize, id: &str, problems: &[(Fact, Option<&str>)]) -> Staged {
    let source = Source::Feed {
        programme: line("Orange County"),
    };
    let draft = Draft {
        when: When::ByAppointment,
        ..Draft::from(listing(&format!("Group {id}"), source))
    };
    let problems = problems.iter().map(|(fact, given)| Problem {
        fact: fact.clone(),
        field: format!("their {fact}"),
        given: given.map(str::to_owned),
        why: format!("“{fact}” is wrong"),
    });
    let unfinished = Unfinished::finish(draft, problems.collect()).unwrap_err();
    Staged {
        listing: Err(unfinished.problems()[0].why.clone()),
        said: vec![("name".into(), format!("Group {id}"))],
        unfinished: Some(unfinished),
        ..held(number, id)
    }
}

fn untitled(id: &str) -> Staged {
    wrong(2, id, &[(Fact::Title, Some("???"))])
}

fn titled(put: &str) -> Correction {
    Correction {
        fact: Fact::Title,
        given: Some("???".into()),
        put: Some(put.into()),
    }
}

impl Office {
    async fn new(db: TestDatabase) -> Self {
        let house = House::new(db).await;
        house.of_all("alex", Role::Admin).await;
        house.of_all("cleo", Role::Coordinator).await;
        let mut writing = house.store.write(house.two("alex").await).await.unwrap();
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
        let wanted = Wanted {
            address: "https://feeds.example/meetings.json".into(),
            programme: "Orange County".into(),
            format: None,
            zone: None,
            licence: None,
            every_hours: 24,
        };
        let feed = feeds::add(&mut permit, &wanted).await.unwrap();
        writing.commit().await.unwrap();
        Self { house, feed }
    }

    async fn begin(&self, rows: &[Staged]) -> Run {
        let mut writing = self.house.store.write(JOB).await.unwrap();
        let run = imports::begin(&mut writing, &feed()).await.unwrap();
        imports::stage(&mut writing, &run, &mut rows.to_vec())
            .await
            .unwrap();
        writing.commit().await.unwrap();
        run
    }

    async fn finish(&self, run: Run) -> Summary {
        let mut reading = self.house.store.read(JOB).await.unwrap();
        let known = feeds::to_fetch(&mut reading, &self.feed.to_string()).await;
        drop(reading);
        let mut writing = self.house.store.write(JOB).await.unwrap();
        let taken = Ended::TakenIn {
            etag: None,
            last_modified: None,
        };
        let known = known.unwrap().unwrap();
        feeds::ended(&mut writing, &known, Some(&run), taken)
            .await
            .unwrap();
        let Finished { groups, .. } = imports::finish(&mut writing, run).await.unwrap();
        writing.commit().await.unwrap();
        self.house.db.clock.forward(chrono::TimeDelta::days(1));
        groups
    }

    async fn import(&self, rows: &[Staged]) -> Summary {
        let run = self.begin(rows).await;
        self.finish(run).await
    }

    async fn cleo(&self) -> Who {
        self.house.two("cleo").await
    }

    async fn fix(
        &self,
        number: u32,
        id: &str,
        puts: &[Correction],
    ) -> Result<Result<Slug, Mended>, StoreError> {
        let mut writing = self.house.store.write(self.cleo().await).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        let done = feeds::correct(&mut permit, self.feed, number, id, puts).await;
        writing.commit().await.unwrap();
        done
    }

    async fn withdraw(&self, one: &KeptCorrection) -> Result<(), StoreError> {
        let mut writing = self.house.store.write(self.cleo().await).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::withdraw(&mut permit, self.feed, one.id).await?;
        writing.commit().await
    }

    async fn held(&self) -> Vec<HeldRow> {
        let mut reading = self.house.store.read(self.cleo().await).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::held(&mut permit, self.feed).await.unwrap()
    }

    async fn to_fix(&self, number: u32) -> Result<ToFix, StoreError> {
        let mut reading = self.house.store.read(self.cleo().await).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::fixable(&mut permit, self.feed, number).await
    }

    async fn corrections(&self) -> Vec<KeptCorrection> {
        let mut reading = self.house.store.read(self.cleo().await).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::corrections(&mut permit, self.feed).await.unwrap()
    }

    /// The listing, by its title, and whether it is in the finder.
    async fn listed(&self) -> Vec<(String, bool)> {
        let mut reading = self.house.store.read(Who::Visitor).await.unwrap();
        let all: Vec<Published> = listings::public(&mut reading).await.unwrap();
        let mut all: Vec<_> = all
            .iter()
            .filter(|one| matches!(one.listing.source, Source::Feed { .. }))
            .map(|one| (one.listing.title.to_string(), one.gone.is_none()))
            .collect();
        all.sort();
        all
    }
}

fn is(title: &str, listed: bool) -> (String, bool) {
    (title.to_owned(), listed)
}

#[both_engines]
async fn a_fixed_row_is_a_listing_of_its_feed_and_stays_one_while_the_feed_says_the_same(db: TestDatabase) {
    let office = Office::new(db).await;
    let summary = office.import(&[row(1, "a", "A"), untitled("x")]).await;
    assert_eq!((summary.held, summary.corrected), (1, 0));
    let fix = office.to_fix(2).await.unwrap();
    assert_eq!(fix.unfinished.unwrap().problems()[0].field, "their title");
    assert!(fix.row.can_be_fixed && fix.corrections.is_empty());

    // What cannot stand there, or is not said, changes nothing.
    let long = "x".repeat(400);
    for put in [Some(long.as_str()), Some(" "), None] {
        let puts = [Correction {
            put: put.map(str::to_owned),
            ..titled("")
        }];
        let mended = office.fix(2, "x", &puts).await.unwrap().unwrap_err();
        assert_eq!((mended.wrong.len(), mended.used.len()), (1, 0));
    }
    assert_eq!(office.house.audited("feeds.correct").await, 0);
    assert_eq!(office.listed().await, [is("A", true)]);

    let slug = office
        .fix(2, "x", &[titled("Night Owls")])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(office.house.audited("feeds.correct").await, 1);
    assert_eq!(office.listed().await, [is("A", true), is("Night Owls", true)]);
    assert_eq!(office.held().await, []);
    assert!(is_no(&office.to_fix(2).await.unwrap_err()), "it is held no more");
    assert!(is_no(&office.fix(2, "x", &[titled("Again")]).await.unwrap_err()));

    // At another place of the next feed, and as wrong as before.
    for _ in 0..2 {
        let mut moved = untitled("x");
        moved.row = 1;
        let summary = office.import(&[moved, row(2, "a", "A")]).await;
        assert_eq!((summary.unchanged, summary.held, summary.corrected), (2, 0, 1));
    }
    let kept = office.corrections().await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].group, Some((slug, "Night Owls".into())));
    assert_eq!(
        (
            kept[0].field.as_str(),
            kept[0].given.as_deref(),
            kept[0].put.as_deref()
        ),
        ("their title", Some("???"), Some("Night Owls"))
    );
    assert_eq!(kept[0].state, CorrectionState::Holds);

    // Not in the feed for once: then the listing is gone, and comes back as it was.
    office.import(&[row(1, "a", "A")]).await;
    assert_eq!(office.listed().await, [is("A", true), is("Night Owls", false)]);
    assert_eq!(office.corrections().await[0].state, CorrectionState::Waits);
    let summary = office.import(&[untitled("x"), row(1, "a", "A")]).await;
    assert_eq!((summary.changed, summary.corrected), (1, 1));
    assert_eq!(office.listed().await, [is("A", true), is("Night Owls", true)]);
}

#[both_engines]
async fn a_feed_that_says_something_else_itself_wins_and_it_is_told(db: TestDatabase) {
    let office = Office::new(db).await;
    office.import(&[row(1, "a", "A"), untitled("x")]).await;
    office
        .fix(2, "x", &[titled("Night Owls")])
        .await
        .unwrap()
        .unwrap();

    // A run that is given up has overruled nothing.
    let run = office.begin(&[row(2, "x", "The Owls")]).await;
    let mut writing = office.house.store.write(JOB).await.unwrap();
    imports::abandon(&mut writing, &run).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(office.corrections().await[0].state, CorrectionState::Holds);

    // It is right now.
    let summary = office.import(&[row(1, "a", "A"), row(2, "x", "The Owls")]).await;
    assert_eq!((summary.changed, summary.corrected), (1, 0));
    assert_eq!(office.listed().await, [is("A", true), is("The Owls", true)]);
    let overruled = office.corrections().await.remove(0);
    assert!(matches!(overruled.state, CorrectionState::Overruled(_)));
    assert!(
        is_no(&office.withdraw(&overruled).await.unwrap_err()),
        "nothing of it holds"
    );

    // Wrong as at first: it has been overruled, so a person says it anew.
    office.import(&[row(1, "a", "A"), untitled("x")]).await;
    assert_eq!(office.listed().await, [is("A", true), is("The Owls", false)]);
    let fix = office.to_fix(2).await.unwrap();
    assert_eq!(fix.corrections.len(), 1, "what was said before is shown");
    office.fix(2, "x", &[titled("Owls")]).await.unwrap().unwrap();
    assert_eq!(office.listed().await, [is("A", true), is("Owls", true)]);
    // Wrong in another way.
    let other = wrong(2, "x", &[(Fact::Title, Some("!!!"))]);
    let summary = office.import(&[row(1, "a", "A"), other]).await;
    assert_eq!((summary.held, summary.corrected), (1, 0));
    assert_eq!(office.held().await[0].reason, "“title” is wrong");
    assert!(
        office
            .corrections()
            .await
            .iter()
            .all(|one| matches!(one.state, CorrectionState::Overruled(_)))
    );
    // What was asked of another row than was seen, or of another value, is not put anywhere.
    assert!(matches!(
        office.fix(2, "y", &[titled("Owls")]).await,
        Err(StoreError::Changed)
    ));
    assert!(office.fix(2, "x", &[titled("Owls")]).await.unwrap().is_err());
}

#[both_engines]
async fn a_second_fact_that_goes_wrong_is_fixed_beside_the_first(db: TestDatabase) {
    let office = Office::new(db).await;
    office.import(&[untitled("x")]).await;
    office
        .fix(2, "x", &[titled("Night Owls")])
        .await
        .unwrap()
        .unwrap();
    let both = wrong(2, "x", &[(Fact::Title, Some("???")), (Fact::Place, None)]);
    let summary = office.import(std::slice::from_ref(&both)).await;
    assert_eq!((summary.held, summary.corrected), (1, 0));
    let fix = office.to_fix(2).await.unwrap();
    let left = fix.unfinished.unwrap();
    assert_eq!(left.problems().len(), 1, "the first holds");
    assert_eq!(fix.row.reason, "“place” is wrong");
    assert_eq!(office.corrections().await[0].state, CorrectionState::Waits);
    let place = Correction {
        fact: Fact::Place,
        given: None,
        put: Some("12 Elm St, Akron".into()),
    };
    office.fix(2, "x", &[place]).await.unwrap().unwrap();
    assert_eq!(office.listed().await, [is("Night Owls", true)]);
    assert_eq!(office.import(&[both]).await.corrected, 1);
    let kept = office.corrections().await;
    assert!(kept.len() == 2 && kept.iter().all(|one| one.state == CorrectionState::Holds));
    // All of a row is taken back at once.
    office.withdraw(&kept[1]).await.unwrap();
    assert_eq!(office.corrections().await, []);
    assert_eq!(office.held().await.len(), 1);
    assert_eq!(office.house.audited("feeds.withdraw-correction").await, 1);
}

#[both_engines]
async fn what_was_fixed_can_be_undone_and_all_is_as_before(db: TestDatabase) {
    let office = Office::new(db).await;
    // One that was never listed, and one that was before it went wrong.
    office.import(&[row(1, "a", "A"), untitled("x")]).await;
    let wrong_a = wrong(1, "a", &[(Fact::Title, Some("???"))]);
    office.import(&[wrong_a.clone(), untitled("x")]).await;
    let before = office.listed().await;
    assert_eq!(before, [is("A", false)]);
    let (facts, gone) = (
        "select count(*) from listing where facts like '%\"title\":\"A\"%'",
        "select count(*) from listing where gone_on = '2026-11-25'",
    );
    let was = (office.house.count(facts).await, office.house.count(gone).await);
    for (number, id, title) in [(1, "a", "A anew"), (2, "x", "X")] {
        office.fix(number, id, &[titled(title)]).await.unwrap().unwrap();
    }
    assert_eq!(office.listed().await, [is("A anew", true), is("X", true)]);
    office.import(&[wrong_a.clone(), untitled("x")]).await;
    for one in office.corrections().await {
        office.withdraw(&one).await.unwrap();
    }
    assert_eq!(office.listed().await, [is("A", false), is("X", false)]);
    assert_eq!(
        (office.house.count(facts).await, office.house.count(gone).await),
        was,
        "what it said, and since when it is gone"
    );
    let held = office.held().await;
    assert_eq!(held.len(), 2);
    assert!(
        held.iter()
            .all(|row| row.reason == "“title” is wrong" && row.can_be_fixed)
    );
    // Nothing of it comes back by itself, and it can be said again.
    assert_eq!(office.import(&[wrong_a, untitled("x")]).await.held, 2);
    office.fix(2, "x", &[titled("X")]).await.unwrap().unwrap();
    assert_eq!(office.listed().await, [is("A", false), is("X", true)]);
}

#[both_engines]
async fn what_is_fixed_while_the_feed_is_read_is_in_what_is_read(db: TestDatabase) {
    let office = Office::new(db).await;
    office.import(&[row(1, "a", "A"), untitled("x")]).await;
    let run = office.begin(&[row(1, "a", "A"), untitled("x")]).await;
    office
        .fix(2, "x", &[titled("Night Owls")])
        .await
        .unwrap()
        .unwrap();
    let summary = office.finish(run).await;
    assert_eq!((summary.unchanged, summary.held, summary.corrected), (2, 0, 1));
    assert_eq!(office.listed().await, [is("A", true), is("Night Owls", true)]);
    assert_eq!(office.corrections().await[0].state, CorrectionState::Holds);
}

#[both_engines]
async fn two_who_fix_one_row_at_once_leave_one_correction(db: TestDatabase) {
    let office = Office::new(db).await;
    office.import(&[untitled("x")]).await;
    let (cleo, alex) = (office.cleo().await, office.house.two("alex").await);
    let mut first = office.house.store.write(cleo).await.unwrap();
    let mut permit = first.permit::<RunListings>(On::Organisation).await.unwrap();
    let puts = [titled("Night Owls")];
    feeds::correct(&mut permit, office.feed, 2, "x", &puts)
        .await
        .unwrap()
        .unwrap();
    let (store, feed) = (office.house.store.clone(), office.feed);
    let second = tokio::spawn(async move {
        let mut writing = store.write(alex).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::correct(&mut permit, feed, 2, "x", &[titled("Early Birds")]).await
    });
    office.house.until_one_waits().await;
    first.commit().await.unwrap();
    assert!(is_no(&second.await.unwrap().unwrap_err()), "it is held no more");
    assert_eq!(office.listed().await, [is("Night Owls", true)]);
}

#[both_engines]
async fn a_dismissed_row_that_is_fixed_is_dismissed_no_more(db: TestDatabase) {
    let office = Office::new(db).await;
    office.import(&[untitled("x"), held(3, "y")]).await;
    let mut writing = office.house.store.write(office.cleo().await).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
    feeds::dismiss(&mut permit, office.feed, 2).await.unwrap();
    writing.commit().await.unwrap();
    assert!(office.to_fix(2).await.unwrap().row.is_dismissed);
    office.fix(2, "x", &[titled("X")]).await.unwrap().unwrap();
    let one = office.corrections().await.remove(0);
    office.withdraw(&one).await.unwrap();
    assert!(!office.to_fix(2).await.unwrap().row.is_dismissed);
    // A row of which nothing can be said in its place is looked at, and not fixed.
    let other = office.to_fix(3).await.unwrap();
    assert!(other.unfinished.is_none() && !other.row.can_be_fixed);
    assert!(is_no(&office.fix(3, "y", &[titled("Y")]).await.unwrap_err()));
}
