//! The walk: every line of the table, asked by everyone.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use store::DatabaseUrl;
use testing::{TestDatabase, both_engines};
use web::routes::{Method, TABLE};

use crate::access::asking::{Answer, SITE, ask};
use crate::access::canaries;
use crate::access::house::House;
use crate::access::line::{Expected, Line, lines};
use crate::access::subject::Subject;
use crate::access::watch;

/// A few less than there are on SQLite and on PostgreSQL, so that none goes missing unseen; raise it when routes come.
const LEAST: [usize; 2] = [29_000, 12_000];

/// Of those who may not, one of so many asks on SQLite; on PostgreSQL, which decides nothing of its own, fewer.
const OTHERS: [usize; 2] = [2, 10];

/// Of so many who are told that there is nothing, one asks for what never was, too.
const TWIN_OF: usize = 4;

/// Where the letters lead to that the walk makes the program write.
const LETTERS: [&str; 5] = [
    "/invitation/",
    "/me/mail/",
    "/staff/break-glass",
    "/sign-in/link/",
    "/me\n",
];

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let lines = lines();
    for line in &lines {
        let route = line.route();
        let route = route.unwrap_or_else(|| panic!("access.csv:{}: no such route", line.number));
        assert!(
            line.agrees(route),
            "access.csv:{}: the router says {:?}",
            line.number,
            route.access
        );
        assert!(
            line.method != Method::Get || line.body.is_empty(),
            "access.csv:{}: a GET has no body",
            line.number
        );
    }
    for route in TABLE {
        let there = lines
            .iter()
            .any(|line| (line.method, line.path.as_str()) == (route.method, route.path));
        assert!(
            there,
            "{:?} {} has no line in access.csv",
            route.method, route.path
        );
    }
}

#[both_engines]
async fn everyone_is_answered_as_the_table_says_and_sees_nobody_else(db: TestDatabase) {
    let log = canaries::log();
    let house = House::new(db).await;
    let mut walk = Walk::new(&house).await;
    walk.engine = usize::from(matches!(house.db.url(), DatabaseUrl::Postgres(_)));
    for line in lines() {
        walk.along(&line).await;
    }
    for (name, token) in &walk.tokens {
        let log = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
        assert!(!log.contains(token.as_str()), "the token of {name} is in the log");
    }
    walk.log_and_letters(log).await;
    assert!(
        walk.wrongs.is_empty(),
        "{} of {}:\n{}",
        walk.wrongs.len(),
        walk.asked,
        walk.wrongs.join("\n")
    );
    assert!(walk.asked >= LEAST[walk.engine], "only {} were asked", walk.asked);
    println!(
        "{} asked, {} canaries looked for in {} bytes",
        walk.asked,
        house.canaries.len(),
        walk.read
    );
}

struct Walk<'a> {
    house: &'a House,
    subjects: Vec<Subject>,
    tokens: BTreeMap<String, String>,
    /// What is answered where there is nothing.
    nothing: Answer,
    engine: usize,
    asked: usize,
    read: usize,
    wrongs: Vec<String>,
}

impl<'a> Walk<'a> {
    async fn new(house: &'a House) -> Self {
        let subjects = Subject::all();
        let mut tokens = BTreeMap::new();
        for subject in &subjects {
            if let Some(token) = house.token(subject).await {
                tokens.insert(subject.name(), token);
            }
        }
        let nothing = ask(&house.router, Method::Get, "/nothing-is-here", None, "").await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        Self {
            house,
            subjects,
            tokens,
            nothing,
            engine: 0,
            asked: 0,
            read: 0,
            wrongs: Vec::new(),
        }
    }

    /// Those who may not ask first: they change nothing for those who may. Who may is asked on both engines; of those who may not, some
    /// on the one and others on the other.
    async fn along(&mut self, line: &Line) {
        let may = |subject: &Subject| matches!(line.expects(subject), Expected::Answer(_));
        let (those_who_may, others): (Vec<_>, Vec<_>) = self.subjects.iter().cloned().partition(may);
        let others = others
            .into_iter()
            .skip((line.number + self.engine) % OTHERS[self.engine])
            .step_by(OTHERS[self.engine]);
        for subject in others.chain(those_who_may) {
            self.ask(line, &subject).await;
        }
    }

    async fn ask(&mut self, line: &Line, subject: &Subject) {
        let (expected, path) = (line.expects(subject), self.path(line, "").await);
        let answer = self.answer(line, subject, &path).await;
        if let Some(wrong) = self.wrong(&expected, &path, line, &answer) {
            self.wrongs.push(format!(
                "access.csv:{} {:?} {} by {}: {wrong}",
                line.number,
                line.method,
                line.path,
                subject.name()
            ));
        }
        // What is not there is told in the same bytes: each is the page of nothing, and one of so many asks for a group there never was.
        let twin = self.asked.is_multiple_of(TWIN_OF);
        if twin && expected == Expected::NotThere && line.path.contains("{slug}") && !line.is_for_anyone() {
            let nowhere = self.path(line, "nowhere").await;
            let other = self.answer(line, subject, &nowhere).await;
            if (other.status, other.text()) != (answer.status, answer.text()) {
                self.wrongs.push(format!(
                    "access.csv:{}: {} tells what is there from what is not",
                    line.number,
                    subject.name()
                ));
            }
        }
    }

