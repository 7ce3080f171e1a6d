//! Opening a database: what is made, what is refused, and what is said about it.

use std::path::Path;

use domain::groups::{Slug, Source};
use sea_orm::ConnectionTrait;
use store::{DatabaseUrl, OpenError, Store, Who, health, listings};
use testing::database::{Engine, run};
use testing::{TestDatabase, both_engines};

use crate::common::{listing, outside, publish};

async fn refused(db: &TestDatabase, url: &DatabaseUrl) -> OpenError {
    let opened = Store::open(url, db.clock.clone(), testing::database::keys()).await;
    opened.err().expect("the database is refused")
}

/// A SQLite file beside the test's own, with these bytes.
fn beside(db: &TestDatabase, bytes: &[u8]) -> DatabaseUrl {
    let path = db.url().file().unwrap().with_file_name("other.db");
    std::fs::write(&path, bytes).unwrap();
    DatabaseUrl::Sqlite(path)
}

#[both_engines]
async fn a_database_of_a_newer_version_is_refused(db: TestDatabase) {
    db.store().await.close().await;
    let other = outside(&db).await;
    other
        .execute_unprepared("insert into seaql_migrations (version, applied_at) values ('m9999_tomorrow', 0)")
        .await
        .unwrap();
    let error = refused(&db, db.url()).await;
    assert!(matches!(error, OpenError::NewerSchema { .. }), "{error}");
    assert!(error.to_string().contains("m9999_tomorrow"), "{error}");
}

#[both_engines]
async fn a_listing_that_cannot_be_read_is_left_out_and_told(db: TestDatabase) {
    let store = db.store().await;
    for slug in 1..=3 {
        publish(&store, slug, &listing("Grief table", Source::Own)).await;
    }
    let other = outside(&db).await;
    let (broken, whole) = (Slug::from_bits(1), Slug::from_bits(3));
    other
        .execute_unprepared(&format!(
            "update listing set facts = '{{\"title\": 7}}' where slug = '{broken}'"
        ))
        .await
        .unwrap();
    other
        .execute_unprepared(&format!(
            "update listing set slug = 'NOT A SLUG' where slug = '{}'",
            Slug::from_bits(2)
        ))
        .await
        .unwrap();
    let mut reading = store.read(Who::Visitor).await.unwrap();
    let shown = listings::public(&mut reading).await.unwrap();
    assert_eq!(shown.iter().map(|p| &p.slug).collect::<Vec<_>>(), [&whole]);
    assert!(listings::by_slug(&mut reading, &broken).await.unwrap().is_none());
    drop(reading);
    let health = health::check(&store).await.unwrap();
    assert_eq!((health.listings, health.damaged.len()), (3, 2));
    assert!(
        health
            .damaged
            .iter()
            .any(|(_, why)| why.contains("facts cannot be read"))
    );
}

#[test]
fn a_column_that_cannot_be_read_takes_no_other_listing_with_it() {
    // PostgreSQL keeps its types; SQLite keeps what is there.
    run(Engine::Sqlite, async |db| {
        let store = db.store().await;
        publish(&store, 1, &listing("Grief table", Source::Own)).await;
        publish(&store, 2, &listing("Thursday table", Source::Own)).await;
        let sql = "update listing set id = 'nonsense', changed_at = 'never' where facts like '%Grief%'";
        outside(&db).await.execute_unprepared(sql).await.unwrap();
        let mut reading = store.read(Who::Visitor).await.unwrap();
        let shown = listings::public(&mut reading).await.unwrap();
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].slug, Slug::from_bits(2));
        let damaged = listings::damaged(&mut reading).await.unwrap();
        assert_eq!(damaged[0].0, "a row whose id cannot be read");
    });
}

#[cfg(unix)]
#[test]
fn the_files_of_a_database_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    run(Engine::Sqlite, async |db| {
        let folder = db.url().file().unwrap().with_file_name("made");
        let url = DatabaseUrl::Sqlite(folder.join("sameboat.db"));
        let store = Store::open(&url, db.clock.clone(), testing::database::keys())
            .await
            .unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        let files = std::fs::read_dir(&folder).unwrap();
        let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        assert!(files.len() > 1, "the file and its log are there: {files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        store.close().await;
    });
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept_as_it_is() {
    run(Engine::Sqlite, async |db| {
        let text = b"Dear reader, this is a letter and no database. ".repeat(100);
        let url = beside(&db, &text);
        let error = refused(&db, &url).await;
        assert!(matches!(error, OpenError::NotADatabase(_)), "{error}");
        assert_eq!(std::fs::read(url.file().unwrap()).unwrap(), text);
    });
}

#[test]
fn a_database_with_a_torn_page_is_refused_or_found_broken() {
    run(Engine::Sqlite, async |db| {
        let store = db.store().await;
        for slug in 1..=60 {
            publish(&store, slug, &listing("Grief table", Source::Own)).await;
        }
        store.close().await;
        let whole = std::fs::read(db.url().file().unwrap()).unwrap();
        let pages = whole.len() / 4096;
        assert!(pages > 20, "the test has pages to tear: {pages}");
        for page in 0..pages {
            let mut torn = whole.clone();
            torn[page * 4096..][..4096].fill(0xa5);
            let url = beside(&db, &torn);
            match Store::open(&url, db.clock.clone(), testing::database::keys()).await {
                Err(error) => assert!(
                    matches!(error, OpenError::NotADatabase(_)),
                    "page {page}: {error}"
                ),
                Ok(store) => {
                    let health = health::check(&store).await.unwrap();
                    assert!(
                        !health.broken.is_empty(),
                        "page {page} is torn and nobody says so"
                    );
                    store.close().await;
                }
            }
        }
    });
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    run(Engine::Sqlite, async |db| {
        let file = beside(&db, b"a file where a folder should be");
        let url = DatabaseUrl::Sqlite(file.file().unwrap().join("data/sameboat.db"));
        let error = refused(&db, &url).await;
        assert!(matches!(error, OpenError::Folder { .. }), "{error}");
        assert!(error.to_string().contains("other.db"), "{error}");
    });
}

#[test]
fn a_postgres_that_is_not_there_is_told_without_its_password() {
    run(Engine::Postgres, async |db| {
        let there = db.setting();
        let (server, _) = there.rsplit_once('/').unwrap();
        let no_database = format!("{server}/nobody_made_this").replace("sameboat@", "sameboat:secret@");
        let error = refused(&db, &DatabaseUrl::parse(&no_database).unwrap()).await;
        assert!(error.to_string().contains("nobody_made_this"), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        let no_server = "postgres://sameboat:secret@127.0.0.1:1/x";
        let error = refused(&db, &DatabaseUrl::parse(no_server).unwrap()).await;
        assert!(error.to_string().contains("refused"), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    });
}
