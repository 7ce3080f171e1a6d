//! What was typed about a group: a form becomes a draft, and a listing becomes a form again.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::groups::{
    Ages, Cost, Currency, Draft, Fee, FirstVisit, HowToCome, Kind, Language, Leader, LeaderRole, Listing,
    Mail, Money, Phone, Refusal, Seats, Size, Source, Span, WebPage, When,
};
use domain::mending::{Fact, Unfinished};
use domain::text::{Line, Prose};
use domain::topics::Catalogue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{meeting, place};
use crate::form::Form;
use crate::words::Words;

/// So many rows for who leads it there are at least, and at most.
const LEADERS: (usize, usize) = (4, 40);

/// The fields of the rows for who leads it: those that are filled, and an empty one.
pub(super) fn leader_rows(form: &Form) -> impl Iterator<Item = (String, String)> + use<> {
    let (least, most) = LEADERS;
    let is_filled = |row: &usize| {
        let (name, credentials) = leader_fields(*row);
        !form.get(&name).is_empty() || !form.get(&credentials).is_empty()
    };
    let filled = (1..=most).rev().find(is_filled).unwrap_or(0);
    (1..=(filled + 1).clamp(least, most)).map(leader_fields)
}

fn leader_fields(row: usize) -> (String, String) {
    (format!("leader-{row}"), format!("credentials-{row}"))
}

/// What was wrong, by field; the field "all" is the form as a whole.
#[derive(Debug, Default)]
pub(crate) struct Wrong {
    said: BTreeMap<String, String>,
    /// What stands at the fields is what someone else changed since they were shown.
    pub(super) is_meanwhile: bool,
}

impl Wrong {
    pub(crate) fn of(&self, field: &str) -> Option<String> {
        self.said.get(field).cloned()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    pub(crate) fn add(&mut self, field: &str, said: String) {
        let told = self.said.entry(field.to_owned()).or_default();
        if !told.is_empty() {
            told.push(' ');
        }
        told.push_str(&said);
    }

    pub(super) fn status(&self) -> StatusCode {
        if self.is_meanwhile {
            StatusCode::CONFLICT
        } else if self.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

/// Reads fields one by one and keeps what is wrong with each.
pub(super) struct Typing<'a> {
    pub form: &'a Form,
    pub words: &'a Words,
    pub wrong: Wrong,
}

impl<'a> Typing<'a> {
    pub(super) fn new(form: &'a Form, words: &'a Words) -> Self {
        Self {
            form,
            words,
            wrong: Wrong::default(),
        }
    }

    pub(super) fn line(&mut self, name: &str) -> Option<Line> {
        self.some(name, |text| {
            Line::parse(text).map_err(|why| format!("“{text}” {why}."))
        })
    }

    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, unlike: &'static str) -> Option<T> {
        let said = self.words.say(unlike);
        self.some(name, |text| text.parse().map_err(|_| said))
    }

    fn prose(&mut self, name: &str) -> Option<Prose> {
        self.some(name, |text| {
            Prose::parse(text).map_err(|why| format!("This text {why}."))
        })
    }

    /// A choice of one, by the name it has in a listing; none if it was left open.
    pub(super) fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let said = self.words.say("typed-choose");
        self.some(name, |text| known(text).ok_or(said))
    }

    fn many<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let read: Option<Vec<T>> = self.form.all(name).map(known).collect();
        if read.is_none() {
            self.wrong.add(name, self.words.say("typed-choose"));
        }
        read.unwrap_or_default()
    }

    /// One a line.
    fn lines(&mut self, name: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        for text in self.form.get(name).lines().map(str::trim) {
            if text.is_empty() {
                continue;
            }
            match Line::parse(text) {
                Ok(line) => lines.push(line),
                Err(why) => self.wrong.add(name, format!("“{text}” {why}.")),
            }
        }
        lines
    }

    /// What must be there.
    pub(super) fn must<T>(&mut self, name: &str, read: Option<T>) -> Option<T> {
        if read.is_none() && self.wrong.of(name).is_none() {
            self.wrong.add(name, self.words.say("typed-missing"));
        }
        read
    }

    pub(super) fn some<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.form.get(name);
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|said| self.wrong.add(name, said)).ok()
    }
}

