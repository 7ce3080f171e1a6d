//! Whatever the groups are: nothing that A is shown, sent or given as a file tells of B (the property, for groups made from a seed; the
//! table of who may where has the fixed ones). SAMEBOAT_SEED makes others.

mod written;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::clock::Clock as _;
use domain::groups::{Draft, Listing, Mail, Slug};
use domain::people::{Handle, Role};
use store::{Store, Who, leading, listings};
use testing::people::{by_link, by_two, invent_as, letters, who};
use testing::random::{Random, told};
use testing::{TestDatabase, both_engines};
use web::routes::{Method, TABLE};

use crate::access::asking::ask;
use crate::access::canaries::{BEGIN, found, log};
use crate::common::{line, settings, site, therapy};

const PAST: &str = "2026-11-19";
const NEXT: &str = "2026-12-03";
/// A session that is cancelled: the members are written to.
const CANCELLED: &str = "2026-12-17";
const TOLD: leading::Told<'static> = leading::Told {
    subject: "A message for you",
    body: "Open it",
};

/// Whose it is, and who else may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Secret {
    /// Said by someone in a group, or written about them there: of who leads that group, and theirs where it is.
    Of {
        whose: usize,
        group: usize,
        theirs: bool,
    },
    /// What helped them, shown to all who come to that support group.
    Helped { whose: usize, group: usize },
    /// What they go by and their address: also of whom they lead a group with, or lead.
    Name(usize),
    /// Of a group: of who leads it.
    Group(usize),
    /// Of one who leads: theirs alone.
    Own(usize),
}

#[derive(Debug, Clone)]
struct Someone {
    slug: Slug,
    mail: Mail,
    /// The groups they lead, and those they are members of.
    leads: Vec<usize>,
    among: Vec<usize>,
    /// Whether they come to the support group.
    comes: bool,
}

struct World {
    db: TestDatabase,
    store: Store,
    router: axum::Router,
    random: Random,
    /// Therapy groups; the last is a support group.
    groups: Vec<Slug>,
    people: Vec<Someone>,
    secrets: BTreeMap<String, Secret>,
}

impl World {
    async fn new(db: TestDatabase, seed: usize) -> Self {
        let router = site(&db, settings(false)).await;
        let mut world = Self {
            store: db.store().await,
            db,
            router,
            random: Random(seed as u64),
            groups: Vec::new(),
            people: Vec::new(),
            secrets: BTreeMap::new(),
        };
        world.publish().await;
        let now = world.db.clock.now();
        world.db.clock.forward(-TimeDelta::weeks(4));
        world.move_in().await;
        world.db.clock.forward(now - world.db.clock.now());
        for group in 0..world.support() {
            world.meets(group).await;
        }
        world.peers().await;
        world
    }

    fn support(&self) -> usize {
        self.groups.len() - 1
    }

    /// The first of those who lead a group.
    fn leader(&self, group: usize) -> usize {
        let leads = |one: &Someone| one.leads.contains(&group);
        self.people.iter().position(leads).unwrap()
    }

    fn secret(&mut self, secret: Secret) -> String {
        let canary = format!("{BEGIN}{:016}", 7_919 * (self.secrets.len() + 1_000_003));
        self.secrets.insert(canary.clone(), secret);
        canary
    }

    async fn publish(&mut self) {
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        for number in 0..2_u64 {
            let slug = Slug::from_bits(20 + number);
            let listing = Listing::check(Draft {
                title: line(&format!("Group {number}")),
                ..therapy()
            });
            listings::publish(&mut writing, &slug, &listing.unwrap())
                .await
                .unwrap();
            self.groups.push(slug);
        }
        writing.commit().await.unwrap();
        // The site has one.
        self.groups.push(Slug::from_bits(1));
    }

