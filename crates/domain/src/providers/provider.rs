//! A provider: the rules that each kind keeps.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::{ProviderDraft, ProviderKind};
use crate::groups::{self, Address, Ages, Cost, Site};

/// A draft that keeps the rules of its kind. Read its fields through the draft it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ProviderDraft", into = "ProviderDraft")]
pub struct Provider(ProviderDraft);

/// Everything that keeps a draft from being a provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
pub struct ProviderRefused(pub Vec<ProviderRefusal>);

/// One reason why a draft is no provider: what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderRefusal {
    #[error(
        "A therapist is listed with credentials, and none are given. Give them as they are public (“LPCC-S”)."
    )]
    NoCredentials,
    #[error("A site is one place, and {0} are given. Give one, or list each place as a site of its own.")]
    SiteOfPlaces(usize),
    #[error("A site is a place to walk to, not online. Take out “online”, or list an organisation.")]
    SiteOnline,
    #[error("Nobody could reach them. Give a public phone number, a mail address or a page.")]
    NoWayToReach,
    /// A rule that listings keep too.
    #[error(transparent)]
    AsListings(#[from] groups::Refusal),
}

impl Provider {
    /// The provider of this draft, or all reasons why it is none.
    pub fn check(draft: ProviderDraft) -> Result<Self, ProviderRefused> {
        let mut refusals = kind_rules(&draft);
        refusals.extend(shared_rules(&draft).into_iter().map(Into::into));
        if refusals.is_empty() {
            Ok(Self(draft))
        } else {
            Err(ProviderRefused(refusals))
        }
    }

    /// "Dana Whitfield, LPCC-S", "Harbor House".
    pub fn full_name(&self) -> String {
        match &self.credentials {
            Some(credentials) => format!("{}, {credentials}", self.name),
            None => self.name.to_string(),
        }
    }
}

fn kind_rules(draft: &ProviderDraft) -> Vec<ProviderRefusal> {
    let mut refusals = Vec::new();
    match draft.kind {
        ProviderKind::Therapist if draft.credentials.is_none() => {
            refusals.push(ProviderRefusal::NoCredentials);
        }
        ProviderKind::Site => {
            if draft.places.len() != 1 {
                refusals.push(ProviderRefusal::SiteOfPlaces(draft.places.len()));
            }
            if draft.online.is_some() {
                refusals.push(ProviderRefusal::SiteOnline);
            }
        }
        ProviderKind::Organisation | ProviderKind::Therapist => {}
    }
    // One can at least go to a site with a public address and ask.
    let can_go = draft.kind == ProviderKind::Site
        && draft
            .places
            .iter()
            .any(|site| matches!(site.address, Address::Exact { .. }));
    if draft.reach.is_empty() && !can_go {
        refusals.push(ProviderRefusal::NoWayToReach);
    }
    refusals
}

fn shared_rules(draft: &ProviderDraft) -> Vec<groups::Refusal> {
    let ages = draft.ages.and_then(Ages::refusal);
    let cost = draft.cost.as_ref().and_then(Cost::refusal);
    let told = draft.places.iter().find_map(Site::refusal);
    [ages, cost, told].into_iter().flatten().collect()
}

impl Deref for Provider {
    type Target = ProviderDraft;
    fn deref(&self) -> &ProviderDraft {
        &self.0
    }
}

impl TryFrom<ProviderDraft> for Provider {
    type Error = ProviderRefused;
    fn try_from(draft: ProviderDraft) -> Result<Self, ProviderRefused> {
        Self::check(draft)
    }
}

impl From<Provider> for ProviderDraft {
    fn from(provider: Provider) -> ProviderDraft {
        provider.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reach, Taking};
    use super::*;
    use crate::groups::{Fee, Money, Online, Phone, Refusal, Source};
    use crate::text::Line;

    fn line(text: &str) -> Line {
        Line::parse(text).unwrap()
    }

    fn site(address: Address) -> Site {
        Site {
            name: None,
            address,
            point: None,
            directions: None,
        }
    }

