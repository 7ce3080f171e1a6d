//! What a plan costs in a round: the level in view at its usual size, levels before it by how far they are below the best plan,
//! what is broken by a price of its own.

use crate::levels::Values;
use crate::state::State;

/// What levels after the one in view count.
const LATER: f64 = 0.03;
const CHEAPEST: f64 = 0.3;
const DEAREST: f64 = 60.0;

pub(super) struct Prices {
    /// What a step usually changes at each level.
    usual: Vec<f64>,
    price: Vec<f64>,
    broken: f64,
    in_view: usize,
    /// Since prices were last looked at.
    steps: u32,
    below: Vec<u32>,
    broken_steps: u32,
}

impl Prices {
    pub(super) fn new(levels: usize) -> Self {
        Self {
            usual: vec![1.0; levels],
            price: vec![3.0; levels],
            broken: 3.0,
            in_view: 0,
            steps: 0,
            below: vec![0; levels],
            broken_steps: 0,
        }
    }

    pub(super) fn look_at(&mut self, level: usize) {
        self.in_view = level;
    }

    #[expect(clippy::cast_precision_loss, reason = "a price need not be exact")]
    pub(super) fn energy(&self, state: &State, best: &Values) -> f64 {
        let order = &state.model.order;
        let mut energy = self.broken * state.broken as f64;
        for (at, level) in order.iter().enumerate() {
            let loss = level.loss(state.totals.of(*level)) - level.loss(best.of(*level));
            energy += match at.cmp(&self.in_view) {
                std::cmp::Ordering::Less => self.price[at] * loss.max(0) as f64,
                std::cmp::Ordering::Equal => loss as f64,
                std::cmp::Ordering::Greater => LATER * loss as f64,
            } / self.usual[at];
        }
        energy
    }

    /// What a step that was tried changes.
    #[expect(clippy::cast_precision_loss, reason = "a price need not be exact")]
    pub(super) fn learn(&mut self, before: &Values, state: &State) {
        for (at, level) in state.model.order.iter().enumerate() {
            let changed = (state.totals.of(*level) - before.of(*level)).abs() as f64;
            if changed > 0.0 {
                self.usual[at] += (changed - self.usual[at]) * 0.002;
            }
        }
    }

    /// Where the search stands after a step.
    pub(super) fn count(&mut self, state: &State, best: &Values) {
        self.steps += 1;
        self.broken_steps += u32::from(state.broken > 0);
        for (at, level) in state.model.order.iter().enumerate().take(self.in_view) {
            self.below[at] += u32::from(level.loss(state.totals.of(*level)) > level.loss(best.of(*level)));
        }
    }

    pub(super) fn adapt(&mut self) {
        let steps = self.steps.max(1);
        let adapted = |price: f64, times: u32| {
            let share = f64::from(times) / f64::from(steps);
            let price = if share > 0.7 {
                price * 1.15
            } else if share < 0.4 {
                price / 1.15
            } else {
                price
            };
            price.clamp(CHEAPEST, DEAREST)
        };
        self.broken = adapted(self.broken, self.broken_steps);
        for at in 0..self.in_view {
            self.price[at] = adapted(self.price[at], self.below[at]);
        }
        self.steps = 0;
        self.broken_steps = 0;
        self.below.fill(0);
    }
}