/// The listing of a form, or what is wrong with each field. What the form does not ask stays as it is in `base`.
pub(crate) fn read(
    words: &Words,
    topics: &Catalogue,
    form: &Form,
    base: Option<&Listing>,
    sites: &place::Sites,
) -> Result<Listing, Wrong> {
    let mut typing = Typing::new(form, words);
    let title = typing.line("title");
    let title = typing.must("title", title);
    let kind = typing.one::<Kind>("kind");
    let kind = typing.must("kind", kind);
    let place = place::read(&mut typing, base.map(|listing| &listing.place), sites);
    let how = how_to_come(&mut typing);
    let when = match base {
        Some(listing) => Some(listing.when.clone()),
        None => meeting::read(&mut typing, None),
    };
    let seats = seats(&mut typing, base);
    let rest = Draft {
        summary: typing.prose("summary"),
        topics: topics_of(&mut typing, topics, base),
        problem: typing.one("problem"),
        format: typing.one("format"),
        span: span(&mut typing),
        membership: typing.one("membership"),
        activities: typing.many("activities"),
        techniques: typing.lines("techniques"),
        leading: typing.one("leading"),
        alongside: typing.one("alongside"),
        size: size(&mut typing),
        led_by: led_by(&mut typing, base),
        languages: languages(&mut typing),
        audience: typing.many("audience"),
        ages: ages(&mut typing),
        cost: cost(&mut typing),
        access: typing.many("access"),
        first_visit: FirstVisit {
            listening: typing.prose("listening"),
            people: typing.prose("people"),
            confidentiality: typing.prose("confidentiality"),
            name: typing.prose("name"),
            arrival: typing.prose("arrival"),
            lateness: typing.prose("lateness"),
            camera: typing.prose("camera"),
        },
        // Said again by "all this is true today", and not by a change.
        verified_on: base.and_then(|listing| listing.verified_on),
        remarks: base.map(|listing| listing.remarks.clone()).unwrap_or_default(),
        ..match (title, kind, place, how) {
            (Some(title), Some(kind), Some(place), Some(how)) => {
                Draft::new(title, kind, place, how, Source::Own)
            }
            _ => return Err(typing.wrong),
        }
    };
    let (Some(when), Some(seats), true) = (when, seats, typing.wrong.is_empty()) else {
        return Err(typing.wrong);
    };
    Listing::check(Draft { when, seats, ..rest }).map_err(|refused| {
        let mut wrong = Wrong::default();
        for why in refused.0 {
            wrong.add(field_of(&why), why.to_string());
        }
        wrong
    })
}

/// Where a broken rule is told.
fn field_of(why: &Refusal) -> &'static str {
    match why {
        Refusal::NoTherapist => "leader-1",
        Refusal::NoSize | Refusal::TherapySize { .. } | Refusal::SizeUpsideDown { .. } => "size-least",
        Refusal::MorePlacesThanSize { .. } => "seats-left",
        Refusal::AgesUpsideDown { .. } => "ages-from",
        Refusal::CostUpsideDown => "fee-from",
        Refusal::NoSessions => "sessions",
        Refusal::Schedule(_) => "every",
        Refusal::NoContact => "phone",
        Refusal::WalkInNowhere => "how",
        Refusal::WithheldTold => "site-name",
    }
}

