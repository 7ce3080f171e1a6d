//! The demo's listings: each theme in several towns and online, every fact varied, always the same for the same day.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::groups::{
    Access, Address, Ages, Alongside, Cost, Currency, Draft, Fee, FirstVisit, Format, HowToCome, Kind,
    Language, Leader, LeaderRole, Leading, Listing, Mail, Membership, Money, Online, Phone, Place, Point,
    Problem, Seats, Site, Size, Slug, Source, Span, When,
};
use domain::schedule::{Minutes, Move, Nth, Rule, Schedule, Skip};
use domain::text::{Line, Prose};

use super::content::{
    FACILITATORS, MAIL, NEAR, PHONE, STREETS, THEMES, THERAPISTS, TOWNS, Theme, Town, VENUES,
};

/// Groups of each theme: two around Cleveland, four elsewhere, one hybrid, one online.
const OF_EACH: usize = 8;
/// What the first start of a demo is made from.
pub(super) const SEED: u64 = 0x5a3e_b0a7;

/// All listings of the demo, as of `today`; another seed gives another demo.
pub(super) fn all(today: NaiveDate, seed: u64) -> Vec<(Slug, Listing)> {
    let mut chance = Chance(seed);
    let mut all = Vec::new();
    for (number, theme) in THEMES.iter().enumerate() {
        for copy in 0..OF_EACH {
            let slug = Slug::from_bits(chance.next());
            if let Some(Ok(listing)) = draft(theme, number, copy, today, &mut chance).map(Listing::check) {
                all.push((slug, listing));
            }
        }
    }
    all
}

/// SplitMix64 (Steele, Lea & Flood 2014): small, and the same everywhere.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

fn draft(theme: &Theme, number: usize, copy: usize, today: NaiveDate, chance: &mut Chance) -> Option<Draft> {
    let therapy = theme.kind == Kind::Therapy;
    let town = match copy {
        0 | 1 => TOWNS.get((number + copy) % NEAR)?,
        _ => TOWNS.get(NEAR + (number * 5 + copy * 7) % (TOWNS.len() - NEAR))?,
    };
    let zip = chance.pick(town.zips)?;
    let point = near(finder::places().zip_area(zip)?, chance)?;
    let zone = finder::places().zone_near(point);
    let online_only = copy == OF_EACH - 1;
    let schedule = schedule(today, zone, therapy, chance)?;
    let place = match copy {
        _ if online_only => Place::Online(online(town, therapy, chance)),
        6 if !theme.hidden => Place::Hybrid(
            site(theme, town, zip, point, chance)?,
            online(town, false, chance),
        ),
        _ => Place::InPerson(site(theme, town, zip, point, chance)?),
    };
    let size = size(therapy, chance);
    Some(Draft {
        title: title(theme, town, copy, online_only, &schedule)?,
        summary: Prose::parse(theme.summary).ok(),
        kind: theme.kind,
        topics: lines(theme.topics),
        problem: Some(if theme.topics.contains(&"relationships") {
            Problem::Mixed
        } else {
            Problem::Shared
        }),
        format: Some(format(theme, chance)),
        span: Some(if therapy {
            chance.pick(&[
                Span::Sessions(8),
                Span::Sessions(12),
                Span::Sessions(16),
                Span::Sessions(24),
                Span::Ongoing,
            ])?
        } else {
            Span::Ongoing
        }),
        membership: Some(if therapy && !chance.one_in(3) {
            Membership::Closed
        } else {
            Membership::Open
        }),
        activities: vec![theme.activity],
        techniques: lines(theme.ways),
        leading: if therapy {
            chance.pick(&[Leading::Teaching, Leading::Guiding, Leading::MostlySilent])
        } else {
            None
        },
        alongside: if therapy {
            chance.pick(&[
                Alongside::StandsAlone,
                Alongside::Either,
                Alongside::WithIndividualTherapy,
            ])
        } else {
            None
        },
        size,
        led_by: leaders(therapy, chance)?,
        when: if chance.one_in(40) {
            When::ByAppointment
        } else {
            When::Scheduled(schedule)
        },
        seats: seats(therapy, size, today, chance),
        languages: languages(theme, chance),
        audience: theme.audience.to_vec(),
        ages: (theme.ages != (0, 0)).then(|| Ages {
            from: Some(theme.ages.0).filter(|age| *age > 0),
            to: Some(theme.ages.1)
                .filter(|age| *age > 0)
                .or(chance.one_in(30).then_some(99)),
        }),
        cost: cost(therapy, chance),
        access: access(&place, chance),
        first_visit: first_visit(theme, &place, chance),
        place,
        how_to_come: HowToCome::Organisation {
            phone: Some(Phone::parse(PHONE).ok()?),
            mail: Mail::parse(MAIL).ok().filter(|_| !chance.one_in(3)),
        },
        source: Source::Own,
        verified_on: verified(today, chance),
        remarks: Vec::new(),
    })
}

