//! What waits for an act: a held row, a report, a letter that was given up, someone to be taken out. Whoever may act has done
//! so by the time the next one asks, so each is made anew where it is gone.

use chrono::TimeDelta;
use domain::agreements::Kind as Agreement;
use domain::groups::{Draft, HowToCome, Listing, Mail, Slug, Source};
use domain::mending::{Correction, Fact, Problem, Unfinished};
use domain::people::{Handle, Role};
use store::acts::{ChangeAccounts, ChangeRoster, RunInstallation, RunListings};
use store::feeds::{self, CorrectionState, Ended, FeedId, HeldRow, Wanted};
use store::imports::{self, Corrected, Feed, Staged};
use store::signing::link::Letter;
use store::{On, Who, Writing, break_glass, invitations, jobs, outbox, reports};

use crate::access::canaries::Kind;
use crate::access::house::{HERE, House, THERE};
use crate::access::subject::{Person, Relation};
use crate::common::{self, line};

const JOB: Who = Who::Job("feeds");

/// Rows of the feed that are held: more than there are people who may decide about one.
const ROWS: usize = 40;

/// What the feed has wrong with each of them.
const WRONG: &str = "???";

/// A letter whose words are nobody's matter here.
const LETTER: Letter<'_> = Letter {
    subject: "A note from Lakeshore",
    body: &str::to_owned,
};

impl House {
    /// People who are only acted upon, a feed with rows that are held, what visitors have said, letters and jobs.
    pub async fn furnish(&mut self) {
        let here = Slug::from_bits(HERE);
        for (name, role, group) in [
            ("guest", Role::Member, Some(&here)),
            ("aide", Role::Facilitator, Some(&here)),
            ("clerk", Role::Auditor, None),
        ] {
            let handle = Handle::parse(&self.canaries.new_one(Kind::Handle, name)).unwrap();
            let mail = testing::people::mail(name);
            let slug = testing::people::invent_as(&self.store, &handle, Some(&mail), &[(role, group)]).await;
            self.extras.insert(name, slug);
        }
        self.canaries.new_one(Kind::Handle, "brought");
        self.canaries.new_one(Kind::Answered, "none");
        self.canaries.new_one(Kind::Noted, "none");
        self.canaries.new_one(Kind::Guest, "none");
        self.canaries.new_one(Kind::Door, "here");
        self.canaries.new_one(Kind::Sought, "search");
        self.canaries.new_one(Kind::Saver, "search");
        self.canaries.new_one(Kind::Recorded, "there");
        self.canaries.new_one(Kind::Parted, "there");
        self.canaries.new_one(Kind::Own, "leader@there");
        self.canaries.new_one(Kind::Said, "report");
        self.canaries.new_one(Kind::Danger, "report");
        self.take_in().await;
        let mut writing = self.store.write(Who::Job("letters")).await.unwrap();
        jobs::plan(&mut writing, jobs::LETTERS, "", TimeDelta::minutes(1))
            .await
            .unwrap();
        writing.commit().await.unwrap();
        for object in [
            "correction",
            "dismissed",
            "report",
            "report:unsafe",
            "report:feed",
            "letter",
            "application:risk",
            "member",
            "coming",
            "part",
        ] {
            self.object(object).await;
        }
    }