/// What was chosen of the catalogue, and more. A topic that the group names in words of its own keeps them.
fn topics_of(typing: &mut Typing, topics: &Catalogue, base: Option<&Listing>) -> Vec<Line> {
    let there: Vec<&Line> = base.map_or_else(Vec::new, |listing| listing.topics.iter().collect());
    let mut named: Vec<Line> = Vec::new();
    for id in typing.form.all("topics") {
        let Some(topic) = topics.get(id) else {
            typing.wrong.add("topics", typing.words.say("typed-choose"));
            continue;
        };
        let own = there.iter().filter(|line| {
            let known = topics.named(line.as_str());
            known.is_some_and(|known| known.id == topic.id)
        });
        let before = named.len();
        named.extend(own.map(|line| (*line).clone()));
        if named.len() == before {
            named.push(topic.name.clone());
        }
    }
    named.extend(typing.lines("more-topics"));
    named
}

fn span(typing: &mut Typing) -> Option<Span> {
    match typing.form.get("span") {
        "ongoing" => Some(Span::Ongoing),
        "sessions" => {
            let sessions = typing.parsed("sessions", "typed-number");
            typing.must("sessions", sessions).map(Span::Sessions)
        }
        _ => None,
    }
}

fn size(typing: &mut Typing) -> Option<Size> {
    let most = typing.parsed("size-most", "typed-number");
    let least = typing.parsed("size-least", "typed-number");
    match (least, most) {
        (Some(least), most) => Some(Size { least, most }),
        (None, Some(_)) => {
            typing.must::<u16>("size-least", None);
            None
        }
        (None, None) => None,
    }
}

fn led_by(typing: &mut Typing, base: Option<&Listing>) -> Vec<Leader> {
    let mut leaders = Vec::new();
    for (name_field, credentials_field) in leader_rows(typing.form) {
        let credentials = typing.line(&credentials_field);
        match (typing.line(&name_field), credentials) {
            (Some(name), Some(credentials)) => leaders.push(Leader {
                name,
                role: LeaderRole::Therapist { credentials },
            }),
            (Some(name), None) => leaders.push(Leader {
                name,
                role: LeaderRole::Facilitator,
            }),
            (None, Some(_)) => {
                typing.must::<Line>(&name_field, None);
            }
            (None, None) => {}
        }
    }
    // More than the form has rows for stay as they are.
    let more = base
        .into_iter()
        .flat_map(|listing| listing.led_by.iter().skip(LEADERS.1));
    leaders.extend(more.cloned());
    leaders
}

fn languages(typing: &mut Typing) -> Vec<Language> {
    let said = typing.words.say("typed-language");
    let read = typing.some("languages", |text| {
        let codes = text.split([',', ' ', ';']).filter(|code| !code.is_empty());
        codes.map(Language::parse).collect::<Option<Vec<_>>>().ok_or(said)
    });
    read.unwrap_or_default()
}

fn ages(typing: &mut Typing) -> Option<Ages> {
    let from = typing.parsed("ages-from", "typed-number");
    let to = typing.parsed("ages-to", "typed-number");
    (from.is_some() || to.is_some()).then_some(Ages { from, to })
}

fn cost(typing: &mut Typing) -> Option<Cost> {
    let fee = match typing.form.get("fee") {
        "free" => Fee::Free,
        "contribution" => Fee::Contribution,
        "per-session" => Fee::PerSession(money(typing, "fee-from")?),
        "sliding" => {
            let (from, to) = (money(typing, "fee-from"), money(typing, "fee-to"));
            Fee::Sliding { from: from?, to: to? }
        }
        _ => return None,
    };
    Some(Cost {
        fee,
        insurance: typing.form.get("insurance") == "yes",
        note: typing.line("cost-note"),
    })
}

fn money(typing: &mut Typing, name: &str) -> Option<Money> {
    let said = typing.words.say("typed-amount");
    let cents = typing.some(name, |text| cents(text).ok_or(said));
    let currency = typing.one("currency").unwrap_or(Currency::Usd);
    let cents = typing.must(name, cents)?;
    Some(Money { cents, currency })
}

/// "25" and "12.50".
fn cents(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
    let part = match part.len() {
        1 => format!("{part}0"),
        2 => part.to_owned(),
        _ => return None,
    };
    whole
        .parse::<u32>()
        .ok()?
        .checked_mul(100)?
        .checked_add(part.parse::<u8>().ok()?.into())
}

