//! Whole terms of twelve weeks, each made from a seed (SECURITY T30): people ask, take a time to talk, are offered a place, sign or do not,
//! come or miss, are written about, pause and leave, while whatever does it dies before or after its change is kept, and the program starts anew. What must
//! hold is asked each week. So many terms as SAMEBOAT_TIMES says times 50; SAMEBOAT_SEED begins elsewhere. A seed that fails is told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use domain::agreements::{Age, Kind as Agreement, NOT_BOUND, Text};
use domain::attendance::Presence;
use domain::clock::Clock as _;
use domain::groups::{Draft, Listing, Size, Slug, When};
use domain::joining::{Alternative, Holds, MembershipAct, Options, Points, Reason};
use domain::people::Role;
use domain::records::{Field, Words};
use domain::schedule::{Minutes, Rule, Schedule};
use domain::text::{Line, Prose};
use sea_orm::{ConnectionTrait, Statement};
use store::acts::{Apply, Decide, MarkAttendance, SeeApplications, SeeRecord, WritePart, WriteRecord};
use store::joining::{self, How, JoiningError, Mine, Theirs, Told};
use store::leading::{self, LeadingError};
use store::records::{self, Base, RecordError, Rules};
use store::{On, Store, StoreError, Who, Writing, agreements};
use testing::TestDatabase;
use testing::database::{self, Engine};
use testing::random::{Random, told};

use crate::common::people::House;

const WEEKS: i64 = 12;
const GROUPS: usize = 2;

const TOLD: Told<'static> = Told {
    subject: "A message for you",
    person: &|slug: &str| format!("Open /me/joining/{slug}"),
    staff: &|slug: &str| format!("Open /staff/applicants/{slug}"),
};

const MARKS: [Presence; 6] = [
    Presence::Present,
    Presence::Late,
    Presence::LeftEarly,
    Presence::Online,
    Presence::Excused,
    Presence::Missed,
];

/// Why something was not done. What the database cannot do is no such reason: it fails the test.
#[derive(Debug)]
struct No;

fn no_right(why: StoreError) -> No {
    match why {
        StoreError::Denied(_) => No,
        other => panic!("{other}"),
    }
}

impl From<StoreError> for No {
    fn from(why: StoreError) -> Self {
        no_right(why)
    }
}

impl From<JoiningError> for No {
    fn from(why: JoiningError) -> Self {
        match why {
            JoiningError::Store(why) => no_right(why),
            _ => Self,
        }
    }
}

impl From<LeadingError> for No {
    fn from(why: LeadingError) -> Self {
        match why {
            LeadingError::Store(why) => no_right(why),
            _ => Self,
        }
    }
}

impl From<RecordError> for No {
    fn from(why: RecordError) -> Self {
        match why {
            RecordError::Store(why) => no_right(why),
            _ => Self,
        }
    }
}

/// Someone who asked for a place.
#[derive(Clone)]
struct Someone {
    name: String,
    group: usize,
    person: Slug,
    way: Option<Slug>,
}

struct Term {
    house: House,
    /// Of each group.
    places: Vec<i64>,
    /// Who leads all groups with others, and has one time for each hour.
    shared: Slug,
    random: Random,
    week: i64,
    people: Vec<Someone>,
    /// Who was signed in this week.
    here: BTreeMap<String, Who>,
    /// What was acknowledged: marks by group, date and person, and whose part was written; themes by group and date.
    marks: BTreeMap<(usize, NaiveDate, String), Presence>,
    parts: BTreeSet<(usize, NaiveDate, String)>,
    themes: BTreeMap<(usize, NaiveDate), String>,
    booked: usize,
    kept: usize,
    lost: usize,
    refused: usize,
}

fn slug(group: usize) -> Slug {
    Slug::from_bits(10 + group as u64)
}

fn leader(group: usize, week: i64) -> String {
    // Every third week somebody else takes over.
    format!("leader{group}n{}", week / 3)
}

fn texts() -> Vec<Text> {
    let text = |kind: Agreement| {
        let words = Prose::parse(&format!("About {}. {NOT_BOUND}", kind.name())).unwrap();
        Text::new(kind, Line::parse(kind.name()).unwrap(), words).unwrap()
    };
    Agreement::ALL.into_iter().map(text).collect()
}

