//! Whatever the groups are: nothing that A is shown, sent or given as a file tells of B (the property, for groups made from a seed; the
//! table of who may where has the fixed ones). SAMEBOAT_SEED makes others.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use domain::attendance::Presence;
use domain::clock::Clock as _;
use domain::goals::Goal;
use domain::groups::{Draft, Listing, Mail, Slug};
use domain::people::{Handle, Role};
use domain::records::{Field, Words};
use domain::text::{Line, Prose};
use store::acts::{ChangeContact, Come, KeepNote, MarkAttendance, WritePart, WriteRecord};
use store::records::{self, Base, Known, Looked, Rules};
use store::{On, Store, Who, leading, listings};
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
    /// Of a member: theirs, and of who leads a group of theirs.
    Member(usize),
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
}

struct World {
    db: TestDatabase,
    store: Store,
    router: axum::Router,
    random: Random,
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
        for group in 0..world.groups.len() {
            world.meets(group).await;
        }
        world
    }

    fn secret(&mut self, secret: Secret) -> String {
        let canary = format!("{BEGIN}{:016}", 7_919 * (self.secrets.len() + 1_000_003));
        self.secrets.insert(canary.clone(), secret);
        canary
    }

    async fn publish(&mut self) {
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        for number in 0..2 + self.random.below(2) {
            let slug = Slug::from_bits(20 + number as u64);
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
    }

    /// One or two lead each group; of its members one may be in another group too, and one may lead another.
    async fn move_in(&mut self) {
        for group in 0..self.groups.len() {
            for nth in 0..=self.random.below(2) {
                let role = if nth == 0 { Role::Leader } else { Role::CoLeader };
                let handle = format!("lead{group}{nth}");
                self.invent(&handle.clone(), &handle, &[(role, group)]).await;
            }
            for _ in 0..2 + self.random.below(4) {
                let whose = Secret::Name(self.people.len());
                let (handle, mail) = (self.secret(whose.clone()), self.secret(whose));
                let mut roles = vec![(Role::Member, group)];
                let other = (group + 1) % self.groups.len();
                match self.random.below(5) {
                    0 => roles.push((Role::Member, other)),
                    1 => roles.push((Role::Leader, other)),
                    _ => {}
                }
                self.invent(&handle, &mail, &roles).await;
            }
        }
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

    /// All that is written about a session and those who come to it.
    async fn meets(&mut self, group: usize) {
        let at = self.groups[group].clone();
        let (past, next): (NaiveDate, NaiveDate) = (PAST.parse().unwrap(), NEXT.parse().unwrap());
        let rules = Rules::plain(past);
        let leader = self
            .people
            .iter()
            .position(|one| one.leads.contains(&group))
            .unwrap();
        let lead = self.who(leader).await;
        let members: Vec<usize> = (0..self.people.len())
            .filter(|one| self.people[*one].among.contains(&group))
            .collect();
        let themes = self.secret(Secret::Group(group));
        let own = self.secret(Secret::Own(leader));
        let mut writing = self.store.write(lead.clone()).await.unwrap();
        let words = Words::new(Field::OF_SESSION, [(Field::Themes, themes)]).unwrap();
        let mut permit = writing
            .permit::<WriteRecord>(On::Record(&at, past))
            .await
            .unwrap();
        records::write_session(&mut permit, past, Base::default(), words, rules)
            .await
            .unwrap();
        let mut permit = writing.permit::<KeepNote>(On::Own(&at)).await.unwrap();
        records::write_own_note(&mut permit, past, None, &own)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        for member in members {
            let person = self.people[member].slug.clone();
            let mut words = || self.secret(Secret::Member(member));
            let (plan, goal, fact) = (words(), words(), words());
            let (excuse, place, contact) = (words(), words(), words());
            let mut writing = self.store.write(lead.clone()).await.unwrap();
            let on = On::PersonIn(&person, &at);
            let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
            leading::mark(&mut permit, past, Presence::Present).await.unwrap();
            let mut permit = writing
                .permit::<WritePart>(On::Part(&person, &at, past))
                .await
                .unwrap();
            let of_them = Words::new(Field::OF_PART, [(Field::Plan, plan)]).unwrap();
            records::write_part(&mut permit, past, Base::default(), of_them, rules)
                .await
                .unwrap();
            let mut permit = writing.permit::<WritePart>(On::ByMe(&person, &at)).await.unwrap();
            let levels = ["never", "once a month", "weekly", "twice a week", "daily"].map(line);
            let goal = Goal::new(line(&goal), levels, 1, 1).unwrap();
            records::add_goal(&mut permit, &goal, Looked::TellsNobody)
                .await
                .unwrap();
            let known = Known {
                names: vec![],
                nicknames: vec![],
                phones: vec![],
                facts: vec![line(&fact)],
            };
            records::set_known(&mut permit, &known, |_| true).await.unwrap();
            writing.commit().await.unwrap();
            let mut writing = self.store.write(self.who(member).await).await.unwrap();
            let mut permit = writing.permit::<Come>(On::MyselfIn(&at)).await.unwrap();
            let excuse: Line = line(&excuse);
            leading::excuse(&mut permit, next, Some(&excuse), &TOLD)
                .await
                .unwrap();
            let mut permit = writing.permit::<ChangeContact>(On::MyselfIn(&at)).await.unwrap();
            let place = Prose::parse(&place).unwrap();
            leading::set_whereabouts(&mut permit, next, Some(&place))
                .await
                .unwrap();
            let contact = Prose::parse(&contact).unwrap();
            leading::set_emergency(&mut permit, Some(&contact)).await.unwrap();
            writing.commit().await.unwrap();
        }
        let token = self.token(leader).await;
        let cancel = format!("/staff/groups/{at}/sessions/{CANCELLED}/cancellation");
        let answer = ask(&self.router, Method::Post, &cancel, Some(&token), "plans=stay").await;
        assert_eq!(
            answer.status,
            axum::http::StatusCode::SEE_OTHER,
            "{}",
            answer.body
        );
    }

    fn may_see(&self, asker: Option<usize>, secret: &Secret) -> bool {
        let Some(asker) = asker else { return false };
        let leads = &self.people[asker].leads;
        match secret {
            Secret::Own(whose) => *whose == asker,
            Secret::Group(group) => leads.contains(group),
            Secret::Member(whose) => {
                let whose = &self.people[*whose];
                self.people[asker].slug == whose.slug || whose.among.iter().any(|group| leads.contains(group))
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

    /// Everyone asks for all of it; of what has a person in its address, for a part that chance chooses.
    async fn walk(&mut self) -> (usize, usize) {
        let (paths, mut wrongs) = (self.paths(), Vec::new());
        let (mut asked, mut met) = (0, 0);
        let askers = std::iter::once(None).chain((0..self.people.len()).map(Some));
        for asker in askers.collect::<Vec<_>>() {
            let token = match asker {
                Some(one) => Some(self.token(one).await),
                None => None,
            };
            for path in &paths {
                if path.contains("/people/") && self.random.below(4) > 0 {
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
                    if self.may_see(asker, secret) {
                        met += 1;
                    } else {
                        let who = asker.map(|asker| &self.people[asker]);
                        wrongs.push(format!("{who:?} sees {canary}, what is of {secret:?} at {path}"));
                    }
                }
            }
        }
        wrongs.extend(self.letters().await);
        assert!(
            wrongs.is_empty(),
            "{} of {asked}:\n{}",
            wrongs.len(),
            wrongs.join("\n")
        );
        (asked, met)
    }
}

#[both_engines]
async fn whoever_they_are_nobody_learns_of_another(db: TestDatabase) {
    let log = log();
    let seed = told("SAMEBOAT_SEED", 5);
    let mut world = World::new(db, seed).await;
    let (asked, met) = world.walk().await;
    // What one may see is there to be seen.
    assert!(asked > 1_000 && met > 100, "{asked} asked, {met} seen");
    let log = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
    assert!(log.contains("/staff"), "the log was written");
    assert_eq!(found(&log).next(), None, "in the log, seed {seed}");
    println!("{asked} asked of world {seed}, {met} seen by whom they are for");
}
