//! Bringing the schema up to date when a database is opened, and the copies made before.

mod sealing;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use sea_orm_migration::MigratorTrait;

use crate::engine::{OpenError, begin};
use crate::files;
use crate::key::Key;
use crate::keys::{Keys, Unopened};
use crate::migrations::{self, Migrator};
use crate::sums;
use crate::transaction::StoreError;
use crate::url::DatabaseUrl;

/// Copies kept of a SQLite file from before its upgrades.
const COPIES: u32 = 3;

/// Said first in a transaction on PostgreSQL that changes the schema: of two processes that start at once, the second waits here
/// and then finds nothing left to do.
pub(crate) const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(5343000001)";

/// All migrations that are missing, in one transaction, and the server's key of the database. A schema newer than ours is refused,
/// and so is a ring that does not open what is sealed. Where rows are changed there is a copy first: of a SQLite file beside it, of
/// PostgreSQL what `backup` makes.
pub(crate) async fn run(
    url: &DatabaseUrl,
    writes: &DatabaseConnection,
    keys: &Keys,
    now: DateTime<Utc>,
    backup: impl AsyncFnOnce() -> Result<(), String>,
) -> Result<Key, OpenError> {
    let failed = |why: StoreError| failed(url, &why);
    let applied = known(url, writes).await?;
    if applied.len() == Migrator::migrations().len() {
        return server_key(url, writes, keys).await;
    }
    if applied.iter().any(|version| version == migrations::SEALED) {
        server_key(url, writes, keys).await?;
    }
    match (url.file(), applied.last()) {
        (Some(path), Some(version)) => copy(writes, path, version).await?,
        (None, Some(_)) => backup().await.map_err(|why| OpenError::NoBackup {
            url: url.to_string(),
            why,
        })?,
        (_, None) => {}
    }
    let transaction = begin(writes).await.map_err(|why| failed(why.into()))?;
    if url.file().is_none() {
        transaction
            .execute_unprepared(ONE_AT_A_TIME)
            .await
            .map_err(|why| failed(why.into()))?;
    }
    Migrator::up(&transaction, None)
        .await
        .map_err(|why| failed(why.into()))?;
    if keys.server(&transaction).await.map_err(failed)?.is_none() {
        sealing::begin(url, &transaction, keys, now).await?;
    }
    if !applied.iter().any(|version| version == migrations::FACTS) {
        sealing::facts(&transaction, keys, now).await.map_err(failed)?;
    }
    if url.file().is_some() {
        sums::count_anew(&transaction)
            .await
            .map_err(|why| failed(why.into()))?;
    }
    transaction.commit().await.map_err(|why| failed(why.into()))?;
    server_key(url, writes, keys).await
}

/// Sums up a file that has no sums yet, such as one that was restored.
pub(crate) async fn count(url: &DatabaseUrl, writes: &DatabaseConnection) -> Result<(), OpenError> {
    if url.file().is_none() {
        return Ok(());
    }
    let done = async {
        if sums::are_kept(writes).await? {
            return Ok(());
        }
        let transaction = begin(writes).await?;
        sums::count_anew(&transaction).await?;
        transaction.commit().await
    };
    done.await.map_err(|why: DbErr| failed(url, &why.into()))
}

/// The migrations that a database has had; refused where one is newer than ours.
pub(crate) async fn known(url: &DatabaseUrl, db: &DatabaseConnection) -> Result<Vec<String>, OpenError> {
    let applied = applied(db).await.map_err(|why| failed(url, &why.into()))?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|m| m.name().to_owned())
        .collect();
    if let Some(version) = applied.iter().find(|version| !known.contains(version)) {
        return Err(OpenError::NewerSchema {
            url: url.to_string(),
            version: version.clone(),
        });
    }
    Ok(applied)
}

/// The server's key, if the ring opens it.
async fn server_key(url: &DatabaseUrl, db: &DatabaseConnection, keys: &Keys) -> Result<Key, OpenError> {
    match keys.server(db).await.map_err(|why| failed(url, &why))? {
        Some(Ok(key)) => Ok(key),
        unopened => Err(OpenError::WrongKey {
            url: url.to_string(),
            why: match unopened {
                Some(Err(Unopened::NotInRing)) => "it was sealed by another one",
                Some(Err(Unopened::Changed)) => "what it wrapped was changed",
                _ => "its own key is gone",
            },
        }),
    }
}