    /// What stands for a name that is one of these; none: it is not.
    pub async fn waiting(&self, name: &str) -> Option<String> {
        Some(match name {
            "feed" => self.feed().await.to_string(),
            "feed:paused" => self.stopped("paused_at").await,
            "feed:removed" => self.stopped("removed_at").await,
            "feed:shrunk" => self.shrunk().await,
            "held" => self.held().await.number.to_string(),
            "held:id" => self.held().await.id,
            "dismissed" => self.dismissed().await,
            "correction" => self.correction().await,
            "report" => self.report(reports::Reason::Time, Slug::from_bits(HERE)).await,
            "report:there" => self.report(reports::Reason::Time, Slug::from_bits(THERE)).await,
            "report:unsafe" => self.report(reports::Reason::Unsafe, Slug::from_bits(HERE)).await,
            "report:feed" => self.report(reports::Reason::Time, self.of_feed().await).await,
            "report:resolved" => self.resolved().await,
            "letter" => self.lost_letter().await,
            "job" => self.past.id("job", "kind = 'letters'").await.unwrap(),
            "guest" | "aide" | "clerk" => self.present(name).await.to_string(),
            "guest:left" | "aide:left" => self.left(&name[..name.len() - 5]).await,
            "guest:role" | "aide:role" | "clerk:role" => self.role_of(&name[..name.len() - 5]).await,
            "clerk:closed" => self.closed_account().await,
            "invitation:here" => self.invited(Role::Member).await,
            "invitation:staff" => self.invited(Role::Coordinator).await,
            "application" => self.application("asked").await,
            "application:talked" => self.application("talked").await,
            "application:offered" => self.application("offered").await,
            "application:options" => self.application("options").await,
            "application:accepted" => self.application("accepted").await,
            "application:risk" => self.application("risk").await,
            "record" => self.record().await,
            "part" => self.part().await,
            "time" => self.time().await,
            "member" => self.brought_in().await,
            "hash:rules" => Self::hash(Agreement::GroundRules),
            "hash:peer" => Self::hash(Agreement::PeerRules),
            "asked-measure" => self.asked_measure().await,
            "coming" => self.coming().await,
            "curriculum" => self.curriculum().await,
            "advice" => self.advice("waiting").await,
            "advice:shown" => self.advice("shown").await,
            "new-search" => self.new_search().await,
            "own-search" => self.own_search().await,
            "hash:guardian" => Self::hash(Agreement::Guardian),
            "new-asking" => self.asking().await,
            "opened" => self.opened().await,
            "unopened" => self.unopened().await,
            _ => return None,
        })
    }

    /// The one feed: fetched by itself, with nothing in question.
    async fn feed(&self) -> FeedId {
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        let there = feeds::list(&mut permit).await.unwrap().pop();
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
        let id = match there {
            Some(feed) if feed.is_paused || feed.is_removed => {
                feeds::restore(&mut permit, feed.id).await.unwrap();
                feed.id
            }
            Some(feed) => return feed.id,
            None => feeds::add(&mut permit, &wanted()).await.unwrap(),
        };
        writing.commit().await.unwrap();
        id
    }

    async fn stopped(&self, since: &str) -> String {
        let id = self.feed().await;
        let sql = format!("update feed_address set {since} = made_at");
        self.past.change(&sql).await;
        id.to_string()
    }

    /// What came of it last would take most groups away.
    async fn shrunk(&self) -> String {
        let id = self.feed().await;
        self.fetched(id, async |writing, feed| {
            feeds::ended(writing, feed, None, Ended::Shrunk { by: 5, from: 6 })
                .await
                .unwrap();
        })
        .await;
        id.to_string()
    }

    async fn fetched(&self, id: FeedId, how: impl AsyncFnOnce(&mut Writing, &feeds::ToFetch)) {
        let mut reading = self.store.read(JOB).await.unwrap();
        let feed = feeds::to_fetch(&mut reading, &id.to_string()).await;
        drop(reading);
        let mut writing = self.store.write(JOB).await.unwrap();
        how(&mut writing, &feed.unwrap().unwrap()).await;
        writing.commit().await.unwrap();
    }

    /// The feed as its job takes it in, once.
    async fn take_in(&self) {
        let id = self.feed().await;
        self.fetched(id, async |writing, feed| {
            let from = Feed {
                programme: wanted().programme,
                format: "meeting-guide",
            };
            let run = imports::begin(writing, &from).await.unwrap();
            let mut rows: Vec<Staged> = (1..=ROWS).map(row).collect();
            imports::stage(writing, &run, &mut rows).await.unwrap();
            let taken = Ended::TakenIn {
                etag: None,
                last_modified: None,
            };
            feeds::ended(writing, feed, Some(&run), taken).await.unwrap();
            imports::finish(writing, run).await.unwrap();
        })
        .await;
    }

    async fn rows(&self) -> Vec<HeldRow> {
        let id = self.feed().await;
        let mut reading = self.store.read(Who::Operator).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::held(&mut permit, id).await.unwrap()
    }

    /// The first row that nobody has decided about.
    async fn held(&self) -> HeldRow {
        let rows = self.rows().await;
        let waits = rows.into_iter().find(|row| !row.is_dismissed);
        waits.expect("a row is held still; raise how many there are")
    }

