//! Each step on the way into a group is done or not done, whatever is killed meanwhile, and the letters that belong to it are written with it, once,
//! and reach the mail server (SECURITY T12). So many times as many kills as SAMEBOAT_TIMES says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use content::{Content, Files};
use domain::agreements::{Kind as Agreement, Signer};
use domain::clock::Clock as _;
use domain::groups::{
    Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Online, Phone, Place, Seats, Size, Slug, Source,
};
use domain::people::Role;
use domain::text::Line;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use store::{Store, Who, listings};
use testing::mail::MailServer;
use testing::people::{by_link, by_two, invent, mail};
use testing::program::{Program, WITHOUT_LIMITS, post_as, time};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// Of each step.
fn kills() -> usize {
    let times: usize =
        std::env::var("SAMEBOAT_TIMES").map_or(1, |text| text.parse().expect("a whole number"));
    3 * times
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
struct House {
    arguments: Vec<String>,
    program: Mutex<Option<Program>>,
    past: DatabaseConnection,
    random: Mutex<u32>,
    steps: AtomicUsize,
    mail: MailServer,
    _folder: tempfile::TempDir,
}

impl House {
    /// With a therapy group that Dana leads.
    async fn new(db: &TestDatabase, store: &Store, group: &Slug) -> Self {
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
            _folder: folder,
        };
        house.start();
        // Sessions are of the server's own time.
        let now = DateTime::parse_from_rfc2822(&time(&house.address())).unwrap();
        db.clock.forward(now.with_timezone(&Utc) - db.clock.now());
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

    /// A while that is another one each time, without looking at any clock.
    fn a_while(&self) {
        let mut random = self.random.lock().unwrap();
        *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        for _ in 0..*random >> 15 {
            std::hint::spin_loop();
        }
    }

    async fn told(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.past.get_database_backend(), sql);
        let rows = self.past.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get("", "it").unwrap()).collect()
    }

    /// Where it all stands: what was done, and how many letters were written.
    async fn stands(&self) -> (String, usize) {
        let done = self
            .told("select act || ' ' || state as it from application_event order by id")
            .await;
        let signed = self.told("select signer as it from agreement_signature").await;
        let answers = self.told("select form as it from screening_answer").await;
        let times = self
            .told("select case when application_id is null then 'free' else 'taken' end as it from talk_slot")
            .await;
        let members = self
            .told("select standing as it from membership order by id")
            .await;
        let letters = self.told("select subject as it from outbox").await;
        (
            format!(
                "{done:?} {} {} {times:?} {members:?}",
                signed.len(),
                answers.len()
            ),
            letters.len(),
        )
    }

    /// Has every letter that was written come to the mail server. One that a killed server had in its hands comes again, by the same number; no
    /// other comes twice.
    async fn delivered(&self) {
        let written = self
            .told(&format!("select {} as it from outbox", self.hex("id")))
            .await;
        let kills = self.steps.load(Ordering::Relaxed) * kills();
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        // Nobody waits here until those in the hands of the dead are due again.
        self.program.lock().unwrap().take().unwrap().kill();
        let now = "update outbox set due_at = made_at where sent_at is null";
        self.past.execute_unprepared(now).await.unwrap();
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
    fn tell(&self) {
        let steps = self.steps.load(Ordering::Relaxed);
        println!("{} kills in {steps} steps", steps * kills());
    }

    /// The application that was made last.
    async fn newest(&self) -> String {
        let sql = "select slug as it from application order by asked_at desc, id desc";
        self.told(sql).await.remove(0)
    }

    /// Somebody who is invented asks for a place: their token, and the pages of it that they and who leads the group have.
    async fn asks(&self, store: &Store, name: &str, group: &Slug) -> (String, String, String) {
        invent(store, name, &[]).await;
        let token = by_link(store, &mail(name)).await;
        let form = format!("age=adult&once={name}");
        self.step(&token, &format!("/groups/{group}/joining"), &form, 1)
            .await;
        let slug = self.newest().await;
        let (mine, theirs) = (format!("/me/joining/{slug}"), format!("/staff/applicants/{slug}"));
        (token, mine, theirs)
    }

    /// A number of a row, written in hexadecimal digits.
    fn hex(&self, column: &str) -> String {
        match self.past.get_database_backend() {
            sea_orm::DbBackend::Postgres => format!("replace({column}::text, '-', '')"),
            _ => format!("hex({column})"),
        }
    }

    /// Sends a form until it is acknowledged, while the server is killed again and again. Between two kills all of it is done, or nothing.
    async fn step(&self, token: &str, path: &str, form: &str, letters: usize) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        let before = self.stands().await;
        let mut seen = Vec::new();
        for _ in 0..kills() {
            let address = self.address();
            let sent = {
                let (path, token, form) = (path.to_owned(), token.to_owned(), form.to_owned());
                std::thread::spawn(move || post_as(&address, &path, &token, &form))
            };
            self.a_while();
            self.program.lock().unwrap().take().unwrap().kill();
            // Acknowledged or not: a line that broke says nothing.
            let answer = sent.join().unwrap();
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

/// The form with which all was spoken about.
const TALK: &str = "point=readiness&point=expectations&point=attendance&point=confidentiality&once=talk";

/// The form of an offer for twenty days.
fn offer(db: &TestDatabase) -> String {
    let until = in_days(db, 20);
    format!("choice=offer&until={until}&letter=Dear+you&once=offer")
}

fn in_days(db: &TestDatabase, days: i64) -> NaiveDate {
    (db.clock.now() + TimeDelta::days(days)).date_naive()
}

#[both_engines]
async fn killed_at_every_step_into_a_group_it_is_done_or_not_and_its_letter_is_written_once(
    db: TestDatabase,
) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;

    let (jordan, mine, theirs) = house.asks(&store, "jordan", &group).await;
    let answers = "safety=thoughts&q-now=My+brother+died&once=answer";
    house.step(&jordan, &format!("{mine}/answers"), answers, 1).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    let offer = offer(&db);
    house.step(&dana, &format!("{theirs}/decision"), &offer, 1).await;
    house
        .step(&jordan, &format!("{mine}/reading"), "once=read", 0)
        .await;
    house
        .step(&jordan, &format!("{mine}/acceptance"), "once=accept", 1)
        .await;
    let content = Content::read(&Files::bundled()).unwrap();
    let signed = [
        Agreement::Treatment,
        Agreement::Confidentiality,
        Agreement::GroundRules,
        Agreement::Telehealth,
    ];
    for kind in signed {
        let text = content
            .agreements
            .iter()
            .find(|text| text.kind() == kind)
            .unwrap();
        assert_eq!(kind.signer(), Signer::Person);
        let path = format!("/me/agreements/{group}/{}/signature", kind.name());
        let form = format!("hash={}&name=Jordan+Ellis&once=sign-{}", text.hash(), kind.name());
        house.step(&jordan, &path, &form, 0).await;
    }
    assert_eq!(
        house.told("select state as it from application").await,
        ["member"]
    );
    assert_eq!(
        house.told("select standing as it from membership").await,
        ["joined"]
    );

    let goodbye = format!("goodbye={}&once=leave", in_days(&db, 7));
    let leaving = format!("/me/joining/groups/{group}/leaving");
    house.step(&jordan, &leaving, &goodbye, 0).await;
    assert_eq!(
        house.told("select standing as it from membership").await,
        ["leaving"]
    );
    house.delivered().await;
    house.tell();
}

#[both_engines]
async fn killed_at_every_step_out_of_it_again_it_is_done_or_not(db: TestDatabase) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;

    // Riley takes a time, gives it back, and withdraws.
    let (riley, mine, _) = house.asks(&store, "riley", &group).await;
    let times = format!("/staff/groups/{group}/joining/times");
    let open = format!(
        "day={}&time=10:30&minutes=30&how=phone&once=open",
        in_days(&db, 3)
    );
    house.step(&dana, &times, &open, 0).await;
    let slot = house
        .told(&format!("select {} as it from talk_slot", house.hex("id")))
        .await;
    let book = format!("time={}&once=book", slot[0].to_lowercase());
    house.step(&riley, &format!("{mine}/talk"), &book, 1).await;
    house
        .step(&riley, &format!("{mine}/talk/end"), "once=unbook", 1)
        .await;
    house
        .step(&riley, &format!("{mine}/withdrawal"), "once=withdraw", 1)
        .await;

    // Sam is offered a place, and says no.
    let (sam, mine, theirs) = house.asks(&store, "sam", &group).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    house
        .step(&dana, &format!("{theirs}/decision"), &offer(&db), 1)
        .await;
    house
        .step(&sam, &format!("{mine}/refusal"), "once=decline", 1)
        .await;

    // Alex waits, is shown other ways then, and takes one.
    let (alex, mine, theirs) = house.asks(&store, "alex", &group).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    let decision = format!("{theirs}/decision");
    let wait = "choice=waiting&way=look-around&letter=Dear+Alex&once=wait";
    house.step(&dana, &decision, wait, 1).await;
    let ways = "choice=options&way=individual&way=look-around&letter=Dear+Alex&once=ways";
    house.step(&dana, &decision, ways, 1).await;
    house
        .step(&alex, &format!("{mine}/choice"), "option=0&once=choose", 1)
        .await;
    house.delivered().await;
    house.tell();
}