fn failed(url: &DatabaseUrl, why: &StoreError) -> OpenError {
    if is_damage(why) {
        return OpenError::NotADatabase(url.to_string());
    }
    OpenError::Upgrade {
        url: url.to_string(),
        why: why.to_string(),
    }
}

/// The names of the migrations that a database has had, oldest first.
pub(crate) async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let table = match db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => "select name from sqlite_master where name = 'seaql_migrations'",
        _ => {
            "select tablename from pg_tables where tablename = 'seaql_migrations' and schemaname = current_schema()"
        }
    };
    let statement = |sql: &str| Statement::from_string(db.get_database_backend(), sql);
    if db.query_one_raw(statement(table)).await?.is_none() {
        return Ok(Vec::new());
    }
    let rows = db
        .query_all_raw(statement("select version from seaql_migrations order by version"))
        .await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

/// What SQLite says of a file that is none of its own, or not any more.
pub(crate) fn is_damage(why: &impl ToString) -> bool {
    let why = why.to_string();
    ["not a database", "malformed"]
        .iter()
        .any(|said| why.contains(said))
}

/// Copies the file beside itself: `sameboat.before-upgrade-1.db` is the newest, the last three are kept.
async fn copy(db: &DatabaseConnection, path: &Path, version: &str) -> Result<(), OpenError> {
    let cannot = |why: String| OpenError::Copy {
        file: path.display().to_string(),
        why,
    };
    let age = |n: u32| path.with_extension(format!("before-upgrade-{n}.db"));
    // The new copy is whole before an old one makes room for it.
    let fresh: PathBuf = path.with_extension("before-upgrade.part");
    std::fs::remove_file(&fresh)
        .or_else(absent_is_fine)
        .map_err(|why| cannot(why.to_string()))?;
    // An empty file is a database to SQLite: made here, the copy is for this user only from its first byte.
    files::private(&fresh).map_err(|why| cannot(why.to_string()))?;
    let into = fresh.display().to_string().replace('\'', "''");
    db.execute_unprepared(&format!("vacuum into '{into}'"))
        .await
        .map_err(|why| cannot(why.to_string()))?;
    for n in (1..COPIES).rev() {
        std::fs::rename(age(n), age(n + 1))
            .or_else(absent_is_fine)
            .map_err(|why| cannot(why.to_string()))?;
    }
    std::fs::rename(&fresh, age(1)).map_err(|why| cannot(why.to_string()))?;
    tracing::info!(copy = %age(1).display(), version, "copied the database before its upgrade");
    Ok(())
}