fn seats(typing: &mut Typing, base: Option<&Listing>) -> Option<Seats> {
    Some(match typing.form.get("seats") {
        "open" => Seats::Open,
        "left" => {
            let left = typing.parsed("seats-left", "typed-number");
            Seats::Left(typing.must("seats-left", left)?)
        }
        "waiting-list" => Seats::WaitingList {
            weeks: typing.parsed("seats-weeks", "typed-number"),
        },
        "starts" => {
            let from = typing.parsed::<NaiveDate>("seats-from", "typed-date");
            Seats::Starts(typing.must("seats-from", from)?)
        }
        "closed" => Seats::Closed,
        // Paused and ended groups keep that: it is changed by resuming.
        "as-it-is" => match base.map(|listing| listing.seats) {
            Some(seats @ (Seats::Paused { .. } | Seats::Ended { .. })) => seats,
            _ => return typing.must("seats", None),
        },
        _ => return typing.must("seats", None),
    })
}

fn how_to_come(typing: &mut Typing) -> Option<HowToCome> {
    match typing.form.get("how") {
        "organisation" => Some(HowToCome::Organisation {
            phone: typing.some("phone", |text| Phone::parse(text).map_err(sentence)),
            mail: typing.some("mail", |text| Mail::parse(text).map_err(sentence)),
        }),
        "page" => {
            let page = typing.some("page", |text| WebPage::parse(text).map_err(sentence));
            typing.must("page", page).map(HowToCome::Page)
        }
        "walk-in" => Some(HowToCome::WalkIn),
        _ => typing.must("how", None),
    }
}

fn sentence(why: impl std::fmt::Display) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(".".chars()).collect()
}

/// A group that a feed has wrong as the form of one of our own, without the facts that are wrong.
pub(crate) fn begun(topics: &Catalogue, unfinished: &Unfinished) -> Form {
    let form = drafted(topics, unfinished.draft());
    let wrong = unfinished
        .problems()
        .iter()
        .flat_map(|problem| match problem.fact {
            Fact::Title => &["title"][..],
            Fact::Days => &["every", "interval", "days", "nth", "day", "dates"],
            Fact::Time => &["time"],
            Fact::Length => &["length"],
            Fact::Zone => &["zone"],
            Fact::From => &["from"],
            Fact::Until => &["until"],
            Fact::Place => &["place", "address"],
            Fact::HowToCome => &["how"],
            Fact::Kind => &["kind"],
            Fact::Seats => &["seats"],
            _ => &[],
        });
    let wrong: Vec<&str> = wrong.copied().collect();
    form.without(&wrong)
}

/// A listing as its form.
pub(crate) fn written(topics: &Catalogue, listing: &Listing) -> Form {
    drafted(topics, listing)
}

