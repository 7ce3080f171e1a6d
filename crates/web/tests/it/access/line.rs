//! A line of the hand-written table, and what it expects of someone.

use web::routes::{Access, Method, Route, TABLE};

use crate::access::subject::{Shown, Subject};

/// One route with one kind of object.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: usize,
    pub method: Method,
    pub path: String,
    pub action: String,
    /// "slug=here": what stands in the path for it.
    pub objects: Vec<(String, String)>,
    pub body: String,
    pub allowed: Vec<String>,
    /// Whether one factor is enough.
    pub half: Half,
    /// Who may not, and is asked for the second factor all the same.
    pub half_too: Vec<String>,
    /// Whether it asks to show again who one is.
    pub again: bool,
    /// What who may is answered: a status, perhaps with where it leads to.
    pub answer: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Enough,
    Second,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Answer(String),
    NotThere,
    SignIn,
    Second,
    Again,
}

/// The table, with its lines checked for form.
pub fn lines() -> Vec<Line> {
    include_str!("access.csv")
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(number, line)| parse(number + 1, line))
        .collect()
}

fn parse(number: usize, line: &str) -> Line {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [method, path, action, objects, body, allowed, half, again, answer] = cells[..] else {
        panic!("access.csv:{number} has {} cells, not 9", cells.len());
    };
    let words = |cell: &str| -> Vec<String> {
        let words = cell.split(' ').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let objects = words(objects);
    Line {
        number,
        method: match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            other => panic!("access.csv:{number}: {other} is no method"),
        },
        path: path.to_owned(),
        action: action.to_owned(),
        objects: objects
            .iter()
            .map(|object| object.split_once('=').expect("placeholder=object"))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
        allowed: words(allowed),
        half: match half.split(' ').next() {
            Some("enough") => Half::Enough,
            Some("second") => Half::Second,
            other => panic!("access.csv:{number}: {other:?}"),
        },
        half_too: words(half)[1..].to_vec(),
        again: match again {
            "again" => true,
            "-" => false,
            other => panic!("access.csv:{number}: {other}"),
        },
        answer: answer.to_owned(),
    }
}

impl Line {
    pub fn route(&self) -> Option<&'static Route> {
        TABLE
            .iter()
            .find(|route| route.method == self.method && route.path == self.path)
    }

    /// Whether someone has to be signed in for it, by the table of this test.
    pub fn is_for_anyone(&self) -> bool {
        self.action == "anyone"
    }

    /// Whether the router's own table says the same about who comes to the handler.
    pub fn agrees(&self, route: &Route) -> bool {
        match route.access {
            Access::Anyone => self.is_for_anyone(),
            Access::SignedIn(action) => self.action == action.name(),
        }
    }

    pub fn expects(&self, subject: &Subject) -> Expected {
        if self.allowed == ["nobody"] {
            return Expected::NotThere;
        }
        let mut answers = self.answer.split(' ');
        let first = answers.next().unwrap_or_default();
        if self.is_for_anyone() {
            // The second answer is that of who is signed in.
            let signed_in = !matches!(subject.shown, Shown::Not(_));
            let answer = answers.next().filter(|_| signed_in).unwrap_or(first);
            return Expected::Answer(answer.to_owned());
        }
        if matches!(subject.shown, Shown::Not(_)) {
            return Expected::SignIn;
        }
        if !subject.person.is_among(&self.allowed) {
            let too = subject.shown == Shown::One && subject.person.is_among(&self.half_too);
            return if too { Expected::Second } else { Expected::NotThere };
        }
        match subject.shown {
            Shown::One if self.half == Half::Second && subject.person.needs_second() => Expected::Second,
            Shown::Stale if self.again => Expected::Again,
            _ => Expected::Answer(first.to_owned()),
        }
    }
}