fn lines(texts: &[&str]) -> Vec<Line> {
    texts.iter().filter_map(|text| Line::parse(text).ok()).collect()
}

/// Names differ from place to place.
fn title(theme: &Theme, town: &Town, copy: usize, online: bool, schedule: &Schedule) -> Option<Line> {
    let name = theme.names.get(copy % theme.names.len())?;
    let first = schedule.rule_dates(schedule.from).next()?;
    let day = match first.weekday() {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    };
    Line::parse(&match copy {
        _ if online => format!("{name}, online on {day}"),
        0..=2 => (*name).to_owned(),
        3 | 4 => format!("{name} in {}", town.name),
        _ => format!(
            "{name}, {} in {}",
            day.to_lowercase()
                .replacen(&day.to_lowercase()[..1], &day[..1], 1),
            town.name
        ),
    })
    .ok()
}

/// Somewhere within about two kilometres.
fn near(middle: Point, chance: &mut Chance) -> Option<Point> {
    let mut shift = || f64::from(u16::try_from(chance.below(2_001)).unwrap_or(1_000)) / 1_000.0 - 1.0;
    let (north, east) = (shift() * 0.014, shift() * 0.018);
    let round = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0;
    Point::new(round(middle.latitude() + north), round(middle.longitude() + east)).ok()
}

fn site(theme: &Theme, town: &Town, zip: &str, point: Point, chance: &mut Chance) -> Option<Site> {
    if theme.hidden || chance.one_in(25) {
        let area = Line::parse(&format!("{}, {} {zip}", town.name, town.state)).ok()?;
        // The middle of its ZIP area, never its own place.
        return Some(Site {
            name: None,
            address: Address::Withheld { area },
            point: finder::places().zip_area(zip),
            directions: None,
        });
    }
    let (venue, street) = (chance.pick(VENUES)?, chance.pick(STREETS)?);
    let line = Line::parse(&format!(
        "{} {street}, {}, {} {zip}",
        100 + chance.below(2_900),
        town.name,
        town.state
    ))
    .ok()?;
    let directions = chance.pick(&[
        "Side door, up the ramp.",
        "Downstairs. Look for the blue lamp by the stairs.",
        "Second floor; the elevator is on the left.",
        "Ring “Groups”. Someone comes down.",
    ])?;
    Some(Site {
        name: Line::parse(venue).ok(),
        address: Address::Exact {
            line,
            town: Line::parse(town.name).ok(),
        },
        point: Some(point),
        directions: Line::parse(directions).ok().filter(|_| !chance.one_in(3)),
    })
}

fn online(town: &Town, licensed: bool, chance: &mut Chance) -> Online {
    let by = chance
        .pick(&["video", "video or phone", "phone"])
        .and_then(|by| Line::parse(by).ok());
    let only_for = licensed
        .then(|| format!("people living in {}", town.state))
        .and_then(|only| Line::parse(&only).ok());
    Online { by, only_for }
}

