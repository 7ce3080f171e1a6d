//! A server that is killed at every step, with a therapy group, and where it all stands as one sees it who goes past it.

mod parts;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use domain::agreements::Age;
use domain::clock::Clock as _;
use domain::groups::{
    Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Online, Phone, Place, Seats, Size, Slug, Source,
};
use domain::people::Role;
use domain::text::Line;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, Statement,
    TransactionTrait,
};
use store::{Store, Who, listings};
use testing::TestDatabase;
use testing::clock::TestClock;
use testing::mail::MailServer;
use testing::people::{by_link, invent, mail};
use testing::program::{Program, WITHOUT_LIMITS, post_as};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// Of each step.
fn kills() -> usize {
    let times: usize =
        std::env::var("SAMEBOAT_TIMES").map_or(1, |text| text.parse().expect("a whole number"));
    2 * times
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn therapy() -> Listing {
    let therapist = LeaderRole::Therapist {
        credentials: line("LPCC-S"),
    };
    let draft = Draft::new(
        line("When grief does not move"),
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
        seats: Seats::Open,
        led_by: vec![Leader {
            name: line("Dana"),
            role: therapist,
        }],
        ..draft
    })
    .unwrap()
}

/// A server that is killed, and the database as one sees it who goes past it.
pub struct House {
    arguments: Vec<String>,
    program: Mutex<Option<Program>>,
    past: DatabaseConnection,
    random: Mutex<u32>,
    steps: AtomicUsize,
    mail: MailServer,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

async fn told(db: &impl ConnectionTrait, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "it").unwrap()).collect()
}

