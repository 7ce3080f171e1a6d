//! A listing: the public face of a group, and the rules that each kind keeps.

use std::ops::Deref;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Access, Activity, Ages, Alongside, Audience, Cost, Fee, Format, HowToCome, Kind, Language, Leader,
    LeaderRole, Leading, Membership, Place, Problem, Seats, Site, Size, Source, Span, THERAPY_LEAST,
    THERAPY_MOST,
};
use crate::schedule::Schedule;
use crate::text::{Line, Prose};

/// What someone typed or a feed said about a group. Unknown is `None` or empty, never a guess.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub title: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Prose>,
    pub kind: Kind,
    /// What it is for: "grief", "anxiety", "alcohol".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership: Option<Membership>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// "cognitive-behavioural strategies", "role-play".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub techniques: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leading: Option<Leading>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alongside: Option<Alongside>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub led_by: Vec<Leader>,
    pub when: When,
    pub place: Place,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Audience>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<Access>,
    pub seats: Seats,
    #[serde(default)]
    pub first_visit: FirstVisit,
    pub how_to_come: HowToCome,
    pub source: Source,
    /// The day on which the organiser last said that all this is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<NaiveDate>,
    /// What a feed said beyond our words ("Candlelight"), kept and shown as it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    Scheduled(Schedule),
    /// Without a set time: ask the organiser.
    ByAppointment,
}

/// Answers for someone who has never been there. What is `None` is answered by what holds for the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstVisit {
    /// May I just listen?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listening: Option<Prose>,
    /// Who is there?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Prose>,
    /// What stays here?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<Prose>,
    /// What name do I give?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Prose>,
    /// Where do I go?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Prose>,
    /// Can I come late or leave early?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Prose>,
    /// Must my camera be on? (online)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<Prose>,
}

impl FirstVisit {
    /// Every answer by its name.
    pub fn answers(&self) -> [(&'static str, &Option<Prose>); 7] {
        [
            ("listening", &self.listening),
            ("people", &self.people),
            ("confidentiality", &self.confidentiality),
            ("name", &self.name),
            ("arrival", &self.arrival),
            ("lateness", &self.lateness),
            ("camera", &self.camera),
        ]
    }
}

/// A draft that keeps the rules of its kind. Read its fields through the draft it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Draft", into = "Draft")]
pub struct Listing(Draft);

/// Everything that keeps a draft from being a listing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
pub struct Refused(pub Vec<Refusal>);

/// One reason why a draft is no listing: what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "A therapy group is led by a trained therapist, and none is named. Name one with credentials, or list it as a support group."
    )]
    NoTherapist,
    #[error(
        "A therapy group says how many people are in it. Give a size of {THERAPY_LEAST} to {THERAPY_MOST}."
    )]
    NoSize,
    #[error("A therapy group has {THERAPY_LEAST} to {THERAPY_MOST} people, not {least} to {most}. Make it smaller, or list it as a support group.", most = most.map_or("any number".to_owned(), |most| most.to_string()))]
    TherapySize { least: u16, most: Option<u16> },
    #[error("The size goes from {least} to {most}: the first number is the smaller one.")]
    SizeUpsideDown { least: u16, most: u16 },
    #[error("{left} places left in a group of at most {most}. Correct one of the two.")]
    MorePlacesThanSize { left: u16, most: u16 },
    #[error("The ages go from {from} to {to}: the first number is the smaller one.")]
    AgesUpsideDown { from: u8, to: u8 },
    #[error("The cost slides from more to less: the first amount is the smaller one.")]
    CostUpsideDown,
    #[error("A group of no sessions: give the number of sessions, or say that it is ongoing.")]
    NoSessions,
    #[error("The schedule does not work: {0}")]
    Schedule(#[from] crate::schedule::ScheduleError),
    #[error("An own group names the organisation's public phone or mail, so that people can come.")]
    NoContact,
    #[error(
        "One can walk in only where the address is public. Give the address, or a page that says how to come."
    )]
    WalkInNowhere,
    #[error("A withheld address shows its area only: take out the name of the place and the directions.")]
    WithheldTold,
}

impl Draft {
    /// A group of which only this is known: by appointment, open, everything else untold.
    pub fn new(title: Line, kind: Kind, place: Place, how_to_come: HowToCome, source: Source) -> Self {
        Self {
            title,
            summary: None,
            kind,
            topics: Vec::new(),
            problem: None,
            format: None,
            span: None,
            membership: None,
            activities: Vec::new(),
            techniques: Vec::new(),
            leading: None,
            alongside: None,
            size: None,
            led_by: Vec::new(),
            when: When::ByAppointment,
            place,
            languages: Vec::new(),
            audience: Vec::new(),
            ages: None,
            cost: None,
            access: Vec::new(),
            seats: Seats::Open,
            first_visit: FirstVisit::default(),
            how_to_come,
            source,
            verified_on: None,
            remarks: Vec::new(),
        }
    }
}

