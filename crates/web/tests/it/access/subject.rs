//! Everyone who asks: each role in each relation to the group that is here, and those who are not quite signed in.

use domain::people::Role;

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// In the group that the table's objects belong to.
    Here,
    /// In another group.
    There,
    /// For the organisation.
    Organisation,
    /// Here or for the organisation, until a while ago.
    Former,
}

/// How they have shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// By two factors, just now.
    Two,
    /// By one, just now.
    One,
    /// By two, longer ago than the most sensitive acts allow.
    Stale,
    /// Not at all, or by a session that is none.
    Not(Not),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Not {
    Visitor,
    Expired,
    Revoked,
    Closed,
    Forged,
}

/// Someone who asks.
#[derive(Debug, Clone)]
pub struct Subject {
    pub person: Person,
    pub shown: Shown,
}

/// What they hold; nothing, if it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person(pub Vec<(Role, Relation)>);

impl Relation {
    pub fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::There => "there",
            Self::Organisation => "org",
            Self::Former => "former",
        }
    }
}

impl Person {
    /// Every role in every place it can be held in, one who leads here and belongs there, the reverse, and one of no role.
    pub fn all() -> Vec<Self> {
        use Relation::{Former, Here, Organisation, There};
        let mut all = vec![Self(Vec::new())];
        for role in Role::ALL {
            let places: &[Relation] = match role {
                Role::Member | Role::Facilitator | Role::Leader | Role::CoLeader => &[Here, There, Former],
                Role::Supervisor => &[Here, There, Organisation, Former],
                Role::Coordinator | Role::Admin | Role::Auditor => &[Organisation, Former],
            };
            all.extend(places.iter().map(|place| Self(vec![(role, *place)])));
        }
        all.push(Self(vec![(Role::Leader, Here), (Role::Member, There)]));
        all.push(Self(vec![(Role::Member, Here), (Role::Leader, There)]));
        all
    }

    /// "leader@here+member@there"
    pub fn name(&self) -> String {
        if self.0.is_empty() {
            return "none".to_owned();
        }
        let roles = self
            .0
            .iter()
            .map(|(role, place)| format!("{role}@{}", place.name()));
        roles.collect::<Vec<_>>().join("+")
    }

    /// Whether one of these words of the table means them: a role, a role at a place, "signed-in", "everyone".
    pub fn is_among(&self, words: &[String]) -> bool {
        words.iter().any(|word| match word.as_str() {
            "everyone" | "signed-in" => true,
            "none" => self.0.is_empty(),
            word => self.0.iter().any(|(role, place)| {
                let at = format!("{role}@{}", place.name());
                word == at || (word == role.name() && *place != Relation::Former)
            }),
        })
    }

    /// Whether what they hold now asks for a second factor.
    pub fn needs_second(&self) -> bool {
        self.0
            .iter()
            .any(|(role, place)| *place != Relation::Former && role.needs_second_factor())
    }
}

impl Subject {
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = [Not::Visitor, Not::Expired, Not::Revoked, Not::Closed, Not::Forged]
            .into_iter()
            .map(|not| Self {
                person: Person(vec![(Role::Admin, Relation::Organisation)]),
                shown: Shown::Not(not),
            })
            .collect();
        for person in Person::all() {
            all.extend([Shown::Two, Shown::One, Shown::Stale].map(|shown| Self {
                person: person.clone(),
                shown,
            }));
        }
        all
    }

    pub fn name(&self) -> String {
        match self.shown {
            Shown::Two => self.person.name(),
            Shown::One => format!("{} by one factor", self.person.name()),
            Shown::Stale => format!("{} shown long ago", self.person.name()),
            Shown::Not(not) => format!("{not:?}"),
        }
    }
}
