//! A few people at a time are seated anew, all at once and in the best way there is, while everyone else stays.

use crate::chance::Chance;
use crate::exact::Best;
use crate::feasible::Stop;
use crate::model::Model;
use crate::sets;
use crate::state::NOWHERE;

/// So many units at a time.
const UNITS: usize = 10;

/// Gives whether that made the plan better.
pub(super) fn run(model: &Model, best: &mut Best, chance: &mut Chance, stop: Stop) -> bool {
    let chosen = choose(model, best, chance);
    let mut few = model.clone();
    few.free.clear();
    for (at, unit) in few.units.iter_mut().enumerate() {
        if unit.fixed.is_some() {
            continue;
        }
        if chosen.contains(&at) {
            few.free.push(at);
        } else if best.at[at] != NOWHERE {
            unit.fixed = Some(best.at[at]);
            few.places[best.at[at]].running = true;
        }
    }
    let before = best.values;
    sets::improve(&few, best, stop);
    best.values != before
}

/// Units of a few groups, or of nowhere, that have a group in common.
fn choose(model: &Model, best: &Best, chance: &mut Chance) -> Vec<usize> {
    let mut chosen = Vec::new();
    let Some(first) = chance.pick(&model.free) else {
        return chosen;
    };
    let mut groups = vec![best.at[first]];
    groups.extend(
        model.units[first]
            .options
            .iter()
            .copied()
            .filter(|group| *group != best.at[first]),
    );
    chance.shuffle(&mut groups[1..]);
    groups.truncate(2 + chance.below(2));
    for group in groups.into_iter().chain([NOWHERE]) {
        let mut here: Vec<usize> = model
            .free
            .iter()
            .copied()
            .filter(|unit| best.at[*unit] == group)
            .collect();
        chance.shuffle(&mut here);
        for unit in here {
            if chosen.len() < UNITS && !chosen.contains(&unit) {
                chosen.push(unit);
            }
        }
    }
    chosen.sort_unstable();
    chosen
}
