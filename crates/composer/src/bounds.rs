//! Bounds for the upper levels from flows: what could be if only times, qualifications and sizes counted.

use crate::flow::Network;
use crate::levels::{Level, Values};
use crate::model::Model;
use crate::state::State;

/// So many sets of groups that can be open together are looked at; with more, clashes are left out of the bound.
const MOST_SETS: usize = 256;

/// For each level of the order, the best value that any plan as good as this one at the levels before it could have, where
/// something is known.
pub(crate) fn of(model: &Model, best: &Values) -> Vec<Option<i64>> {
    let all: Vec<usize> = (0..model.places.len()).collect();
    let sets = model.open_together(&all, MOST_SETS).unwrap_or_else(|| vec![all]);
    let least = State::new(model).totals;
    let earlier = |level: Level, of: Level| {
        let at = |wanted| model.order.iter().position(|one| *one == wanted);
        at(of).zip(at(level)).is_some_and(|(of, level)| of < level)
    };
    let bound = |level: &Level| match level {
        Level::Placed => sets.iter().map(|open| placed(model, open)).max(),
        Level::Waiting => {
            // Where how many are placed is settled before, no more than that many count.
            let most = if earlier(Level::Waiting, Level::Placed) {
                best.of(Level::Placed)
            } else {
                i64::MAX
            };
            sets.iter().map(|open| waiting(model, open, most)).max()
        }
        Level::Preference => sets.iter().map(|open| preference(model, open)).max(),
        // Those who sit already cost so much; more people can only add to it.
        Level::Severity | Level::Spread => Some(least.of(*level)),
        Level::Change => Some(change(model, best, earlier(Level::Change, Level::Placed))),
    };
    model.order.iter().map(bound).collect()
}

/// Units from the source, groups to the sink; an edge for each option that `counts`.
struct Filling {
    network: Network,
    /// From the source to each free unit, closed at first.
    gates: Vec<usize>,
    source: usize,
    sink: usize,
}

impl Filling {
    fn new(model: &Model, open: &[usize], counts: impl Fn(usize, usize) -> bool) -> Self {
        let (units, groups) = (model.units.len(), model.places.len());
        let (source, sink) = (units + groups, units + groups + 1);
        let mut network = Network::new(units + groups + 2);
        for unit in &model.free {
            for group in model.units[*unit]
                .options
                .iter()
                .filter(|group| open.contains(group) && counts(*unit, **group))
            {
                network.edge(*unit, units + group, model.units[*unit].size);
            }
        }
        let seated = State::new(model).size;
        for (group, place) in model.places.iter().enumerate() {
            network.edge(units + group, sink, place.max - seated[group]);
        }
        let gates = model
            .free
            .iter()
            .map(|unit| network.edge(source, *unit, 0))
            .collect();
        Self {
            network,
            gates,
            source,
            sink,
        }
    }

    fn let_in(&mut self, gate: usize, people: i64) -> i64 {
        self.network.widen(self.gates[gate], people);
        self.network.most(self.source, self.sink)
    }
}

fn placed(model: &Model, open: &[usize]) -> i64 {
    let mut filling = Filling::new(model, open, |_, _| true);
    for (gate, unit) in model.free.iter().enumerate() {
        filling
            .network
            .widen(filling.gates[gate], model.units[*unit].size);
    }
    State::new(model).totals.of(Level::Placed) + filling.network.most(filling.source, filling.sink)
}

/// People, longest wait first, let in one after another: sets that can be seated are a matroid, so nothing is better (a unit of
/// several counts by their average, rounded up).
fn waiting(model: &Model, open: &[usize], most: i64) -> i64 {
    let seated = State::new(model).totals;
    let mut filling = Filling::new(model, open, |_, _| true);
    let each = |unit: usize| {
        let unit = &model.units[unit];
        (unit.waiting + unit.size - 1) / unit.size.max(1)
    };
    let mut gates: Vec<(usize, usize)> = model.free.iter().copied().enumerate().collect();
    gates.sort_by_key(|(_, unit)| std::cmp::Reverse(each(*unit)));
    let (mut total, mut left) = (seated.of(Level::Waiting), most - seated.of(Level::Placed));
    for (gate, unit) in gates {
        let come = filling.let_in(gate, model.units[unit].size.min(left));
        left -= come;
        // A whole unit counts exactly.
        total += if come == model.units[unit].size {
            model.units[unit].waiting
        } else {
            come * each(unit)
        };
    }
    total
}

/// Only people and groups that they prefer.
fn preference(model: &Model, open: &[usize]) -> i64 {
    let mut filling = Filling::new(model, open, |unit, group| model.units[unit].prefer[group] > 0);
    let mut total = State::new(model).totals.of(Level::Preference);
    for (gate, unit) in model.free.iter().enumerate() {
        let most = model.units[*unit].prefer.iter().copied().max().unwrap_or(0);
        filling.network.widen(filling.gates[gate], most);
    }
    total += filling.network.most(filling.source, filling.sink);
    total
}

/// The fewest groups that could take in so many, the largest first; those who come together with one who sits count already.
fn change(model: &Model, best: &Values, settled: bool) -> i64 {
    let state = State::new(model);
    let already = state.totals.of(Level::Change);
    if !settled {
        return already;
    }
    let mut missing = best.of(Level::Placed) - state.totals.of(Level::Placed);
    let changed = |group: usize| {
        let mut units = model.units.iter();
        units.any(|unit| unit.fixed == Some(group) && unit.newcomers > 0)
    };
    let room = |group: usize| model.places[group].max - state.size[group];
    let (old, new): (Vec<usize>, Vec<usize>) = (0..model.places.len()).partition(|group| changed(*group));
    missing -= old.into_iter().map(room).sum::<i64>();
    let mut rooms: Vec<i64> = new.into_iter().map(room).collect();
    rooms.sort_unstable_by_key(|room| std::cmp::Reverse(*room));
    let mut more = 0;
    for room in rooms {
        if missing <= 0 {
            break;
        }
        missing -= room;
        more += 1;
    }
    already + more
}