    /// One or two lead each therapy group; of its members one may be in another group too, and one may lead another. To the support
    /// group come two of them, and one who holds nothing.
    async fn move_in(&mut self) {
        for group in 0..self.support() {
            for nth in 0..=self.random.below(2) {
                let role = if nth == 0 { Role::Leader } else { Role::CoLeader };
                let handle = format!("lead{group}{nth}");
                self.invent(&handle.clone(), &handle, &[(role, group)]).await;
            }
            for _ in 0..2 + self.random.below(2) {
                let whose = Secret::Name(self.people.len());
                let (handle, mail) = (self.secret(whose.clone()), self.secret(whose));
                let mut roles = vec![(Role::Member, group)];
                let other = (group + 1) % self.support();
                match self.random.below(5) {
                    0 => roles.push((Role::Member, other)),
                    1 => roles.push((Role::Leader, other)),
                    _ => {}
                }
                self.invent(&handle, &mail, &roles).await;
            }
        }
        let members: Vec<usize> = (0..self.people.len())
            .filter(|one| !self.people[*one].among.is_empty())
            .collect();
        let first = self.random.below(members.len());
        for one in [members[first], members[(first + 1) % members.len()]] {
            self.people[one].comes = true;
        }
        let whose = Secret::Name(self.people.len());
        let (handle, mail) = (self.secret(whose.clone()), self.secret(whose));
        self.invent(&handle, &mail, &[]).await;
        let last = self.people.len() - 1;
        self.people[last].comes = true;
        let facilitates = [(Role::Facilitator, self.support())];
        self.invent("leadpeers", "leadpeers", &facilitates).await;
    }

    async fn invent(&mut self, handle: &str, mail: &str, roles: &[(Role, usize)]) {
        let mail = Mail::parse(&format!("{mail}@people.example")).unwrap();
        let given: Vec<_> = roles
            .iter()
            .map(|(role, group)| (*role, Some(&self.groups[*group])))
            .collect();
        let slug = invent_as(&self.store, &Handle::parse(handle).unwrap(), Some(&mail), &given).await;
        let of = |member: bool| {
            let these = roles.iter().filter(|(role, _)| (*role == Role::Member) == member);
            these.map(|(_, group)| *group).collect()
        };
        self.people.push(Someone {
            slug,
            mail,
            leads: of(false),
            among: of(true),
            comes: false,
        });
    }

    async fn token(&self, one: usize) -> String {
        let one = &self.people[one];
        if one.leads.is_empty() {
            by_link(&self.store, &one.mail).await
        } else {
            by_two(&self.store, &self.db.clock, &one.mail).await
        }
    }

    async fn who(&self, one: usize) -> Who {
        who(&self.store, &self.token(one).await).await
    }

    fn may_see(&self, asker: Option<usize>, secret: &Secret) -> bool {
        let Some(asker) = asker else { return false };
        let leads = &self.people[asker].leads;
        match secret {
            Secret::Own(whose) => *whose == asker,
            Secret::Group(group) => leads.contains(group),
            Secret::Of { whose, group, theirs } => leads.contains(group) || *theirs && *whose == asker,
            Secret::Helped { whose, group } => {
                *whose == asker || self.people[asker].comes || leads.contains(group)
            }
            Secret::Name(whose) => {
                let (asker, whose) = (&self.people[asker], &self.people[*whose]);
                let together = |group: &usize| leads.contains(group) || asker.among.contains(group);
                asker.slug == whose.slug
                    || whose.among.iter().any(|group| leads.contains(group))
                    || whose.leads.iter().any(together)
            }
        }
    }

    /// Every page and file that there is, with every group, session and person in its address.
    fn paths(&self) -> Vec<String> {
        let mut all = Vec::new();
        for route in TABLE
            .iter()
            .filter(|route| route.method == Method::Get && !route.only_in_demo)
        {
            let begun = if route.path.contains('{') {
                route.path
            } else {
                route.example
            };
            let mut some = vec![begun.to_owned()];
            let people: Vec<_> = self.people.iter().map(|one| one.slug.to_string()).collect();
            let groups: Vec<_> = self.groups.iter().map(ToString::to_string).collect();
            let dates = vec![PAST.to_owned(), NEXT.to_owned()];
            for (name, values) in [("{slug}", groups), ("{date}", dates), ("{person}", people)] {
                if begun.contains(name) {
                    some = some
                        .iter()
                        .flat_map(|path| values.iter().map(|value| path.replace(name, value)))
                        .collect();
                }
            }
            all.extend(some.into_iter().filter(|path| !path.contains('{')));
        }
        all
    }

