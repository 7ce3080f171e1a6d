//! Forced browsing: whatever address one person finds on their pages is asked by everyone else, with their own groups and
//! people put into it.

use std::collections::{BTreeMap, BTreeSet};

use store::DatabaseUrl;
use testing::{TestDatabase, both_engines};
use web::routes::Method;

use crate::access::asking::{Answer, ask};
use crate::access::canaries::{Canaries, Kind};
use crate::access::house::House;
use crate::access::line::{Line, lines};
use crate::access::subject::{Person, Relation, Shown, Subject};

/// How many pages one person's walk goes through at most.
const MOST: usize = 400;

/// An address is asked by one person of so many on SQLite and on PostgreSQL, the next one by their neighbour, and of two who follow each
/// other by one on each engine: the walk of the table has everyone at every route, this one looks for addresses that the table does not
/// think of.
const ONE_OF: [usize; 2] = [6, 18];

/// How many addresses are asked at least, and how many of them are acts.
const LEAST: [[usize; 2]; 2] = [[6_000, 4_000], [2_000, 1_300]];

#[both_engines]
async fn an_address_from_another_persons_page_opens_nothing_of_theirs(db: TestDatabase) {
    let engine = usize::from(matches!(db.url(), DatabaseUrl::Postgres(_)));
    let house = House::new(db).await;
    let acts = Acts::new(&house).await;
    let mut browsers = Vec::new();
    for person in Person::all() {
        let subject = Subject {
            person,
            shown: Shown::Two,
        };
        let token = house.token(&subject).await.unwrap();
        browsers.push((subject, token));
    }
    let mut found: BTreeMap<String, BTreeSet<(bool, String)>> = BTreeMap::new();
    for (subject, token) in &browsers {
        found.insert(subject.name(), crawl(&house, token).await);
    }
    let all: BTreeSet<(bool, String)> = found.values().flatten().cloned().collect();
    let mut swapped = swap(&house, &all).await;
    swapped.extend(acts.lines.iter().map(|(_, path, _)| (true, path.clone())));
    let nothing = ask(&house.router, Method::Get, "/nothing-is-here", None, "").await;
    let (mut asked, mut acted, mut wrongs) = (0, 0, Vec::new());
    for (place, (subject, token)) in browsers.iter().enumerate() {
        let name = subject.name();
        let own = house.sessions(&house.people[&name]).await;
        let every = ONE_OF[engine];
        let addresses = swapped.iter().skip((2 * place + engine) % every).step_by(every);
        for (is_act, path) in addresses.filter(|one| !found[&name].contains(*one)) {
            // What one may do is the other tests' matter; and to end a session of one's own is meant to work.
            if *is_act && (acts.are_meant(subject, path) || own.iter().any(|id| path.contains(id.as_str()))) {
                continue;
            }
            let (method, form) = if *is_act {
                acted += 1;
                (Method::Post, acts.form(path))
            } else {
                (Method::Get, "")
            };
            let answer = ask(&house.router, method, path, Some(token), form).await;
            asked += 1;
            if *is_act && !is_no(&answer) {
                let to = answer.header("location");
                wrongs.push(format!("{name} acts at {path}: {} {to}", answer.status));
            }
            let status = answer.status.as_u16();
            let theirs = others(&house.canaries, &answer.text(), &name);
            if status == 200 && !theirs.is_empty() && !meant(subject, path) {
                wrongs.push(format!("{name} at {path} sees {theirs:?}"));
            }
            if status == 404 && answer.body != nothing.body && path.starts_with("/staff") {
                wrongs.push(format!("{name} at {path}: another “no” than that of nothing"));
            }
            if status >= 500 {
                wrongs.push(format!("{name} at {path}: {status}"));
            }
            if house.store.session(token).await.unwrap().is_none() {
                wrongs.push(format!("{name} was signed out at {path}"));
            }
        }
    }
    assert!(
        wrongs.is_empty(),
        "{} of {asked}:\n{}",
        wrongs.len(),
        wrongs.join("\n")
    );
    let [least, least_acts] = LEAST[engine];
    assert!(asked >= least, "only {asked} swapped addresses were asked");
    assert!(acted >= least_acts, "only {acted} of them were acts");
    println!(
        "{asked} swapped, {acted} of them acts, of {} addresses",
        swapped.len()
    );
}

