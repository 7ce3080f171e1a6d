//! The demo's providers: its organisation, the sites around Cleveland, a peer association, and the therapists with the
//! groups they lead. Always the same for the same listings and seed.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::groups::{
    Address, Ages, Cost, Fee, Kind, Language, Leader, LeaderRole, Listing, Mail, Money, Online, Phone, Site,
    Slug, Source, WebPage,
};
use domain::providers::{Provider, ProviderDraft, ProviderKind, Reach, Taking};
use domain::text::{Line, Prose};
use store::providers::Links;

use super::content::{MAIL, PHONE, THERAPISTS};
use super::groups::Chance;

/// Sites of the organisation: the first of its venues around Cleveland that have an address.
const SITES: usize = 5;
/// "Around Cleveland", in kilometres from 44113.
const AROUND: f64 = 25.0;
const PEERS: &str = "Open Hands Peer Association";
const PEERS_PHONE: &str = "216-555-0167";
/// The listings' own seeds stay what they are.
const OF_ITS_OWN: u64 = 0x9a11_e4b5;

const ABOUT_US: &str = "A community practice for people in and around Cleveland. Fees slide with income, and nobody is sent \
    away without another option. We lead therapy groups and lend our rooms to support groups.";
const ABOUT_PEERS: &str = "People who have been there, and now hold the door for others. Our facilitators are trained by \
    peers. They are not therapists and do not give treatment.";

/// What each therapist says about their work, in the order of [`THERAPISTS`].
const ABOUT: [&str; 8] = [
    "Dana works with people whose loss does not get lighter. She has led groups for many years and still likes the first evening best.",
    "Marcus came to this work by way of a food bank. He works slowly, with humor, and does not mind silence.",
    "Priya teaches skills and then practices them with you. Bring a notebook, or do not.",
    "Ellen works with couples, families and the people left over when they end.",
    "Tomás leads groups in English and Spanish. He listens first.",
    "Grace works with people after trauma. Safety comes first, the story later or never.",
    "Samir works on sleep, anger and worry, which often turn out to be the same thing.",
    "June works with young people and those who love them.",
];

/// A provider with its slug and links, in the order in which they are published.
pub(super) type Seeded = (Slug, Provider, Links);

/// All providers of the demo, as of `today`, for these listings.
pub(super) fn all(today: NaiveDate, seed: u64, listings: &[(Slug, Listing)]) -> Vec<Seeded> {
    let mut making = Making {
        chance: Chance(seed ^ OF_ITS_OWN),
        today,
        listings,
        made: Vec::new(),
    };
    let sites = making.sites();
    let us = making.organisation(&sites);
    making.peers();
    for site in &sites {
        making.site(site, us.clone());
    }
    for (number, (name, credentials)) in THERAPISTS.iter().enumerate() {
        making.therapist(number, name, credentials, &sites, us.clone());
    }
    making.made
}

struct Making<'a> {
    chance: Chance,
    today: NaiveDate,
    listings: &'a [(Slug, Listing)],
    made: Vec<Seeded>,
}

