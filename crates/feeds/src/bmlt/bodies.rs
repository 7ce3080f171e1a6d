//! Service bodies: who runs meetings, and how one reaches them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::groups::{HowToCome, Source};

use super::write::number;
use crate::kept::shortened;
use crate::out::{Group, Publisher};

/// A service body as `GetServiceBodies` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub id: u64,
    /// 0 for a body that is part of no other.
    pub parent: u64,
    pub name: String,
    pub page: String,
    pub helpline: String,
}

/// What tells bodies apart: who runs the groups, and how one comes to them where it is not the usual way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    by: String,
    page: String,
    helpline: String,
}

/// The numbers of bodies fit into 32 bits.
const NUMBERS: std::ops::Range<u64> = 1..2_000_000_000;

impl Way {
    /// Who runs all of these.
    fn usual(publisher: &Publisher, group: &Group) -> Self {
        let own = group.listing.source == Source::Own;
        let phone = publisher.phone.filter(|_| own);
        Self {
            by: group.by(publisher).to_owned(),
            page: if own {
                publisher.site.to_owned()
            } else {
                String::new()
            },
            helpline: phone.map(ToString::to_string).unwrap_or_default(),
        }
    }

    pub(super) fn of(publisher: &Publisher, group: &Group) -> Self {
        let usual = Self::usual(publisher, group);
        match &group.listing.how_to_come {
            HowToCome::Page(page) => Self {
                page: page.to_string(),
                ..usual
            },
            HowToCome::Organisation {
                phone: Some(phone), ..
            } => Self {
                helpline: phone.to_string(),
                ..usual
            },
            HowToCome::Organisation { phone: None, .. } | HowToCome::WalkIn => usual,
        }
    }
}

/// Every body: who publishes, each programme, and below it those that are reached in another way.
pub(super) fn bodies(publisher: &Publisher, groups: &[&Group]) -> BTreeMap<Way, Body> {
    let usual: BTreeSet<Way> = groups.iter().map(|group| Way::usual(publisher, group)).collect();
    let others: BTreeSet<Way> = groups.iter().map(|group| Way::of(publisher, group)).collect();
    let (mut bodies, mut ids) = (BTreeMap::new(), HashSet::new());
    let mut parents = BTreeMap::new();
    for way in usual {
        let id = number(&way.by, NUMBERS, &mut ids);
        parents.insert(way.by.clone(), id);
        bodies.insert(way.clone(), body(id, 0, way.by.clone(), way));
    }
    for way in others {
        if bodies.contains_key(&way) {
            continue;
        }
        let parent = parents.get(&way.by).copied().unwrap_or_default();
        let told = if way.page.is_empty() {
            &way.helpline
        } else {
            &way.page
        };
        let id = number(
            &format!("{} {} {}", way.by, way.page, way.helpline),
            NUMBERS,
            &mut ids,
        );
        let name = shortened(&format!("{}: {}", way.by, host(told)));
        bodies.insert(way.clone(), body(id, parent, name, way));
    }
    bodies
}

fn body(id: u64, parent: u64, name: String, way: Way) -> Body {
    Body {
        id,
        parent,
        name,
        page: way.page,
        helpline: way.helpline,
    }
}

/// A page as people say it, without scheme and path.
fn host(page: &str) -> &str {
    let page = page.split("://").last().unwrap_or_default();
    page.split('/')
        .next()
        .unwrap_or_default()
        .trim_start_matches("www.")
}