fn absent_is_fine(why: std::io::Error) -> std::io::Result<()> {
    if why.kind() == std::io::ErrorKind::NotFound {
        return Ok(());
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::clock::Clock as _;
    use domain::groups::Slug;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
    use testing::{TestDatabase, both_engines};

    use super::*;
    use crate::engine::Store;
    use crate::entities::{self, import_row, import_run, listing, new_id, source};

    /// How many sources a copy knows.
    async fn look(path: &Path) -> i64 {
        let db = sea_orm::Database::connect(format!("sqlite:{}", path.display()))
            .await
            .unwrap();
        let statement = Statement::from_string(db.get_database_backend(), "select count(*) as n from source");
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    }

    #[tokio::test]
    async fn the_last_three_copies_from_before_an_upgrade_are_kept_for_their_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it's.db");
        let clock = domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap());
        let store = Store::open(
            &DatabaseUrl::Sqlite(path.clone()),
            Arc::new(clock),
            crate::KeyRing::new([7; 32]),
        )
        .await
        .unwrap();
        for n in 1..=5 {
            let sql = format!("insert into source (id, programme, format) values (x'0{n}', 'p{n}', 'f')");
            store.writes.execute_unprepared(&sql).await.unwrap();
            copy(&store.writes, &path, "m0001_listings").await.unwrap();
        }
        let copies: Vec<PathBuf> = (1..=4)
            .map(|n| folder.path().join(format!("it's.before-upgrade-{n}.db")))
            .collect();
        for (copy, rows) in copies.iter().zip([5, 4, 3]) {
            assert_eq!(look(copy).await, rows, "{}", copy.display());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = std::fs::metadata(copy).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{}", copy.display());
            }
        }
        assert!(!copies[3].exists());
    }

    /// A database that has had so many migrations.
    async fn made_by(migrations: u32, setting: &str) -> DatabaseConnection {
        let made = if setting.starts_with("sqlite:") {
            "?mode=rwc"
        } else {
            ""
        };
        let db = sea_orm::Database::connect(format!("{setting}{made}"))
            .await
            .unwrap();
        Migrator::up(&db, Some(migrations)).await.unwrap();
        db
    }

    /// A database as the first version left it: a feed, its listing and its last run.
    async fn first_version(setting: &str, listing: &listing::Model) {
        let db = made_by(1, setting).await;
        let source = source::Model {
            id: new_id(listing.created_at),
            programme: "Orange County".into(),
            format: "meeting-guide".into(),
        };
        // The columns there were then.
        let run_id = new_id(listing.created_at);
        let run = import_run::ActiveModel {
            id: Set(run_id),
            source_id: Set(source.id),
            state: Set("complete".into()),
            begun_at: Set(listing.created_at),
            touched_at: Set(listing.created_at),
            ended_at: Set(Some(listing.created_at)),
            ..Default::default()
        };
        let row = import_row::ActiveModel {
            id: Set(new_id(listing.created_at)),
            run_id: Set(run_id),
            number: Set(1),
            external_id: Set("a".into()),
            outcome: Set("imported".into()),
            notes: Set("[]".into()),
            ..Default::default()
        };
        let mut listing = listing.clone();
        listing.source_id = Some(source.id);
        source.into_active_model().insert(&db).await.unwrap();
        import_run::Entity::insert(run)
            .exec_without_returning(&db)
            .await
            .unwrap();
        import_row::Entity::insert(row)
            .exec_without_returning(&db)
            .await
            .unwrap();
        listing.into_active_model().insert(&db).await.unwrap();
        db.close().await.unwrap();
    }

    #[both_engines]
    async fn a_database_of_the_first_version_is_copied_gains_its_tables_and_keeps_every_row(
        test: TestDatabase,
    ) {
        let now = test.clock.now();
        let facts = r#"{"title":"Grief table","kind":"support","when":"by-appointment","place":{"online":{}},"seats":"open",
            "how_to_come":{"page":"https://example.org/"},"source":{"feed":{"programme":"Orange County"}}}"#;
        let row = listing::Model {
            id: new_id(now),
            slug: Slug::from_bits(7).to_string(),
            source_id: None,
            external_id: Some("a".into()),
            facts: facts.into(),
            created_at: now,
            changed_at: now,
            gone_on: None,
        };
        first_version(&test.setting(), &row).await;
        let url = DatabaseUrl::parse(&test.setting()).unwrap();
        let store = Store::open(&url, test.clock.clone(), crate::KeyRing::new([7; 32]))
            .await
            .unwrap();
        if let Some(path) = url.file() {
            let copy = path.with_extension("before-upgrade-1.db");
            assert_eq!(look(&copy).await, 1, "the copy is of the database before");
        }
        let names = applied(&store.writes).await.unwrap();
        assert_eq!(
            names,
            [
                "m0001_listings",
                "m0002_providers",
                "m0003_people",
                "m0004_sealed",
                "m0005_corrections",
                "m0006_chain",
                "m0007_backups",
                "m0008_asked",
                "m0009_retention",
                "m0010_joining",
                "m0011_coming",
                "m0012_searches",
                "m0013_measures",
                "m0014_leading",
                "m0015_records",
                "m0016_versions",
                "m0017_facts"
            ]
        );

        let kept = listing::Entity::find().all(&store.writes).await.unwrap();
        assert_eq!((kept.len(), &kept[0].facts), (1, &row.facts));
        let rows = import_row::Entity::find().all(&store.writes).await.unwrap();
        assert_eq!((rows.len(), rows[0].list.as_str()), (1, "groups"));
        let mut reading = store.read(crate::Who::Visitor).await.unwrap();
        let shown = crate::listings::public(&mut reading).await.unwrap();
        assert_eq!(shown[0].listing.title.as_str(), "Grief table");
        assert_eq!(crate::providers::public(&mut reading).await.unwrap(), []);
        drop(reading);
        store.close().await;
        // The next time there is nothing to do, and no copy is made.
        Store::open(&url, test.clock.clone(), crate::KeyRing::new([7; 32]))
            .await
            .unwrap()
            .close()
            .await;
        if let Some(path) = url.file() {
            assert!(!path.with_extension("before-upgrade-2.db").exists());
        }
    }

    /// What the third version kept in plain words, and an audit signed under the key of the file.
    async fn third_version(setting: &str, key: [u8; 32]) {
        let db = made_by(3, setting).await;
        let is_sqlite = setting.starts_with("sqlite:");
        let id = |number: u8| {
            let hex = format!("{number:02x}").repeat(16);
            if is_sqlite {
                format!("x'{hex}'")
            } else {
                format!("'{hex}'")
            }
        };
        let secret = if is_sqlite { "x'0102'" } else { "'\\x0102'" };
        let at = "'2026-11-24 15:00:00+00:00'";
        for sql in [
            format!(
                "insert into person (id, slug, handle, mail, created_at) values ({}, 'bcdfghjk', 'River', 'river@people.example', {at})",
                id(1)
            ),
            format!(
                "insert into person (id, slug, handle, mail, created_at) values ({}, 'bcdfghjm', 'Heron', null, {at})",
                id(2)
            ),
            format!(
                "insert into totp (person_id, secret, confirmed_at, last_step) values ({}, {secret}, {at}, 1)",
                id(1)
            ),
            format!(
                "insert into outbox (id, mail, subject, body, made_at, due_at, tries) values ({}, 'river@people.example', 'A note', 'Please sign in', {at}, {at}, 0)",
                id(3)
            ),
            format!(
                "insert into outbox (id, mail, subject, body, made_at, due_at, tries, sent_at) values ({}, '', 'A note', '', {at}, {at}, 1, {at})",
                id(4)
            ),
            format!(
                "insert into openid_account (id, person_id, issuer, subject, bound_at, used_at) values ({}, {}, 'https://id.example', 'abc', {at}, {at})",
                id(5),
                id(1)
            ),
        ] {
            db.execute_unprepared(&sql).await.unwrap();
        }
        let row = entities::audit::Model {
            id: new_id("2026-11-24T15:00:00Z".parse().unwrap()),
            at: "2026-11-24T15:00:00Z".parse().unwrap(),
            actor: "operator".into(),
            action: "people.invent".into(),
            class: "C12".into(),
            object: String::new(),
            scope: Some("organisation".into()),
            scope_seq: Some(1),
            role: None,
            about: None,
            reason: None,
            request: None,
            mac: None,
        };
        let mac = crate::audit::mac(&crate::audit::macs(&Key::new(key)), &row).to_vec();
        let row = entities::audit::Model {
            mac: Some(mac),
            ..row
        };
        row.into_active_model().insert(&db).await.unwrap();
        db.close().await.unwrap();
    }

    #[both_engines]
    async fn what_the_third_version_kept_in_plain_words_is_sealed_and_its_audit_stays_signed(
        test: TestDatabase,
    ) {
        third_version(&test.setting(), [7; 32]).await;
        let url = DatabaseUrl::parse(&test.setting()).unwrap();
        let wrong = Store::open(&url, test.clock.clone(), crate::KeyRing::new([8; 32])).await;
        assert!(matches!(wrong, Err(OpenError::WrongKey { .. })));
        let store = Store::open(&url, test.clock.clone(), crate::KeyRing::new([7; 32]))
            .await
            .unwrap();
        let writing = store.write(crate::Who::Operator).await.unwrap();
        let (opened, damage) = crate::sealed::check(&writing).await.unwrap();
        assert_eq!(
            (opened, damage),
            (6, Vec::new()),
            "two names, an address, a secret, a letter and to whom"
        );
        let mail = domain::groups::Mail::parse("River@people.example").unwrap();
        let river = crate::people::by_mail(&writing, &mail).await.unwrap().unwrap();
        assert_eq!(
            crate::people::handle(&writing, &river).await.unwrap().as_str(),
            "River"
        );
        let row = entities::audit::Entity::find()
            .one(writing.looking())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            row.mac.as_deref(),
            Some(&crate::audit::mac(&crate::audit::macs(&writing.key), &row)[..])
        );
        drop(writing);
        for column in ["handle_plain", "mail_plain", "body_plain"] {
            for table in ["person", "outbox"] {
                let sql = format!("select {column} from {table}");
                assert!(
                    store.reads.execute_unprepared(&sql).await.is_err(),
                    "{table}.{column}"
                );
            }
        }
    }
}