    /// What is wrong in a letter: something of anybody, or the group of who leads none.
    async fn letters(&self) -> Vec<String> {
        let mut wrongs = Vec::new();
        let written = letters(&self.store).await;
        assert!(
            written.iter().any(|letter| letter.body.contains("/me/joining")),
            "the members were written to"
        );
        for letter in written {
            let text = format!("{}\n{}", letter.subject, letter.body);
            wrongs
                .extend(found(&text).map(|canary| format!("{canary} is in the letter “{}”", letter.subject)));
            let leads = self
                .people
                .iter()
                .any(|one| one.mail.as_str() == letter.mail && !one.leads.is_empty());
            let named = self.groups.iter().find(|group| text.contains(group.as_str()));
            if let (false, Some(group)) = (leads, named) {
                wrongs.push(format!("{group} is in a letter to a member:\n{text}"));
            }
        }
        wrongs
    }

    /// What is someone's own and was not shown to them, wherever they looked.
    fn missing(&self, met: &BTreeSet<(usize, String)>) -> Vec<String> {
        let mut missing = Vec::new();
        for (canary, secret) in &self.secrets {
            let whose = match secret {
                Secret::Of { theirs: false, .. } | Secret::Group(_) => continue,
                Secret::Of { whose, .. }
                | Secret::Helped { whose, .. }
                | Secret::Name(whose)
                | Secret::Own(whose) => *whose,
            };
            if !met.contains(&(whose, canary.clone())) {
                missing.push(format!("{canary}, what is of {secret:?}, is kept from them"));
            }
        }
        missing
    }

    /// Everyone asks for all of it; of what has a person in its address, for a part that chance chooses.
    async fn walk(&mut self) -> (usize, usize) {
        let (paths, mut wrongs) = (self.paths(), Vec::new());
        let (mut asked, mut met) = (0, BTreeSet::new());
        let askers = std::iter::once(None).chain((0..self.people.len()).map(Some));
        for asker in askers.collect::<Vec<_>>() {
            let token = match asker {
                Some(one) => Some(self.token(one).await),
                None => None,
            };
            for path in &paths {
                let one_of = if path.contains("/people/") {
                    4
                } else if path.contains("/parts/") || path.contains("/certificates/") {
                    2
                } else {
                    1
                };
                if self.random.below(one_of) > 0 {
                    continue;
                }
                let answer = ask(&self.router, Method::Get, path, token.as_deref(), "").await;
                let text = answer.text();
                asked += 1;
                assert!(
                    !answer.status.is_server_error(),
                    "{path} fails: {}",
                    answer.status
                );
                for canary in found(&text) {
                    let secret = &self.secrets[canary];
                    match asker {
                        Some(one) if self.may_see(asker, secret) => {
                            met.insert((one, canary.to_owned()));
                        }
                        _ => {
                            let who = asker.map(|asker| &self.people[asker]);
                            wrongs.push(format!("{who:?} sees {canary}, what is of {secret:?} at {path}"));
                        }
                    }
                }
            }
        }
        wrongs.extend(self.letters().await);
        wrongs.extend(self.missing(&met));
        assert!(
            wrongs.is_empty(),
            "{} of {asked}:\n{}",
            wrongs.len(),
            wrongs.join("\n")
        );
        (asked, met.len())
    }
}

#[both_engines]
async fn whoever_they_are_nobody_learns_of_another(db: TestDatabase) {
    let log = log();
    let seed = told("SAMEBOAT_SEED", 5);
    let mut world = World::new(db, seed).await;
    let (asked, met) = world.walk().await;
    // What one may see is there to be seen.
    assert!(asked > 1_000 && met > 80, "{asked} asked, {met} seen");
    let log = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
    assert!(log.contains("/staff"), "the log was written");
    assert_eq!(found(&log).next(), None, "in the log, seed {seed}");
    println!("{asked} asked of world {seed}, {met} seen by whom they are for");
}
