//! An SQLite file that does not say any more what was written is found out (SECURITY T16). So many flips as SAMEBOAT_TIMES says times
//! 150; SAMEBOAT_SEED begins elsewhere.

use crate::common::people::House;
use crate::common::{listing, outside, publish};
use domain::groups::{Slug, Source};
use domain::people::Role;
use sea_orm::{ConnectionTrait, Database, Statement};
use store::{DatabaseUrl, Store, Who, health, listings, sums};
use testing::TestDatabase;
use testing::database::{Engine, run};
use testing::random::{Random, told};

async fn damage(store: &Store) -> Vec<String> {
    sums::damage(store).await.unwrap()
}

#[test]
fn sums_follow_every_kind_of_change_and_every_process() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let house = House::new(db).await;
        let store = &house.store;
        assert_eq!(damage(store).await, Vec::<String>::new());
        house.here("river", Role::Leader).await;
        let other = house.db.store().await;
        for (number, store) in (1..20).zip([store, &other].into_iter().cycle()) {
            publish(
                store,
                number % 7,
                &listing(&format!("Table {number}"), Source::Own),
            )
            .await;
        }
        let _ = house.two("river").await;
        // What is given up leaves nothing.
        let mut writing = store.write(Who::Operator).await.unwrap();
        let one = listing("Given up", Source::Own);
        listings::publish(&mut writing, &Slug::from_bits(99), &one)
            .await
            .unwrap();
        drop(writing);
        publish(store, 98, &one).await;
        store::sealed::rotate(store, |_| {}).await.unwrap();
        house.db.clock.forward(chrono::TimeDelta::hours(2));
        store::sealed::rotate(&other, |_| {}).await.unwrap();
        assert_eq!(damage(store).await, Vec::<String>::new());
        assert_eq!(damage(&house.db.store().await).await, Vec::<String>::new());
    });
}

#[test]
fn what_is_changed_past_the_program_is_told_by_table() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let store = db.store().await;
        for number in 1..4 {
            publish(&store, number, &listing("Tuesday", Source::Own)).await;
        }
        let other = outside(&db).await;
        let one = "(select id from listing limit 1)";
        let run = async |sql: String| {
            other.execute_unprepared(&sql).await.unwrap();
        };
        run(format!(
            "update listing set facts = replace(facts, 'Tuesday', 'Tuesdaz') where id = {one}"
        ))
        .await;
        assert_eq!(
            damage(&store).await,
            ["a row of listing does not say what was written"]
        );
        run(format!("delete from listing where id = {one}")).await;
        assert_eq!(damage(&store).await, ["listing has 2 rows, and 3 were written"]);
    });
}

/// All that any question could be answered from, by a reader of its own: every row of every table and index, and what the schema is.
async fn all(setting: &str) -> Result<Vec<String>, sea_orm::DbErr> {
    let db = Database::connect(format!("{setting}?mode=ro")).await?;
    let ask = async |sql: String| {
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?;
        rows.iter()
            .map(|row| row.try_get::<String>("", "it"))
            .collect::<Result<Vec<_>, _>>()
    };
    let mut found = Vec::new();
    let done = async {
        found.extend(
            ask("select quote(name) || quote(tbl_name) || quote(sql) as it from sqlite_master".into())
                .await?,
        );
        found.extend(ask("select integrity_check as it from pragma_integrity_check".into()).await?);
        for table in ask("select name as it from sqlite_master where type = 'table'".into()).await? {
            let columns = ask(format!(
                "select 'quote(\"' || name || '\")' as it from pragma_table_info('{table}')"
            ))
            .await?;
            found.extend(ask(format!("select {} as it from \"{table}\"", columns.join(" || "))).await?);
        }
        Ok(())
    };
    let done: Result<(), sea_orm::DbErr> = done.await;
    db.close().await?;
    done.map(|()| found)
}

/// Whether opening it, its check or its sums say that something is wrong.
async fn is_found_out(db: &TestDatabase) -> bool {
    let opened = Store::open(db.url(), db.clock.clone(), testing::database::keys()).await;
    let Ok(store) = opened else { return true };
    let checked = health::check(&store).await;
    let well = checked.is_ok_and(|found| {
        found.broken.is_empty() && found.damaged.is_empty() && found.damaged_providers.is_empty()
    });
    let found_out = !well || sums::damage(&store).await.is_ok_and(|damage| !damage.is_empty());
    store.close().await;
    found_out
}

#[test]
fn of_a_hundred_bits_that_turn_in_what_is_there_one_is_missed_at_most() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let house = House::new(db.clone()).await;
        for number in 0..120 {
            publish(
                &house.store,
                1000 + number,
                &listing(&format!("Table {number}"), Source::Own),
            )
            .await;
        }
        for name in ["river", "dana", "joan", "noor"] {
            house.here(name, Role::Leader).await;
        }
        drop(house.two("river").await);
        house.store.close().await;
        house.other.close().await.unwrap();
        let DatabaseUrl::Sqlite(path) = db.url() else {
            unreachable!("it is a file")
        };
        let setting = db.setting();
        let whole = std::fs::read(path).unwrap();
        assert!(
            !path.with_extension("db-wal").exists(),
            "all of it is in the file"
        );
        let right = all(&setting).await.unwrap();
        assert!(!is_found_out(&db).await, "there is nothing to find");
        let mut random = Random(told("SAMEBOAT_SEED", 7) as u64);
        let (flips, mut live, mut missed) = (150 * told("SAMEBOAT_TIMES", 1), 0, Vec::new());
        for _ in 0..flips {
            let bit = random.below(whole.len() * 8);
            let mut turned = whole.clone();
            turned[bit / 8] ^= 1 << (bit % 8);
            for beside in ["db-wal", "db-shm"] {
                let _ = std::fs::remove_file(path.with_extension(beside));
            }
            std::fs::write(path, &turned).unwrap();
            let there = all(&setting).await;
            if there.as_ref().is_ok_and(|there| *there == right) {
                continue;
            }
            live += 1;
            if !is_found_out(&db).await {
                let there = there.map(|there| there.into_iter().find(|said| !right.contains(said)));
                missed.push((bit, there.map_err(|why| why.to_string())));
            }
        }
        println!(
            "{live} of {flips} flips hit what is there; {} missed",
            missed.len()
        );
        // Most of a small file is empty pages.
        assert!(live > flips / 20 && missed.len() * 100 <= live, "{missed:?}");
    });
}
