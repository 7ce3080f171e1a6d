//! A group as a whole: for its leader in full; for others only where no few people can be seen in it.

use std::cmp::Ordering;

use serde::Serialize;

use super::{Judge, Row, Totals};
use crate::native::Direction;
use crate::reference::{Reference, Source};

/// Numbers about fewer people stay in the leader's view.
pub const FEWEST: usize = 5;
/// A member's own scores vary by so many of them at least.
const EARLIER: usize = 3;
/// So many standard deviations of a member's own scores are a rupture.
const RUPTURE: f64 = 2.0;

/// Mean and spread of some people's scores.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    pub mean: f64,
    /// Standard deviation (n − 1); none of one person.
    pub sd: Option<f64>,
}

/// What the leader of a group sees of it. It is not written out as it is: [`GroupStatistics::shareable`] gives what may leave.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupStatistics {
    pub people: usize,
    pub before: Spread,
    pub after: Spread,
    pub lowest: f64,
    pub highest: f64,
    pub totals: Totals,
    /// By what the classes were told, each with where it comes from.
    pub sources: Vec<String>,
}

/// What may be shown outside the leader's view. It exists from five people on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shareable {
    people: usize,
    before: Spread,
    after: Spread,
    /// Left out where a class has one to four people in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<Totals>,
    plain: &'static str,
    sources: Vec<String>,
}

impl Spread {
    #[expect(clippy::cast_precision_loss, reason = "people in a group")]
    pub fn of(scores: &[f64]) -> Option<Self> {
        if scores.is_empty() {
            return None;
        }
        let number = scores.len() as f64;
        let mean = scores.iter().sum::<f64>() / number;
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        let sd = (scores.len() > 1).then(|| (squares / (number - 1.0)).sqrt());
        Some(Self { mean, sd })
    }
}

impl GroupStatistics {
    /// One row a person; nothing of nobody.
    pub fn of(rows: &[Row], by: &impl Judge) -> Option<Self> {
        let before: Vec<f64> = rows.iter().map(|row| row.pre).collect();
        let after: Vec<f64> = rows.iter().map(|row| row.post).collect();
        Some(Self {
            people: rows.len(),
            before: Spread::of(&before)?,
            after: Spread::of(&after)?,
            lowest: after.iter().copied().min_by(f64::total_cmp)?,
            highest: after.iter().copied().max_by(f64::total_cmp)?,
            totals: Totals::of(rows.iter().map(|row| by.judge(row.pre, row.post).class)),
            sources: by.sources(),
        })
    }

    /// For the leader: a prompt to talk.
    pub fn plain(&self) -> &'static str {
        told(Some(self.totals))
    }

    /// What may leave the leader's view, if anything.
    pub fn shareable(&self) -> Option<Shareable> {
        if self.people < FEWEST {
            return None;
        }
        let few = super::Class::ALL
            .into_iter()
            .any(|class| (1..FEWEST).contains(&self.totals.number(class)));
        let totals = (!few).then_some(self.totals);
        Some(Shareable {
            people: self.people,
            before: self.before,
            after: self.after,
            totals,
            // Of classes that may not be told, the sentence tells nothing, either.
            plain: told(totals),
            sources: self.sources.clone(),
        })
    }
}

/// What a group's change is a reason to ask.
fn told(totals: Option<Totals>) -> &'static str {
    let Some(totals) = totals else {
        return "A mean says little about any one person in it. Ask the group how it has been for them.";
    };
    let better = totals.recovered + totals.improved;
    let worse = totals.deteriorated + totals.harmed;
    match worse.cmp(&better) {
        Ordering::Greater => {
            "More people’s scores are worse than better by more than chance explains. Ask each of them soon, and the group what it needs."
        }
        Ordering::Less => {
            "More people’s scores are better than worse by more than chance explains. Ask the group what has helped, and those who are worse what they need."
        }
        Ordering::Equal => {
            "No more people’s scores are better than worse by more than chance explains. Ask the group how it has been for them."
        }
    }
}

impl Shareable {
    pub fn people(&self) -> usize {
        self.people
    }

    pub fn before(&self) -> Spread {
        self.before
    }

    pub fn after(&self) -> Spread {
        self.after
    }

    pub fn totals(&self) -> Option<Totals> {
        self.totals
    }

    /// A prompt to talk.
    pub fn plain(&self) -> &'static str {
        self.plain
    }

    pub fn sources(&self) -> &[String] {
        &self.sources
    }
}

/// The climate scores of one session, one a member.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    pub session: u32,
    pub scores: Vec<f64>,
}

