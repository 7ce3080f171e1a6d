//! What was typed into a record and acknowledged is there after the server was killed in the middle of it (SECURITY T12). So many times as
//! many kills as SAMEBOAT_TIMES says.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::{NaiveDate, TimeDelta, Weekday};
use domain::clock::Clock as _;
use domain::groups::{
    Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Online, Phone, Place, Size, Slug, Source, When,
};
use domain::people::Role;
use domain::records::Field;
use domain::schedule::{Minutes, Rule, Schedule};
use domain::text::Line;
use store::acts::SeeRecord;
use store::{On, Store, Who, listings, records};
use testing::people::{by_two, invent, mail, who};
use testing::program::{Program, WITHOUT_LIMITS, post_as};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

fn kills() -> usize {
    let times: usize =
        std::env::var("SAMEBOAT_TIMES").map_or(1, |text| text.parse().expect("a whole number"));
    6 * times
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

/// A therapy group that meets every day, so that there is a session on each.
fn daily(since: NaiveDate) -> Listing {
    let every_day = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let draft = Draft::new(
        line("Anxiety skills"),
        Kind::Therapy,
        Place::Online(Online::default()),
        HowToCome::Organisation {
            phone: Some(Phone::parse("216-555-0142").unwrap()),
            mail: None,
        },
        Source::Own,
    );
    Listing::check(Draft {
        size: Some(Size {
            least: 4,
            most: Some(8),
        }),
        led_by: vec![Leader {
            name: line("Dana"),
            role: LeaderRole::Therapist {
                credentials: line("LPCC-S"),
            },
        }],
        when: When::Scheduled(Schedule {
            zone: "America/New_York".parse().unwrap(),
            from: since,
            time: "10:00:00".parse().unwrap(),
            length: Minutes::new(60).unwrap(),
            rule: Rule::Weekly {
                interval: 1,
                days: every_day.to_vec(),
            },
            until: None,
            skips: Vec::new(),
            moves: Vec::new(),
        }),
        ..draft
    })
    .unwrap()
}

async fn themes(store: &Store, token: &str, group: &Slug, date: NaiveDate) -> String {
    let mut writing = store.write(who(store, token).await).await.unwrap();
    let on = On::Record(group, date);
    let mut permit = writing.permit::<SeeRecord>(on).await.unwrap();
    let sheet = records::session(&mut permit, date).await.unwrap();
    sheet.map_or_else(String::new, |sheet| sheet.words.get(Field::Themes).to_owned())
}

#[both_engines]
async fn no_acknowledged_word_is_lost_by_a_kill_while_one_types(db: TestDatabase) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let folder = tempfile::tempdir().unwrap();
    let mut arguments: Vec<String> = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned).to_vec();
    arguments.extend(WITHOUT_LIMITS.map(str::to_owned));
    let place = folder.path().display().to_string();
    arguments.extend(["--data".to_owned(), place, "--database".to_owned(), db.setting()]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let start = || Program::start(Path::new(PROGRAM), &arguments);
    let mut program = Some(start());
    // Sessions of who signs in are of the server's own time.
    let mut address = program.as_ref().unwrap().address.clone();
    db.clock.keep_up_with(&address);
    let date = db.clock.now().date_naive() - TimeDelta::days(2);
    let mut writing = store.write(Who::Operator).await.unwrap();
    let listing = daily(date - TimeDelta::days(10));
    listings::publish(&mut writing, &group, &listing).await.unwrap();
    writing.commit().await.unwrap();
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;
    let path = format!("/staff/groups/{group}/sessions/{date}/record");
    let next = AtomicUsize::new(0);
    let mut acknowledged = Vec::new();
    for kill in 0..kills() {
        let over = AtomicBool::new(false);
        let typed = std::thread::scope(|scope| {
            let typing = scope.spawn(|| {
                let mut typed = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    let word = format!("word{}", next.fetch_add(1, Ordering::Relaxed));
                    let form = format!("themes={word}&once={word}");
                    match post_as(&address, &path, &dana, &form) {
                        // Each begins on nothing, so both stand there: that is kept, too, and the page says so.
                        Ok(303 | 422) => typed.push(word),
                        Ok(other) => panic!("{word}: {other}"),
                        // The server is gone.
                        Err(_) => break,
                    }
                }
                typed
            });
            // Let it write for a while that is another one each time.
            while next.load(Ordering::Relaxed) < (kill + 1) * 5 + kill % 3 && !typing.is_finished() {
                std::thread::yield_now();
            }
            program.take().unwrap().kill();
            over.store(true, Ordering::Relaxed);
            typing.join().unwrap()
        });
        acknowledged.extend(typed);
        let again = start();
        address.clone_from(&again.address);
        program = Some(again);
        db.clock.keep_up_with(&address);
        let kept = themes(&store, &dana, &group, date).await;
        for word in &acknowledged {
            assert!(
                kept.split_whitespace().any(|one| one == word),
                "{word} was acknowledged and is not in {kept:?}"
            );
        }
    }
    assert!(
        acknowledged.len() >= kills(),
        "only {} were saved",
        acknowledged.len()
    );
    println!("{} kills, {} acknowledged words", kills(), acknowledged.len());
}