impl Making<'_> {
    fn push(&mut self, draft: Option<ProviderDraft>, links: Links) -> Option<Slug> {
        let slug = Slug::from_bits(self.chance.next());
        let provider = Provider::check(draft?).ok()?;
        self.made.push((slug.clone(), provider, links));
        Some(slug)
    }

    fn draft(&mut self, name: &str, kind: ProviderKind, phone: &str) -> Option<ProviderDraft> {
        let reach = Reach {
            phone: Phone::parse(phone).ok(),
            ..Reach::default()
        };
        let days = 2 + self.chance.below(50);
        Some(ProviderDraft {
            languages: languages(&["en"]),
            verified_on: self.today.checked_sub_days(Days::new(days as u64)),
            ..ProviderDraft::new(Line::parse(name).ok()?, kind, reach, Source::Own)
        })
    }

    /// Places around Cleveland where the listings meet, each venue once.
    fn sites(&self) -> Vec<Site> {
        let middle = finder::places().zip_area("44113");
        let mut names = BTreeSet::new();
        let around = self.listings.iter().filter_map(|(_, listing)| {
            let site = listing.place.site()?;
            let (name, km) = (site.name.as_ref()?, middle?.distance_km(site.point?));
            let exact = matches!(site.address, Address::Exact { .. });
            (exact && km < AROUND && names.insert(name.clone())).then(|| site.clone())
        });
        around.take(SITES).collect()
    }

    fn organisation(&mut self, sites: &[Site]) -> Option<Slug> {
        let name = super::organisation().name;
        let draft = self
            .draft(&name, ProviderKind::Organisation, PHONE)
            .map(|mut draft| {
                draft.reach.mail = Mail::parse(MAIL).ok();
                draft.reach.page = WebPage::parse("https://lakeshore.example/").ok();
                ProviderDraft {
                    about: Prose::parse(ABOUT_US).ok(),
                    focus: lines(&["grief", "anxiety", "depression", "trauma"]),
                    languages: languages(&["en", "es"]),
                    taking: Some(Taking::Yes),
                    places: sites.first().cloned().into_iter().collect(),
                    online: Some(Online::default()),
                    cost: Some(sliding()),
                    ..draft
                }
            });
        self.push(draft, Links::default())
    }

    /// The peers hold the support groups around Cleveland.
    fn peers(&mut self) {
        let near = finder::places().zip_area("44113");
        let theirs = self.listings.iter().filter(|(_, listing)| {
            let point = listing.place.site().and_then(|site| site.point);
            let around = near
                .zip(point)
                .is_some_and(|(near, point)| near.distance_km(point) < AROUND);
            listing.kind == Kind::Support && around
        });
        let groups = theirs.map(|(slug, _)| slug.clone()).collect();
        let draft = self
            .draft(PEERS, ProviderKind::Organisation, PEERS_PHONE)
            .map(|draft| ProviderDraft {
                about: Prose::parse(ABOUT_PEERS).ok(),
                focus: lines(&["grief", "recovery", "loneliness", "caregivers"]),
                cost: Some(Cost {
                    fee: Fee::Free,
                    insurance: false,
                    note: None,
                }),
                ..draft
            });
        self.push(
            draft,
            Links {
                part_of: None,
                groups,
            },
        );
    }

    fn site(&mut self, site: &Site, us: Option<Slug>) {
        let name = site.name.as_ref().map_or("", |name| name.as_str()).to_owned();
        let here = |listing: &Listing| {
            listing
                .place
                .site()
                .is_some_and(|there| there.address == site.address)
        };
        let groups = self.led(here);
        let draft = self
            .draft(&name, ProviderKind::Site, PHONE)
            .map(|draft| ProviderDraft {
                languages: Vec::new(),
                places: vec![site.clone()],
                ..draft
            });
        self.push(draft, Links { part_of: us, groups });
    }

    fn therapist(&mut self, number: usize, name: &str, credentials: &str, sites: &[Site], us: Option<Slug>) {
        let leads = |leader: &Leader| {
            leader.name.as_str() == name && matches!(leader.role, LeaderRole::Therapist { .. })
        };
        let groups = self.led(|listing| listing.led_by.iter().any(leads));
        let focus = self.focus(number, &groups);
        // Of eight: two with two rooms, four with one, and two who work online only.
        let rooms = match number % 4 {
            0 => 2,
            3 => 0,
            _ => 1,
        };
        let places = sites.iter().cycle().skip(number).take(rooms.min(sites.len()));
        let places: Vec<_> = places.cloned().collect();
        let online = (rooms != 1).then(|| Online {
            by: Line::parse("video").ok(),
            only_for: Line::parse("people living in Ohio").ok(),
        });
        let taking = match number % 5 {
            0 | 3 => Some(Taking::Yes),
            1 => Some(Taking::WaitingList { weeks: Some(5) }),
            2 => Some(Taking::No),
            _ => None,
        };
        let spoken: &[&str] = match number {
            2 => &["en", "hi"],
            4 => &["en", "es"],
            6 => &["en", "ar"],
            7 => &["en", "ko"],
            _ => &["en"],
        };
        let draft = self.draft(name, ProviderKind::Therapist, PHONE).map(|mut draft| {
            draft.reach.mail = Mail::parse(MAIL).ok().filter(|_| number.is_multiple_of(2));
            ProviderDraft {
                credentials: Line::parse(credentials).ok(),
                about: ABOUT.get(number).and_then(|about| Prose::parse(about).ok()),
                focus,
                languages: languages(spoken),
                taking,
                ages: Some(Ages {
                    from: Some(if number == 7 { 14 } else { 18 }),
                    to: None,
                }),
                places,
                online,
                cost: Some(sliding()),
                ..draft
            }
        });
        self.push(draft, Links { part_of: us, groups });
    }

    /// Four of the topics of these groups, others for each therapist.
    fn focus(&self, number: usize, groups: &[Slug]) -> Vec<Line> {
        let led = self.listings.iter().filter(|(slug, _)| groups.contains(slug));
        let topics: BTreeSet<&Line> = led.flat_map(|(_, listing)| &listing.topics).collect();
        let topics: Vec<_> = topics.into_iter().collect();
        let every = (topics.len() / 4).max(1);
        let topics = topics.into_iter().skip(number % every).step_by(every);
        topics.take(4).cloned().collect()
    }

    /// The slugs of the listings of which this is true.
    fn led(&self, so: impl Fn(&Listing) -> bool) -> Vec<Slug> {
        let those = self.listings.iter().filter(|(_, listing)| so(listing));
        those.map(|(slug, _)| slug.clone()).collect()
    }
}