impl Listing {
    /// The listing of this draft, or all reasons why it is none.
    pub fn check(draft: Draft) -> Result<Self, Refused> {
        let mut refusals = Vec::new();
        refusals.extend(kind_rules(&draft));
        refusals.extend(number_rules(&draft));
        if let When::Scheduled(schedule) = &draft.when
            && let Err(error) = schedule.check()
        {
            refusals.push(error.into());
        }
        refusals.extend(coming_rules(&draft));
        if refusals.is_empty() {
            Ok(Self(draft))
        } else {
            Err(Refused(refusals))
        }
    }

    pub fn schedule(&self) -> Option<&Schedule> {
        match &self.0.when {
            When::Scheduled(schedule) => Some(schedule),
            When::ByAppointment => None,
        }
    }
}

fn kind_rules(draft: &Draft) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if draft.kind == Kind::Therapy {
        if !draft
            .led_by
            .iter()
            .any(|leader| matches!(leader.role, LeaderRole::Therapist { .. }))
        {
            refusals.push(Refusal::NoTherapist);
        }
        match draft.size {
            None => refusals.push(Refusal::NoSize),
            Some(Size { least, most }) => {
                let fits = least >= THERAPY_LEAST && most.is_some_and(|most| most <= THERAPY_MOST);
                if !fits {
                    refusals.push(Refusal::TherapySize { least, most });
                }
            }
        }
    }
    refusals
}

fn number_rules(draft: &Draft) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let most = draft.size.and_then(|size| size.most);
    if let Some(Size {
        least,
        most: Some(most),
    }) = draft.size
        && least > most
    {
        refusals.push(Refusal::SizeUpsideDown { least, most });
    }
    if let (Seats::Left(left), Some(most)) = (draft.seats, most)
        && left > most
    {
        refusals.push(Refusal::MorePlacesThanSize { left, most });
    }
    refusals.extend(draft.ages.and_then(Ages::refusal));
    refusals.extend(draft.cost.as_ref().and_then(Cost::refusal));
    if draft.span == Some(Span::Sessions(0)) {
        refusals.push(Refusal::NoSessions);
    }
    refusals
}

fn coming_rules(draft: &Draft) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let site = draft.place.site();
    let withheld = site.is_some_and(|site| matches!(site.address, super::Address::Withheld { .. }));
    let nobody_to_ask = match &draft.how_to_come {
        HowToCome::Organisation { phone, mail } => phone.is_none() && mail.is_none(),
        HowToCome::Page(_) | HowToCome::WalkIn => draft.source == Source::Own,
    };
    if nobody_to_ask {
        refusals.push(Refusal::NoContact);
    } else if draft.how_to_come == HowToCome::WalkIn && (site.is_none() || withheld) {
        refusals.push(Refusal::WalkInNowhere);
    }
    refusals.extend(site.and_then(Site::refusal));
    refusals
}

impl Ages {
    /// Why these are no ages.
    pub(crate) fn refusal(self) -> Option<Refusal> {
        let (from, to) = (self.from?, self.to?);
        (from > to).then_some(Refusal::AgesUpsideDown { from, to })
    }
}

impl Cost {
    /// Why this is no cost.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self.fee {
            Fee::Sliding { from, to } if from.cents > to.cents || from.currency != to.currency => {
                Some(Refusal::CostUpsideDown)
            }
            _ => None,
        }
    }
}

impl Site {
    /// Why this must not be public.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let withheld = matches!(self.address, super::Address::Withheld { .. });
        let told = self.name.is_some() || self.directions.is_some();
        (withheld && told).then_some(Refusal::WithheldTold)
    }
}

impl Deref for Listing {
    type Target = Draft;
    fn deref(&self) -> &Draft {
        &self.0
    }
}

impl TryFrom<Draft> for Listing {
    type Error = Refused;
    fn try_from(draft: Draft) -> Result<Self, Refused> {
        Self::check(draft)
    }
}

impl From<Listing> for Draft {
    fn from(listing: Listing) -> Draft {
        listing.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Online, Phone};
    use super::*;
    use crate::text::Line;

    fn line(text: &str) -> Line {
        Line::parse(text).unwrap()
    }

    fn therapist() -> Leader {
        Leader {
            name: line("Dana Whitfield"),
            role: LeaderRole::Therapist {
                credentials: line("LPCC-S"),
            },
        }
    }

    /// An online therapy group that keeps every rule.
    fn therapy() -> Draft {
        Draft {
            topics: vec![line("grief")],
            size: Some(Size {
                least: 6,
                most: Some(9),
            }),
            led_by: vec![therapist()],
            seats: Seats::Left(3),
            ..Draft::new(
                line("When grief does not move"),
                Kind::Therapy,
                Place::Online(Online::default()),
                HowToCome::Organisation {
                    phone: Some(Phone::parse("216 555 0142").unwrap()),
                    mail: None,
                },
                Source::Own,
            )
        }
    }

