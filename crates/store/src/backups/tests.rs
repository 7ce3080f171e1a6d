//! Backups of the first three schemas, as they were made then, with rows in every table: `fixtures/` has their lines. Every schema since then
//! is in `earlier`.

mod destroyed;
mod earlier;
mod filling;

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use testing::database::{Engine, run};
use testing::{TestDatabase, both_engines};
use tokio::sync::mpsc;

use super::{Everything, LoadError, Loaded, Manifest, SaveError, load, save, schema};
use crate::engine::{OpenError, Store};
use crate::url::DatabaseUrl;
use crate::{KeyRing, Who};

const FIXTURES: [&str; 3] = [
    include_str!("fixtures/m0001_listings.jsonl"),
    include_str!("fixtures/m0002_providers.jsonl"),
    include_str!("fixtures/m0003_people.jsonl"),
];

/// Has rows in every table of its schema, in every kind of column, with and without a value.
const NEWEST: &str = FIXTURES[2];

async fn open(url: &DatabaseUrl) -> Store {
    let clock = domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap());
    Store::open(url, std::sync::Arc::new(clock), KeyRing::new([7; 32]))
        .await
        .unwrap()
}

fn url(db: &TestDatabase) -> DatabaseUrl {
    DatabaseUrl::parse(&db.setting()).unwrap()
}

fn sqlite(folder: &Path, name: &str) -> DatabaseUrl {
    DatabaseUrl::Sqlite(folder.join(name))
}

/// Lines in pieces that end anywhere.
async fn pieces(lines: &[u8]) -> mpsc::Receiver<Vec<u8>> {
    let (to, from) = mpsc::channel(lines.len() / 1000 + 1);
    for piece in lines.chunks(1000) {
        to.send(piece.to_vec()).await.unwrap();
    }
    from
}

async fn loaded(lines: &str, into: &DatabaseUrl) -> Result<Loaded, LoadError> {
    load(pieces(lines.as_bytes()).await, into).await
}

async fn kept(lines: &str, into: &DatabaseUrl) -> Store {
    loaded(lines, into).await.unwrap().keep().await.unwrap();
    open(into).await
}

async fn saved(store: &Store) -> Result<(Manifest, String), SaveError> {
    saved_all(&store.everything(&Who::Operator).unwrap()).await
}

async fn saved_all(all: &Everything) -> Result<(Manifest, String), SaveError> {
    let (to, mut from) = mpsc::channel(1000);
    let manifest = save(all, "0.0.0-test", &to).await?;
    drop(to);
    let mut lines = Vec::new();
    while let Some(piece) = from.recv().await {
        lines.extend(piece);
    }
    Ok((manifest, String::from_utf8(lines).unwrap()))
}

async fn run_sql(store: &Store, sql: &str) {
    store.writes.execute_unprepared(sql).await.unwrap();
}

/// How many rows each table has, by the engine's own count.
async fn counts(db: &DatabaseConnection) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for (name, _) in schema::tables(db).await.unwrap() {
        let sql = format!("select count(*) as n from \"{name}\"");
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        counts.insert(name, row.unwrap().try_get("", "n").unwrap());
    }
    counts
}

/// Every value of a SQLite file by its class and its bytes, as SQLite tells them.
async fn dumped(db: &DatabaseConnection) -> Vec<String> {
    let ask = async |sql: String| {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get::<String>("", "said").unwrap())
            .collect::<Vec<_>>()
    };
    let tables = "select name as said from sqlite_master where type = 'table' and name not in ('seaql_migrations', 'row_sums') order by 1";
    let mut all = Vec::new();
    for table in ask(tables.to_owned()).await {
        let columns = ask(format!("select name as said from pragma_table_info('{table}')")).await;
        let quoted: Vec<_> = columns
            .iter()
            .map(|name| format!("typeof(\"{name}\") || hex(cast(\"{name}\" as blob))"))
            .collect();
        let values = quoted.join(" || ',' || ");
        all.extend(
            ask(format!(
                "select '{table} ' || {values} as said from \"{table}\" order by 1"
            ))
            .await,
        );
    }
    all
}

