//! In which order scores are computed; those that read each other in a circle are refused.

use std::collections::{BTreeMap, BTreeSet};

use crate::fhirpath::{Expression, Reads};
use crate::form::{At, Item, Variable, cross};
use crate::problem::Problems;

/// More than any form in use has.
const MOST_SCORES: usize = 500;

/// Items that are computed, each after those that it reads.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub(crate) order: Vec<At>,
    /// Those that other computed items may read.
    pub(crate) read: BTreeSet<At>,
}

impl Plan {
    pub(crate) fn of(
        items: &[Item],
        places: &BTreeMap<String, At>,
        variables: &[Variable],
        problems: &mut Problems,
    ) -> Self {
        let computed: Vec<At> = (0..items.len())
            .map(At)
            .filter(|at| items[at.0].calculated.is_some())
            .collect();
        if let Some(at) = computed.get(MOST_SCORES) {
            let why = format!("is computed as more than {MOST_SCORES} others are: split the form");
            problems.add(&items[at.0].path, why);
            return Self::default();
        }
        let mut needs: Vec<BTreeSet<At>> = vec![BTreeSet::new(); items.len()];
        let mut anything: Vec<At> = Vec::new();
        for at in &computed {
            let Some(expression) = &items[at.0].calculated else {
                continue;
            };
            let reads = all(expression, &visible(*at, items, variables));
            let links = reads.links.iter().filter_map(|link| places.get(link));
            needs[at.0] = links
                .copied()
                .filter(|of| items[of.0].calculated.is_some())
                .collect();
            if reads.anything {
                anything.push(*at);
            }
        }
        let circle = |circle: Vec<At>, problems: &mut Problems| {
            let names: Vec<&str> = circle.iter().map(|at| items[at.0].link_id.as_str()).collect();
            let why = format!(
                "is computed from itself: {}; take one of these out of an expression",
                cross::told(&names)
            );
            problems.add(&items[circle[0].0].path, why);
            Self::default()
        };
        if let Err(found) = cross::sorted(&needs) {
            return circle(found, problems);
        }
        // What may read anything comes after all that does not need it.
        for at in &anything {
            let after = needing(*at, &computed, &needs);
            let before = computed
                .iter()
                .filter(|of| !after.contains(of) && !anything.contains(of));
            let before: Vec<At> = before.copied().collect();
            needs[at.0].extend(before);
        }
        match cross::sorted(&needs) {
            Err(found) => circle(found, problems),
            Ok(order) => Self {
                order: order
                    .into_iter()
                    .filter(|at| items[at.0].calculated.is_some())
                    .collect(),
                read: needs.into_iter().flatten().collect(),
            },
        }
    }
}

/// Variables that the expressions of an item see, in their order.
pub(crate) fn visible<'f>(at: At, items: &'f [Item], variables: &'f [Variable]) -> Vec<&'f Variable> {
    let mut around: Vec<At> = std::iter::successors(Some(at), |at| items[at.0].parent).collect();
    around.reverse();
    let of_items = around.iter().flat_map(|at| &items[at.0].variables);
    variables.iter().chain(of_items).collect()
}

/// What an expression reads by itself and by its variables.
fn all(expression: &Expression, visible: &[&Variable]) -> Reads {
    let mut reads = expression.reads().clone();
    for index in used(expression, visible) {
        let more = visible[index].expression.reads();
        reads.links.extend(more.links.iter().cloned());
        reads.anything |= more.anything;
    }
    reads
}

/// Places of the variables that an expression needs, also those that other variables need.
pub(crate) fn used(expression: &Expression, visible: &[&Variable]) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut waiting: Vec<usize> = expression.reads().variables.iter().copied().collect();
    while let Some(index) = waiting.pop() {
        if let Some(variable) = visible.get(index)
            && used.insert(index)
        {
            waiting.extend(&variable.expression.reads().variables);
        }
    }
    used
}

/// An item and all that are computed from it.
fn needing(at: At, computed: &[At], needs: &[BTreeSet<At>]) -> BTreeSet<At> {
    let mut found = BTreeSet::from([at]);
    let mut waiting = vec![at];
    while let Some(at) = waiting.pop() {
        for other in computed {
            if needs[other.0].contains(&at) && found.insert(*other) {
                waiting.push(*other);
            }
        }
    }
    found
}
