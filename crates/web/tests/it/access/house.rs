//! A seeded organisation: two groups, and someone in every role and relation, each with a canary for a name and another for
//! an address.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::TimeDelta;
use domain::groups::{Listing, Mail, Seats, Slug};
use domain::people::{Handle, Role};
use domain::providers::Provider;
use store::acts::{ChangeAccount, ChangeAccounts, EditGroup, RunListings};
use store::outbox::{self, Letter};
use store::signing::link;
use store::{On, Store, Who, groups, invitations, listings, providers, sessions};
use testing::TestDatabase;
use testing::people::{by_link, by_two, invent_as, slug_of, who};
use web::{App, app};

use crate::access::canaries::{Canaries, Kind};
use crate::access::past::Past;
use crate::access::subject::{Not, Person, Relation, Shown, Subject};
use crate::common;

pub struct House {
    pub db: TestDatabase,
    pub store: Store,
    pub router: axum::Router,
    pub past: Past,
    pub canaries: Canaries,
    /// Their slugs by name.
    pub people: BTreeMap<String, Slug>,
    /// Those who do nothing themselves.
    pub extras: BTreeMap<&'static str, Slug>,
}

pub const HERE: u64 = 1;
pub const THERE: u64 = 2;

impl House {
    pub async fn new(db: TestDatabase) -> Self {
        Self::with(db, common::settings(false)).await
    }

    pub async fn with(db: TestDatabase, settings: web::Settings) -> Self {
        let (store, past) = (db.store().await, Past::of(&db).await);
        publish(&store).await;
        let app = App::new(store.clone(), db.clock.clone(), settings, common::content());
        let mut house = Self {
            router: self::app(app.await.unwrap()),
            db,
            store,
            past,
            canaries: Canaries::default(),
            people: BTreeMap::new(),
            extras: BTreeMap::new(),
        };
        for person in Person::all() {
            house.move_in(&person).await;
        }
        house.invite().await;
        house.draft().await;
        house.canaries.new_one(Kind::Words, "break-glass");
        house.break_glass().await;
        house.furnish().await;
        house
    }

    async fn move_in(&mut self, person: &Person) {
        let (name, slug_of) = (person.name(), Slug::from_bits);
        let handle = self.canaries.new_one(Kind::Handle, &name);
        let mail = self.canaries.new_one(Kind::Mail, &name);
        let (here, there) = (slug_of(HERE), slug_of(THERE));
        let roles: Vec<(Role, Option<&Slug>)> = person
            .0
            .iter()
            .map(|(role, place)| {
                let group = match place {
                    Relation::Here => Some(&here),
                    Relation::There => Some(&there),
                    Relation::Organisation => None,
                    Relation::Former => role
                        .holds_for(domain::people::Reach::Group(domain::people::GroupId(
                            uuid::Uuid::nil(),
                        )))
                        .then_some(&here),
                };
                (*role, group)
            })
            .collect();
        let handle = Handle::parse(&handle).unwrap();
        let mail = Mail::parse(&format!("{mail}@people.example")).unwrap();
        let slug = invent_as(&self.store, &handle, Some(&mail), &roles).await;
        if person.0.iter().any(|(_, place)| *place == Relation::Former) {
            let ended = format!(
                "update role_held set until_at = from_at where person_id = (select id from person where slug = '{slug}')"
            );
            self.past.change(&ended).await;
        }
        self.people.insert(name, slug);
    }

    /// An invitation that waits: an address that only an admin sees.
    async fn invite(&mut self) {
        let mail = self.canaries.new_one(Kind::Invited, "invited");
        self.invitation(&format!("{mail}@people.example")).await;
    }

    /// A group that is being written, and a change of the one that is here that is not published.
    async fn draft(&mut self) {
        let (new, typed) = (
            self.canaries.new_one(Kind::New, "draft"),
            self.canaries.new_one(Kind::Typed, "draft"),
        );
        let coordinator = self.two(Role::Coordinator, Relation::Organisation).await;
        let mut writing = self.store.write(coordinator).await.unwrap();
        let permit = writing.permit::<RunListings>(On::Organisation).await;
        groups::create(&mut permit.unwrap(), &format!("title={new}&summary={new}"))
            .await
            .unwrap();
        let here = Slug::from_bits(HERE);
        let permit = writing.permit::<EditGroup>(On::Group(&here)).await;
        groups::keep(
            &mut permit.unwrap(),
            None,
            &format!("title={typed}&summary={typed}"),
        )
        .await
        .unwrap();
        writing.commit().await.unwrap();
    }

