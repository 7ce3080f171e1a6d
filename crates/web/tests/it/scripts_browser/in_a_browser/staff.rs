//! The same texts in what staff, visitors and other organisations' feeds store, on every page where staff see it; and in forms
//! that are shown again with what was typed.

use chrono::TimeDelta;
use domain::groups::Listing;
use domain::groups::{HowToCome, Mail, Source};
use domain::mending::{Correction, Fact, Problem, Unfinished};
use store::acts::{ChangeAccount, ChangeAccounts, RunInstallation};
use store::break_glass::{self, BrokenId, Finding, Notice};
use store::feeds::{self, Ended, FeedId, Wanted};
use store::imports::{self, Corrected, Feed, Staged};
use store::signing::link::Letter;
use store::signing::passkey;
use store::{invitations, jobs, outbox, people, reports, sessions};
use testing::people::{by_link, by_two, invent, invent_as, mail, who};

use super::*;

/// How many groups, feeds and opened records there are: each holds a part of the texts.
const THINGS: usize = 28;
/// Rows of the one feed that is read.
const ROWS: usize = 112;
/// How many texts are typed into one field of a form.
const TYPED: usize = 40;
/// How often something of the texts stands in a page to be read, or in a field of it.
const SHOWN: &str = "((document.body.textContent + [...document.querySelectorAll('input, textarea, option')] \
    .map(e => e.value).join(' ')).match(/al('.{0,3}')?ert|evil\\.example/gi) || []).length";

/// How many texts at least are stored.
const LEAST: usize = 20_000;

const JOB: Who = Who::Job("feeds");
const LETTER: Letter<'_> = Letter {
    subject: "A note from Lakeshore",
    body: &str::to_owned,
};

impl Texts<'_> {
    /// The next ones, so many at most, as long as they fit into so many characters together.
    fn some(&mut self, most: usize, characters: usize) -> String {
        let mut text = String::new();
        for _ in 0..most {
            let next = &self.all[(self.at + 1) % self.all.len()];
            if text.chars().count() + next.chars().count() + 1 > characters {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.next());
        }
        text
    }
}

/// Everything that is stored, and where to look at it.
struct Office<'a> {
    db: &'a TestDatabase,
    store: &'a Store,
    texts: Texts<'a>,
    all: &'a [String],
    feeds: Vec<FeedId>,
    /// People on the staff and members of the group that is here, who go by such texts.
    staff: Vec<Slug>,
    members: Vec<Slug>,
    /// Sessions of those whose passkeys are named by them.
    with_passkeys: Vec<String>,
}

/// The group whose people are looked at.
fn here() -> Slug {
    Slug::from_bits(1)
}

fn group_of(number: usize) -> Slug {
    Slug::from_bits(GROUPS + u64::try_from(number).unwrap())
}

impl<'a> Office<'a> {
    async fn furnish(db: &'a TestDatabase, store: &'a Store, all: &'a [String]) -> Self {
        let mut office = Self {
            db,
            store,
            texts: Texts { all, at: 0, taken: 0 },
            all,
            feeds: Vec::new(),
            staff: Vec::new(),
            members: Vec::new(),
            with_passkeys: Vec::new(),
        };
        office.groups().await;
        office.reports().await;
        office.addresses().await;
        office.rows().await;
        office.corrections().await;
        office.people().await;
        office.passkeys().await;
        office.opened().await;
        office.failures().await;
        office
    }

    async fn write(&self, who: Who, act: impl AsyncFnOnce(&mut store::Writing)) {
        let mut writing = self.store.write(who).await.unwrap();
        act(&mut writing).await;
        writing.commit().await.unwrap();
    }

    async fn groups(&mut self) {
        let mut drafts = vec![(
            here(),
            Draft {
                title: self.texts.line(),
                ..common::grief(common::library())
            },
        )];
        for number in 0..THINGS {
            drafts.push((group_of(number), group(&mut self.texts, number)));
        }
        self.write(Who::Operator, async |writing| {
            for (slug, draft) in drafts {
                let listing = Listing::check(draft).unwrap();
                listings::publish(writing, &slug, &listing).await.unwrap();
            }
            for number in 0..THINGS {
                let permit = writing.permit::<ChangeAccounts>(On::Organisation).await;
                let (to, group) = (mail(&format!("lead{number}")), group_of(number));
                invitations::invite(&mut permit.unwrap(), &to, Role::Leader, Some(&group), &LETTER)
                    .await
                    .unwrap();
            }
        })
        .await;
    }