    fn harbor() -> Site {
        site(Address::Exact {
            line: line("12 Harbor Road, Cleveland, OH 44113"),
            town: Some(line("Cleveland")),
        })
    }

    /// A therapist who keeps every rule.
    fn dana() -> ProviderDraft {
        let reach = Reach {
            phone: Some(Phone::parse("216 555 0142").unwrap()),
            ..Reach::default()
        };
        ProviderDraft {
            credentials: Some(line("LPCC-S")),
            focus: vec![line("grief")],
            taking: Some(Taking::WaitingList { weeks: Some(5) }),
            places: vec![harbor(), harbor()],
            online: Some(Online::default()),
            ..ProviderDraft::new(
                line("Dana Whitfield"),
                ProviderKind::Therapist,
                reach,
                Source::Own,
            )
        }
    }

    fn house() -> ProviderDraft {
        ProviderDraft {
            places: vec![harbor()],
            ..ProviderDraft::new(
                line("Harbor House"),
                ProviderKind::Site,
                Reach::default(),
                Source::Own,
            )
        }
    }

    fn refusals(draft: ProviderDraft) -> Vec<ProviderRefusal> {
        Provider::check(draft).expect_err("a draft that breaks a rule").0
    }

    #[test]
    fn a_provider_that_keeps_the_rules_is_kept_as_it_is() {
        for draft in [dana(), house()] {
            assert_eq!(
                ProviderDraft::from(Provider::check(draft.clone()).unwrap()),
                draft
            );
        }
        assert_eq!(
            Provider::check(dana()).unwrap().full_name(),
            "Dana Whitfield, LPCC-S"
        );
    }

    #[test]
    fn a_therapist_has_credentials_and_a_way_to_be_reached() {
        let bare = ProviderDraft {
            credentials: None,
            reach: Reach::default(),
            ..dana()
        };
        assert_eq!(
            refusals(bare),
            [ProviderRefusal::NoCredentials, ProviderRefusal::NoWayToReach]
        );
    }

    #[test]
    fn a_site_is_one_place_to_walk_to() {
        let nowhere = ProviderDraft {
            places: vec![],
            online: Some(Online::default()),
            ..house()
        };
        assert_eq!(
            refusals(nowhere),
            [
                ProviderRefusal::SiteOfPlaces(0),
                ProviderRefusal::SiteOnline,
                ProviderRefusal::NoWayToReach
            ]
        );
    }

    #[test]
    fn a_withheld_address_shows_its_area_only() {
        let told = Site {
            name: Some(line("Harbor House")),
            ..site(Address::Withheld {
                area: line("Lakewood"),
            })
        };
        let draft = ProviderDraft {
            places: vec![harbor(), told],
            ..dana()
        };
        assert_eq!(refusals(draft), [Refusal::WithheldTold.into()]);
    }

    #[test]
    fn numbers_stand_the_right_way_up() {
        let draft = ProviderDraft {
            ages: Some(Ages {
                from: Some(65),
                to: Some(18),
            }),
            cost: Some(Cost {
                fee: Fee::Sliding {
                    from: Money::usd(60),
                    to: Money::usd(10),
                },
                insurance: false,
                note: None,
            }),
            ..dana()
        };
        assert_eq!(
            refusals(draft),
            [
                Refusal::AgesUpsideDown { from: 65, to: 18 }.into(),
                Refusal::CostUpsideDown.into()
            ]
        );
    }

    #[test]
    fn a_kept_provider_reads_back_and_a_broken_one_does_not() {
        let mut kept = serde_json::to_value(Provider::check(dana()).unwrap()).unwrap();
        assert_eq!(
            serde_json::from_value::<Provider>(kept.clone()).unwrap(),
            Provider::check(dana()).unwrap()
        );
        kept["credentials"] = serde_json::Value::Null;
        let refused = serde_json::from_value::<Provider>(kept).unwrap_err();
        assert!(
            refused.to_string().contains("listed with credentials"),
            "{refused}"
        );
    }
}
