//! Forced browsing: whatever address one person finds on their pages is asked by everyone else, with their own groups and
//! people put into it.

use std::collections::{BTreeMap, BTreeSet};

use testing::{TestDatabase, both_engines};
use web::routes::Method;

use crate::asking::ask;
use crate::canaries::{Canaries, Kind};
use crate::house::House;
use crate::subject::{Person, Shown, Subject};

/// How many pages one person's walk goes through at most.
const MOST: usize = 400;

/// An address is asked by one person of so many, the next one by their neighbour: the walk of the table has everyone at every
/// route, this one looks for addresses that the table does not think of.
const ONE_OF: usize = 3;

#[both_engines]
async fn an_address_from_another_persons_page_opens_nothing_of_theirs(db: TestDatabase) {
    let house = House::new(db).await;
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
    let swapped = swap(&house, &all).await;
    let nothing = ask(&house.router, Method::Get, "/nothing-is-here", None, "").await;
    let (mut asked, mut wrongs) = (0, Vec::new());
    for (place, (subject, token)) in browsers.iter().enumerate() {
        let name = subject.name();
        // To end it is meant to work.
        let own = testing::people::signed_in(&house.store, token).await.session();
        let own_end = format!("/me/sessions/{own}/end");
        let addresses = swapped.iter().skip(place % ONE_OF).step_by(ONE_OF);
        for (is_act, path) in addresses.filter(|one| !found[&name].contains(*one)) {
            // What one may do with an empty form is the other tests' matter.
            if *is_act && (meant(subject, path) || path.replace('-', "") == own_end.replace('-', "")) {
                continue;
            }
            let method = if *is_act { Method::Post } else { Method::Get };
            let answer = ask(&house.router, method, path, Some(token), "").await;
            asked += 1;
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
    assert!(asked >= 5_000, "only {asked} swapped addresses were asked");
    println!("{asked} swapped, of {} addresses", swapped.len());
}

/// Whose name or address is in it, beside one's own.
fn others(canaries: &Canaries, text: &str, name: &str) -> Vec<String> {
    let own = [Kind::Handle, Kind::Mail].map(|kind| canaries.of(kind, name).to_owned());
    crate::canaries::found(text)
        .filter(|canary| !own.iter().any(|own| own == canary))
        .map(str::to_owned)
        .collect()
}

/// Whether the canaries' list lets this person see others at that path.
fn meant(subject: &Subject, path: &str) -> bool {
    crate::line::lines().iter().any(|line| {
        line.path.split('/').count() == path.split('/').count()
            && line
                .path
                .split('/')
                .zip(path.split('?').next().unwrap_or_default().split('/'))
                .all(|(template, part)| template.starts_with('{') || template == part)
            && subject.person.is_among(&line.allowed)
    })
}

/// Every address of the staff side and of one's own pages that one comes to by links, and where its forms go to.
async fn crawl(house: &House, token: &str) -> BTreeSet<(bool, String)> {
    let mut waiting = vec!["/staff".to_owned(), "/me".to_owned()];
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut found = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        assert!(seen.len() <= MOST, "one walks in circles at {path}");
        let answer = ask(&house.router, Method::Get, &path, Some(token), "").await;
        if answer.status.is_success() {
            found.insert((false, path));
        }
        for link in attribute(&answer.body, "href=\"") {
            if is_inside(&link) && seen.insert(link.clone()) {
                waiting.push(link);
            }
        }
        for act in attribute(&answer.body, "action=\"") {
            if is_inside(&act) {
                found.insert((true, act));
            }
        }
    }
    found
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
        let sql = format!("select lower(cast(id as text)) as it from {table} order by id limit 2");
        let sql = match house.db.url().file() {
            Some(_) => sql.replace("cast(id as text)", "hex(id)"),
            None => sql,
        };
        names.extend(house.past.texts(&sql).await);
    }
    let mut swapped = all.clone();
    for (is_act, path) in all {
        for name in &names {
            if let Some(there) = names.iter().find(|there| path.contains(there.as_str())) {
                swapped.insert((*is_act, path.replace(there.as_str(), name)));
            }
        }
    }
    for line in crate::line::lines().iter().filter(|line| !line.is_for_anyone()) {
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
