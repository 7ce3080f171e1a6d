//! Opening a database: what is made, what is refused, and what is said about it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::path::Path;

use domain::groups::Slug;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use store::{DatabaseUrl, OpenError, Store, Who, health, listings};
use testing::{TestDatabase, both_engines};

/// The same database as someone else sees it who has the address.
async fn outside(db: &TestDatabase) -> DatabaseConnection {
    Database::connect(db.setting()).await.unwrap()
}

async fn refused(db: &TestDatabase) -> OpenError {
    Store::open(db.url(), db.clock.clone())
        .await
        .err()
        .expect("the database is refused")
}

#[both_engines]
async fn a_database_of_a_newer_version_is_refused(db: TestDatabase) {
    db.store().await.close().await;
    outside(&db)
        .await
        .execute_unprepared("insert into seaql_migrations (version, applied_at) values ('m9999_tomorrow', 0)")
        .await
        .unwrap();
    let error = refused(&db).await;
    assert!(matches!(error, OpenError::NewerSchema { .. }), "{error}");
    assert!(error.to_string().contains("m9999_tomorrow"), "{error}");
}

#[both_engines]
async fn a_listing_that_breaks_a_rule_is_left_out_and_told(db: TestDatabase) {
    let store = db.store().await;
    outside(&db)
        .await
        .execute_unprepared(
            "insert into listing (id, slug, facts, created_at, changed_at) values
             ('0192f000-0000-7000-8000-000000000001', 'abcdefghjk', '{\"title\": 7}',
              '2026-11-24 15:00:00+00:00', '2026-11-24 15:00:00+00:00')",
        )
        .await
        .unwrap();
    let mut reading = store.read(Who::Visitor).await.unwrap();
    assert_eq!(listings::public(&mut reading).await.unwrap(), []);
    let slug = Slug::parse("abcdefghjk").unwrap();
    assert!(listings::by_slug(&mut reading, &slug).await.unwrap().is_none());
    let damaged = health::check(&store).await.unwrap().damaged;
    assert_eq!(damaged.len(), 1);
    assert_eq!(damaged[0].0, "0192f000-0000-7000-8000-000000000001");
}

#[cfg(unix)]
#[both_engines]
async fn the_files_of_a_database_are_for_their_owner_only(db: TestDatabase) {
    use std::os::unix::fs::PermissionsExt;
    let Some(path) = db.url().file() else { return };
    let folder = path.with_file_name("made");
    let url = DatabaseUrl::Sqlite(folder.join("sameboat.db"));
    let store = Store::open(&url, db.clock.clone()).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() > 1, "the file and its log are there: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    store.close().await;
}
