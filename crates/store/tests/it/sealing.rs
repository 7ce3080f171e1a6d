//! What is sealed opens in its place only, by the right key only, and goes on opening while keys are changed (T23).

use crate::common::all_bytes;
use crate::common::people::{House, here};
use domain::clock::Clock;
use domain::people::{Handle, Role};
use sea_orm::ConnectionTrait;
use store::acts::{ChangeAccount, RunListings, SeeRoster};
use store::reports::Reason;
use store::retention::DestroyError;
use store::sealed::{self, Damage};
use store::{KeyRing, On, OpenError, Store, StoreError, Who, groups, hex, people, reports, retention};
use testing::people::{by_link, mail, who};
use testing::{TestDatabase, both_engines};

async fn roster(house: &House) -> Result<Vec<String>, StoreError> {
    let noor = house.two("noor").await;
    let mut reading = house.store.read(noor).await?;
    let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await?;
    let there = people::roster(&mut permit).await?;
    Ok(there.iter().map(|one| one.handle.to_string()).collect())
}

async fn damage(store: &Store) -> (u64, Vec<Damage>) {
    let writing = store.write(Who::Operator).await.unwrap();
    sealed::check(&writing).await.unwrap()
}

/// Some people, letters, and words written in confidence.
async fn house(db: TestDatabase) -> House {
    let house = House::new(db).await;
    house.of_all("noor", Role::Coordinator).await;
    house.here("river", Role::Member).await;
    house.here("heron", Role::Member).await;
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let (group, words) = (here(), Some("The door was locked."));
    let said = reports::make(&mut writing, &group, Reason::Other, words).await;
    assert!(said.unwrap());
    writing.commit().await.unwrap();
    house
}

#[both_engines]
async fn nothing_of_a_person_stands_readable_in_the_database(db: TestDatabase) {
    let house = house(db).await;
    by_link(&house.store, &mail("heron")).await;
    let all = all_bytes(&house.db, &house.other).await;
    assert!(all.contains("coordinator"), "what is not sealed is seen");
    for secret in ["river", "heron", "people.example", "door was locked"] {
        assert!(!all.contains(secret), "{secret}");
        assert!(!all.contains(&hex(secret.as_bytes())), "{secret} as bytes");
    }
    if let Some(file) = house.db.url().file() {
        for name in ["", "-wal"] {
            let bytes = std::fs::read(format!("{}{name}", file.display())).unwrap_or_default();
            let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(
                !has("river") && !has("people.example") && !has("door was locked"),
                "the file{name}"
            );
        }
    }
}

#[both_engines]
async fn a_value_in_another_row_or_column_or_a_shorter_one_does_not_open(db: TestDatabase) {
    let house = house(db).await;
    let (all, none) = damage(&house.store).await;
    assert!(all > 5 && none.is_empty(), "{all} {none:?}");
    let sqlite = house.db.url().file().is_some();
    let shorter = if sqlite {
        "update person set handle = substr(handle, 1, length(handle) - 1) where mail_lookup is not null"
    } else {
        "update person set handle = substring(handle from 1 for length(handle) - 1)"
    };
    let flipped = if sqlite {
        "update person set handle = substr(handle, 1, 40) || x'00' || substr(handle, 42)"
    } else {
        "update person set handle = set_byte(handle, 40, (get_byte(handle, 40) + 1) % 256)"
    };
    for sql in [
        // Of another person.
        "update person set handle = (select p.handle from person p where p.id > person.id order by p.id limit 1) \
         where id = (select min(id) from person)"
            .replace("min(id)", if sqlite { "min(id)" } else { "min(id::text)::uuid" }),
        // Of another column of the same person.
        "update person set handle = mail".to_owned(),
        shorter.to_owned(),
        flipped.to_owned(),
        "update person set handle = data_key.wrapped from data_key where data_key.class = 'C12'".to_owned(),
    ] {
        let kept = "create table kept as select id, handle from person";
        house.other.execute_unprepared(kept).await.unwrap();
        house.other.execute_unprepared(&sql).await.unwrap();
        let (_, found) = damage(&house.store).await;
        assert!(!found.is_empty(), "{sql}");
        assert!(found.iter().all(|one| (one.table, one.column) == ("person", "handle")), "{found:?}");
        for sql in [
            "update person set handle = (select kept.handle from kept where kept.id = person.id)",
            "drop table kept",
        ] {
            house.other.execute_unprepared(sql).await.unwrap();
        }
        assert_eq!(damage(&house.store).await, (all, Vec::new()));
    }
    // A page that would show it says that it is our fault, and shows nothing.
    house
        .other
        .execute_unprepared("update person set handle = mail")
        .await
        .unwrap();
    let noor = house.store.session("nobody").await;
    assert!(noor.unwrap().is_none());
    assert!(matches!(damage(&house.store).await.1.first(), Some(one) if one.column == "handle"));
}