fn lines(texts: &[&str]) -> Vec<Line> {
    texts.iter().filter_map(|text| Line::parse(text).ok()).collect()
}

fn languages(codes: &[&str]) -> Vec<Language> {
    codes.iter().filter_map(|code| Language::parse(code)).collect()
}

fn sliding() -> Cost {
    Cost {
        fee: Fee::Sliding {
            from: Money::usd(15),
            to: Money::usd(90),
        },
        insurance: true,
        note: Line::parse("Medicaid").ok(),
    }
}

#[cfg(test)]
mod tests {
    use feeds::sameboat::{self, GroupOut, ProviderOut};

    use super::super::groups::{self, SEED};
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn everyone_of_the_demo_keeps_the_rules_and_leads_what_names_them() {
        let listings = groups::all(today(), SEED);
        let all = all(today(), SEED, &listings);
        assert_eq!(all.len(), 2 + SITES + THERAPISTS.len(), "a draft was refused");
        let of = |kind| all.iter().filter(move |(_, provider, _)| provider.kind == kind);
        for (_, therapist, links) in of(ProviderKind::Therapist) {
            let named = |listing: &Listing| listing.led_by.iter().any(|leader| leader.name == therapist.name);
            let led: Vec<_> = listings.iter().filter(|(_, listing)| named(listing)).collect();
            assert_eq!(links.groups.len(), led.len(), "{}", therapist.name);
            assert!(!led.is_empty(), "{}", therapist.name);
            assert!(links.part_of.is_some());
        }
        for (_, site, links) in of(ProviderKind::Site) {
            assert!(!links.groups.is_empty(), "{}", site.name);
        }
        let text: String = all
            .iter()
            .map(|(_, provider, _)| serde_json::to_string(provider).unwrap())
            .collect();
        for fact in [
            "waiting-list",
            "\"yes\"",
            "\"no\"",
            "only_for",
            "sliding",
            "\"es\"",
            "page",
        ] {
            assert!(text.contains(fact), "nobody shows {fact}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_providers_and_another_others() {
        let listings = groups::all(today(), SEED);
        assert_eq!(all(today(), SEED, &listings), all(today(), SEED, &listings));
        let others = groups::all(today(), SEED + 1);
        assert_ne!(all(today(), SEED, &listings), all(today(), SEED + 1, &others));
        assert_eq!(
            all(today(), SEED + 1, &others).len(),
            2 + SITES + THERAPISTS.len()
        );
    }

    /// Every fact of every invented group and provider survives our own format.
    #[test]
    fn the_whole_demo_goes_out_and_comes_back_as_it_was() {
        let listings = groups::all(today(), SEED);
        let providers = all(today(), SEED, &listings);
        let groups: Vec<_> = listings
            .iter()
            .map(|(slug, listing)| GroupOut {
                id: slug.as_str(),
                listing,
            })
            .collect();
        let out: Vec<_> = providers
            .iter()
            .map(|(slug, provider, links)| ProviderOut {
                id: slug.as_str(),
                provider,
                groups: links.groups.iter().map(Slug::as_str).collect(),
                part_of: links.part_of.as_ref().map(Slug::as_str),
            })
            .collect();
        let name = Line::parse("Lakeshore").unwrap();
        let text = sameboat::write(&name, &groups, &out).unwrap();
        let file = sameboat::read(text.as_bytes(), None).unwrap();
        let source = Source::Feed { programme: name };
        for (row, (slug, listing)) in file.groups.iter().zip(&listings) {
            let mut expected = domain::groups::Draft::from(listing.clone());
            expected.source = source.clone();
            assert_eq!((&row.notes, row.id.as_str()), (&vec![], slug.as_str()));
            assert_eq!(
                domain::groups::Draft::from(row.listing.clone().unwrap()),
                expected
            );
        }
        for (row, (_, provider, links)) in file.providers.iter().zip(&providers) {
            let mut expected = ProviderDraft::from(provider.clone());
            expected.source = source.clone();
            assert_eq!(ProviderDraft::from(row.provider.clone().unwrap()), expected);
            assert_eq!((row.notes.len(), row.groups.len()), (0, links.groups.len()));
            assert_eq!(row.part_of.as_deref(), links.part_of.as_ref().map(Slug::as_str));
        }
        assert_eq!(
            (file.groups.len(), file.providers.len()),
            (listings.len(), providers.len())
        );
    }
}