    pub async fn two(&self, role: Role, place: Relation) -> Who {
        let mail = self.mail_of(&Person(vec![(role, place)]));
        let token = self.by_two(&mail).await;
        who(&self.store, &token).await
    }

    /// By two factors, of which the second is gone again: who comes by one has set up none yet, and is led to do so where
    /// their role asks for it. Who has one is asked for it at once, whatever they want: that is another test.
    async fn by_two(&self, mail: &Mail) -> String {
        let token = by_two(&self.store, &self.db.clock, mail).await;
        let slug = slug_of(&self.store, mail).await;
        let of = format!("(select id from person where slug = '{slug}')");
        let forget = format!("delete from totp where person_id = {of}");
        self.past.change(&forget).await;
        token
    }

    /// The token of a new invitation.
    async fn invitation(&self, mail: &str) -> String {
        let caught = Mutex::new(String::new());
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
        let letter = link::Letter {
            subject: "A note from Lakeshore",
            body: &|token| {
                token.clone_into(&mut caught.lock().unwrap());
                token.to_owned()
            },
        };
        let to = Mail::parse(mail).unwrap();
        invitations::invite(&mut permit, &to, Role::Auditor, None, &letter)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        caught.into_inner().unwrap()
    }

    fn mail_of(&self, person: &Person) -> Mail {
        let canary = self.canaries.of(Kind::Mail, &person.name());
        Mail::parse(&format!("{canary}@people.example")).unwrap()
    }

    /// A session of theirs, new each time.
    pub async fn token(&self, subject: &Subject) -> Option<String> {
        let (store, clock, mail) = (&self.store, &self.db.clock, self.mail_of(&subject.person));
        Some(match subject.shown {
            Shown::Two => self.by_two(&mail).await,
            Shown::One => by_link(store, &mail).await,
            Shown::Stale => {
                let ago = domain::access::FRESH + TimeDelta::minutes(1);
                clock.forward(-ago);
                let token = self.by_two(&mail).await;
                clock.forward(ago);
                token
            }
            Shown::Not(Not::Visitor) => return None,
            Shown::Not(Not::Forged) => "0123456789abcdef".repeat(4),
            Shown::Not(Not::Expired) => {
                let ago = sessions::STAFF.idle + TimeDelta::minutes(1);
                clock.forward(-ago);
                let token = self.by_two(&mail).await;
                clock.forward(ago);
                token
            }
            Shown::Not(Not::Revoked) => {
                let token = self.by_two(&mail).await;
                let mut writing = store.write(who(store, &token).await).await.unwrap();
                let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
                let id = testing::people::signed_in(store, &token).await.session();
                sessions::end(&mut permit, id).await.unwrap();
                writing.commit().await.unwrap();
                token
            }
            Shown::Not(Not::Closed) => self.closed().await,
        })
    }

    /// The session of someone whose account was closed while it was open.
    async fn closed(&self) -> String {
        let number = self.past.count("person").await;
        let name = format!("closed{number}");
        let slug = testing::people::invent(&self.store, &name, &[(Role::Admin, None)]).await;
        let token = by_two(&self.store, &self.db.clock, &testing::people::mail(&name)).await;
        let close = format!("update person set ended_at = created_at where slug = '{slug}'");
        self.past.change(&close).await;
        token
    }