    /// Beside every report as many words as are kept.
    async fn reports(&mut self) {
        for number in 0..THINGS {
            let words: Vec<String> = (0..20)
                .map(|_| self.texts.some(8, reports::LONGEST_WORDS))
                .collect();
            self.write(Who::Visitor, async |writing| {
                for words in &words {
                    let reason = reports::Reason::ALL[number % reports::Reason::ALL.len()];
                    reports::make(writing, &group_of(number), reason, Some(words))
                        .await
                        .unwrap();
                }
            })
            .await;
        }
    }

    /// Feeds whose address, programme and all else that is said of them are such texts, and why they could not be read.
    async fn addresses(&mut self) {
        for _ in 0..THINGS {
            let texts = &mut self.texts;
            let wanted = Wanted {
                address: texts.some(8, 2_000),
                programme: texts.some(4, 2_000),
                format: Some(texts.some(4, 2_000)),
                zone: Some(texts.some(4, 2_000)),
                licence: Some(texts.some(8, 2_000)),
                every_hours: 24,
            };
            let why = texts.some(8, 600);
            let mut writing = self.store.write(Who::Operator).await.unwrap();
            let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
            let id = feeds::add(&mut permit, &wanted).await.unwrap();
            writing.commit().await.unwrap();
            let feed = self.to_fetch(id).await;
            self.write(JOB, async |writing| {
                feeds::ended(writing, &feed, None, Ended::Failed(&why))
                    .await
                    .unwrap();
            })
            .await;
            self.feeds.push(id);
        }
    }

    async fn to_fetch(&self, id: FeedId) -> feeds::ToFetch {
        let mut reading = self.store.read(JOB).await.unwrap();
        let feed = feeds::to_fetch(&mut reading, &id.to_string()).await;
        feed.unwrap().unwrap()
    }

    /// Held rows of the first feed: their ids, what they say, and what is wrong with them.
    async fn rows(&mut self) {
        let feed = self.to_fetch(self.feeds[0]).await;
        let mut rows: Vec<Staged> = (1..=ROWS).map(|number| row(&mut self.texts, number)).collect();
        let from = Feed {
            programme: feed.wanted.programme.clone(),
            format: "meeting-guide",
        };
        self.write(JOB, async |writing| {
            let run = imports::begin(writing, &from).await.unwrap();
            imports::stage(writing, &run, &mut rows).await.unwrap();
            let taken = Ended::TakenIn {
                etag: None,
                last_modified: None,
            };
            feeds::ended(writing, &feed, Some(&run), taken).await.unwrap();
            imports::finish(writing, run).await.unwrap();
        })
        .await;
    }

    async fn held(&self) -> Vec<feeds::HeldRow> {
        let mut reading = self.store.read(Who::Operator).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::held(&mut permit, self.feeds[0]).await.unwrap()
    }

    /// What is said in place of what half of the rows have wrong; a few others are dismissed.
    async fn corrections(&mut self) {
        for row in self.held().await.into_iter().take(ROWS / 2) {
            let mut writing = self.store.write(Who::Operator).await.unwrap();
            let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
            let found = feeds::fixable(&mut permit, self.feeds[0], row.number).await;
            let mut puts = Vec::new();
            for problem in found.unwrap().unfinished.unwrap().problems() {
                puts.push(Correction {
                    put: match &problem.fact {
                        Fact::Title => Some(self.texts.line().to_string()),
                        Fact::Summary => Some(self.texts.prose().to_string()),
                        _ => None,
                    },
                    fact: problem.fact.clone(),
                    given: problem.given.clone(),
                });
            }
            feeds::correct(&mut permit, self.feeds[0], row.number, &row.id, &puts)
                .await
                .unwrap()
                .unwrap();
            writing.commit().await.unwrap();
        }
        for row in self.held().await.into_iter().take(THINGS) {
            let mut writing = self.store.write(Who::Operator).await.unwrap();
            let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
            feeds::dismiss(&mut permit, self.feeds[0], row.number)
                .await
                .unwrap();
            writing.commit().await.unwrap();
        }
    }

