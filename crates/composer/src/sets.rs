//! The best plan for few people, by dynamic programming over sets of them: it takes what it takes, whatever the problem is like.
//!
//! Every level is a sum over groups, and every condition is one of a single group, but that groups clash. So for each group all
//! sets of people that could be its newcomers are listed with what they cost, and the best that can be made of the first groups
//! with each set of people is known from the best without the last of them. Groups that clash with each other are taken as one:
//! each choice of them that can be open together is tried.

use crate::exact::{self, Best, Proof};
use crate::feasible::Stop;
use crate::levels::Level;
use crate::model::Model;
use crate::state::State;

/// So many ways to choose among groups that clash are tried; with more it is left to branch and bound.
const MOST_CHOICES: usize = 1000;

/// No plan at all.
const NONE: i128 = i128::MAX;

/// Who may come to a group, each set as bits, with what that costs.
struct Offers {
    /// Whether the group may stay as it is.
    unchanged: bool,
    sets: Vec<(u32, i128)>,
}

/// Looks for something better than `best` among all plans, and puts it there. For as many free units as a `u32` has bits, and in
/// practice for half of that.
pub(crate) fn improve(model: &Model, best: &mut Best, stop: Stop) -> Proof {
    let offers: Vec<Offers> = (0..model.places.len())
        .map(|group| offers(model, group))
        .collect();
    let clusters: Option<Vec<_>> = model
        .clusters()
        .iter()
        .map(|cluster| model.open_together(cluster, MOST_CHOICES))
        .collect();
    let Some(clusters) = clusters else {
        return exact::improve(model, best, stop, u64::MAX);
    };
    let mut stages: Vec<Vec<i128>> = vec![vec![NONE; 1 << model.free.len()]];
    stages[0][0] = 0;
    for cluster in &clusters {
        let before = &stages[stages.len() - 1];
        let mut after = vec![NONE; before.len()];
        for open in cluster {
            if stop() {
                return Proof::CutShort;
            }
            let made = in_turn(before, open, &offers)
                .pop()
                .unwrap_or_else(|| before.clone());
            for (after, made) in after.iter_mut().zip(made) {
                *after = (*after).min(made);
            }
        }
        stages.push(after);
    }
    let found = trace(model, &stages, &clusters, &offers);
    let mut state = State::new(model);
    state.become_like(&found.unwrap_or_else(|| best.at.clone()));
    if state.broken == 0 && state.totals.compare(&best.values, &model.order).is_lt() {
        *best = Best {
            at: state.at,
            values: state.totals,
        };
    }
    Proof::Whole
}

/// The sets of free units that a group could take, by trying each unit in and out.
fn offers(model: &Model, group: usize) -> Offers {
    let mut state = State::new(model);
    let weights = weights(model);
    let may: Vec<usize> = (0..model.free.len())
        .filter(|index| {
            model.units[model.free[*index]]
                .options
                .binary_search(&group)
                .is_ok()
        })
        .collect();
    let mut offers = Offers {
        unchanged: is_whole(&state, group) || (state.size[group] == 0 && !model.places[group].running),
        sets: Vec::new(),
    };
    let seated = cost(&state, &weights);
    list(&mut state, group, &may, 0, &mut |state, set| {
        if set != 0 && is_whole(state, group) {
            offers.sets.push((set, cost(state, &weights) - seated));
        }
    });
    offers
}

fn list(state: &mut State, group: usize, may: &[usize], set: u32, found: &mut impl FnMut(&State, u32)) {
    let Some((index, rest)) = may.split_first() else {
        found(state, set);
        return;
    };
    list(state, group, rest, set, found);
    let unit = state.model.free[*index];
    if state.fits(unit, group) {
        state.put(unit, group);
        list(state, group, rest, set | 1 << index, found);
        state.take(unit);
    }
}

fn is_whole(state: &State, group: usize) -> bool {
    let size = state.size[group];
    let alone = (0..state.model.companies).any(|value| state.company(group, value) == 1);
    size > 0 && size >= state.model.places[group].min && !alone
}