fn drafted(topics: &Catalogue, listing: &Draft) -> Form {
    let mut form = Form::default();
    form.put("title", listing.title.as_str());
    form.put("kind", &name(&listing.kind));
    form.put("summary", listing.summary.as_ref().map_or("", Prose::as_str));
    let (known, more): (Vec<_>, Vec<_>) = listing
        .topics
        .iter()
        .map(|line| (line, topics.named(line.as_str())))
        .partition(|(_, topic)| topic.is_some());
    for topic in known.iter().filter_map(|(_, topic)| *topic) {
        form.put("topics", topic.id.as_str());
    }
    form.put("more-topics", &joined(more.iter().map(|(line, _)| line.as_str())));
    form.put("problem", &named(listing.problem));
    form.put("format", &named(listing.format));
    match listing.span {
        Some(Span::Ongoing) => form.put("span", "ongoing"),
        Some(Span::Sessions(sessions)) => {
            form.put("span", "sessions");
            form.put("sessions", &sessions.to_string());
        }
        None => {}
    }
    form.put("membership", &named(listing.membership));
    put_all(&mut form, "activities", &listing.activities);
    form.put("techniques", &joined(listing.techniques.iter().map(Line::as_str)));
    form.put("leading", &named(listing.leading));
    form.put("alongside", &named(listing.alongside));
    if let Some(size) = listing.size {
        form.put("size-least", &size.least.to_string());
        form.put("size-most", &shown(size.most));
    }
    for (leader, row) in listing.led_by.iter().zip(1..=LEADERS.1) {
        let (name_field, credentials_field) = leader_fields(row);
        form.put(&name_field, leader.name.as_str());
        if let LeaderRole::Therapist { credentials } = &leader.role {
            form.put(&credentials_field, credentials.as_str());
        }
    }
    let codes: Vec<&str> = listing.languages.iter().map(Language::code).collect();
    form.put("languages", &codes.join(", "));
    put_all(&mut form, "audience", &listing.audience);
    if let Some(ages) = listing.ages {
        form.put("ages-from", &shown(ages.from));
        form.put("ages-to", &shown(ages.to));
    }
    if let Some(cost) = &listing.cost {
        write_cost(&mut form, cost);
    }
    put_all(&mut form, "access", &listing.access);
    write_seats(&mut form, listing.seats);
    write_first(&mut form, &listing.first_visit);
    match &listing.how_to_come {
        HowToCome::Organisation { phone, mail } => {
            form.put("how", "organisation");
            form.put("phone", phone.as_ref().map_or("", Phone::as_str));
            form.put("mail", mail.as_ref().map_or("", Mail::as_str));
        }
        HowToCome::Page(page) => {
            form.put("how", "page");
            form.put("page", page.as_str());
        }
        HowToCome::WalkIn => form.put("how", "walk-in"),
    }
    place::write(&mut form, &listing.place);
    if let When::Scheduled(schedule) = &listing.when {
        meeting::write(&mut form, schedule);
    }
    form
}

fn write_cost(form: &mut Form, cost: &Cost) {
    let amount = |money: Money| format!("{}.{:02}", money.cents / 100, money.cents % 100);
    let (fee, from, to) = match cost.fee {
        Fee::Free => ("free", None, None),
        Fee::Contribution => ("contribution", None, None),
        Fee::PerSession(money) => ("per-session", Some(money), None),
        Fee::Sliding { from, to } => ("sliding", Some(from), Some(to)),
    };
    form.put("fee", fee);
    if let Some(money) = from {
        form.put("fee-from", &amount(money));
        form.put("currency", &name(&money.currency));
    }
    form.put("fee-to", &to.map(amount).unwrap_or_default());
    form.put("insurance", if cost.insurance { "yes" } else { "" });
    form.put("cost-note", cost.note.as_ref().map_or("", Line::as_str));
}

fn write_seats(form: &mut Form, seats: Seats) {
    let said = match seats {
        Seats::Open => "open",
        Seats::Left(left) => {
            form.put("seats-left", &left.to_string());
            "left"
        }
        Seats::WaitingList { weeks } => {
            form.put("seats-weeks", &shown(weeks));
            "waiting-list"
        }
        Seats::Starts(from) => {
            form.put("seats-from", &from.to_string());
            "starts"
        }
        Seats::Closed => "closed",
        Seats::Paused { .. } | Seats::Ended { .. } => "as-it-is",
    };
    form.put("seats", said);
}

fn write_first(form: &mut Form, first: &FirstVisit) {
    for (name, answer) in first.answers() {
        form.put(name, answer.as_ref().map_or("", Prose::as_str));
    }
}

/// What a choice is called in a listing, a form and a file alike.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn named<T: Serialize>(value: Option<T>) -> String {
    value.as_ref().map(name).unwrap_or_default()
}

/// The choice of that name.
pub(super) fn known<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn put_all<T: Serialize>(form: &mut Form, field: &str, values: &[T]) {
    for value in values {
        form.put(field, &name(value));
    }
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