    /// Members of the group that is here, and as many who facilitate it and have done something.
    async fn people(&mut self) {
        let handles = self.handles();
        assert!(handles.len() >= 100, "only {} names", handles.len());
        let here = here();
        for (number, handle) in handles.iter().enumerate() {
            self.texts.taken += 1;
            let mail = mail(&format!("person{number}"));
            if number.is_multiple_of(2) {
                let roles = [(Role::Member, Some(&here))];
                self.members
                    .push(invent_as(self.store, handle, Some(&mail), &roles).await);
                continue;
            }
            let roles = [(Role::Facilitator, Some(&here))];
            self.staff
                .push(invent_as(self.store, handle, Some(&mail), &roles).await);
            self.rename(&mail, handle).await;
        }
    }

    /// The texts that can be a name.
    fn handles(&self) -> Vec<Handle> {
        let handles = self.all.iter().filter_map(|text| Handle::parse(text).ok());
        handles.collect()
    }

    /// Something that someone with such a name does.
    async fn rename(&self, mail: &Mail, handle: &Handle) {
        let token = by_link(self.store, mail).await;
        let mut writing = self.store.write(who(self.store, &token).await).await.unwrap();
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
        people::rename(&mut permit, handle).await.unwrap();
        writing.commit().await.unwrap();
    }

    /// As many passkeys as someone may have, under names that are such texts; so many people that each text is one.
    async fn passkeys(&mut self) {
        let address = "https://groups.example.org";
        let site = passkey::Site::new(address, "Lakeshore").unwrap();
        let mut number = 0;
        while usize::try_from(number).unwrap() * 3 < self.all.len() {
            let name = format!("device{number}");
            let facilitates = here();
            invent(self.store, &name, &[(Role::Facilitator, Some(&facilitates))]).await;
            let mut token = by_link(self.store, &mail(&name)).await;
            for _ in 0..20 {
                number += 1;
                let line = Line::parse(&self.texts.some(3, Line::MOST)).unwrap();
                let signed_in = testing::people::signed_in(self.store, &token).await;
                let who = Who::Person(signed_in.clone());
                let mut writing = self.store.write(who).await.unwrap();
                let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
                let asked = passkey::begin(&mut permit, &site).await.unwrap();
                let made = device::make(&asked.options, address, number);
                let kept = passkey::finish(&mut permit, &site, &asked.token, &made, &line).await;
                let proof = kept.unwrap().expect("a passkey is kept");
                let renewed = sessions::renew(&mut writing, &signed_in, &proof).await;
                renewed.unwrap().reveal().clone_into(&mut token);
                writing.commit().await.unwrap();
            }
            self.with_passkeys.push(token);
        }
    }

    /// Why a record was opened, time and again; some were looked at.
    async fn opened(&mut self) {
        invent(self.store, "zoe", &[(Role::Supervisor, None)]).await;
        invent(self.store, "yan", &[(Role::Supervisor, None)]).await;
        let zoe = who(
            self.store,
            &by_two(self.store, &self.db.clock, &mail("zoe")).await,
        )
        .await;
        let yan = who(
            self.store,
            &by_two(self.store, &self.db.clock, &mail("yan")).await,
        )
        .await;
        let (member, group) = (self.members[0].clone(), here());
        let notice = Notice {
            subject: LETTER.subject,
            body: "A record was opened. Please sign in.",
        };
        for number in 0..THINGS {
            let words = self.texts.some(20, 5_000);
            let reason = break_glass::Reason::ALL[number % break_glass::Reason::ALL.len()];
            self.write(zoe.clone(), async |writing| {
                break_glass::open(writing, &member, &group, reason, &words, &notice)
                    .await
                    .unwrap();
            })
            .await;
            let open = self.last_opened().await;
            self.write(zoe.clone(), async |writing| {
                break_glass::close(writing, open).await.unwrap();
            })
            .await;
            if number.is_multiple_of(3) {
                self.write(yan.clone(), async |writing| {
                    break_glass::review(writing, open, Finding::FollowUp)
                        .await
                        .unwrap();
                })
                .await;
            }
        }
    }

    async fn last_opened(&self) -> BrokenId {
        // What is open stands on top of every page of who opened it.
        let token = by_link(self.store, &mail("zoe")).await;
        let signed_in = testing::people::signed_in(self.store, &token).await;
        signed_in.broken()[0].id
    }