/// How the climate went, for the leader.
#[derive(Debug, Clone, PartialEq)]
pub struct Climate {
    /// Session, how many answered, mean and spread.
    pub sessions: Vec<(u32, usize, Spread)>,
    /// How much the mean moves from one session to the next, by least squares; none of fewer than three sessions.
    pub trend: Option<f64>,
}

impl Climate {
    pub fn of(sittings: &[Sitting]) -> Self {
        let spread = |sitting: &Sitting| {
            Spread::of(&sitting.scores).map(|spread| (sitting.session, sitting.scores.len(), spread))
        };
        let sessions: Vec<_> = sittings.iter().filter_map(spread).collect();
        let points: Vec<(f64, f64)> = sessions
            .iter()
            .map(|(session, _, spread)| (f64::from(*session), spread.mean))
            .collect();
        Self {
            trend: slope(&points),
            sessions,
        }
    }

    /// Session and mean, of sessions that five people or more answered about.
    pub fn shareable(&self) -> Vec<(u32, f64)> {
        let enough = self.sessions.iter().filter(|(_, people, _)| *people >= FEWEST);
        enough
            .map(|(session, _, spread)| (*session, spread.mean))
            .collect()
    }

    /// A prompt to talk, whichever way is better on the scale.
    pub fn plain(&self) -> &'static str {
        match self.trend {
            None => "These are too few sessions to see a way. Ask the group how it is with each other.",
            Some(trend) if trend > 0.0 => {
                "The group’s mean has gone up over its sessions. Ask the group what is different from the beginning."
            }
            Some(trend) if trend < 0.0 => {
                "The group’s mean has gone down over its sessions. Ask the group what is different from the beginning."
            }
            Some(_) => {
                "The group’s mean has stayed where it was. Ask the group whether that is as they want it."
            }
        }
    }

    pub fn source() -> Source {
        of_practice()
    }
}

/// How far a member's score is from the mean of the group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Deviation {
    /// Below 0 it is worse.
    pub points: f64,
}

/// For the leader: members do not see each other's ratings.
pub fn deviation(group: Spread, score: f64, direction: Direction) -> Deviation {
    Deviation {
        points: direction.better(group.mean, score),
    }
}

impl Deviation {
    /// A prompt to talk.
    pub fn plain(self) -> &'static str {
        if self.points < 0.0 {
            "This member’s rating is worse than the group’s mean. Ask, alone or in the group, how it was for them."
        } else if self.points > 0.0 {
            "This member’s rating is better than the group’s mean. Ask what was good for them."
        } else {
            "This member’s rating is the group’s mean. Ask whether it says how it was for them."
        }
    }

    pub fn source() -> Source {
        of_practice()
    }
}

fn of_practice() -> Source {
    Reference::unread(
        "the mean of a group at each session, and how far each member is from it: a rule of practice",
    )
}

/// Something may have come between a member and the group: a prompt to talk, for the leader.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Rupture {
    /// The last score is two or more standard deviations of the member's own earlier scores below their mean.
    Drop { points: f64 },
    /// Conflict rose and engagement fell at two sessions in a row.
    Strain,
}

/// Whether the last of a member's own scores is a rupture; it needs three earlier ones.
pub fn rupture(scores: &[f64], direction: Direction) -> Option<Rupture> {
    let (last, earlier) = scores.split_last()?;
    if earlier.len() < EARLIER {
        return None;
    }
    let own = Spread::of(earlier)?;
    let points = direction.better(*last, own.mean);
    let drop = points > 0.0 && points >= RUPTURE * own.sd?;
    drop.then_some(Rupture::Drop { points })
}

/// Whether, at each of the last two sessions, conflict rose and engagement fell.
pub fn strain(engaged: &[f64], conflict: &[f64]) -> Option<Rupture> {
    let last = |scores: &[f64]| -> Option<[f64; 3]> { scores.last_chunk::<3>().copied() };
    let ([e0, e1, e2], [c0, c1, c2]) = (last(engaged)?, last(conflict)?);
    (e0 > e1 && e1 > e2 && c0 < c1 && c1 < c2).then_some(Rupture::Strain)
}

impl Rupture {
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Drop { .. } => {
                "This member’s rating is much lower than their own before. Ask, alone or in the group, how the last session was for them."
            }
            Self::Strain => {
                "Twice in a row there was more conflict and less engagement. Ask the group how they are with each other."
            }
        }
    }

    pub fn source(self) -> Source {
        Reference::unread(match self {
            Self::Drop { .. } => "a drop of two standard deviations of one's own scores: a rule of practice",
            Self::Strain => "more conflict and less engagement for two sessions: a rule of practice",
        })
    }
}

/// The slope of a line through three points or more.
#[expect(clippy::cast_precision_loss, reason = "sessions of a group")]
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let number = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / number;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / number;
    let across: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let along: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    (along > 0.0).then(|| across / along)
}