fn schedule(today: NaiveDate, zone: Tz, therapy: bool, chance: &mut Chance) -> Option<Schedule> {
    let day = chance.pick(&[
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ])?;
    let other = day.succ().succ().succ();
    let from = today.checked_sub_days(Days::new(7 * (4 + chance.below(60) as u64)))?;
    let weekly = |interval, days| Rule::Weekly { interval, days };
    let rule = match (therapy, chance.below(14)) {
        (true, 0) | (false, 0 | 1) => weekly(2, vec![day]),
        (false, 2) => weekly(3, vec![day]),
        (false, 3 | 4) => weekly(1, vec![day, other]),
        (false, 5) => Rule::Monthly {
            interval: 1,
            nth: vec![Nth::First, Nth::Third],
            day,
        },
        (false, 6) => Rule::Monthly {
            interval: 1,
            nth: vec![Nth::Second, Nth::Fourth],
            day,
        },
        (false, 7) => Rule::Monthly {
            interval: 1,
            nth: vec![Nth::Last],
            day,
        },
        (false, 8) => Rule::Monthly {
            interval: 2,
            nth: vec![Nth::Fifth],
            day,
        },
        (false, 9) => Rule::Dates {
            dates: (1..=5)
                .filter_map(|n| today.checked_add_days(Days::new(9 * n + 3)))
                .collect(),
        },
        _ => weekly(1, vec![day]),
    };
    let (hour, minute) = if matches!(day, Weekday::Sat | Weekday::Sun) {
        chance.pick(&[(10, 0), (11, 0), (14, 0), (16, 30)])?
    } else {
        chance.pick(&[
            (9, 30),
            (12, 0),
            (17, 30),
            (18, 0),
            (18, 30),
            (19, 0),
            (19, 30),
            (20, 0),
            (21, 0),
        ])?
    };
    let length = Minutes::new(if therapy {
        chance.pick(&[75, 90, 90, 100, 120])?
    } else {
        chance.pick(&[45, 60, 60, 75, 90, 120])?
    })
    .ok()?;
    let until = if therapy && chance.one_in(3) {
        today.checked_add_days(Days::new(7 * (8 + chance.below(16) as u64)))
    } else {
        None
    };
    let mut schedule = Schedule {
        zone,
        from,
        time: NaiveTime::from_hms_opt(hour, minute, 0)?,
        length,
        rule,
        until,
        skips: vec![],
        moves: vec![],
    };
    exceptions(&mut schedule, today, chance);
    Some(schedule)
}

/// Thanksgiving week is skipped by most; now and then a meeting is moved.
fn exceptions(schedule: &mut Schedule, today: NaiveDate, chance: &mut Chance) {
    let coming: Vec<_> = schedule.rule_dates(today).take(4).collect();
    let thanksgiving = NaiveDate::from_weekday_of_month_opt(today.year(), 11, Weekday::Thu, 4);
    if let Some(date) = coming.iter().find(|date| Some(**date) == thanksgiving) {
        schedule.skips.push(Skip {
            date: *date,
            reason: Line::parse("Thanksgiving").ok(),
        });
    } else if let (Some(date), true) = (coming.get(1), chance.one_in(9)) {
        let reason = chance
            .pick(&["Building closed", "Leader away", "Holiday"])
            .and_then(|why| Line::parse(why).ok());
        schedule.skips.push(Skip { date: *date, reason });
    }
    if let (Some(date), true) = (coming.get(2), chance.one_in(8))
        && let Some(to) = date.succ_opt()
    {
        let reason = Line::parse("The room is taken").ok().filter(|_| chance.one_in(2));
        schedule.moves.push(Move {
            date: *date,
            to: to.and_time(schedule.time),
            reason,
        });
    }
}

fn format(theme: &Theme, chance: &mut Chance) -> Format {
    let process = theme.ways.contains(&"interpersonal work");
    match theme.kind {
        Kind::Therapy if process => Format::Process,
        Kind::Therapy => Format::Structured,
        Kind::Support if chance.one_in(5) => Format::Presentation,
        Kind::Support => Format::Discussion,
    }
}

fn size(therapy: bool, chance: &mut Chance) -> Option<Size> {
    if therapy {
        return chance
            .pick(&[(4, 8), (5, 8), (6, 9), (6, 10), (8, 12)])
            .map(|(least, most)| Size {
                least,
                most: Some(most),
            });
    }
    chance
        .pick(&[
            (3, Some(12)),
            (5, Some(20)),
            (10, Some(40)),
            (4, None),
            (20, None),
        ])
        .map(|(least, most)| Size { least, most })
}

fn leaders(therapy: bool, chance: &mut Chance) -> Option<Vec<Leader>> {
    let count = 1 + chance.below(2);
    let first = chance.below(60);
    (first..first + count)
        .map(|n| {
            Some(if therapy {
                let (name, credentials) = THERAPISTS[n % THERAPISTS.len()];
                Leader {
                    name: Line::parse(name).ok()?,
                    role: LeaderRole::Therapist {
                        credentials: Line::parse(credentials).ok()?,
                    },
                }
            } else {
                Leader {
                    name: Line::parse(FACILITATORS[n % FACILITATORS.len()]).ok()?,
                    role: LeaderRole::Facilitator,
                }
            })
        })
        .collect()
}