/// Wednesdays from the day after the clock of tests begins.
fn schedule() -> Schedule {
    Schedule {
        zone: "America/New_York".parse().unwrap(),
        from: "2026-11-25".parse().unwrap(),
        time: "18:30:00".parse().unwrap(),
        length: Minutes::new(90).unwrap(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![chrono::Weekday::Wed],
        },
        until: None,
        skips: vec![],
        moves: vec![],
    }
}

impl Term {
    async fn new(db: TestDatabase, seed: u64) -> Self {
        let mut random = Random(seed);
        let house = House::new(db).await;
        let mut places = Vec::new();
        for group in 0..GROUPS {
            let most = 4 + u16::try_from(random.below(2)).unwrap();
            places.push(i64::from(most));
            let listing = Listing::check(Draft {
                size: Some(Size {
                    least: 4,
                    most: Some(most),
                }),
                when: When::Scheduled(schedule()),
                ..(*crate::common::therapy(&format!("Group {group}"))).clone()
            });
            crate::common::publish(&house.store, 10 + group as u64, &listing.unwrap()).await;
            for week in (0..=WEEKS).step_by(3) {
                let roles = [(Role::Leader, Some(&slug(group)))];
                testing::people::invent(&house.store, &leader(group, week), &roles).await;
            }
        }
        let groups: Vec<Slug> = (0..GROUPS).map(slug).collect();
        let all: Vec<_> = groups.iter().map(|group| (Role::CoLeader, Some(group))).collect();
        let shared = testing::people::invent(&house.store, "shared", &all).await;
        Self {
            house,
            places,
            shared,
            random,
            week: 0,
            people: Vec::new(),
            here: BTreeMap::new(),
            marks: BTreeMap::new(),
            parts: BTreeSet::new(),
            themes: BTreeMap::new(),
            booked: 0,
            kept: 0,
            lost: 0,
            refused: 0,
        }
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    async fn one(&mut self, name: &str) -> Who {
        if let Some(who) = self.here.get(name) {
            return who.clone();
        }
        let who = self.house.one(name).await;
        self.here.insert(name.to_owned(), who.clone());
        who
    }

    async fn lead(&mut self, group: usize) -> Who {
        let name = leader(group, self.week);
        if let Some(who) = self.here.get(&name) {
            return who.clone();
        }
        let who = self.house.two(&name).await;
        self.here.insert(name, who.clone());
        who
    }

    /// Keeps what was written, or dies before. Whether it was kept; what was lost has left nothing, not in the audit either.
    async fn keep(&mut self, writing: Writing) -> bool {
        let before = self.audited().await;
        if self.random.below(12) == 0 {
            drop(writing);
            self.lost += 1;
            assert_eq!(self.audited().await, before, "something is left of what was lost");
            return false;
        }
        writing.commit().await.unwrap();
        assert!(self.audited().await > before, "a change has no row in the audit");
        self.kept += 1;
        if self.random.below(16) == 0 {
            // It dies after.
            self.house.store = self.house.db.store().await;
        }
        true
    }

    async fn audited(&self) -> i64 {
        self.house.count("select count(*) from audit").await
    }

    async fn ask(&mut self) -> Result<(), No> {
        let group = self.random.below(GROUPS);
        let returns = !self.people.is_empty() && self.random.below(4) == 0;
        let name = if returns {
            let which = self.random.below(self.people.len());
            self.people[which].name.clone()
        } else {
            format!("p{}w{}", self.people.len(), self.week)
        };
        let person = if returns {
            testing::people::slug_of(self.store(), &testing::people::mail(&name)).await
        } else {
            testing::people::invent(self.store(), &name, &[]).await
        };
        let mut one = Someone {
            name,
            group,
            person,
            way: None,
        };
        if !returns {
            self.people.push(one.clone());
        }
        let who = self.one(&one.name).await;
        let mut writing = self.store().write(who).await?;
        let at = slug(group);
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&at)).await?;
        let way = joining::ask(&mut permit, Age::Adult, &TOLD).await?;
        if self.keep(writing).await {
            one.way = Some(way);
            self.people.push(one);
        }
        Ok(())
    }

    async fn mine(&mut self, which: usize, mine: Mine) -> Result<(), No> {
        let one = self.people[which].clone();
        let way = one.way.ok_or(No)?;
        let who = self.one(&one.name).await;
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<Apply>(On::Application(&way)).await?;
        joining::step(&mut permit, &way, mine, &texts(), &TOLD).await?;
        self.keep(writing).await;
        Ok(())
    }

    /// Signs the first text that is not signed yet.
    async fn sign(&mut self, which: usize) -> Result<(), No> {
        let one = self.people[which].clone();
        let (who, at) = (self.one(&one.name).await, slug(one.group));
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<SeeApplications>(On::MyselfIn(&at)).await?;
        let owed = agreements::owed(&mut permit, &texts()).await?;
        let text = owed.missing.first().ok_or(No)?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&at)).await?;
        let what = (text.kind(), &text.hash());
        let name = Line::parse("Jordan Ellis").unwrap();
        agreements::sign(&mut permit, what, &name, &texts()).await?;
        self.keep(writing).await;
        Ok(())
    }

    /// Opens one of few hours of this week: with who leads the group, or with who leads the other one too and may be asked for there.
    async fn open_time(&mut self, group: usize) -> Result<(), No> {
        let (who, at) = (self.lead(group).await, slug(group));
        let hours = i64::try_from(self.random.below(3)).unwrap();
        let starts_at = self.house.db.clock.now() + TimeDelta::days(3) + TimeDelta::hours(hours);
        let with = (self.random.below(2) == 0).then(|| self.shared.clone());
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<Decide>(On::Group(&at)).await?;
        let minutes = Minutes::new(50).unwrap();
        joining::add_slot(&mut permit, with.as_ref(), starts_at, minutes, How::Video).await?;
        self.keep(writing).await;
        Ok(())
    }

    /// Takes one of the times that are open; the one from before is given back.
    async fn book(&mut self, which: usize) -> Result<(), No> {
        let one = self.people[which].clone();
        let way = one.way.ok_or(No)?;
        let who = self.one(&one.name).await;
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<SeeApplications>(On::Application(&way)).await?;
        let (open, _) = joining::open_slots(&mut permit, &way).await?;
        let any = self.random.below(open.len().max(1));
        let slot = open.get(any).ok_or(No)?.id;
        let mut permit = writing.permit::<Apply>(On::Application(&way)).await?;
        joining::book(&mut permit, &way, slot, &TOLD).await?;
        self.booked += usize::from(self.keep(writing).await);
        Ok(())
    }

    async fn talk(&mut self, which: usize) -> Result<(), No> {
        let one = self.people[which].clone();
        let way = one.way.ok_or(No)?;
        let who = self.lead(one.group).await;
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<Decide>(On::Application(&way)).await?;
        joining::record_talk(&mut permit, &way, Points::all()).await?;
        self.keep(writing).await;
        Ok(())
    }

    fn offer(&mut self) -> Theirs {
        Theirs::Offer {
            until: self.house.db.clock.now() + TimeDelta::days(10),
            holds: [Holds::Place, Holds::Nothing][self.random.below(2)],
        }
    }

    fn any_decision(&mut self) -> Theirs {
        let options = Options::new(vec![Alternative::IndividualTherapy]).unwrap();
        match self.random.below(6) {
            0 => Theirs::NotNow(options),
            1 => Theirs::OfferOptions(options),
            _ => self.offer(),
        }
    }

    async fn decide(&mut self, which: usize, theirs: Theirs) -> Result<(), No> {
        let one = self.people[which].clone();
        let way = one.way.ok_or(No)?;
        let who = self.lead(one.group).await;
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<Decide>(On::Application(&way)).await?;
        let words = Prose::parse("Thank you for talking with me.").unwrap();
        joining::decide(&mut permit, &way, theirs, Some(&words), &TOLD).await?;
        self.keep(writing).await;
        Ok(())
    }

    async fn change(&mut self, which: usize) -> Result<(), No> {
        let one = self.people[which].clone();
        let who = self.lead(one.group).await;
        let today = self.house.db.clock.now().date_naive();
        let act = match self.random.below(8) {
            0 | 1 => MembershipAct::Pause,
            2 | 3 => MembershipAct::Return,
            4 => MembershipAct::Announce {
                goodbye: today + TimeDelta::days(8),
            },
            5 => MembershipAct::TakeBack,
            6 => MembershipAct::Leave,
            _ => MembershipAct::DropOut(Reason::ALL[self.random.below(Reason::ALL.len())]),
        };
        let at = slug(one.group);
        let mut writing = self.store().write(who).await?;
        let on = On::PersonIn(&one.person, &at);
        let mut permit = writing.permit::<Decide>(on).await?;
        joining::change_membership(&mut permit, act).await?;
        self.keep(writing).await;
        Ok(())
    }

    async fn mark(&mut self, which: usize, date: NaiveDate) -> Result<(), No> {
        let one = self.people[which].clone();
        let (who, at) = (self.lead(one.group).await, slug(one.group));
        let presence = MARKS[self.random.below(MARKS.len())];
        let mut writing = self.store().write(who).await?;
        let on = On::PersonIn(&one.person, &at);
        let mut permit = writing.permit::<MarkAttendance>(on).await?;
        leading::mark(&mut permit, date, presence).await?;
        if self.keep(writing).await {
            let whose = (one.group, date, one.person.to_string());
            self.marks.insert(whose, presence);
        }
        Ok(())
    }

    /// Adds a word to the record of a session, from what stands there.
    async fn write(&mut self, group: usize, date: NaiveDate) -> Result<(), No> {
        let (who, at) = (self.lead(group).await, slug(group));
        let mut writing = self.store().write(who).await?;
        let on = On::Record(&at, date);
        let mut permit = writing.permit::<SeeRecord>(on).await?;
        let stands = records::session(&mut permit, date).await?;
        let base = stands.and_then(|sheet| sheet.text);
        let before = self.themes.get(&(group, date)).cloned().unwrap_or_default();
        let themes = format!("{before} word{}", self.random.below(1_000));
        let themes = themes.trim().to_owned();
        let words = Words::new(Field::OF_SESSION, [(Field::Themes, themes.clone())]).unwrap();
        let mut permit = writing.permit::<WriteRecord>(on).await?;
        let rules = Rules::plain(date);
        records::write_session(&mut permit, date, Base::from(base), words, rules).await?;
        if self.keep(writing).await {
            self.themes.insert((group, date), themes);
        }
        Ok(())
    }

    /// Writes the part of someone; of who was not there, none is.
    async fn part(&mut self, which: usize, date: NaiveDate) -> Result<(), No> {
        let one = self.people[which].clone();
        let (who, at) = (self.lead(one.group).await, slug(one.group));
        let plan = format!("Plan{}", self.random.below(1_000));
        let words = Words::new(Field::OF_PART, [(Field::Plan, plan)]).unwrap();
        let mut writing = self.store().write(who).await?;
        let on = On::Part(&one.person, &at, date);
        let mut permit = writing.permit::<WritePart>(on).await?;
        let rules = Rules::plain(date);
        records::write_part(&mut permit, date, Base::default(), words, rules).await?;
        if self.keep(writing).await {
            self.parts.insert((one.group, date, one.person.to_string()));
        }
        Ok(())
    }

    async fn job(&mut self) {
        let mut writing = self.store().write(Who::Job("joining")).await.unwrap();
        if joining::lapse(&mut writing, &TOLD).await.unwrap() > 0 {
            self.keep(writing).await;
        }
    }

    async fn act(&mut self) {
        let any = self.random.below(self.people.len().max(1));
        let what = self.random.below(14);
        if self.people.is_empty() || what < 2 {
            let done = self.ask().await;
            return self.count(&done);
        }
        let done = match what {
            2 | 3 => self.talk(any).await,
            4 | 5 => {
                let theirs = self.any_decision();
                self.decide(any, theirs).await
            }
            6 => self.mine(any, Mine::Read).await,
            7 => self.mine(any, Mine::Accept).await,
            8..=10 => self.sign(any).await,
            11 => {
                let mine = [Mine::Decline, Mine::Withdraw][self.random.below(2)].clone();
                self.mine(any, mine).await
            }
            12 => self.change(any).await,
            _ => {
                self.job().await;
                Ok(())
            }
        };
        self.count(&done);
    }

    fn count(&mut self, done: &Result<(), No>) {
        self.refused += usize::from(done.is_err());
    }

    /// Someone new goes the whole way, with what was lost done once more: so that enough come in.
    async fn bring(&mut self) {
        let there = self.people.len();
        for _ in 0..2 {
            let done = self.ask().await;
            self.count(&done);
        }
        for which in there..self.people.len() {
            if self.people[which].way.is_none() {
                continue;
            }
            let done = self.open_time(self.people[which].group).await;
            self.count(&done);
            let done = self.book(which).await;
            self.count(&done);
            for _ in 0..2 {
                let offer = self.offer();
                let done = [
                    self.talk(which).await,
                    self.decide(which, offer).await,
                    self.mine(which, Mine::Read).await,
                    self.mine(which, Mine::Accept).await,
                    self.sign(which).await,
                    self.sign(which).await,
                    self.sign(which).await,
                ];
                for done in &done {
                    self.count(done);
                }
            }
        }
    }

    async fn week(&mut self) {
        self.here.clear();
        for _ in 0..6 {
            self.act().await;
        }
        self.bring().await;
        let wednesday = self.house.db.clock.now().date_naive() + TimeDelta::days(1);
        self.house.db.clock.forward(TimeDelta::days(2));
        self.here.clear();
        for which in 0..self.people.len() {
            if self.people[which].way.is_some() && self.random.below(3) > 0 {
                let done = self.mark(which, wednesday).await;
                self.count(&done);
            }
        }
        for which in 0..self.people.len() {
            if self.people[which].way.is_some() && self.random.below(2) > 0 {
                let done = self.part(which, wednesday).await;
                self.count(&done);
            }
        }
        for group in 0..GROUPS {
            for _ in 0..=self.random.below(2) {
                let done = self.write(group, wednesday).await;
                self.count(&done);
            }
        }
        self.holds().await;
        self.holds_of_times().await;
        self.house.db.clock.forward(TimeDelta::days(5));
        self.week += 1;
    }

    /// What must hold, as a reader past the store sees it.
    async fn holds(&self) {
        let none = async |what: &str, rows: &str| {
            assert_eq!(self.house.count(rows).await, 0, "{what}, in week {}", self.week);
        };
        for group in 0..GROUPS {
            let at = slug(group);
            let of = format!("(select id from listing where slug = '{at}')");
            let members = format!(
                "select count(*) from role_held where role = 'member' and until_at is null and listing_id = {of}"
            );
            let most = self.places[group];
            let seated = self.house.count(&members).await;
            assert!(seated <= most, "{seated} sit on {most} places of group {group}");
        }
        none(
            "somebody is twice in a group",
            "select count(*) from (select person_id from role_held where role = 'member' and until_at is null \
             group by person_id, listing_id having count(*) > 1) as twice",
        )
        .await;
        none(
            "a member has not signed all",
            "select count(*) from membership where application_id is not null and (select count(distinct text_id) from \
             agreement_signature where agreement_signature.person_id = membership.person_id and \
             agreement_signature.listing_id = membership.listing_id) < 3",
        )
        .await;
        none(
            "somebody was marked who was not in the group",
            "select count(*) from attendance join group_session on group_session.id = attendance.session_id where not exists \
             (select 1 from role_held where role_held.person_id = attendance.person_id and role_held.role = 'member' and \
             role_held.listing_id = group_session.listing_id)",
        )
        .await;
        none(
            "somebody was marked twice at a session",
            "select count(*) from (select person_id from attendance group by person_id, session_id having count(*) > 1) as twice",
        )
        .await;
        none(
            "a part is written of somebody who was not there",
            "select count(*) from member_part where state <> 'discarded' and not exists (select 1 from attendance where \
             attendance.session_id = member_part.session_id and attendance.person_id = member_part.person_id and \
             attendance.presence in ('present', 'late', 'left-early', 'online'))",
        )
        .await;
        let there = self
            .said(
                "select listing.slug || ' ' || cast(group_session.on_date as text) || ' ' || person.slug || ' ' || attendance.presence as it \
                 from attendance join group_session on group_session.id = attendance.session_id join person on person.id = \
                 attendance.person_id join listing on listing.id = group_session.listing_id",
            )
            .await;
        let marks: BTreeSet<String> = self
            .marks
            .iter()
            .map(|((group, date, person), presence)| {
                format!("{} {date} {person} {}", slug(*group), presence.name())
            })
            .collect();
        assert_eq!(there, marks, "marks, in week {}", self.week);
        let there = self
            .said(
                "select listing.slug || ' ' || cast(group_session.on_date as text) || ' ' || person.slug as it from member_part join \
                 group_session on group_session.id = member_part.session_id join person on person.id = member_part.person_id join \
                 listing on listing.id = group_session.listing_id where member_part.state <> 'discarded'",
            )
            .await;
        let parts = self.parts.iter();
        let parts: BTreeSet<String> = parts
            .map(|(group, date, person)| format!("{} {date} {person}", slug(*group)))
            .collect();
        assert_eq!(there, parts, "parts, in week {}", self.week);
    }

    /// Nobody who leads is asked for twice at one time, and nobody who asks has two times. Sessions of two groups at one time are not
    /// kept apart: who leads both is for who plans them.
    async fn holds_of_times(&self) {
        let none = async |what: &str, rows: &str| {
            assert_eq!(self.house.count(rows).await, 0, "{what}, in week {}", self.week);
        };
        none(
            "somebody has two talks at once",
            "select count(*) from (select leader_id from talk_slot group by leader_id, starts_at having count(*) > 1) as twice",
        )
        .await;
        let today = self.house.db.clock.now().date_naive();
        none(
            "somebody has taken two times that are to come",
            &format!(
                "select count(*) from (select application_id from talk_slot where application_id is not null and starts_at > '{today}' \
                 group by application_id having count(*) > 1) as twice"
            ),
        )
        .await;
        none(
            "a time was taken in another group",
            "select count(*) from talk_slot join application on application.id = talk_slot.application_id where \
             application.listing_id <> talk_slot.listing_id",
        )
        .await;
        none(
            "a talk is with somebody who does not lead the group",
            "select count(*) from talk_slot where not exists (select 1 from role_held where role_held.person_id = \
             talk_slot.leader_id and role_held.listing_id = talk_slot.listing_id and role_held.role in ('leader', 'co-leader'))",
        )
        .await;
    }

    /// What a question about rows answers, past the store.
    async fn said(&self, sql: &str) -> BTreeSet<String> {
        let other = &self.house.other;
        let statement = Statement::from_string(other.get_database_backend(), sql);
        let rows = other.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get("", "it").unwrap()).collect()
    }

    /// Each record has every word that was acknowledged, and the audit is whole.
    async fn ends(&mut self) {
        self.here.clear();
        for ((group, date), themes) in self.themes.clone() {
            let (who, at) = (self.lead(group).await, slug(group));
            let mut writing = self.store().write(who).await.unwrap();
            let on = On::Record(&at, date);
            let mut permit = writing.permit::<SeeRecord>(on).await.unwrap();
            let sheet = records::session(&mut permit, date).await.unwrap().unwrap();
            assert_eq!(sheet.words.get(Field::Themes), themes, "group {group}, {date}");
        }
        let found = store::audit::verify(self.store(), &[]).await.unwrap();
        assert_eq!(found.broken, []);
    }
}