impl House {
    /// With a therapy group that Dana leads.
    pub async fn new(db: &TestDatabase, store: &Store, group: &Slug) -> Self {
        let mut writing = store.write(Who::Operator).await.unwrap();
        listings::publish(&mut writing, group, &therapy()).await.unwrap();
        writing.commit().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned).to_vec();
        arguments.extend(WITHOUT_LIMITS.map(str::to_owned));
        let data = folder.path().display().to_string();
        arguments.extend(["--data".to_owned(), data, "--database".to_owned(), db.setting()]);
        let mail = MailServer::start();
        arguments.extend(["--smtp".to_owned(), mail.url()]);
        arguments.extend(["--mail-from", "desk@lakeshore.example"].map(str::to_owned));
        let house = Self {
            arguments,
            program: Mutex::new(None),
            past: Database::connect(db.setting()).await.unwrap(),
            random: Mutex::new(7),
            steps: AtomicUsize::new(0),
            mail,
            clock: db.clock.clone(),
            _folder: folder,
        };
        house.start();
        house.keep_up();
        invent(store, "dana", &[(Role::Leader, Some(group))]).await;
        house
    }

    fn start(&self) {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        *self.program.lock().unwrap() = Some(Program::start(Path::new(PROGRAM), &arguments));
    }

    fn address(&self) -> String {
        self.program.lock().unwrap().as_ref().unwrap().address.clone()
    }

    fn keep_up(&self) {
        self.clock.keep_up_with(&self.address());
    }

    /// What day it is for the server.
    pub fn today(&self) -> NaiveDate {
        self.keep_up();
        self.clock.now().date_naive()
    }

    /// A while that is another one each time, without looking at any clock.
    fn a_while(&self) {
        let mut random = self.random.lock().unwrap();
        *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        for _ in 0..*random >> 15 {
            std::hint::spin_loop();
        }
    }

    pub async fn told(&self, sql: &str) -> Vec<String> {
        told(&self.past, sql).await
    }

    async fn moment(&self) -> DatabaseTransaction {
        let level = match self.past.get_database_backend() {
            DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            _ => None,
        };
        self.past.begin_with_config(level, None).await.unwrap()
    }

    /// Where it all stands at one moment: what was done, and how many letters were written. A server of PostgreSQL may still be at a commit that it
    /// was asked for by who is dead now.
    async fn stands(&self) -> (String, usize) {
        let moment = self.moment().await;
        let answers_for = format!(
            "select state || ' ' || case when leader_id is null then 'nobody' else {} end as it from application order by id",
            self.hex("leader_id")
        );
        let mut stands = Vec::new();
        for sql in [
            "select act || ' ' || state as it from application_event order by id",
            answers_for.as_str(),
            "select 'words' as it from application_letter",
            "select signer as it from agreement_signature order by id",
            "select case when risk_at is null then 'calm' when risk_seen_at is null then 'unread' else 'read' end as it \
             from application order by id",
            "select coalesce(start_state, 'none') as it from joining_group",
            "select form as it from screening_answer order by id",
            "select case when application_id is null then 'free' else 'taken' end as it from talk_slot order by id",
            "select standing as it from membership order by id",
            "select case when until_at is null then 'in' else 'out' end as it from role_held \
             where role = 'member' order by id",
        ] {
            stands.push(told(&moment, sql).await);
        }
        let letters = told(&moment, "select subject as it from outbox").await;
        moment.commit().await.unwrap();
        (format!("{stands:?}"), letters.len())
    }

    /// Has every letter that was written come to the mail server. One that a killed server had in its hands comes again, by the same number; no
    /// other comes twice.
    pub async fn delivered(&self) {
        let written = self
            .told(&format!("select {} as it from outbox", self.hex("id")))
            .await;
        let kills = self.steps.load(Ordering::Relaxed) * kills();
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        // Nobody waits here until those in the hands of the dead are due again.
        self.program.lock().unwrap().take().unwrap().kill();
        for now in [
            "update outbox set due_at = made_at where sent_at is null",
            "update job set taken_until = null",
        ] {
            self.past.execute_unprepared(now).await.unwrap();
        }
        self.start();
        while came.len() < written.len() {
            *came.entry(number(&self.mail.next().text)).or_default() += 1;
        }
        let mut written: Vec<_> = written.iter().map(|id| id.to_lowercase()).collect();
        written.sort_unstable();
        assert!(came.keys().eq(&written), "{came:?} and {written:?}");
        let again: usize = came.values().map(|times| times - 1).sum();
        assert!(again <= kills, "{again} letters came again after {kills} kills");
    }

    /// What `cargo xtask assure` tells of it.
    pub fn tell(&self) {
        let steps = self.steps.load(Ordering::Relaxed);
        println!("{} kills in {steps} steps", steps * kills());
    }

    /// The application that was made last.
    async fn newest(&self) -> String {
        let sql = "select slug as it from application order by asked_at desc, id desc";
        self.told(sql).await.remove(0)
    }

    /// Somebody who is invented asks for a place: their token, and the pages of it that they and who leads the group have.
    pub async fn asks(&self, store: &Store, name: &str, group: &Slug) -> (String, String, String) {
        self.asks_at(store, name, group, Age::Adult).await
    }

    /// The same at an age.
    pub async fn asks_at(
        &self,
        store: &Store,
        name: &str,
        group: &Slug,
        age: Age,
    ) -> (String, String, String) {
        self.keep_up();
        invent(store, name, &[]).await;
        let token = by_link(store, &mail(name)).await;
        let form = format!("age={}&once={name}", age.name());
        self.step(&token, &format!("/groups/{group}/joining"), &form, 1)
            .await;
        let slug = self.newest().await;
        let (mine, theirs) = (format!("/me/joining/{slug}"), format!("/staff/applicants/{slug}"));
        (token, mine, theirs)
    }

    /// Sends a form once, with nothing killed.
    pub fn send(&self, token: &str, path: &str, form: &str) {
        let answer = post_as(&self.address(), path, token, form).unwrap();
        assert!(matches!(answer, 303 | 200), "{path}: {answer}");
    }

    /// A number of a row, written in hexadecimal digits.
    pub fn hex(&self, column: &str) -> String {
        match self.past.get_database_backend() {
            DbBackend::Postgres => format!("replace({column}::text, '-', '')"),
            _ => format!("hex({column})"),
        }
    }

    /// Kills the server a while after a form is on its way. Acknowledged or not: a line that broke says nothing.
    fn killed(&self, token: &str, path: &str, form: &str) -> std::io::Result<u16> {
        let (address, path, token, form) =
            (self.address(), path.to_owned(), token.to_owned(), form.to_owned());
        let sent = std::thread::spawn(move || post_as(&address, &path, &token, &form));
        self.a_while();
        self.program.lock().unwrap().take().unwrap().kill();
        sent.join().unwrap()
    }

    /// Sends a form until it is acknowledged, while the server is killed again and again. Between two kills all of it is done, or nothing.
    pub async fn step(&self, token: &str, path: &str, form: &str, letters: usize) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        let before = self.stands().await;
        let mut seen = Vec::new();
        for _ in 0..kills() {
            let answer = self.killed(token, path, form);
            seen.push((self.stands().await, answer.ok()));
            self.start();
        }
        let answer = post_as(&self.address(), path, token, form).unwrap();
        assert!(matches!(answer, 303 | 200), "{path}: {answer}");
        let after = self.stands().await;
        assert_ne!(before.0, after.0, "{path} did something");
        assert_eq!(after.1, before.1 + letters, "{path}: its letters, once");
        for (stood, answer) in seen {
            let done = stood == after;
            assert!(done || stood == before, "{path}: half done: {stood:?}");
            assert!(
                done || !matches!(answer, Some(200 | 303)),
                "{path}: acknowledged and lost"
            );
        }
    }
}

/// The number of a letter, as digits alone.
fn number(letter: &str) -> String {
    let id = letter
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: <"))
        .expect("each has one");
    let id = id.split('@').next().unwrap_or_default();
    id.chars()
        .filter(char::is_ascii_hexdigit)
        .collect::<String>()
        .to_lowercase()
}
