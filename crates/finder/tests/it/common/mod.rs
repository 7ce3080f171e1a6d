//! Random listings, and the finder as a plain loop: slow, and easy to see through. Tests compare with it, benches too.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc, Weekday};
use domain::groups::{
    Access, Address, Ages, Audience, Cost, Draft, Fee, Format, HowToCome, Kind, Language, Leader, LeaderRole,
    Listing, Money, Online, Phone, Place, Point, Seats, Site, Size, Slug, Source, When,
};
use domain::name::Name;
use domain::references::Backing;
use domain::schedule::{Minutes, Nth, Rule, Schedule};
use domain::text::{Line, Prose};
use domain::topics::{Catalogue, Family, HowOften, Topic, Urgency, Usefulness};
use finder::{Entry, Facet, Paying, Query, Room, TimeOfDay, Where};

pub fn now() -> DateTime<Utc> {
    "2026-11-24T15:00:00Z".parse().unwrap()
}

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()].clone()
    }
}

pub const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];
pub const WORDS: [&str; 10] = [
    "grief", "anxiety", "Parents", "sober", "Café", "evening", "women", "calm", "loss", "São",
];

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
pub fn random_point(chance: &mut Chance) -> Point {
    // Around Cleveland, so that near and far both happen.
    Point::new(
        40.5 + chance.below(2_000) as f64 / 1_000.0,
        -82.7 + chance.below(2_000) as f64 / 1_000.0,
    )
    .unwrap()
}

/// Id, family, name, synonyms.
const TOPICS: [(&str, &str, &str, &[&str]); 3] = [
    ("grief", "losses", "Grief", &["loss", "bereaved"]),
    ("anxiety", "worries", "Anxiety", &["calm"]),
    ("sobriety", "habits", "Sobriety", &["sober", "Café"]),
];

pub fn catalogue() -> Arc<Catalogue> {
    let name = |text: &str| Name::parse(text).unwrap();
    let usefulness = || Usefulness {
        how_often: HowOften::Often,
        text: Prose::parse("It helps.").unwrap(),
        backing: Backing::Ours,
    };
    let families = TOPICS.map(|(_, family, title, _)| Family {
        id: name(family),
        name: line(title),
    });
    let topics = TOPICS.map(|(id, family, title, synonyms)| Topic {
        id: name(id),
        name: line(title),
        family: name(family),
        plain: Prose::parse("It is so. It passes.").unwrap(),
        synonyms: synonyms.iter().map(|text| line(text)).collect(),
        crisis: Urgency::Usual,
        measures: vec![],
        related: vec![],
        learn: vec![],
        programmes: vec![],
        codes: std::collections::BTreeMap::new(),
        audience: vec![],
        therapy: usefulness(),
        support: usefulness(),
    });
    Arc::new(Catalogue::new(families.to_vec(), topics.to_vec()).unwrap())
}

pub fn entries(count: u64, seed: u64) -> Vec<Entry> {
    let mut chance = Chance(seed);
    (0..count)
        .map(|n| Entry {
            slug: Slug::from_bits(n),
            listing: Arc::new(random_listing(&mut chance)),
            changed: now(),
        })
        .collect()
}

fn random_ages(chance: &mut Chance) -> Option<Ages> {
    let ages = |from, to| Some(Ages { from: Some(from), to });
    chance.pick(&[None, ages(13, Some(17)), ages(60, None)])
}

const AUDIENCES: [Audience; 3] = [Audience::Women, Audience::Parents, Audience::SecularPeople];
const ACCESS: [Access; 3] = [Access::StepFree, Access::Captions, Access::ServiceAnimals];
pub const LANGUAGES: [&str; 3] = ["en", "es", "ase"];

fn some<T: Copy>(chance: &mut Chance, from: &[T]) -> Vec<T> {
    from.iter().filter(|_| chance.below(3) == 0).copied().collect()
}

fn random_cost(chance: &mut Chance) -> Option<Cost> {
    let fee = chance.pick(&[
        None,
        Some(Fee::Free),
        Some(Fee::Contribution),
        Some(Fee::PerSession(Money::usd(20))),
        Some(Fee::Sliding {
            from: Money::usd(5),
            to: Money::usd(50),
        }),
    ])?;
    Some(Cost {
        fee,
        insurance: chance.below(3) == 0,
        note: None,
    })
}

fn random_rule(chance: &mut Chance) -> Rule {
    let day = chance.pick(&DAYS);
    match chance.below(6) {
        0 => Rule::Monthly {
            interval: 1,
            nth: vec![Nth::Second, Nth::Fourth],
            day,
        },
        1 => Rule::Weekly {
            interval: 2,
            days: vec![day],
        },
        2 => Rule::Weekly {
            interval: 1,
            days: vec![day, day.succ()],
        },
        _ => Rule::Weekly {
            interval: 1,
            days: vec![day],
        },
    }
}