    /// How jobs went, and why letters did not go out.
    async fn failures(&mut self) {
        for kind in [jobs::LETTERS, jobs::REVIEWS, jobs::BACKUPS] {
            self.write(Who::Job("jobs"), async |writing| {
                jobs::plan(writing, kind, "", TimeDelta::days(1)).await.unwrap();
            })
            .await;
        }
        loop {
            let why = self.texts.some(5, 300);
            let mut writing = self.store.write(Who::Job("jobs")).await.unwrap();
            let Some(job) = jobs::take(&mut writing).await.unwrap() else {
                break;
            };
            jobs::ended(&mut writing, job, Err(why)).await.unwrap();
            writing.commit().await.unwrap();
        }
        let mut writing = self.store.write(Who::Job("letters")).await.unwrap();
        for letter in outbox::take(&mut writing, 1_000).await.unwrap() {
            let why = outbox::Outcome::Never(self.texts.some(5, 300));
            outbox::tried(&mut writing, letter.id, why).await.unwrap();
        }
        writing.commit().await.unwrap();
    }
}

/// A row whose title and summary are wrong, and that has a field which nobody knows.
fn row(texts: &mut Texts<'_>, number: usize) -> Staged {
    let problem = |texts: &mut Texts<'_>, fact: Fact| Problem {
        fact,
        field: texts.next(),
        given: Some(texts.some(3, 2_000)),
        why: texts.some(3, 2_000),
    };
    let unknown = Fact::Unknown(texts.next());
    let problems = vec![
        problem(texts, Fact::Title),
        problem(texts, Fact::Summary),
        problem(texts, unknown),
    ];
    let draft = Draft {
        how_to_come: HowToCome::WalkIn,
        source: Source::Feed {
            programme: texts.line(),
        },
        ..common::grief(common::library())
    };
    let mut said = vec![("name".to_owned(), texts.some(3, 2_000))];
    said.extend((0..8).map(|_| (texts.next(), texts.some(3, 2_000))));
    Staged {
        row: number,
        id: format!("{number} {}", texts.next()),
        listing: Err(texts.some(5, 2_000)),
        notes: (0..5).map(|_| texts.some(2, 2_000)).collect(),
        said,
        unfinished: Some(Unfinished::finish(draft, problems).unwrap_err()),
        corrected: Corrected::default(),
    }
}

/// A window on the site, and what was found wrong in it.
struct Walk<'a> {
    office: &'a Office<'a>,
    window: &'a Window,
    site: &'a str,
    wrong: Vec<String>,
    pages: usize,
    /// How often something of the texts was seen.
    shown: usize,
}