#[both_engines]
async fn another_key_is_refused_and_changes_nothing(db: TestDatabase) {
    let house = house(db).await;
    let before = all_bytes(&house.db, &house.other).await;
    let other = Store::open(house.db.url(), house.db.clock.clone(), KeyRing::new([1; 32])).await;
    let Err(why @ OpenError::WrongKey { .. }) = other else {
        panic!("opened by another key");
    };
    assert!(why.to_string().contains("key file that was used before"), "{why}");
    assert_eq!(all_bytes(&house.db, &house.other).await, before);
}

#[both_engines]
async fn keys_are_rotated_while_people_sign_in_and_a_rotation_that_was_broken_off_is_finished(
    db: TestDatabase,
) {
    let house = house(db).await;
    let there = roster(&house).await.unwrap();
    let values = damage(&house.store).await.0;
    let first = sealed::rotate(&house.store, |_| {}).await.unwrap();
    assert!(first.retired >= 2, "of accounts, and of the group: {first:?}");
    assert_eq!(
        (first.resealed, first.forgotten, first.waiting),
        (values, 0, first.retired)
    );
    assert_eq!(roster(&house).await.unwrap(), there);
    // Someone else, who has the keys from before in memory, goes on reading and writing.
    let other = house.db.store().await;
    sealed::rotate(&house.store, |_| {}).await.unwrap();
    let river = who(&other, &by_link(&other, &mail("river")).await).await;
    let mut writing = other.write(river).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    people::rename(&mut permit, &Handle::parse("rain").unwrap())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert!(roster(&house).await.unwrap().contains(&"rain".to_owned()));
    // An hour later nothing needs the old ones.
    house.db.clock.forward(chrono::TimeDelta::hours(2));
    let later = sealed::rotate(&house.store, |_| {}).await.unwrap();
    assert!(later.forgotten >= first.retired, "{later:?}");
    // Broken off: the keys are retired, and nothing is sealed anew yet.
    let retire = "update data_key set retired_at = created_at where class <> 'server' and retired_at is null";
    house.other.execute_unprepared(retire).await.unwrap();
    let finished = sealed::rotate(&house.store, |_| {}).await.unwrap();
    assert_eq!(
        (finished.retired, finished.resealed > 0),
        (0, true),
        "{finished:?}"
    );
    let (opened, wrong) = damage(&house.store).await;
    assert!(opened >= values && wrong.is_empty(), "{wrong:?}");
}

#[both_engines]
async fn a_new_key_of_the_ring_wraps_all_others_and_the_old_one_may_go(db: TestDatabase) {
    let house = house(db).await;
    let ring = |keys: &[[u8; 32]]| {
        let lines: Vec<String> = keys.iter().map(|key| hex(key)).collect();
        KeyRing::parse(&lines.join("\n"), "a test").unwrap()
    };
    let open =
        async |keys: &[[u8; 32]]| Store::open(house.db.url(), house.db.clock.clone(), ring(keys)).await;
    let both = open(&[[9; 32], [42; 32]]).await.unwrap();
    let rotated = sealed::rotate(&both, |_| {}).await.unwrap();
    assert!(rotated.rewrapped >= 3, "{rotated:?}");
    let new = open(&[[9; 32]]).await.unwrap();
    assert!(damage(&new).await.1.is_empty());
    by_link(&new, &mail("river")).await;
    assert!(matches!(open(&[[42; 32]]).await, Err(OpenError::WrongKey { .. })));
}