    async fn dismissed(&self) -> String {
        if let Some(row) = self.rows().await.iter().find(|row| row.is_dismissed) {
            return row.number.to_string();
        }
        let (id, row) = (self.feed().await, self.held().await);
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        feeds::dismiss(&mut permit, id, row.number).await.unwrap();
        writing.commit().await.unwrap();
        row.number.to_string()
    }

    /// Something that was said in place of what the feed has wrong, and holds.
    async fn correction(&self) -> String {
        let (id, row) = (self.feed().await, self.held().await);
        let mut writing = self.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        let kept = feeds::corrections(&mut permit, id).await.unwrap();
        if let Some(one) = kept.iter().find(|one| one.state == CorrectionState::Holds) {
            return one.id.to_string();
        }
        let put = Correction {
            fact: Fact::Title,
            given: Some(WRONG.to_owned()),
            put: Some("Harbor Lights".to_owned()),
        };
        feeds::correct(&mut permit, id, row.number, &row.id, &[put])
            .await
            .unwrap()
            .unwrap();
        let kept = feeds::corrections(&mut permit, id).await.unwrap();
        writing.commit().await.unwrap();
        kept[0].id.to_string()
    }

    /// A group that the feed brought.
    async fn of_feed(&self) -> Slug {
        let sql = "select slug as it from listing where source_id is not null order by id limit 1";
        Slug::parse(&self.past.texts(sql).await[0]).unwrap()
    }

    /// What a visitor said and nobody has looked at.
    async fn report(&self, reason: reports::Reason, group: Slug) -> String {
        let which = format!(
            "reason = '{}' and resolved_at is null and listing_id = (select id from listing where slug = '{group}')",
            reason.name()
        );
        if let Some(id) = self.past.id("report", &which).await {
            return id;
        }
        let kind = match reason {
            reports::Reason::Unsafe => Kind::Danger,
            _ => Kind::Said,
        };
        // Only what is said of the group that is here has words whose readers are told apart.
        let words = (group == Slug::from_bits(HERE)).then(|| self.canaries.of(kind, "report"));
        let mut writing = self.store.write(Who::Visitor).await.unwrap();
        let made = reports::make(&mut writing, &group, reason, words).await.unwrap();
        assert!(made, "{group} is there");
        writing.commit().await.unwrap();
        self.past.id("report", &which).await.unwrap()
    }

    async fn resolved(&self) -> String {
        let id = self.report(reports::Reason::Time, Slug::from_bits(HERE)).await;
        let sql = "update report set resolved_at = first_at, outcome = 'mended' where reason = 'time' and resolved_at is null";
        self.past.change(sql).await;
        id
    }

    /// A letter that no mail server took.
    async fn lost_letter(&self) -> String {
        let lost = "given_up_at is not null";
        if let Some(id) = self.past.id("outbox", lost).await {
            return id;
        }
        let mut writing = self.store.write(Who::Job("letters")).await.unwrap();
        let letter = outbox::take(&mut writing, 1).await.unwrap().remove(0);
        let never = outbox::Outcome::Never("there is no such address".to_owned());
        outbox::tried(&mut writing, letter.id, never).await.unwrap();
        writing.commit().await.unwrap();
        letter.id.to_string()
    }

    /// Whoever is acted upon, with the role that they came with and no other, and their account open.
    async fn present(&self, name: &str) -> &Slug {
        let slug = &self.extras[name];
        let of = format!("person_id = (select id from person where slug = '{slug}')");
        for sql in [
            format!(
                "delete from role_held where {of} and id not in (select id from role_held where {of} order by id limit 1)"
            ),
            format!("update role_held set until_at = null where {of}"),
            format!("update person set ended_at = null where slug = '{slug}'"),
        ] {
            self.past.change(&sql).await;
        }
        slug
    }

    async fn left(&self, name: &str) -> String {
        let slug = self.present(name).await;
        let of = format!("person_id = (select id from person where slug = '{slug}')");
        let sql = format!("update role_held set until_at = from_at where {of}");
        self.past.change(&sql).await;
        slug.to_string()
    }

