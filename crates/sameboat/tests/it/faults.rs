//! What was acknowledged is there, once, whatever is killed meanwhile (SECURITY T12, T18). So many times as many as SAMEBOAT_TIMES says;
//! `cargo xtask assure faults` asks for more.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, RwLock};

use domain::people::Role;
use store::{DatabaseUrl, Store, Who, listings, reports};
use testing::clock::TestClock;
use testing::database::{Engine, run};
use testing::people::{by_two, invent, mail, who};
use testing::postgres::{self, Cluster};
use testing::program::{Program, WITHOUT_LIMITS, command, get, post};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");
const WRITERS: usize = 8;

fn times() -> usize {
    std::env::var("SAMEBOAT_TIMES").map_or(1, |text| text.parse().expect("a whole number"))
}

/// A server that is killed now and then, and writers that send each form until it is acknowledged.
struct House {
    arguments: Vec<String>,
    program: Mutex<Option<Program>>,
    address: Arc<RwLock<String>>,
    folder: tempfile::TempDir,
}

impl House {
    fn new(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--trusted-proxies",
            "127.0.0.1",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.extend(WITHOUT_LIMITS.map(str::to_owned));
        let data = folder.path().display().to_string();
        arguments.extend([
            "--data".to_owned(),
            data,
            "--database".to_owned(),
            database.to_owned(),
        ]);
        let house = Self {
            arguments,
            program: Mutex::new(None),
            address: Arc::default(),
            folder,
        };
        house.import();
        house.start();
        house
    }

    fn run(&self, name: &str, more: &[&str]) -> String {
        let mut program = command(Path::new(PROGRAM));
        program
            .arg(name)
            .args(more)
            .args(&self.arguments[self.arguments.len() - 4..]);
        let output = program.output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        said
    }

    /// A group for each writer.
    fn import(&self) {
        let mut rows = String::new();
        for number in 0..WRITERS {
            let _ = write!(
                rows,
                r#"{}{{"slug":"g{number}","name":"Table {number}","day":1,"time":"19:00","formatted_address":"3186 Pullman St, Costa Mesa, CA 92626, USA","url":"https://example.org/{number}"}}"#,
                if number == 0 { "" } else { "," }
            );
        }
        let file = self.folder.path().join("feed.json");
        std::fs::write(&file, format!("[{rows}]")).unwrap();
        let file = file.display().to_string();
        self.run(
            "import",
            &[&file, "--programme", "Tables", "--zone", "America/Los_Angeles"],
        );
    }

    fn start(&self) {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let program = Program::start(Path::new(PROGRAM), &arguments);
        self.address.write().unwrap().clone_from(&program.address);
        *self.program.lock().unwrap() = Some(program);
    }

    fn kill(&self) {
        self.program.lock().unwrap().take().unwrap().kill();
    }

    fn writer(
        &self,
        number: usize,
        slug: String,
        over: &Arc<AtomicBool>,
        acknowledged: Sender<usize>,
    ) -> std::thread::JoinHandle<u32> {
        let (address, over) = (Arc::clone(&self.address), Arc::clone(over));
        std::thread::spawn(move || {
            let (mut acts, mut sent) = (0_u32, 0_u32);
            while !over.load(Ordering::Acquire) {
                let form = format!("reason=time&once={number}-{acts}");
                loop {
                    // Nobody is asked to wait: each time it comes from somewhere else.
                    let from = format!("{}.{}.{}.1", 20 + number, sent / 256 % 256, sent % 256);
                    sent += 1;
                    if is_done(&address.read().unwrap().clone(), &slug, &from, &form) {
                        break;
                    }
                    std::thread::yield_now();
                }
                acts += 1;
                let _ = acknowledged.send(number);
            }
            acts
        })
    }

    /// Eight write until this is done; then how often each was acknowledged.
    fn while_all_write(&self, slugs: &[String], meanwhile: impl FnOnce(&Receiver<usize>)) -> Vec<u32> {
        let over = Arc::new(AtomicBool::new(false));
        let (to, from) = channel();
        let writers: Vec<_> = slugs
            .iter()
            .enumerate()
            .map(|(number, slug)| self.writer(number, slug.clone(), &over, to.clone()))
            .collect();
        drop(to);
        meanwhile(&from);
        over.store(true, Ordering::Release);
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    }
}

/// Whether it was acknowledged. A line that broke, and a server that says that it cannot now, are none.
fn is_done(address: &str, slug: &str, from: &str, form: &str) -> bool {
    match post(address, &format!("/groups/{slug}/report"), from, form) {
        // Done now, or before: and then told so.
        Ok(303 | 200) => true,
        Ok(500 | 503) | Err(_) => false,
        Ok(status) => panic!("{status}"),
    }
}

async fn slugs(store: &Store) -> Vec<String> {
    let mut reading = store.read(Who::Operator).await.unwrap();
    let all = listings::public(&mut reading).await.unwrap();
    all.iter().map(|group| group.slug.to_string()).collect()
}