#[both_engines]
async fn words_of_one_group_open_by_no_permit_for_another(db: TestDatabase) {
    let house = house(db).await;
    // The report is now, by its rows, one of the other group: its words were sealed for the first.
    let elsewhere =
        "update report set listing_id = (select id from listing where id <> report.listing_id limit 1)";
    let noor = house.two("noor").await;
    let mut writing = house.store.write(noor.clone()).await.unwrap();
    let open = reports::open(&mut writing).await.unwrap();
    assert_eq!(open[0].words, ["The door was locked."]);
    drop(writing);
    house.other.execute_unprepared(elsewhere).await.unwrap();
    let mut writing = house.store.write(noor).await.unwrap();
    let opened = reports::open(&mut writing).await;
    assert!(matches!(opened, Err(StoreError::Unopened { .. })), "{opened:?}");
}

async fn end_here(house: &House) {
    let noor = house.two("noor").await;
    let mut writing = house.store.write(noor).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Group(&here())).await.unwrap();
    let day = house.db.clock.now().date_naive();
    groups::end(&mut permit, &here(), day).await.unwrap();
    writing.commit().await.unwrap();
    house.db.clock.forward(chrono::TimeDelta::days(2));
}

#[both_engines]
async fn what_a_destroyed_key_of_a_group_has_sealed_is_gone_from_a_restored_copy_too(db: TestDatabase) {
    let house = house(db).await;
    let slug = here();
    assert!(matches!(
        retention::destroy(&house.store, &slug).await,
        Err(DestroyError::NotOver(_))
    ));
    end_here(&house).await;
    let noor = house.two("noor").await;
    let mut writing = house.store.write(noor.clone()).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Group(&slug)).await.unwrap();
    let line = crate::common::line("A court asks for it");
    let hold = retention::hold_group(&mut permit, &line).await.unwrap();
    writing.commit().await.unwrap();
    assert!(matches!(
        retention::destroy(&house.store, &slug).await,
        Err(DestroyError::Held(_))
    ));
    let mut writing = house.store.write(noor).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Group(&slug)).await.unwrap();
    retention::release_group(&mut permit, hold).await.unwrap();
    writing.commit().await.unwrap();

    // What a backup from before would bring back.
    let keep = ["data_key", "report_words"]
        .map(|table| format!("create table old_{table} as select * from {table}"));
    for sql in &keep {
        house.other.execute_unprepared(sql).await.unwrap();
    }
    let destroyed = retention::destroy(&house.store, &slug).await.unwrap();
    assert_eq!((destroyed.keys, destroyed.rows), (1, 1));
    assert_eq!(house.count("select count(*) from report_words").await, 0);
    assert!(damage(&house.store).await.1.is_empty());
    assert_eq!(retention::destroy(&house.store, &slug).await.unwrap().keys, 0);

    for table in ["data_key", "report_words"] {
        let sql = format!(
            "insert into {table} select * from old_{table} o where not exists (select 1 from {table} t where t.id = o.id)"
        );
        house.other.execute_unprepared(&sql).await.unwrap();
    }
    let url = store::DatabaseUrl::parse(&house.db.setting()).unwrap();
    let clock = std::sync::Arc::clone(&house.db.clock);
    let restored = Store::open(&url, clock, testing::database::keys()).await.unwrap();
    assert_eq!(house.count("select count(*) from report_words").await, 1);
    let mut writing = restored.write(Who::Operator).await.unwrap();
    let marks = retention::marks(&mut writing).await.unwrap();
    assert_eq!(marks.len(), 1);
    assert_eq!(retention::obey(&mut writing, &marks).await.unwrap(), 1);
    writing.commit().await.unwrap();
    assert_eq!(house.count("select count(*) from report_words").await, 0);
    let again = "select count(*) from audit where action = 'keys.destroy' and reason = 'tombstone'";
    assert_eq!(house.count(again).await, 1);
    // Obeyed once, it is at rest; everything else opens.
    let mut writing = restored.write(Who::Operator).await.unwrap();
    assert_eq!(retention::obey(&mut writing, &marks).await.unwrap(), 0);
    drop(writing);
    assert!(damage(&restored).await.1.is_empty());
}