impl Walk<'_> {
    async fn sign_in(&self, mail: &Mail) {
        let token = by_two(self.office.store, &self.office.db.clock, mail).await;
        self.take(&token).await;
    }

    /// The browser is that of a session from now on.
    async fn take(&self, token: &str) {
        let cookie = format!("document.cookie = 's={token}; path=/'");
        let _: String = self.window.ask(&cookie).await;
    }

    /// Someone new with this role for the organisation.
    async fn come_as(&self, name: &str, role: Role) {
        invent(self.office.store, name, &[(role, None)]).await;
        self.sign_in(&mail(name)).await;
    }

    async fn open(&mut self, path: &str) {
        let found = wrongs(self.window, &format!("{}{path}", self.site)).await;
        self.wrong.extend(found);
        self.answered(path, 200).await;
    }

    /// The same of a page with the newest of many: it may show none of the texts.
    async fn open_newest(&mut self, path: &str) {
        let found = wrongs(self.window, &format!("{}{path}", self.site)).await;
        self.wrong.extend(found);
        self.pages += 1;
        self.shown += self.window.ask::<usize>(SHOWN).await;
    }

    /// The page is there, and shows such texts.
    async fn answered(&mut self, path: &str, wanted: u16) {
        self.pages += 1;
        let shown: usize = self.window.ask(SHOWN).await;
        assert!(shown > 0, "{path} shows none of the texts");
        self.shown += shown;
        let status: u16 = self
            .window
            .ask("performance.getEntriesByType('navigation')[0].responseStatus")
            .await;
        assert_eq!(status, wanted, "{path}");
    }

    /// Sends a form as a page of ours does, and looks at the page on which what was typed is shown again.
    async fn send(&mut self, path: &str, fields: &[(&str, String)]) {
        let fields = serde_json::to_string(fields).unwrap();
        let _: bool = self
            .window
            .ask(&format!(
                "(() => {{ window.sent = true; const form = document.createElement('form'); form.method = 'post'; \
                 form.action = {path:?}; for (const [name, value] of {fields}) {{ const field = document.createElement('textarea'); \
                 field.name = name; field.value = value; form.append(field); }} document.body.append(form); form.submit(); \
                 return true; }})()"
            ))
            .await;
        self.window
            .until("!window.sent && document.readyState == 'complete'")
            .await;
        let found: Vec<String> = self.window.ask(WRONGS).await;
        self.wrong
            .extend(found.into_iter().map(|wrong| format!("{path}: {wrong}")));
        self.answered(path, 422).await;
    }

    /// Texts for each of these fields, over and over until each field had all.
    async fn send_all(&mut self, path: &str, names: &[&str], with: &[(&str, &str)]) {
        let all = self.office.all;
        for at in (0..all.len()).step_by(TYPED) {
            let typed = all[at..all.len().min(at + TYPED)].join(" ");
            let mut fields: Vec<(&str, String)> = names.iter().map(|name| (*name, typed.clone())).collect();
            fields.extend(with.iter().map(|(name, value)| (*name, (*value).to_owned())));
            self.send(path, &fields).await;
        }
    }

    async fn admin(&mut self) {
        self.come_as("alex", Role::Admin).await;
        for path in [
            "/staff/reports",
            "/staff/people",
            "/staff/invitations",
            "/staff/running",
            "/staff/feeds",
        ] {
            self.open(path).await;
        }
        for id in &self.office.feeds {
            self.open(&format!("/staff/feeds/{id}")).await;
            self.open(&format!("/staff/feeds/{id}/edit")).await;
        }
        for slug in self.office.staff.iter().step_by(5) {
            self.open(&format!("/staff/people/{slug}")).await;
            self.open(&format!("/staff/people/{slug}/closure")).await;
        }
        self.open_newest("/staff/audit/installation").await;
        let feed = &["address", "programme", "zone", "licence", "format", "every"];
        self.send_all("/staff/invitations", &["mail", "role", "group"], &[])
            .await;
        self.send_all("/staff/feeds/new", feed, &[]).await;
        self.send_all(&format!("/staff/feeds/{}/edit", self.office.feeds[1]), feed, &[])
            .await;
        let roles = format!("/staff/people/{}/roles", self.office.staff[0]);
        self.send_all(&roles, &["until", "role", "group"], &[]).await;
        self.send_all("/me/name", &["handle"], &[]).await;
        self.send_all("/me/mail", &["mail"], &[]).await;
    }

    async fn coordinator(&mut self) {
        self.come_as("cleo", Role::Coordinator).await;
        let feed = format!("/staff/feeds/{}", self.office.feeds[0]);
        for path in ["/staff/reports", "/staff/feeds"] {
            self.open(path).await;
        }
        for path in [
            "",
            "/held",
            "/held?page=2",
            "/held?dismissed=yes",
            "/held?dismissed=yes&page=2",
            "/corrections",
        ] {
            self.open(&format!("{feed}{path}")).await;
        }
        let rows = self.office.held().await;
        assert_eq!(rows.len(), ROWS / 2, "the others are corrected");
        for row in &rows {
            self.open(&format!("{feed}/held/{}", row.number)).await;
        }
        // What was typed to fix a row and will not do.
        for row in rows.iter().step_by(4) {
            let typed = self.office.all[row.number as usize..].iter().take(TYPED);
            let typed = typed.cloned().collect::<Vec<_>>().join(" ");
            let fields: Vec<(&str, String)> = vec![
                ("row", row.id.clone()),
                ("put-title", typed.clone()),
                ("put-summary", typed.clone()),
                ("put-remarks", typed),
            ];
            self.send(&format!("{feed}/held/{}/correction", row.number), &fields)
                .await;
        }
        let people = format!("/staff/groups/{}/people", here());
        self.open(&people).await;
        for slug in self.office.members.iter().step_by(5) {
            self.open(&format!("{people}/{slug}")).await;
        }
        self.send_all(&format!("{people}/leaders"), &["leader"], &[("role", "leader")])
            .await;
        self.send_all(&format!("{people}/members"), &["handle"], &[])
            .await;
        self.send_all(&format!("{people}/members"), &["mail"], &[]).await;
        self.send_all("/me/name", &["handle"], &[]).await;
    }

    async fn supervisor(&mut self) {
        self.sign_in(&mail("yan")).await;
        let people = format!("/staff/groups/{}/people", here());
        for path in ["/staff/break-glass", &people] {
            self.open(path).await;
        }
        for slug in self.office.members.iter().step_by(20) {
            // It names nobody.
            let page = format!("{}{people}/{slug}/break-glass", self.site);
            self.wrong.extend(wrongs(self.window, &page).await);
        }
        self.send_all("/me/name", &["handle"], &[]).await;
    }

    async fn auditor(&mut self) {
        // The newest come first: those with such names do something once more.
        let handles = self.office.handles();
        for number in (1..100).step_by(2) {
            let mail = mail(&format!("person{number}"));
            self.office.rename(&mail, &handles[number]).await;
        }
        self.come_as("ines", Role::Auditor).await;
        let (mut path, mut seen) = ("/staff/audit".to_owned(), 0);
        for _ in 0..12 {
            self.open_newest(&path).await;
            let names: usize = self
                .window
                .ask("[...document.querySelectorAll('tbody tr')].filter(row => /al('.{0,3}')?ert|evil/i.test(row.cells[1].textContent)).length")
                .await;
            seen += names;
            let older: Option<String> = self
                .window
                .ask("document.querySelector('a[href*=\"before=\"]')?.getAttribute('href') ?? null")
                .await;
            let Some(older) = older else { break };
            path = older;
        }
        assert!(seen >= 20, "only {seen} acts of people with such names");
        self.open("/staff/people").await;
        self.open_newest("/staff/audit/installation").await;
    }

    async fn others(&mut self) {
        for token in &self.office.with_passkeys {
            self.take(token).await;
            self.open("/me/passkeys").await;
        }
        let _: String = self.window.ask("document.cookie = 's=; path=/; max-age=0'").await;
        self.send_all(&format!("/groups/{}/report", here()), &["words", "reason"], &[])
            .await;
        let mut token = String::new();
        let keep = std::sync::Mutex::new(&mut token);
        let letter = Letter {
            subject: LETTER.subject,
            body: &|link| {
                link.clone_into(&mut keep.lock().unwrap());
                link.to_owned()
            },
        };
        self.office
            .write(Who::Operator, async |writing| {
                let permit = writing.permit::<ChangeAccounts>(On::Organisation).await;
                let (to, group) = (mail("new"), group_of(0));
                let mut permit = permit.unwrap();
                invitations::invite(&mut permit, &to, Role::CoLeader, Some(&group), &letter)
                    .await
                    .unwrap();
            })
            .await;
        self.send_all(
            &format!("/invitation/{token}"),
            &["handle"],
            &[("password", "short")],
        )
        .await;
        self.send_all("/sign-in/link", &["address"], &[]).await;
    }
}

