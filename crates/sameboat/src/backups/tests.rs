//! Backups as files: for whom they are, what becomes of damaged ones, and when they are made.

use std::fs;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use chrono::TimeDelta;
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use store::acts::ChangeAccount;
use store::backups::{Manifest, save};
use store::{DatabaseUrl, On, Store, Who, retention};
use testing::database::{Engine, run};
use testing::people::{by_link, invent, mail, who};
use testing::{TestDatabase, both_engines};
use tokio::sync::mpsc;

use super::archive::squeeze;
use super::making::before_upgrade;
use super::moving::move_to;
use super::restoring::loaded;
use super::{Arguments, Output, Plan, Restore, restore, scheduled, tombstones};
use crate::settings::{self, Settings};

/// What the demo's people sign.
fn texts() -> Vec<domain::agreements::Text> {
    content::Content::read(&content::Files::bundled())
        .unwrap()
        .agreements
}

/// A database with the demo's organisation in it, and keys.
struct House {
    db: TestDatabase,
    store: Store,
    folder: tempfile::TempDir,
    recipient: Recipient,
}

impl House {
    async fn new(db: TestDatabase) -> Self {
        let store = db.store().await;
        crate::demo::fill(&store, 7, "2026-11-24".parse().unwrap(), &texts())
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::generate();
        let text = format!("# for tests\n{}\n", identity.to_string().expose_secret());
        fs::write(folder.path().join("identity.txt"), text).unwrap();
        fs::write(folder.path().join("server.key"), testing::database::KEY).unwrap();
        Self {
            db,
            store,
            folder,
            recipient: identity.to_public(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn settings(&self) -> Settings {
        let (database, data) = (self.db.setting(), self.folder.path().display().to_string());
        let flags = clap::Command::new("sameboat").args(settings::arguments());
        let arguments = ["sameboat", "--database", &database, "--data", &data];
        Settings::read(&flags.get_matches_from(arguments)).unwrap()
    }

    fn plan(&self, folder: &str) -> Plan {
        Plan {
            folder: self.path(folder),
            recipients: vec![self.recipient.clone()],
            every: TimeDelta::minutes(15),
        }
    }

    /// By the command.
    async fn backup(&self, to: &Path) -> Result<(), String> {
        let arguments = Arguments {
            to: Some(to.to_owned()),
            recipients: vec![self.recipient.to_string()],
            output: Output::Json,
        };
        let done = super::run(&self.settings(), &arguments).await;
        done.map_err(|why| why.to_string())
    }

    async fn saved(&self) -> Manifest {
        let (to, mut from) = mpsc::channel(1000);
        let all = self.store.everything(&Who::Operator).unwrap();
        let manifest = save(&all, "0.0.0-test", &to).await.unwrap();
        from.close();
        manifest
    }

    /// What is said of a backup that is refused; nothing may be left of the trial.
    async fn refused(&self, from: &Path, identity: &Path) -> String {
        let scratch = tempfile::tempdir().unwrap();
        let to = DatabaseUrl::Sqlite(scratch.path().join("new.db"));
        let refused = loaded(from, identity, &to).await.err();
        let left: Vec<_> = fs::read_dir(scratch.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
        refused.expect("it is refused").to_string()
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[both_engines]
async fn a_backup_is_for_its_reader_only_and_says_its_sum(db: TestDatabase) {
    let house = House::new(db).await;
    let folder = house.path("backups/");
    house.backup(&folder).await.unwrap();
    let names = files(&folder);
    assert_eq!(names.len(), 2, "{names:?}");
    let whose = house.saved().await.header.short();
    assert!(
        names[0].starts_with(&format!("sameboat-{whose}-2026")),
        "{names:?}"
    );
    let file = folder.join(&names[0]);
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let plain = |what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    assert!(!plain("sameboat_backup") && !plain("Lakeshore"));
    let sum = store::hex(&Sha256::digest(&bytes));
    assert_eq!(
        fs::read_to_string(folder.join(&names[1])).unwrap(),
        format!("{sum}  {}\n", names[0])
    );
    #[cfg(unix)]
    for name in &names {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    // Never over one that is there.
    let again = house.backup(&file).await.unwrap_err();
    assert!(again.contains("never written over"), "{again}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
    // The newest of the folder, tried and then kept; with the other one's identity, neither.
    let identity = house.path("identity.txt");
    let new = house.path("new/restored.db");
    for to in [None, Some(format!("sqlite:{}", new.display()))] {
        let asked = Restore {
            from: folder.clone(),
            drill: to.is_none(),
            tombstones: None,
            to,
            identity: identity.clone(),
            output: Output::Words,
        };
        restore(&house.settings(), &asked).await.unwrap();
        assert_eq!(new.exists(), !asked.drill);
    }
    assert_eq!(files(&house.path("new")), ["restored.db"]);
    let other = house.path("other.txt");
    super::keygen(Some(&other)).unwrap();
    assert!(
        super::keygen(Some(&other)).is_err(),
        "an identity is never written over"
    );
    let refused = house.refused(&file, &other).await;
    assert!(refused.contains("another public key"), "{refused}");
}

async fn delete(store: &Store, name: &str) {
    let who = who(store, &by_link(store, &mail(name)).await).await;
    let mut writing = store.write(who).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    retention::delete_myself(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
}

/// How many rows of a restored file this asks for, past the store.
async fn count(file: &Path, sql: &str) -> i64 {
    use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
    let db = Database::connect(format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "it").unwrap()
}

#[both_engines]
async fn who_was_deleted_after_a_backup_is_gone_from_what_is_restored_of_it(db: TestDatabase) {
    let house = House::new(db).await;
    invent(&house.store, "river", &[]).await;
    invent(&house.store, "heron", &[]).await;
    let folder = house.path("backups/");
    house.backup(&folder).await.unwrap();
    let mut settings = house.settings();
    settings.backups = Some(house.plan("backups"));
    delete(&house.store, "river").await;
    let kept = tombstones::keep(&house.store, &settings).await.unwrap();
    assert_eq!(kept, "1 in all, 2 written now.");
    let kept = tombstones::keep(&house.store, &settings).await.unwrap();
    assert_eq!(kept, "1 in all, 0 written now.");
    assert!(files(&folder).contains(&"tombstones.txt".to_owned()));
    let aside = house.path("elsewhere.txt");
    fs::copy(folder.join("tombstones.txt"), &aside).unwrap();

    let deleted = "select count(*) as it from person where deleted_at is not null and mail is null";
    let told = "select count(*) as it from audit where action = 'people.delete' and reason = 'tombstone' and actor = 'operator'";
    let restored = async |name: &str, tombstones: Option<PathBuf>| {
        let file = house.path(name);
        let asked = Restore {
            from: folder.clone(),
            to: Some(format!("sqlite:{}", file.display())),
            identity: house.path("identity.txt"),
            drill: false,
            tombstones,
            output: Output::Words,
        };
        restore(&house.settings(), &asked).await.map(|()| file)
    };
    // By the file that is beside it, by that of the data folder, and by one that is named.
    let (beside, data) = (folder.join("tombstones.txt"), house.path("tombstones.txt"));
    let places = [("a.db", Some(&beside)), ("b.db", Some(&data)), ("c.db", None)];
    for (name, place) in places {
        for file in [&beside, &data] {
            let _ = fs::remove_file(file);
        }
        let named = place.is_none().then(|| aside.clone());
        if let Some(place) = place {
            fs::copy(&aside, place).unwrap();
        }
        let file = restored(name, named).await.unwrap();
        let found = (count(&file, deleted).await, count(&file, told).await);
        assert_eq!(found, (1, 1), "{name}");
    }
    // With none of them they are back: and the next start that has the file deletes them.
    let file = restored("d.db", None).await.unwrap();
    assert_eq!(count(&file, deleted).await, 0);
    fs::copy(&aside, house.path("tombstones.txt")).unwrap();
    let clock = house.db.clock.clone();
    let store = Store::open(
        &DatabaseUrl::Sqlite(file.clone()),
        clock,
        testing::database::keys(),
    )
    .await
    .unwrap();
    tombstones::obey_all(&store, &house.settings()).await.unwrap();
    tombstones::obey_all(&store, &house.settings()).await.unwrap();
    store.close().await;
    assert_eq!((count(&file, deleted).await, count(&file, told).await), (1, 1));
    let missing = restored("e.db", Some(house.path("none.txt"))).await.unwrap_err();
    assert!(missing.to_string().contains("none.txt"), "{missing}");
    assert!(!house.path("e.db").exists());
}

/// Ten cases of each kind of damage, or so many times as many as SAMEBOAT_TIMES says; SAMEBOAT_SEED begins elsewhere.
#[test]
fn damaged_backups_are_refused_in_words_and_leave_nothing() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let times = number("SAMEBOAT_TIMES").unwrap_or(1);
    let mut seed = number("SAMEBOAT_SEED").unwrap_or(7);
    run(Engine::Sqlite, async |db| {
        let house = House::new(db).await;
        let whole = house.path("whole.age");
        house.backup(&whole).await.unwrap();
        let bytes = fs::read(&whole).unwrap();
        let mut somewhere = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let (identity, damaged) = (house.path("identity.txt"), house.path("damaged.age"));
        let mut refused = 0;
        for _ in 0..10 * times {
            let at = somewhere(bytes.len());
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << somewhere(8);
            let cut = bytes[..at].to_vec();
            let longer = [&bytes[..], &bytes[at..]].concat();
            for (what, damage) in [("flipped", flipped), ("cut off", cut), ("longer", longer)] {
                fs::write(&damaged, damage).unwrap();
                let said = house.refused(&damaged, &identity).await;
                assert!(said.contains("damaged"), "{what} at {at}: {said}");
                refused += 1;
            }
        }
        println!("{refused} damaged backups were refused");
        // And the whole one is not.
        let to = DatabaseUrl::Sqlite(house.path("whole.db"));
        loaded(&whole, &identity, &to)
            .await
            .unwrap()
            .keep()
            .await
            .unwrap();
    });
}

#[tokio::test]
async fn a_disk_that_is_full_ends_a_backup_in_words() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self
                .0
                .checked_sub(bytes.len())
                .ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    // Not even the header fits, not all, and all.
    for (room, fits) in [(10, false), (100_000, false), (2_000_000, true)] {
        let readers = [Identity::generate().to_public()];
        let (to, from) = mpsc::channel(100);
        for piece in 0..100_u32 {
            let bytes =
                (0..5000_u32).flat_map(|n| Sha256::digest((n * 100 + piece).to_be_bytes())[..2].to_vec());
            to.send(bytes.collect()).await.unwrap();
        }
        drop(to);
        let bar = ProgressBar::hidden();
        let packed =
            tokio::task::spawn_blocking(move || squeeze(from, Full(room), &readers, &bar).map(|_| ()));
        let why = packed.await.unwrap().err().map(|why| why.kind());
        assert_eq!(why, (!fits).then_some(std::io::ErrorKind::StorageFull));
    }
}

#[both_engines]
async fn a_backup_is_made_when_something_was_done_or_a_day_went_by(db: TestDatabase) {
    let house = House::new(db).await;
    let plan = house.plan("backups");
    let made = async || scheduled(&house.store, Some(&plan)).await.unwrap();
    assert!(
        scheduled(&house.store, None)
            .await
            .unwrap()
            .contains("--backup-to")
    );
    assert!(made().await.contains("rows"));
    house.db.clock.forward(TimeDelta::minutes(15));
    assert!(made().await.contains("Nothing was done"));
    invent(&house.store, "somebody", &[]).await;
    assert!(made().await.contains("rows"));
    assert_eq!(files(&plan.folder).len(), 4);
    house.db.clock.forward(TimeDelta::days(1));
    // The first of a day that is over makes room for the last of it.
    assert!(made().await.contains("1 older ones taken away"));
    assert_eq!(files(&plan.folder).len(), 4);
    // Its file is gone: it is made again.
    fs::remove_file(plan.folder.join(&files(&plan.folder)[2])).unwrap();
    house.db.clock.forward(TimeDelta::minutes(1));
    assert!(made().await.contains("rows"));
    let manifest = house.saved().await;
    let known = manifest.tables.iter().find(|sum| sum.table == "backup").unwrap();
    assert_eq!(known.rows, 3);
}

#[both_engines]
async fn before_an_upgrade_a_backup_is_made_where_one_is_set_up(db: TestDatabase) {
    let house = House::new(db).await;
    let all = house.store.everything(&Who::Operator).unwrap();
    before_upgrade(&all, None).await.unwrap();
    before_upgrade(&all, Some(&house.plan("backups"))).await.unwrap();
    assert_eq!(files(&house.path("backups")).len(), 2);
    let refused = before_upgrade(&all, Some(&house.plan("server.key"))).await;
    let refused = refused.expect_err("a file is no folder");
    assert!(refused.contains("cannot be written"), "{refused}");
}

#[test]
fn everything_moves_from_sqlite_to_postgres_and_an_installation_goes_on_there() {
    run(Engine::Postgres, async |postgres| {
        let folder = tempfile::tempdir().unwrap();
        let file = DatabaseUrl::Sqlite(folder.path().join("sameboat.db"));
        let (clock, keys) = (postgres.clock.clone(), testing::database::keys());
        let store = Store::open(&file, clock, keys).await.unwrap();
        crate::demo::fill(&store, 7, "2026-11-24".parse().unwrap(), &texts())
            .await
            .unwrap();
        store.close().await;
        let database = format!("{file}");
        move_to(&database, &postgres.setting()).await.unwrap();
        let store = postgres.store().await;
        let mut reading = store.read(Who::Visitor).await.unwrap();
        assert!(store::listings::public(&mut reading).await.unwrap().len() > 400);
        drop(reading);
        invent(&store, "somebody", &[]).await;
        // Once is enough.
        let again = move_to(&database, &postgres.setting()).await;
        let again = again.expect_err("it is not empty any more").to_string();
        assert!(
            again.contains("is not empty") && again.contains("Nothing was moved"),
            "{again}"
        );
        store.close().await;
    });
}