/// Whether nothing was done or told: there is no such thing, it is not acted upon, or one is led to show who one is.
fn is_no(answer: &Answer) -> bool {
    match answer.status.as_u16() {
        404 | 405 => true,
        303 => answer.header("location").starts_with("/sign-in"),
        _ => false,
    }
}

/// The acts of the table: each line with the path and the form that are sent.
struct Acts {
    lines: Vec<(Line, String, String)>,
    here: String,
    there: String,
}

impl Acts {
    async fn new(house: &House) -> Self {
        let mut acts = Vec::new();
        for line in lines() {
            if line.method == Method::Post && is_inside(&line.path) {
                let mut path = line.path.clone();
                for (key, object) in &line.objects {
                    path = path.replace(&format!("{{{key}}}"), &house.object(object).await);
                }
                let form = house.fill(&line.body).await;
                acts.push((line, path, form));
            }
        }
        // What has done something for those who may is what is sent.
        acts.sort_by_key(|(line, ..)| !line.answer.starts_with("303"));
        for object in ["feed:shrunk", "guest", "aide", "clerk", "here:open"] {
            house.object(object).await;
        }
        Self {
            lines: acts,
            here: house.object("here").await,
            there: house.object("there").await,
        }
    }

    fn at(&self, path: &str) -> impl Iterator<Item = &(Line, String, String)> {
        self.lines
            .iter()
            .filter(move |(line, ..)| is_at(&line.path, path))
    }

    fn form(&self, path: &str) -> &str {
        let exact = self.at(path).find(|(_, at, _)| at == path);
        exact
            .or_else(|| self.at(path).next())
            .map_or("", |(.., form)| form.as_str())
    }

    /// Whether the table lets this person do it there. Where no line is about that very thing: who holds a role in the one
    /// group may in the other no more than someone who holds it there, and nothing in a third.
    fn are_meant(&self, subject: &Subject, path: &str) -> bool {
        let mut exact = self.at(path).filter(|(_, at, _)| at == path).peekable();
        if exact.peek().is_some() {
            return exact.any(|(line, ..)| subject.person.is_among(&line.allowed));
        }
        self.at(path).any(|(line, ..)| {
            let slug = line.objects.iter().find(|(key, _)| key == "slug");
            let Some((_, slug)) = slug else {
                return subject.person.is_among(&line.allowed);
            };
            let group = if slug.starts_with("there") {
                Relation::There
            } else {
                Relation::Here
            };
            self.seen_from(&subject.person, group, path)
                .is_among(&line.allowed)
        })
    }

    /// What someone holds, as if the group in the path was this one.
    fn seen_from(&self, person: &Person, group: Relation, path: &str) -> Person {
        let asked = match path.split('/').nth(3).unwrap_or_default() {
            slug if slug == self.here => Some(Relation::Here),
            slug if slug == self.there => Some(Relation::There),
            _ => None,
        };
        let held = person.0.iter().filter_map(|(role, place)| {
            let place = match (place, asked) {
                (Relation::Here | Relation::There, None) => return None,
                (Relation::Here, Some(asked)) if asked != group => Relation::There,
                (Relation::There, Some(asked)) if asked != group => Relation::Here,
                (other, _) => *other,
            };
            Some((*role, place))
        });
        Person(held.collect())
    }
}

/// Whether a path is one of this template.
fn is_at(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    template.split('/').count() == path.split('/').count()
        && template
            .split('/')
            .zip(path.split('/'))
            .all(|(template, part)| template.starts_with('{') || template == part)
}