fn random_listing(chance: &mut Chance) -> Listing {
    let kind = chance.pick(&[Kind::Therapy, Kind::Support, Kind::Support]);
    let from = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let rule = random_rule(chance);
    let schedule = Schedule {
        zone: chance
            .pick(&["America/New_York", "America/Los_Angeles", "Europe/Berlin"])
            .parse()
            .unwrap(),
        from,
        time: NaiveTime::from_hms_opt(u32::try_from(chance.below(24)).unwrap(), 30, 0).unwrap(),
        length: Minutes::new(60).unwrap(),
        rule,
        until: None,
        skips: vec![],
        moves: vec![],
    };
    let site = Site {
        name: None,
        address: Address::Exact {
            line: line(&format!("{} Main St", chance.below(900))),
            town: None,
        },
        point: Some(random_point(chance)).filter(|_| chance.below(12) > 0),
        directions: None,
    };
    let place = match chance.below(4) {
        0 => Place::Online(Online::default()),
        1 => Place::Hybrid(site, Online::default()),
        _ => Place::InPerson(site),
    };
    let title = format!(
        "{} {} {}",
        chance.pick(&WORDS),
        chance.pick(&WORDS),
        chance.below(500)
    );
    let therapist = Leader {
        name: line("Dana"),
        role: LeaderRole::Therapist {
            credentials: line("LPC"),
        },
    };
    let draft = Draft {
        topics: vec![line(chance.pick(&WORDS))],
        ages: random_ages(chance),
        size: Some(Size {
            least: 4,
            most: Some(9),
        }),
        led_by: vec![therapist],
        when: if chance.below(15) == 0 {
            When::ByAppointment
        } else {
            When::Scheduled(schedule)
        },
        seats: chance.pick(&[
            Seats::Open,
            Seats::Open,
            Seats::Open,
            Seats::Left(0),
            Seats::Left(2),
            Seats::WaitingList { weeks: Some(3) },
            Seats::Starts(from),
            Seats::Closed,
            Seats::Ended { on: None },
            Seats::Paused { until: None },
        ]),
        audience: some(chance, &AUDIENCES),
        format: chance.pick(&[None, Some(Format::Structured), Some(Format::Discussion)]),
        access: some(chance, &ACCESS),
        languages: some(chance, &LANGUAGES)
            .into_iter()
            .map(|code| Language::parse(code).unwrap())
            .collect(),
        cost: random_cost(chance),
        ..Draft::new(
            line(&title),
            kind,
            place,
            HowToCome::Organisation {
                phone: Some(Phone::parse("216 555 0142").unwrap()),
                mail: None,
            },
            Source::Own,
        )
    };
    Listing::check(draft).unwrap()
}

/// A listing and the words one finds it by, folded once.
pub struct Known {
    entry: Entry,
    words: Vec<String>,
    /// Id and family of what it is about.
    about: Option<(&'static str, &'static str)>,
}