#[both_engines]
async fn backups_of_the_first_schemas_as_they_were_made_then_become_what_a_new_database_is(db: TestDatabase) {
    let folder = tempfile::tempdir().unwrap();
    let newest = schema::made_by(schema::migrations().len()).await.unwrap();
    for (place, fixture) in FIXTURES.iter().enumerate() {
        let url = match url(&db) {
            DatabaseUrl::Sqlite(_) => sqlite(folder.path(), &format!("{place}.db")),
            postgres @ DatabaseUrl::Postgres(_) => postgres,
        };
        let as_it_was = load(pieces(fixture.as_bytes()).await, &url).await.unwrap();
        assert_eq!(as_it_was.manifest.header.schema, schema::migrations()[..=place]);
        assert_eq!(as_it_was.tables, as_it_was.manifest.tables);
        let before = as_it_was.tables.clone();
        assert!(before.iter().all(|sum| sum.rows == 3), "{before:?}");
        as_it_was.keep().await.unwrap();
        let store = open(&url).await;
        let there: Vec<_> = schema::tables(&store.writes).await.unwrap();
        let there: Vec<_> = there.into_iter().map(|(_, table)| table.unwrap()).collect();
        assert_eq!(there, newest);
        let after = counts(&store.writes).await;
        // Whoever was away for a key when their column was sealed begins anew.
        for sum in before.iter().filter(|sum| sum.table != "ceremony") {
            assert_eq!(after[&sum.table], sum.rows.cast_signed(), "{}", sum.table);
        }
        let mut reading = store.read(Who::Visitor).await.unwrap();
        let shown = crate::listings::public(&mut reading).await.unwrap();
        assert!(
            shown
                .iter()
                .any(|one| one.listing.title.as_str() == "Grief table")
        );
        drop(reading);
        if url.file().is_none() {
            run_sql(&store, "drop schema public cascade; create schema public").await;
        }
        store.close().await;
    }
}

#[both_engines]
async fn every_table_there_is_comes_back_as_it_was_saved(db: TestDatabase) {
    let store = kept(NEWEST, &url(&db)).await;
    // The tables that came since have a row, too.
    let made_at = "'2026-11-24T15:00:00+00:00'";
    let id = if store.url.file().is_some() {
        "x'01970000000000000000000000000001'"
    } else {
        "'01970000-0000-0000-0000-000000000001'"
    };
    run_sql(
        &store,
        &format!("insert into backup values ({id}, {made_at}, 'a.age', 1, 2, 3, 'aa')"),
    )
    .await;
    let (manifest, lines) = saved(&store).await.unwrap();
    let there = counts(&store.writes).await;
    let told: BTreeMap<_, _> = manifest
        .tables
        .iter()
        .map(|sum| (sum.table.clone(), sum.rows.cast_signed()))
        .collect();
    assert_eq!(told, there, "the manifest tells of every table of the engine");
    let filled = there.values().filter(|rows| **rows > 0).count();
    assert!(filled > 30, "nearly every table has rows here: {there:?}");
    let folder = tempfile::tempdir().unwrap();
    let again = kept(&lines, &sqlite(folder.path(), "again.db")).await;
    assert_eq!(saved(&again).await.unwrap().0.tables, manifest.tables);
    if store.url.file().is_some() {
        assert_eq!(dumped(&again.writes).await, dumped(&store.writes).await);
    }
}

#[test]
fn from_sqlite_to_postgres_and_back_every_table_is_the_same() {
    run(Engine::Postgres, async |db| {
        let folder = tempfile::tempdir().unwrap();
        let first = kept(NEWEST, &sqlite(folder.path(), "first.db")).await;
        let (on_sqlite, lines) = saved(&first).await.unwrap();
        let second = kept(&lines, &url(&db)).await;
        let (on_postgres, lines) = saved(&second).await.unwrap();
        let third = kept(&lines, &sqlite(folder.path(), "third.db")).await;
        let (back, _) = saved(&third).await.unwrap();
        assert_eq!(on_postgres.tables, on_sqlite.tables);
        // The numbers of keys are drawn by chance: no count of them is kept on either engine.
        assert!(!on_sqlite.counters.contains_key("data_key.id"));
        assert_eq!(
            (&on_postgres.counters, &back.counters),
            (&on_sqlite.counters, &on_sqlite.counters)
        );
        assert_eq!(back.tables, on_sqlite.tables);
        assert_eq!(
            (&on_postgres.audit, &back.audit),
            (&on_sqlite.audit, &on_sqlite.audit)
        );
        assert_eq!(dumped(&third.writes).await, dumped(&first.writes).await);
        assert!(on_postgres.header.engine.starts_with("PostgreSQL"));
        // Foreign keys are there again.
        let orphan = "insert into password values ('01970000-0000-0000-0000-0000000000ff', 'x', now())";
        let refused = second.writes.execute_unprepared(orphan).await;
        assert!(refused.unwrap_err().to_string().contains("foreign key"));
        second.close().await;
    });
}