    /// Makes the group that is here paused or ended, or neither, as if someone at the console did.
    async fn bring(&self, wanted: Option<Seats>) -> String {
        let slug = Slug::from_bits(HERE);
        let mut reading = self.store.read(Who::Visitor).await.unwrap();
        let is = listings::by_slug(&mut reading, &slug).await.unwrap().unwrap();
        drop(reading);
        let is = match is.listing.seats {
            Seats::Paused { .. } => Some(Seats::Paused { until: None }),
            Seats::Ended { .. } => Some(Seats::Ended { on: None }),
            _ => None,
        };
        if is == wanted {
            return slug.to_string();
        }
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        if let Some(Seats::Ended { .. }) = is {
            let permit = writing.permit::<RunListings>(On::Organisation).await;
            groups::reverse_end(&mut permit.unwrap(), &slug).await.unwrap();
        }
        let mut permit = writing.permit::<EditGroup>(On::Group(&slug)).await.unwrap();
        if let Some(Seats::Paused { .. }) = is {
            groups::resume(&mut permit).await.unwrap();
        }
        match wanted {
            Some(Seats::Paused { until }) => groups::pause(&mut permit, until).await.unwrap(),
            Some(_) => {
                let day = domain::clock::Clock::now(&*self.db.clock).date_naive();
                let permit = writing.permit::<RunListings>(On::Organisation).await;
                groups::end(&mut permit.unwrap(), &slug, day).await.unwrap();
            }
            None => {}
        }
        writing.commit().await.unwrap();
        slug.to_string()
    }

    /// The sessions of someone, as they stand in addresses.
    pub async fn sessions(&self, whose: &Slug) -> Vec<String> {
        let which = format!("person_id = (select id from person where slug = '{whose}')");
        self.past.ids("session", &which).await
    }

    /// Every letter that did not go out, as the job opens them that sends them.
    pub async fn letters(&self) -> Vec<Letter> {
        let due = "update outbox set due_at = made_at, given_up_at = null where sent_at is null";
        self.past.change(due).await;
        let mut writing = self.store.write(Who::Job("letters")).await.unwrap();
        let letters = outbox::take(&mut writing, 1_000_000).await.unwrap();
        assert_eq!(
            letters.len(),
            self.past.ids("outbox", "sent_at is null").await.len()
        );
        letters
    }

    /// What stands for a placeholder: `here`, `there`, `nowhere`, the name of a person, or something new each time.
    pub async fn object(&self, name: &str) -> String {
        match name {
            "here" => Slug::from_bits(HERE).to_string(),
            "here:open" => self.bring(None).await,
            "here:paused" => self.bring(Some(Seats::Paused { until: None })).await,
            "here:ended" => self.bring(Some(Seats::Ended { on: None })).await,
            "draft" => {
                let sql = "select slug as it from group_draft where listing_id is null order by id limit 1";
                self.past.texts(sql).await.remove(0)
            }
            "there" => Slug::from_bits(THERE).to_string(),
            "nowhere" => Slug::from_bits(99).to_string(),
            "provider" => Slug::from_bits(11).to_string(),
            "new-invitation" => {
                let number = self.past.count("invitation").await;
                self.invitation(&format!("invited{number}@people.example")).await
            }
            "new-link" => {
                let person = Person(vec![(Role::Member, Relation::Here)]);
                testing::people::mailed_link(&self.store, &self.mail_of(&person)).await
            }
            name => match (self.waiting(name).await, name.strip_prefix("person:")) {
                (Some(waiting), _) => waiting,
                (None, Some(person)) => self.people[person].to_string(),
                (None, None) => name.to_owned(),
            },
        }
    }

    /// A form with what stands for each `{name}` in it.
    pub async fn fill(&self, form: &str) -> String {
        let mut parts = form.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            filled.push_str(&self.object(name).await);
            filled.push_str(rest);
        }
        filled
    }
}

async fn publish(store: &Store) {
    let mut writing = store.write(Who::Operator).await.unwrap();
    let drafts = [
        (HERE, common::grief(common::library())),
        (THERE, common::therapy()),
    ];
    for (bits, draft) in drafts {
        let listing = Listing::check(draft).unwrap();
        listings::publish(&mut writing, &Slug::from_bits(bits), &listing)
            .await
            .unwrap();
    }
    for (bits, draft, links) in common::people() {
        let provider = Provider::check(draft).unwrap();
        providers::publish(&mut writing, &Slug::from_bits(bits), &provider, &links)
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
}