/// How often it was said of each group that its time is wrong, as a coordinator reads it.
async fn counted(store: &Store, clock: &TestClock, slugs: &[String]) -> Vec<u32> {
    invent(store, "noor", &[(Role::Coordinator, None)]).await;
    let noor = who(store, &by_two(store, clock, &mail("noor")).await).await;
    let mut reading = store.read(noor).await.unwrap();
    let open = reports::open(&mut reading).await.unwrap();
    let times = |slug: &String| {
        let of_group = open.iter().filter(|report| report.group.as_str() == slug);
        of_group.map(|report| report.times).sum()
    };
    slugs.iter().map(times).collect()
}

/// Counts what each writer was acknowledged, and has the program look at all of it.
async fn check(house: &House, store: Store, clock: &TestClock, slugs: &[String], acknowledged: &[u32]) {
    house.kill();
    assert_eq!(
        counted(&store, clock, slugs).await,
        acknowledged,
        "each act is there once"
    );
    store.close().await;
    let said = house.run("doctor", &["--deep"]);
    assert!(!said.contains("damaged"), "{said}");
    house.run("audit", &["verify"]);
}

#[both_engines]
async fn killed_while_eight_write_nothing_is_lost_or_doubled(db: TestDatabase) {
    let house = House::new(&db.setting());
    let store = db.store().await;
    let slugs = slugs(&store).await;
    assert_eq!(slugs.len(), WRITERS);
    // What PostgreSQL does with a client that is gone is its own affair: fewer there.
    let kills = times() * if db.url().file().is_some() { 50 } else { 10 };
    let mut random = 7_u32;
    let acknowledged = house.while_all_write(&slugs, |acts| {
        for _ in 0..kills {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            for _ in 0..=random >> 26 {
                acts.recv().unwrap();
            }
            house.kill();
            house.start();
        }
        acts.recv().unwrap();
    });
    println!(
        "{kills} kills, {} acts acknowledged",
        acknowledged.iter().sum::<u32>()
    );
    check(&house, store, &db.clock, &slugs, &acknowledged).await;
}

#[test]
fn a_server_of_postgresql_that_crashes_loses_and_doubles_nothing() {
    let mut cluster = Cluster::start().unwrap();
    postgres::run(&cluster.url(), "create database house").unwrap();
    let setting = cluster.url().replace("/postgres", "/house");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let clock = Arc::new(TestClock::default());
    let open = async || {
        let url = DatabaseUrl::parse(&setting).unwrap();
        Store::open(&url, clock.clone(), testing::database::keys())
            .await
            .unwrap()
    };
    let house = House::new(&setting);
    let slugs = runtime.block_on(async { slugs(&open().await).await });
    let restarts = 5 * times();
    let acknowledged = house.while_all_write(&slugs, |acts| {
        for _ in 0..restarts {
            for _ in 0..30 {
                acts.recv().unwrap();
            }
            cluster.crash().unwrap();
        }
        // It goes on by itself.
        for _ in 0..30 {
            acts.recv().unwrap();
        }
    });
    println!(
        "{restarts} restarts, {} acts acknowledged",
        acknowledged.iter().sum::<u32>()
    );
    runtime.block_on(async { check(&house, open().await, &clock, &slugs, &acknowledged).await });
}

/// docs/operate/several-nodes.md.
#[test]
fn of_two_nodes_on_one_postgresql_each_shows_what_the_other_was_told() {
    run(Engine::Postgres, |db: TestDatabase| async move {
        let house = House::new(&db.setting());
        let arguments: Vec<&str> = house.arguments.iter().map(String::as_str).collect();
        let other = Program::start(Path::new(PROGRAM), &arguments);
        let one = house.address.read().unwrap().clone();
        let file = house.folder.path().join("more.json");
        let row = r#"[{"slug":"new","name":"Newcomers","day":2,"time":"19:00","formatted_address":"3186 Pullman St, Costa Mesa, CA 92626, USA","url":"https://example.org/new"}]"#;
        std::fs::write(&file, row).unwrap();
        let file = file.display().to_string();
        house.run(
            "import",
            &[&file, "--programme", "More", "--zone", "America/Los_Angeles"],
        );
        let store = db.store().await;
        let mut reading = store.read(Who::Operator).await.unwrap();
        let all = listings::public(&mut reading).await.unwrap();
        let new = all
            .iter()
            .find(|group| group.listing.title.as_str() == "Newcomers")
            .unwrap();
        let page = format!("/groups/{}", new.slug);
        // Both are told by the database; a test that waits in vain is ended.
        for address in [&one, &other.address] {
            while !get(address, "/api/groups").1.contains("Newcomers") {
                std::thread::yield_now();
            }
            assert_eq!(get(address, &page).0, 200);
        }
        // What one node was sent, the other knows of.
        let (form, sent) = (format!("{page}/report"), "reason=time&once=across");
        assert_eq!(post(&one, &form, "20.0.0.1", sent).unwrap(), 303);
        assert_eq!(post(&other.address, &form, "20.0.0.1", sent).unwrap(), 200);
        assert_eq!(counted(&store, &db.clock, &[new.slug.to_string()]).await, [1]);
    });
}