#[test]
fn no_text_that_is_stored_or_typed_runs_where_staff_see_it() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let all = payloads::all();
        let store = db.store().await;
        let office = Office::furnish(&db, &store, &all).await;
        let (listener, site) = listen().await;
        let settings = Settings {
            // Forms are taken from pages of this very address.
            public_url: WebPage::parse(&site).unwrap(),
            ..common::settings(false)
        };
        let app = App::new(store.clone(), db.clock.clone(), settings, common::content());
        answer(listener, web::app(app.await.unwrap()));
        let browser = Browser::start().await;
        let window = browser.window_with(DESKTOP, HOOKS).await;
        let mut walk = Walk {
            office: &office,
            window: &window,
            site: &site,
            wrong: Vec::new(),
            pages: 0,
            shown: 0,
        };
        window.open(&site).await;
        walk.admin().await;
        walk.coordinator().await;
        walk.supervisor().await;
        walk.auditor().await;
        walk.others().await;
        let (wrong, pages, shown) = (walk.wrong, walk.pages, walk.shown);
        browser.stop().await;
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
        let stored = office.texts.taken;
        assert!(stored >= LEAST, "only {stored} values were stored");
        assert!(shown >= stored, "only {shown} were seen of {stored}");
        println!(
            "{} texts, {stored} values stored, {pages} pages that show {shown}",
            all.len()
        );
    });
}