fn seats(therapy: bool, size: Option<Size>, today: NaiveDate, chance: &mut Chance) -> Seats {
    let soon = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let most = size.and_then(|size| size.most).unwrap_or(8);
    match (therapy, chance.below(16)) {
        (true, 0..=4) => Seats::Left(1 + u16::try_from(chance.below(4)).unwrap_or(0).min(most - 1)),
        (true, 5 | 6) => Seats::WaitingList {
            weeks: Some(2 + u16::try_from(chance.below(9)).unwrap_or(0)),
        },
        (true, 7) => Seats::WaitingList { weeks: None },
        (true, 8..=10) => Seats::Starts(soon(14 + 7 * chance.below(8) as u64)),
        (true, 11) => Seats::Closed,
        (_, 12) => Seats::Paused {
            until: Some(soon(42)),
        },
        (false, 13) if chance.one_in(3) => Seats::Paused { until: None },
        (false, 14) if chance.one_in(3) => Seats::Ended { on: Some(soon(30)) },
        _ => Seats::Open,
    }
}

fn languages(theme: &Theme, chance: &mut Chance) -> Vec<Language> {
    let codes: &[&str] = match theme.topics.first() {
        Some(&"migration") => &["es", "en"],
        Some(&"Deaf community") => &["ase"],
        _ => match chance.below(14) {
            0 => &["es"],
            1 => &["en", "es"],
            2 => chance
                .pick(&[
                    &["zh", "en"][..],
                    &["vi"][..],
                    &["ar", "en"][..],
                    &["ru"][..],
                    &["ko", "en"][..],
                    &["ht", "fr"][..],
                ])
                .unwrap_or(&["en"]),
            _ => &["en"],
        },
    };
    codes.iter().filter_map(|code| Language::parse(code)).collect()
}

fn cost(therapy: bool, chance: &mut Chance) -> Option<Cost> {
    let fee = match (therapy, chance.below(6)) {
        (true, 0) => Fee::PerSession(Money::usd(40)),
        (true, 1) => Fee::PerSession(Money {
            cents: 2_550,
            currency: Currency::Usd,
        }),
        (true, 2) => Fee::Free,
        (true, _) => Fee::Sliding {
            from: Money::usd(10 + 5 * u32::try_from(chance.below(4)).unwrap_or(0)),
            to: Money::usd(60),
        },
        (false, 0) => Fee::Contribution,
        (false, 1) => return None,
        (false, _) => Fee::Free,
    };
    let insurance = therapy && !chance.one_in(3);
    let note = insurance
        .then(|| chance.pick(&["Medicaid", "Medicare and most plans", "Ask about your plan"]))
        .flatten();
    Some(Cost {
        fee,
        insurance,
        note: note.and_then(|note| Line::parse(note).ok()),
    })
}

fn access(place: &Place, chance: &mut Chance) -> Vec<Access> {
    let here = [
        Access::StepFree,
        Access::Elevator,
        Access::AccessibleToilet,
        Access::HearingLoop,
        Access::QuietCorner,
        Access::FragranceFree,
        Access::PublicTransport,
        Access::Parking,
        Access::ChildCare,
        Access::ServiceAnimals,
    ];
    let there = [
        Access::CameraMayStayOff,
        Access::ByPhone,
        Access::Captions,
        Access::SignLanguage,
    ];
    let mut access = Vec::new();
    if place.site().is_some() {
        access.extend(here.into_iter().filter(|_| chance.one_in(3)));
    }
    if place.online().is_some() {
        access.extend(there.into_iter().filter(|_| chance.one_in(2)));
    }
    access
}

fn first_visit(theme: &Theme, place: &Place, chance: &mut Chance) -> FirstVisit {
    let prose = |text: &str| Prose::parse(text).ok();
    let support = theme.kind == Kind::Support;
    let told = !chance.one_in(4);
    FirstVisit {
        listening: prose(theme.listening).filter(|_| told),
        people: prose(theme.people).filter(|_| told),
        confidentiality: prose(if support {
            "What you hear and who you see. The ground rules are read out each time."
        } else {
            "Everything. All sign this before joining. Leaders are bound by law; members give their word."
        })
        .filter(|_| told),
        name: prose("Any name you like. First names only, no list, no photos.").filter(|_| support && told),
        arrival: place
            .site()
            .filter(|site| site.name.is_some())
            .and_then(|_| prose("Someone stands at the door ten minutes before.")),
        lateness: prose(if support {
            "Yes, both. Tea first; we start a quarter of an hour later."
        } else {
            "Please be on time; if you must leave early, say so at the start."
        })
        .filter(|_| told),
        camera: place
            .online()
            .and_then(|_| prose("On at the start to say hello, then as you like."))
            .filter(|_| chance.one_in(2)),
    }
}