/// What one counts at each level, so that one sum compares as the levels do one after another.
fn weights(model: &Model) -> Vec<i128> {
    let people: i128 = model.units.iter().map(|unit| i128::from(unit.size)).sum::<i128>() + 1;
    let waiting: i128 = model.units.iter().map(|unit| i128::from(unit.waiting)).sum();
    let squares: i128 = model.units.iter().map(|unit| i128::from(unit.severity[2])).sum();
    let mut weight = 1;
    let mut weights: Vec<i128> = model
        .order
        .iter()
        .rev()
        .map(|level| {
            let most = match level {
                Level::Placed | Level::Preference | Level::Change => people,
                Level::Waiting => waiting,
                Level::Severity => people * squares,
                Level::Spread => people * people * (model.names as i128 + 1),
            };
            let own = weight;
            weight *= 2 * most + 1;
            own
        })
        .collect();
    weights.reverse();
    weights
}

fn cost(state: &State, weights: &[i128]) -> i128 {
    let levels = state.model.order.iter().zip(weights);
    levels
        .map(|(level, weight)| i128::from(level.loss(state.totals.of(*level))) * weight)
        .sum()
}

/// The best after each of these groups in turn.
fn in_turn(before: &[i128], open: &[usize], offers: &[Offers]) -> Vec<Vec<i128>> {
    let mut all: Vec<Vec<i128>> = Vec::new();
    for group in open {
        let last = all.last().map_or(before, Vec::as_slice);
        let offers = &offers[*group];
        let mut after = if offers.unchanged {
            last.to_vec()
        } else {
            vec![NONE; last.len()]
        };
        let everyone = bits(last.len() - 1);
        for (set, cost) in &offers.sets {
            // Every set of the others, down to none.
            let others = everyone & !set;
            let mut rest = others;
            loop {
                let known = last[rest as usize];
                if known != NONE {
                    let whole = &mut after[(rest | set) as usize];
                    *whole = (*whole).min(known + cost);
                }
                if rest == 0 {
                    break;
                }
                rest = (rest - 1) & others;
            }
        }
        all.push(after);
    }
    all
}

/// Who is where in the best plan, from the last group back to the first.
fn trace(
    model: &Model,
    stages: &[Vec<i128>],
    clusters: &[Vec<Vec<usize>>],
    offers: &[Offers],
) -> Option<Vec<usize>> {
    let last = stages.last()?;
    let best = (0..last.len())
        .min_by_key(|set| last[*set])
        .filter(|set| last[*set] != NONE)?;
    let mut set = bits(best);
    let mut at = State::new(model).at;
    for (index, cluster) in clusters.iter().enumerate().rev() {
        let (before, after) = (&stages[index], &stages[index + 1]);
        for open in cluster {
            let made = in_turn(before, open, offers);
            let end = made.last().map_or(before.as_slice(), Vec::as_slice);
            if end[set as usize] != after[set as usize] {
                continue;
            }
            for (step, group) in open.iter().enumerate().rev() {
                let earlier = if step == 0 { before } else { &made[step - 1] };
                let come = came(earlier, &made[step], set, &offers[*group])?;
                for bit in (0..model.free.len()).filter(|bit| come >> bit & 1 == 1) {
                    at[model.free[bit]] = *group;
                }
                set &= !come;
            }
            break;
        }
    }
    Some(at)
}

/// Which set came to a group, so that this set of people is best.
fn came(before: &[i128], after: &[i128], set: u32, offers: &Offers) -> Option<u32> {
    let wanted = after[set as usize];
    if offers.unchanged && before[set as usize] == wanted {
        return Some(0);
    }
    let mut sets = offers.sets.iter().filter(|(own, _)| own & !set == 0);
    sets.find(|(own, cost)| {
        let rest = before[(set & !own) as usize];
        rest != NONE && rest + cost == wanted
    })
    .map(|(own, _)| *own)
}

/// A place in a table of all sets, as the set.
fn bits(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