fn folded(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('é', "e").replace('ã', "a");
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

pub fn known(entries: &[Entry]) -> Vec<Known> {
    let known = |entry: &Entry| {
        let listing = &entry.listing;
        let said = listing.topics[0].as_str();
        let about = TOPICS.iter().find(|(_, _, name, synonyms)| {
            name.eq_ignore_ascii_case(said) || synonyms.iter().any(|word| word.eq_ignore_ascii_case(said))
        });
        let more = about.map_or_else(String::new, |(_, _, name, synonyms)| {
            format!("{name} {}", synonyms.join(" "))
        });
        let site = listing.place.site().map_or("", |site| site.address.public());
        Known {
            entry: entry.clone(),
            words: folded(&format!("{} {said} {site} {more}", listing.title)),
            about: about.map(|(id, family, ..)| (*id, *family)),
        }
    };
    entries.iter().map(known).collect()
}

fn has(listing: &Listing, facet: &Facet) -> bool {
    let fee = listing.cost.as_ref().map(|cost| cost.fee);
    let hour = listing.schedule().map(|schedule| schedule.time.hour());
    let between = |from, to| hour.is_some_and(|hour| hour >= from && hour < to);
    match facet {
        Facet::Kind(kind) => listing.kind == *kind,
        Facet::Day(day) => match listing.schedule().map(|schedule| &schedule.rule) {
            Some(Rule::Weekly { days, .. }) => days.contains(day),
            Some(Rule::Monthly { day: only, .. }) => only == day,
            _ => false,
        },
        Facet::Time(TimeOfDay::Morning) => between(4, 12),
        Facet::Time(TimeOfDay::Afternoon) => between(11, 17),
        Facet::Time(TimeOfDay::Evening) => between(16, 21),
        Facet::Time(TimeOfDay::Night) => between(20, 24) || between(0, 5),
        Facet::Time(TimeOfDay::Appointment) => listing.when == When::ByAppointment,
        Facet::ForWhom(audience) => listing.audience.contains(audience),
        Facet::Format(format) => listing.format == Some(*format),
        Facet::Access(access) => listing.access.contains(access),
        Facet::Language(language) => listing.languages.contains(language),
        Facet::Cost(Paying::Free) => matches!(fee, Some(Fee::Free | Fee::Contribution)),
        Facet::Cost(Paying::Contribution) => fee == Some(Fee::Contribution),
        Facet::Cost(Paying::Sliding) => matches!(fee, Some(Fee::Sliding { .. })),
        Facet::Cost(Paying::PerSession) => matches!(fee, Some(Fee::PerSession(_))),
        Facet::Cost(Paying::Insurance) => listing.cost.as_ref().is_some_and(|cost| cost.insurance),
        Facet::Status(Room::Open) => listing.seats == Seats::Open,
        Facet::Status(Room::Places) => matches!(listing.seats, Seats::Left(left) if left > 0),
        Facet::Status(Room::WaitingList) => matches!(listing.seats, Seats::WaitingList { .. }),
        Facet::Status(Room::Starting) => matches!(listing.seats, Seats::Starts(_)),
        Facet::Status(Room::Paused) => matches!(listing.seats, Seats::Paused { .. }),
        Facet::Status(Room::Closed) => matches!(listing.seats, Seats::Closed | Seats::Left(0)),
    }
}

/// One of the chosen of every family that has some.
fn chosen(listing: &Listing, facets: &[Facet]) -> bool {
    facets.iter().all(|facet| {
        let family = facets.iter().filter(|other| other.family() == facet.family());
        family.into_iter().any(|facet| has(listing, facet))
    })
}

/// Whether a group is what was asked for, wherever it meets and whatever is chosen.
fn fits(known: &Known, query: &Query) -> bool {
    let listing = &known.entry.listing;
    let topic = query.topics.is_empty()
        || query.topics.iter().any(|topic| {
            known
                .about
                .is_some_and(|(id, family)| topic.as_str() == id || topic.as_str() == family)
        });
    let of_age = query.age.is_none_or(|age| match listing.ages {
        None => age >= 18,
        Some(Ages { from, to }) => from.is_none_or(|from| age >= from) && to.is_none_or(|to| age <= to),
    });
    let text = folded(&query.text)
        .iter()
        .all(|beginning| known.words.iter().any(|word| word.starts_with(beginning)));
    !matches!(listing.seats, Seats::Ended { .. }) && topic && of_age && text
}

/// Kilometres if it stands in the list of groups to walk to, and whether it stands in the other one.
fn listed(listing: &Listing, query: &Query) -> (Option<f64>, bool) {
    let online = listing.place.online().is_some();
    let walk = match query.place {
        Where::Anywhere | Where::InPerson => true,
        Where::NotOnline => !online,
        Where::Online => false,
    };
    let site = listing.place.site().filter(|_| walk);
    let km = site.and_then(|site| match (query.near, site.point) {
        (None, _) => Some(0.0),
        (Some(near), point) => {
            let km = near.distance_km(point?);
            query.within_km.is_none_or(|most| km <= most).then_some(km)
        }
    });
    (
        km,
        online && matches!(query.place, Where::Anywhere | Where::Online),
    )
}

/// For each value how many groups there would be with it, instead of what is chosen in its family.
pub fn reference_counts(known: &[Known], query: &Query) -> Vec<(Facet, usize)> {
    let languages = LANGUAGES.map(|code| Facet::Language(Language::parse(code).unwrap()));
    let found: Vec<_> = known
        .iter()
        .filter(|known| fits(known, query))
        .filter(|known| listed(&known.entry.listing, query) != (None, false))
        .collect();
    let count = |facet: Facet| {
        let mut facets: Vec<_> = query.facets.clone();
        facets.retain(|other| other.family() != facet.family());
        facets.push(facet.clone());
        let count = found
            .iter()
            .filter(|known| chosen(&known.entry.listing, &facets))
            .count();
        (count > 0 || query.facets.contains(&facet)).then_some((facet, count))
    };
    Facet::all().chain(languages).filter_map(count).collect()
}

/// Slugs of both lists in their order, and the total: every listing looked at, everything computed anew.
pub fn reference(known: &[Known], query: &Query, now: DateTime<Utc>) -> (usize, Vec<String>, Vec<String>) {
    let starts = |listing: &Listing| listing.next(now).map_or(i64::MAX, |next| next.start.timestamp());
    let (mut near, mut online) = (Vec::new(), Vec::new());
    let mut total = 0;
    for known in known {
        let listing = &known.entry.listing;
        if !fits(known, query) || !chosen(listing, &query.facets) {
            continue;
        }
        let ties = (
            starts(listing),
            listing.title.to_string(),
            known.entry.slug.to_string(),
        );
        let (km, is_online) = listed(listing, query);
        near.extend(km.map(|km| (km, ties.clone())));
        if is_online {
            online.push(ties);
        }
        total += usize::from(km.is_some() || is_online);
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    online.sort();
    let page = |slugs: Vec<String>| {
        let skipped = (query.page - 1) * query.page_size;
        slugs.into_iter().skip(skipped).take(query.page_size).collect()
    };
    (
        total,
        page(near.into_iter().map(|(_, ties)| ties.2).collect()),
        page(online.into_iter().map(|ties| ties.2).collect()),
    )
}