    async fn role_of(&self, name: &str) -> String {
        let slug = self.present(name).await;
        let of = format!("person_id = (select id from person where slug = '{slug}')");
        self.past.id("role_held", &of).await.unwrap()
    }

    async fn closed_account(&self) -> String {
        let slug = self.left("clerk").await;
        let sql = format!("update person set ended_at = created_at where slug = '{slug}'");
        self.past.change(&sql).await;
        slug
    }

    /// An invitation that waits: to be a member here, or to a role of the staff.
    async fn invited(&self, role: Role) -> String {
        let which = format!(
            "accepted_at is null and withdrawn_at is null and role = '{}'",
            role.name()
        );
        if let Some(id) = self.past.id("invitation", &which).await {
            return id;
        }
        let here = Slug::from_bits(HERE);
        let mail = Mail::parse(&format!("{}@waits.example", role.name())).unwrap();
        let who = match role {
            Role::Member => self.two(Role::Coordinator, Relation::Organisation).await,
            _ => Who::Operator,
        };
        let mut writing = self.store.write(who).await.unwrap();
        if role == Role::Member {
            let permit = writing.permit::<ChangeRoster>(On::Group(&here)).await;
            let invited = invitations::invite_member(&mut permit.unwrap(), &mail, &LETTER).await;
            invited.unwrap();
        } else {
            let permit = writing.permit::<ChangeAccounts>(On::Organisation).await;
            let invited = invitations::invite(&mut permit.unwrap(), &mail, role, None, &LETTER).await;
            invited.unwrap();
        }
        writing.commit().await.unwrap();
        self.past.id("invitation", &which).await.unwrap()
    }

    /// A record that the supervisor of the group that is here has open, and nobody else has looked at.
    async fn opened(&self) -> String {
        let opener = self.people[&Person(vec![(Role::Supervisor, Relation::Here)]).name()].clone();
        let which = format!(
            "reviewed_at is null and ends_at > begun_at and person_id = (select id from person where slug = '{opener}')"
        );
        if let Some(id) = self.past.id("break_glass", &which).await {
            return id;
        }
        self.close_all().await;
        self.break_glass().await;
        self.past.id("break_glass", &which).await.unwrap()
    }

    /// Someone in the group that is there, whose record nobody has open.
    async fn unopened(&self) -> String {
        self.close_all().await;
        self.people["member@there"].to_string()
    }

    async fn close_all(&self) {
        self.past
            .change("update break_glass set ends_at = begun_at")
            .await;
    }

    /// Opens the record of someone here, with words about it.
    pub async fn break_glass(&self) {
        let words = self.canaries.of(Kind::Words, "break-glass");
        let supervisor = self.two(Role::Supervisor, Relation::Here).await;
        let mut writing = self.store.write(supervisor).await.unwrap();
        let notice = break_glass::Notice {
            subject: "A note from Lakeshore",
            body: "A record was opened. Please sign in.",
        };
        let (subject, here) = (&self.people["member@here"], Slug::from_bits(HERE));
        let reason = break_glass::Reason::Danger;
        break_glass::open(&mut writing, subject, &here, reason, words, &notice)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
}

fn wanted() -> Wanted {
    Wanted {
        address: "https://feeds.example/meetings.json".to_owned(),
        programme: "Feeds".to_owned(),
        format: None,
        zone: None,
        licence: None,
        every_hours: 24,
    }
}

/// A row whose title is wrong, and nothing else.
fn row(number: usize) -> Staged {
    let draft = Draft {
        how_to_come: HowToCome::WalkIn,
        source: Source::Feed {
            programme: line("Feeds"),
        },
        ..common::grief(common::library())
    };
    Listing::check(draft.clone()).unwrap();
    let problem = Problem {
        fact: Fact::Title,
        field: "name".to_owned(),
        given: Some(WRONG.to_owned()),
        why: "it has no name".to_owned(),
    };
    let unfinished = Unfinished::finish(draft, vec![problem]).unwrap_err();
    Staged {
        row: number,
        id: format!("row-{number}"),
        listing: Err("it has no name".to_owned()),
        notes: Vec::new(),
        said: vec![("name".to_owned(), WRONG.to_owned())],
        unfinished: Some(unfinished),
        corrected: Corrected::default(),
    }
}
