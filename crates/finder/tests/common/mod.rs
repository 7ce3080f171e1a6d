//! Random listings, and the finder as a plain loop: slow, and easy to see through. Tests compare with it, benches too.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use domain::groups::{
    Address, Ages, Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Online, Phone, Place, Point, Seats,
    Site, Size, Slug, Source, When,
};
use domain::name::Name;
use domain::references::Backing;
use domain::schedule::{Minutes, Nth, Rule, Schedule};
use domain::text::{Line, Prose};
use domain::topics::{Catalogue, Family, HowOften, Topic, Urgency, Usefulness};
use finder::{Entry, Query, Where};

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
        })
        .collect()
}

fn random_ages(chance: &mut Chance) -> Option<Ages> {
    let ages = |from, to| Some(Ages { from: Some(from), to });
    chance.pick(&[None, ages(13, Some(17)), ages(60, None)])
}

fn random_listing(chance: &mut Chance) -> Listing {
    let kind = chance.pick(&[Kind::Therapy, Kind::Support, Kind::Support]);
    let day = chance.pick(&DAYS);
    let from = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let rule = match chance.below(6) {
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
    };
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
            Seats::Ended { on: None },
            Seats::Paused { until: None },
        ]),
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

/// Slugs of both lists in their order, and the total: every listing looked at, everything computed anew.
pub fn reference(entries: &[Entry], query: &Query, now: DateTime<Utc>) -> (usize, Vec<String>, Vec<String>) {
    let folded = |text: &str| {
        text.to_lowercase()
            .replace('é', "e")
            .replace('ã', "a")
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let wanted: Vec<String> = folded(&query.text)
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let fits = |listing: &Listing| {
        let site = listing.place.site().map_or("", |site| site.address.public());
        let about = TOPICS.iter().find(|(_, _, name, synonyms)| {
            let said = listing.topics[0].as_str();
            name.eq_ignore_ascii_case(said) || synonyms.iter().any(|word| word.eq_ignore_ascii_case(said))
        });
        let known = about.map_or_else(String::new, |(_, _, name, synonyms)| {
            format!("{name} {}", synonyms.join(" "))
        });
        let words = folded(&format!("{} {} {site} {known}", listing.title, listing.topics[0]));
        let wanted_topic = query.topics.is_empty()
            || query.topics.iter().any(|topic| {
                about.is_some_and(|(id, family, ..)| topic.as_str() == *id || topic.as_str() == *family)
            });
        let of_age = query.age.is_none_or(|age| match listing.ages {
            None => age >= 18,
            Some(Ages { from, to }) => from.is_none_or(|from| age >= from) && to.is_none_or(|to| age <= to),
        });
        let days: &[Weekday] = match listing.schedule().map(|schedule| &schedule.rule) {
            Some(Rule::Weekly { days, .. }) => days,
            Some(Rule::Monthly { day, .. }) => std::slice::from_ref(day),
            _ => &[],
        };
        !matches!(listing.seats, Seats::Ended { .. })
            && wanted_topic
            && of_age
            && query.kind.is_none_or(|kind| kind == listing.kind)
            && (query.days.is_empty() || days.iter().any(|day| query.days.contains(day)))
            && wanted
                .iter()
                .all(|beginning| words.iter().any(|word| word.starts_with(beginning)))
    };
    let starts = |listing: &Listing| listing.next(now).map_or(i64::MAX, |next| next.start.timestamp());
    let (mut near, mut online) = (Vec::new(), Vec::new());
    let mut total = 0;
    for entry in entries.iter().filter(|entry| fits(&entry.listing)) {
        let listing = &entry.listing;
        let ties = (starts(listing), listing.title.to_string(), entry.slug.to_string());
        let mut listed = false;
        if let (Some(site), true) = (listing.place.site(), query.place != Where::Online) {
            let km = query
                .near
                .map(|near| site.point.map(|point| near.distance_km(point)));
            let in_reach = match km {
                None => true,
                Some(None) => false,
                Some(Some(km)) => query.within_km.is_none_or(|most| km <= most),
            };
            if in_reach {
                near.push((km.flatten().unwrap_or(0.0), ties.clone()));
                listed = true;
            }
        }
        if listing.place.online().is_some() && query.place != Where::InPerson {
            online.push(ties);
            listed = true;
        }
        total += usize::from(listed);
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    online.sort();
    let page = |slugs: Vec<String>| {
        slugs
            .into_iter()
            .skip((query.page - 1) * query.page_size)
            .take(query.page_size)
            .collect()
    };
    (
        total,
        page(near.into_iter().map(|(_, ties)| ties.2).collect()),
        page(online.into_iter().map(|ties| ties.2).collect()),
    )
}