fn terms(engine: Engine, part: usize, terms: usize) {
    let first = told("SAMEBOAT_SEED", 1_000) + part * terms;
    let mut all = [0; 6];
    for seed in first..first + terms {
        let (mut sums, told) = ([0; 6], format!("term {seed}"));
        let run = std::panic::AssertUnwindSafe(|| {
            database::run(engine, async |db| {
                let mut term = Term::new(db, seed as u64).await;
                for _ in 0..WEEKS {
                    term.week().await;
                }
                term.ends().await;
                let (marks, parts) = (term.marks.len(), term.parts.len());
                sums = [term.kept, term.lost, term.refused, marks, parts, term.booked];
            });
        });
        if let Err(why) = std::panic::catch_unwind(run) {
            println!("{told} fails");
            std::panic::resume_unwind(why);
        }
        for (all, sum) in all.iter_mut().zip(sums) {
            *all += sum;
        }
    }
    let [kept, lost, refused, marks, parts, booked] = all;
    println!(
        "{terms} terms: {kept} changes kept, {lost} lost, {refused} refused, {marks} marks, {parts} parts, {booked} times taken"
    );
    // It is about something.
    assert!(kept > 60 * terms && lost > 4 * terms && refused > 20 * terms && marks > 20 * terms);
    assert!(parts > 2 * terms && booked > 2 * terms);
}

macro_rules! parts {
    ($($name:ident: $part:literal),*) => {
        $(
            #[test]
            fn $name() {
                terms(Engine::Sqlite, $part, 10 * told("SAMEBOAT_TIMES", 1));
            }
        )*
    };
}

// In parts, which run side by side.
parts!(
    terms_keep_their_promises_1: 0,
    terms_keep_their_promises_2: 1,
    terms_keep_their_promises_3: 2,
    terms_keep_their_promises_4: 3,
    terms_keep_their_promises_5: 4
);

#[test]
fn terms_keep_their_promises_on_postgres() {
    terms(Engine::Postgres, 5, 2);
}