fn verified(today: NaiveDate, chance: &mut Chance) -> Option<NaiveDate> {
    let days = match chance.below(12) {
        0 => return None,
        1 => 190 + chance.below(110),
        2 => 95 + chance.below(80),
        _ => 1 + chance.below(60),
    };
    today.checked_sub_days(Days::new(days as u64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn there_are_more_than_four_hundred_groups_and_each_keeps_the_rules() {
        let all = all(today(), SEED);
        assert_eq!(all.len(), THEMES.len() * OF_EACH, "a draft was refused");
        assert!(all.len() >= 400);
        let slugs: BTreeSet<_> = all.iter().map(|(slug, _)| slug).collect();
        let titles: BTreeSet<_> = all.iter().map(|(_, listing)| listing.title.as_str()).collect();
        assert_eq!((slugs.len(), titles.len()), (all.len(), all.len()));
    }

    #[test]
    fn the_same_seed_gives_the_same_groups() {
        assert_eq!(all(today(), SEED), all(today(), SEED));
        assert_ne!(all(today(), SEED), all(today(), SEED + 1));
        assert_eq!(
            all(today(), SEED + 1).len(),
            all(today(), SEED).len(),
            "a draft was refused"
        );
    }

    #[test]
    fn around_cleveland_there_are_many_of_both_kinds() {
        let cleveland = finder::places().zip_area("44113").unwrap();
        let all = all(today(), SEED);
        let near = all.iter().filter(|(_, listing)| {
            listing
                .place
                .site()
                .and_then(|site| site.point)
                .is_some_and(|point| point.distance_km(cleveland) < 16.1)
        });
        let (therapy, support): (Vec<_>, Vec<_>) =
            near.partition(|(_, listing)| listing.kind == Kind::Therapy);
        assert!(
            therapy.len() >= 20 && support.len() >= 30,
            "{} and {}",
            therapy.len(),
            support.len()
        );
    }

    /// The names of enum variants as they stand in JSON, so that a fact nobody shows is found.
    #[test]
    #[expect(clippy::too_many_lines, reason = "a list of facts")]
    fn every_fact_is_varied() {
        let text: String = all(today(), SEED)
            .iter()
            .map(|(_, listing)| serde_json::to_string(listing).unwrap())
            .collect();
        for fact in [
            "therapy",
            "support",
            "shared",
            "mixed",
            "structured",
            "process",
            "discussion",
            "presentation",
            "ongoing",
            "sessions",
            "open",
            "closed",
            "talk",
            "art",
            "music",
            "movement",
            "writing",
            "meditation",
            "reading",
            "teaching",
            "guiding",
            "mostly-silent",
            "stands-alone",
            "either",
            "with-individual-therapy",
            "therapist",
            "facilitator",
            "scheduled",
            "by-appointment",
            "in-person",
            "online",
            "hybrid",
            "exact",
            "withheld",
            "weekly",
            "monthly",
            "dates",
            "last",
            "fifth",
            "skips",
            "moves",
            "until",
            "left",
            "waiting-list",
            "starts",
            "paused",
            "ended",
            "free",
            "contribution",
            "per-session",
            "sliding",
            "step-free",
            "elevator",
            "accessible-toilet",
            "hearing-loop",
            "captions",
            "sign-language",
            "quiet-corner",
            "fragrance-free",
            "camera-may-stay-off",
            "by-phone",
            "public-transport",
            "parking",
            "child-care",
            "service-animals",
            "women",
            "men",
            "lgbtq",
            "trans",
            "black-people",
            "native-people",
            "people-of-colour",
            "young-people",
            "older-people",
            "parents",
            "caregivers",
            "family-and-friends",
            "veterans",
            "first-responders",
            "health-workers",
            "students",
            "newcomers",
            "families",
            "deaf-people",
            "secular-people",
            "ase",
            "es",
            "zh",
            "ar",
            "verified_on",
            "ages",
            "camera",
            "only_for",
        ] {
            assert!(text.contains(&format!("\"{fact}\"")), "no group shows “{fact}”");
        }
    }
}