/// Whose name or address is in it, beside one's own.
fn others(canaries: &Canaries, text: &str, name: &str) -> Vec<String> {
    let own = [Kind::Handle, Kind::Mail].map(|kind| canaries.of(kind, name).to_owned());
    crate::access::canaries::found(text)
        .filter(|canary| !own.iter().any(|own| own == canary))
        .map(str::to_owned)
        .collect()
}

/// Whether the canaries' list lets this person see others at that path.
fn meant(subject: &Subject, path: &str) -> bool {
    lines()
        .iter()
        .any(|line| is_at(&line.path, path) && subject.person.is_among(&line.allowed))
}

/// Every address of the staff side and of one's own pages that one comes to by links, and where its forms go to.
async fn crawl(house: &House, token: &str) -> BTreeSet<(bool, String)> {
    let mut waiting = vec!["/staff".to_owned(), "/me".to_owned()];
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut found = BTreeSet::new();
    let mut dates = Dates::default();
    while let Some(path) = waiting.pop() {
        assert!(seen.len() <= MOST, "one walks in circles at {path}");
        let answer = ask(&house.router, Method::Get, &path, Some(token), "").await;
        if answer.status.is_success() {
            found.insert((false, path));
        }
        for link in attribute(&answer.body, "href=\"") {
            if is_inside(&link) && dates.are_asked(&link) && seen.insert(link.clone()) {
                waiting.push(link);
            }
        }
        for act in attribute(&answer.body, "action=\"") {
            if is_inside(&act) && dates.are_asked(&act) {
                found.insert((true, act));
            }
        }
    }
    found
}

/// Sessions are addressed by their dates, and one opens as another does: a few stand for all.
#[derive(Default)]
struct Dates(BTreeSet<String>);

impl Dates {
    const MOST: usize = 3;

    fn are_asked(&mut self, path: &str) -> bool {
        let date = path
            .split('/')
            .find(|part| part.parse::<chrono::NaiveDate>().is_ok());
        date.is_none_or(|date| {
            self.0.contains(date) || (self.0.len() < Self::MOST && self.0.insert(date.to_owned()))
        })
    }
}

/// What signs out is left alone: it is meant to work for everyone.
fn is_inside(path: &str) -> bool {
    path.starts_with("/staff") || path.starts_with("/me")
}

fn attribute(body: &str, name: &str) -> Vec<String> {
    body.split(name)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| {
            value
                .replace("&amp;", "&")
                .split('#')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// The same addresses with every other group, person and id in the place of theirs; and paths that the table knows, with
/// all of them.
async fn swap(house: &House, all: &BTreeSet<(bool, String)>) -> BTreeSet<(bool, String)> {
    let mut names: Vec<String> = Vec::new();
    for object in ["here", "there", "nowhere", "provider"] {
        names.push(house.object(object).await);
    }
    // One of each few: what opens for one of them by mistake opens for its neighbours.
    names.extend(house.people.values().step_by(4).map(ToString::to_string));
    for table in ["session", "role_held", "invitation", "outbox", "person"] {
        names.extend(house.past.ids(table, "1 = 1").await.into_iter().take(2));
    }
    let mut swapped = all.clone();
    for (is_act, path) in all {
        for name in &names {
            if let Some(there) = names.iter().find(|there| path.contains(there.as_str())) {
                swapped.insert((*is_act, path.replace(there.as_str(), name)));
            }
        }
    }
    for line in lines().iter().filter(|line| !line.is_for_anyone()) {
        let Some(begin) = line.path.find('{') else {
            if is_inside(&line.path) {
                swapped.insert((line.method == Method::Post, line.path.clone()));
            }
            continue;
        };
        let end = line.path[begin..]
            .find('}')
            .map_or(line.path.len(), |at| begin + at + 1);
        for name in &names {
            let path = format!("{}{name}{}", &line.path[..begin], &line.path[end..]);
            if !path.contains('{') && is_inside(&path) {
                swapped.insert((line.method == Method::Post, path));
            }
        }
    }
    swapped
}