    fn refusals(draft: Draft) -> Vec<Refusal> {
        Listing::check(draft).expect_err("a draft that breaks a rule").0
    }

    #[test]
    fn a_listing_that_keeps_the_rules_is_kept_as_it_is() {
        let listing = Listing::check(therapy()).unwrap();
        assert_eq!(Draft::from(listing), therapy());
    }

    #[test]
    fn a_therapy_group_of_thirteen_is_refused_with_the_reason() {
        let size = Some(Size {
            least: 6,
            most: Some(13),
        });
        let refused = Listing::check(Draft { size, ..therapy() }).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "A therapy group has 4 to 12 people, not 6 to 13. Make it smaller, or list it as a support group."
        );
        let unlimited = Some(Size { least: 6, most: None });
        assert_eq!(
            refusals(Draft {
                size: unlimited,
                ..therapy()
            }),
            [Refusal::TherapySize { least: 6, most: None }]
        );
        assert_eq!(
            refusals(Draft {
                size: None,
                ..therapy()
            }),
            [Refusal::NoSize]
        );
    }

    #[test]
    fn a_therapy_group_without_a_therapist_is_refused() {
        let peer = Leader {
            name: line("Ruth"),
            role: LeaderRole::Facilitator,
        };
        assert_eq!(
            refusals(Draft {
                led_by: vec![peer.clone()],
                ..therapy()
            }),
            [Refusal::NoTherapist]
        );
        assert_eq!(
            refusals(Draft {
                led_by: vec![],
                ..therapy()
            }),
            [Refusal::NoTherapist]
        );
        assert!(
            Listing::check(Draft {
                led_by: vec![peer, therapist()],
                ..therapy()
            })
            .is_ok()
        );
    }

    #[test]
    fn a_support_group_has_no_limit_and_needs_no_therapist() {
        let size = Some(Size { least: 2, most: None });
        let support = Draft {
            kind: Kind::Support,
            size,
            led_by: vec![],
            seats: Seats::Open,
            ..therapy()
        };
        assert!(Listing::check(support).is_ok());
    }

    #[test]
    fn every_broken_rule_is_told_at_once() {
        let broken = Draft {
            size: Some(Size {
                least: 9,
                most: Some(6),
            }),
            led_by: vec![],
            ages: Some(Ages {
                from: Some(65),
                to: Some(18),
            }),
            seats: Seats::Left(7),
            span: Some(Span::Sessions(0)),
            how_to_come: HowToCome::WalkIn,
            ..therapy()
        };
        assert_eq!(
            refusals(broken),
            [
                Refusal::NoTherapist,
                Refusal::SizeUpsideDown { least: 9, most: 6 },
                Refusal::MorePlacesThanSize { left: 7, most: 6 },
                Refusal::AgesUpsideDown { from: 65, to: 18 },
                Refusal::NoSessions,
                Refusal::NoContact,
            ]
        );
    }

    #[test]
    fn one_walks_in_only_where_the_address_is_public() {
        let site = |address| Site {
            name: None,
            address,
            point: None,
            directions: None,
        };
        let feed = |place| Draft {
            kind: Kind::Support,
            source: Source::Feed {
                programme: line("Orange County"),
            },
            how_to_come: HowToCome::WalkIn,
            place,
            ..therapy()
        };
        let exact = Address::Exact {
            line: line("3186 Pullman St, Costa Mesa, CA 92626"),
            town: None,
        };
        assert!(Listing::check(feed(Place::InPerson(site(exact)))).is_ok());
        let withheld = Address::Withheld {
            area: line("Costa Mesa"),
        };
        assert_eq!(
            refusals(feed(Place::InPerson(site(withheld)))),
            [Refusal::WalkInNowhere]
        );
        assert_eq!(
            refusals(feed(Place::Online(Online::default()))),
            [Refusal::WalkInNowhere]
        );
    }

    #[test]
    fn a_withheld_address_tells_its_area_only() {
        let site = Site {
            name: Some(line("Harbor House")),
            address: Address::Withheld {
                area: line("Lakewood"),
            },
            point: None,
            directions: None,
        };
        assert_eq!(
            refusals(Draft {
                place: Place::InPerson(site),
                ..therapy()
            }),
            [Refusal::WithheldTold]
        );
    }

    #[test]
    fn a_kept_listing_reads_back_and_a_broken_one_does_not() {
        let kept = serde_json::to_value(Listing::check(therapy()).unwrap()).unwrap();
        assert_eq!(
            serde_json::from_value::<Listing>(kept.clone()).unwrap(),
            Listing::check(therapy()).unwrap()
        );
        let mut thirteen = kept;
        thirteen["size"]["most"] = 13.into();
        assert!(
            serde_json::from_value::<Listing>(thirteen)
                .unwrap_err()
                .to_string()
                .contains("4 to 12 people")
        );
    }
}