/// What is not as it was saved, and what is said of it.
fn damaged() -> Vec<(String, &'static str)> {
    let lines: Vec<&str> = NEWEST.lines().collect();
    let without = |place: usize| {
        let mut lines = lines.clone();
        lines.remove(place);
        lines.join("\n") + "\n"
    };
    let of = |begin: &str| lines.iter().position(|line| line.starts_with(begin)).unwrap();
    let person = of("{\"table\":\"person\"");
    let outbox = of("{\"table\":\"outbox\"");
    let twice = format!(
        "{}\n{}\n",
        lines[..person + 4].join("\n"),
        lines[person..].join("\n")
    );
    vec![
        (String::new(), "no backup"),
        ("[1]\n".to_owned(), "no backup"),
        (
            NEWEST.replacen("\"sameboat_backup\":1", "\"sameboat_backup\":2", 1),
            "newer kind",
        ),
        (
            NEWEST.replace("\"m0003_people\"]", "\"m0003_people\",\"m9999_later\"]"),
            "m9999_later",
        ),
        (
            NEWEST.replace("\"m0002_providers\",", ""),
            "no version leaves the schema",
        ),
        // A row that somebody needs, one that nobody does, a heading, and the manifest.
        (without(person + 1), "damaged"),
        (without(outbox + 1), "outbox is not what its manifest says"),
        (without(outbox), "damaged"),
        (without(lines.len() - 1), "before its manifest"),
        (NEWEST.trim_end().to_owned(), "inside a line"),
        (format!("{NEWEST}[1]\n"), "follows"),
        (twice, "twice"),
        (
            NEWEST.replacen("outbox body 1", "outbox body 7", 1),
            "outbox is not what",
        ),
        (
            NEWEST
                .replacen("\"audit about", "[", 1)
                .replacen("\"audit actor 1\",", "", 1),
            "number of values",
        ),
        (
            NEWEST.replacen("\"2026-01-02T03:04:05.000000Z\"", "\"yesterday\"", 1),
            "no such at",
        ),
        (
            NEWEST.replacen(
                "{\"name\":\"mac\",\"kind\":\"bytes\"}",
                "{\"name\":\"mac\",\"kind\":\"text\"}",
                1,
            ),
            "not one of its schema",
        ),
        (
            NEWEST.replacen("{\"table\":\"outbox\"", "{\"table\":\"outbux\"", 1),
            "not one of its schema",
        ),
        (
            NEWEST.replace("\"counters\":{}", "\"counters\":{\"x.id\":1}"),
            "counts from elsewhere",
        ),
        (
            NEWEST.replace("\"audit\":{\"rows\":3", "\"audit\":{\"rows\":4"),
            "audit ends elsewhere",
        ),
        (
            NEWEST.replacen("\"program\":\"0.1.0\"", "\"program\":\"0.1.1\"", 1),
            "do not go together",
        ),
    ]
}

