//! One start of the search: rounds of annealing, each with one level in view, and a descent from the best plan found.
//!
//! In a round the levels before the one in view are held at the best plan's values by a price that rises while the search is
//! below them too often and falls while it is never: it goes through plans that are a little worse above, and comes back. Sizes
//! below the minimum, people alone and groups that clash have such a price too. Only plans that keep every condition are kept.

mod descent;
mod moves;
mod prices;
mod reseat;

use std::cmp::Ordering;

use crate::chance::Chance;
use crate::exact::Best;
use crate::feasible::Stop;
use crate::model::Model;
use crate::state::{Press, State};
use moves::Moves;
use prices::Prices;

/// Warm and cold, in units of what a usual step changes.
const WARM: f64 = 0.7;
const COLD: f64 = 0.03;
/// Rounds with each level in view.
const ROUNDS: usize = 4;
/// Steps of a round for each unit that can move, and for how many units at most: where there are more, another start gains more than a longer one.
const STEPS: usize = 500;
const MOST_STEPPED: usize = 140;
/// In how many starts of a hundred groups are pressed to be open or closed, and how many at most.
const SHARE: usize = 80;
const PRESSED: usize = 2;
/// So many times a few people are seated anew, at the end of each round.
const RESEATS: usize = 40;
/// After so many steps prices are looked at.
const PRICED: usize = 128;

/// Seen by all starts of one call.
pub(crate) struct Task<'a> {
    pub(crate) model: &'a Model,
    /// A plan that keeps all conditions.
    pub(crate) from: &'a Best,
    /// The best that each level could have; `None` where nothing is known.
    pub(crate) bounds: &'a [Option<i64>],
    pub(crate) stop: Stop<'a>,
}

/// The best plan of this start, and whether it went through to its end.
pub(crate) fn start(task: &Task, chance: &mut Chance) -> (Best, bool) {
    let mut search = Search {
        task,
        best: task.from.clone(),
        moves: Moves::new(task.model),
        prices: Prices::new(task.model.order.len()),
        state: State::new(task.model),
    };
    search.state.become_like(&task.from.at);
    search.moves.follow(&search.state);
    let whole = search.run(chance);
    (search.best, whole)
}

struct Search<'a> {
    task: &'a Task<'a>,
    best: Best,
    moves: Moves,
    prices: Prices,
    state: State<'a>,
}

impl Search<'_> {
    fn run(&mut self, chance: &mut Chance) -> bool {
        let model = self.task.model;
        if model.free.is_empty() {
            return true;
        }
        if chance.below(100) < SHARE {
            self.press(chance);
        }
        for round in 0..ROUNDS {
            if round + 1 == ROUNDS {
                self.let_go();
            }
            for level in 0..model.order.len() {
                if self.is_settled(level) {
                    continue;
                }
                if !self.anneal(level, chance) {
                    return false;
                }
            }
            if round + 1 < ROUNDS || self.task.model.free.len() <= descent::MOST_UNITS {
                descent::run(&mut State::new(model), &mut self.best);
            }
            for _ in 0..RESEATS {
                if (self.task.stop)() {
                    return false;
                }
                reseat::run(model, &mut self.best, chance, self.task.stop);
            }
            self.state.become_like(&self.best.at);
            self.moves.follow(&self.state);
        }
        true
    }

    /// Whether this level and those before it are as good as they could be.
    fn is_settled(&self, level: usize) -> bool {
        let order = &self.task.model.order;
        let reached = |at: &usize| {
            self.task.bounds[*at].is_some_and(|bound| {
                order[*at].loss(bound) >= order[*at].loss(self.best.values.of(order[*at]))
            })
        };
        (0..=level).all(|at| reached(&at))
    }

    /// Presses a few groups to be open or closed, so that each start looks at other sets of open groups.
    fn press(&mut self, chance: &mut Chance) {
        let model = self.task.model;
        for _ in 0..=chance.below(PRESSED) {
            let group = chance.below(model.places.len());
            if model.places[group].running {
                continue;
            }
            if chance.below(2) == 0 {
                self.state.press(group, Some(Press::Open));
                continue;
            }
            for unit in &model.free {
                if self.state.at[*unit] == group {
                    self.state.take(*unit);
                }
            }
            self.state.press(group, Some(Press::Close));
        }
        self.moves.follow(&self.state);
    }

    fn let_go(&mut self) {
        for group in 0..self.task.model.places.len() {
            self.state.press(group, None);
        }
    }

    /// Gives false when it was told to stop.
    #[expect(clippy::cast_precision_loss, reason = "how warm it is need not be exact")]
    fn anneal(&mut self, level: usize, chance: &mut Chance) -> bool {
        let model = self.task.model;
        let steps = STEPS * (model.free.len().min(MOST_STEPPED) + 4);
        self.prices.look_at(level);
        let cooling = (COLD / WARM).powf(1.0 / (steps / PRICED + 1) as f64);
        let mut warmth = WARM;
        let mut energy = self.prices.energy(&self.state, &self.best.values);
        for step in 0..steps {
            if step % PRICED == 0 {
                if (self.task.stop)() {
                    return false;
                }
                warmth *= cooling;
                self.prices.adapt();
                energy = self.prices.energy(&self.state, &self.best.values);
            }
            let before = self.state.totals;
            if !self.moves.attempt(&mut self.state, chance) {
                continue;
            }
            self.prices.learn(&before, &self.state);
            let after = self.prices.energy(&self.state, &self.best.values);
            let worse = after - energy;
            if worse <= 0.0 || chance.unit() < (-worse / warmth).exp() {
                self.moves.keep();
                energy = after;
                if self.state.broken == 0
                    && self.state.totals.compare(&self.best.values, &model.order) == Ordering::Less
                {
                    self.best.values = self.state.totals;
                    self.best.at.clone_from(&self.state.at);
                    energy = self.prices.energy(&self.state, &self.best.values);
                }
            } else {
                self.moves.take_back(&mut self.state);
            }
            self.prices.count(&self.state, &self.best.values);
        }
        true
    }
}