    async fn path(&self, line: &Line, slug: &str) -> String {
        let mut path = line.route().map_or("", |route| route.example).to_owned();
        // The example has what is the same for all; the line names the rest.
        if path.contains('{') || !line.objects.is_empty() {
            path = if line.objects.is_empty() {
                path
            } else {
                example(&path, &line.path)
            };
        }
        for (key, object) in &line.objects {
            let object = if key == "slug" && !slug.is_empty() {
                slug
            } else {
                object
            };
            let object = self.house.object(object).await;
            path = path.replace(&format!("{{{key}}}"), &object);
        }
        path
    }

    async fn answer(&mut self, line: &Line, subject: &Subject, path: &str) -> Answer {
        let name = subject.name();
        let body = self.house.fill(&line.body).await;
        self.sign_in_again(subject).await;
        let token = self.tokens.get(&name).map(String::as_str);
        let answer = ask(&self.house.router, line.method, path, token, &body).await;
        self.asked += 1;
        let text = answer.text();
        self.read += text.len();
        let at = format!("access.csv:{} by {name}", line.number);
        let mut wrongs = self.house.canaries.leaks(&text, line, subject);
        if let Some(route) = line.route() {
            wrongs.extend(watch::wrongs(route, &answer));
        }
        if let Some(token) = token
            && answer.body.contains(token)
        {
            wrongs.push("their own token is in the page".to_owned());
        }
        if answer.body.contains(crate::access::demo::MARK) {
            wrongs.push("it says that it is the demo's".to_owned());
        }
        if answer.status.is_server_error() {
            wrongs.push(format!("it fails: {}", answer.status));
        }
        self.wrongs
            .extend(wrongs.into_iter().map(|wrong| format!("{at}: {wrong}")));
        answer
    }

    /// Who signed out, or whose session was ended from another browser of theirs, is signed in anew.
    async fn sign_in_again(&mut self, subject: &Subject) {
        let Some(token) = self.tokens.get(&subject.name()) else {
            return;
        };
        let is_not = matches!(subject.shown, crate::access::subject::Shown::Not(_));
        if !is_not && self.house.store.session(token).await.unwrap().is_none() {
            let token = self.house.token(subject).await.unwrap();
            self.tokens.insert(subject.name(), token);
        }
    }

    fn wrong(&self, expected: &Expected, path: &str, line: &Line, answer: &Answer) -> Option<String> {
        let (status, to) = (answer.status.as_u16(), answer.header("location"));
        let is = |wanted: bool| (!wanted).then(|| format!("{expected:?} expected, was {status} {to}"));
        let back = match line.method {
            Method::Get if path.starts_with("/staff") || path.starts_with("/me") => path,
            _ => "/me",
        };
        let led = |page: &str| {
            let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
            status == 303 && to == format!("{page}?to={back}")
        };
        // An act leads back to a page that it belongs to.
        let led_somewhere = |page: &str| status == 303 && to.starts_with(&format!("{page}?to="));
        match expected {
            Expected::Answer(wanted) => {
                let (codes, place) = wanted.split_once(':').unwrap_or((wanted, ""));
                let one = codes.split('|').any(|code| code == status.to_string());
                is(one && (place.is_empty() || place == to))
            }
            Expected::NotThere => {
                let same = line.is_for_anyone() || answer.body == self.nothing.body;
                is(status == 404 && same)
            }
            // What was sent after a session was over comes back to who sent it.
            Expected::SignIn if status == 401 => {
                let typed = line.method == Method::Post && !line.body.is_empty();
                is(typed && answer.body.contains("You were signed out meanwhile"))
            }
            Expected::SignIn => is(led("/sign-in")),
            Expected::Second => is(led_somewhere("/sign-in/second")),
            Expected::Again => is(led_somewhere("/sign-in/again")),
        }
    }

    /// Nothing of anybody in a log line or in a letter, which is opened as the job opens it that sends it.
    async fn log_and_letters(&mut self, log: &std::sync::Mutex<Vec<u8>>) {
        let log = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
        assert!(log.contains("/staff"), "the log was written");
        self.read += log.len();
        for canary in canaries::found(&log) {
            self.wrongs.push(format!("{canary} is in the log"));
        }
        let letters = self.house.letters().await;
        for link in LETTERS {
            let link = format!("{SITE}{link}");
            if !letters.iter().any(|letter| letter.body.contains(&link)) {
                self.wrongs.push(format!("no letter leads to {link}"));
            }
        }
        for letter in &letters {
            self.read += letter.subject.len() + letter.body.len();
            for canary in canaries::found(&letter.subject).chain(canaries::found(&letter.body)) {
                self.wrongs
                    .push(format!("{canary} is in the letter “{}”", letter.subject));
            }
        }
        println!("{} letters opened", letters.len());
    }
}

/// The query of an example stays when the line names its own objects.
fn example(example: &str, path: &str) -> String {
    match example.split_once('?') {
        Some((_, query)) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}