#[both_engines]
async fn what_is_not_as_it_was_saved_is_refused_in_words_and_leaves_nothing(db: TestDatabase) {
    let url = url(&db);
    for (lines, says) in damaged() {
        let refused = loaded(&lines, &url).await.err().expect("it is refused");
        assert!(refused.to_string().contains(says), "{says}: {refused}");
    }
    if let Some(path) = url.file() {
        let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
    // The place is as empty as before: the whole one goes in.
    let store = kept(NEWEST, &url).await;
    store.close().await;
    let refused = loaded(NEWEST, &url)
        .await
        .err()
        .expect("it is not empty any more");
    assert!(
        matches!(refused, LoadError::Exists(_) | LoadError::NotEmpty(_)),
        "{refused}"
    );
    assert_eq!(counts(&open(&url).await.writes).await["person"], 3);
}

#[test]
fn a_log_that_is_left_of_another_file_is_not_taken_for_one_of_the_restored() {
    run(Engine::Sqlite, async |db| {
        let url = url(&db);
        let log = url.file().unwrap().with_file_name("test.db-wal");
        std::fs::write(&log, "of another").unwrap();
        let refused = loaded(NEWEST, &url).await.err().expect("it is refused");
        assert!(refused.to_string().contains("test.db-wal"), "{refused}");
    });
}

#[test]
fn a_value_that_sqlite_keeps_against_its_column_is_saved_and_only_postgres_refuses_it() {
    run(Engine::Postgres, async |db| {
        let folder = tempfile::tempdir().unwrap();
        let store = kept(NEWEST, &sqlite(folder.path(), "odd.db")).await;
        for set in [
            "made_at = 'never'",
            "due_at = 7",
            "mail = cast(x'fffe' as text)",
            "tries = 'many'",
            "sent_at = x'00'",
            "body = x'01'",
        ] {
            run_sql(&store, &format!("update outbox set {set}")).await;
        }
        let (manifest, lines) = saved(&store).await.unwrap();
        let again = kept(&lines, &sqlite(folder.path(), "again.db")).await;
        assert_eq!(saved(&again).await.unwrap().0.tables, manifest.tables);
        assert_eq!(dumped(&again.writes).await, dumped(&store.writes).await);
        let refused = loaded(&lines, &url(&db)).await.err().expect("it is refused");
        assert!(refused.to_string().contains("outbox"), "{refused}");
    });
}

#[both_engines]
async fn a_schema_that_was_changed_by_hand_is_told_before_a_backup_is_made_of_it(db: TestDatabase) {
    let store = open(&url(&db)).await;
    run_sql(
        &store,
        "create table notes (id integer primary key, body varchar(3))",
    )
    .await;
    assert_eq!(saved(&store).await.unwrap().0.left_out, ["notes"]);
    run_sql(&store, "alter table outbox add column mine text").await;
    let refused = saved(&store).await.unwrap_err().to_string();
    assert!(
        refused.contains("outbox") && refused.contains("column mine"),
        "{refused}"
    );
    run_sql(&store, "drop table outbox").await;
    let refused = saved(&store).await.unwrap_err();
    assert!(
        matches!(&refused, SaveError::Missing(table) if table == "outbox"),
        "{refused}"
    );
}

#[both_engines]
async fn only_the_program_and_its_console_save_everything(db: TestDatabase) {
    let store = open(&url(&db)).await;
    assert!(store.everything(&Who::Visitor).is_err());
    assert!(store.everything(&Who::Job("backups")).is_ok());
}

#[both_engines]
async fn a_database_is_not_upgraded_without_the_backup_that_comes_first(db: TestDatabase) {
    let url = url(&db);
    let as_it_was = load(pieces(NEWEST.as_bytes()).await, &url).await;
    as_it_was.unwrap().keep().await.unwrap();
    let clock = || std::sync::Arc::new(domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap()));
    let key = || KeyRing::new([7; 32]);
    let opened = Store::open_after(&url, clock(), key(), async |_: &Everything| {
        Err("no room".to_owned())
    })
    .await;
    if url.file().is_some() {
        // It has its copy beside the file.
        opened.unwrap().close().await;
        return;
    }
    let refused = opened.err().expect("it is refused");
    assert!(matches!(refused, OpenError::NoBackup { .. }), "{refused}");
    assert!(refused.to_string().contains("no room"), "{refused}");
    // It is as it was, and the backup sees it so.
    let seen = std::sync::Mutex::new(None);
    let backup = async |all: &Everything| {
        let (manifest, _) = saved_all(all).await.map_err(|why| why.to_string())?;
        *seen.lock().unwrap() = Some(manifest);
        Ok(())
    };
    let store = Store::open_after(&url, clock(), key(), backup).await.unwrap();
    let manifest = seen.into_inner().unwrap().expect("a backup");
    assert_eq!(manifest.header.schema, schema::migrations()[..3]);
    assert!(!manifest.is_of_this_version());
    store.close().await;
    // Nothing is left to upgrade, so none is made.
    let again = Store::open_after(&url, clock(), key(), async |_: &Everything| {
        Err("asked".to_owned())
    })
    .await;
    again.unwrap().close().await;
}
