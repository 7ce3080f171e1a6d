//! Annealing from a new grouping, then iterated tabu search: the best insertion or swap that is not forbidden, and a shake when
//! nothing better was found for long (after Gallego and others 2013, Palubeckis and others 2015, Lai and Hao 2016).

use super::Mdgp;
use crate::chance::Chance;
use crate::feasible::Stop;

/// So many steps without a better grouping end a round.
const PATIENCE: usize = 100;
/// After so many shakes the search begins anew.
const SHAKES: u64 = 300;
/// A round goes on from where the last one ended, if that is worse than the best of its chain by no more than this part of it.
const NEAR: i64 = 3_333;
/// A shake swaps one more than so many pairs at most.
const STRONG: usize = 8;

/// Steps of an annealing for each element.
const STEPS: usize = 10_000;
/// Warm and cold, in units of what a usual swap changes.
const WARM: f64 = 0.5;
const COLD: f64 = 0.004;

struct Search<'a> {
    problem: &'a Mdgp,
    groups: Vec<usize>,
    size: Vec<usize>,
    /// By element and group: the distances to all who are there.
    to: Vec<i64>,
    sum: i64,
    /// By element and group: before this step it must not come back.
    tabu: Vec<u64>,
    step: u64,
}

pub(super) fn best(problem: &Mdgp, seed: u64, rounds: u64, stop: Stop) -> Vec<usize> {
    let mut chance = Chance::new(seed);
    let mut search = Search::new(problem, &mut chance);
    let mut all = (search.sum, search.groups.clone());
    let mut here = all.clone();
    for round in 0..rounds {
        if round % SHAKES == 0 {
            search = Search::new(problem, &mut chance);
            here = (search.sum, search.groups.clone());
            if !search.anneal(&mut here, &mut chance, stop) {
                break;
            }
        }
        let mut ended = (search.sum, search.groups.clone());
        let goes_on = search.round(&mut ended, &mut chance, stop);
        let near = ended.0 >= here.0 - here.0 / NEAR;
        if ended.0 > here.0 {
            here = ended.clone();
        }
        if here.0 > all.0 {
            all = here.clone();
        }
        if !goes_on {
            break;
        }
        search.shake(if near { &ended.1 } else { &here.1 }, &mut chance);
    }
    if here.0 > all.0 { here.1 } else { all.1 }
}

impl<'a> Search<'a> {
    /// Elements in any order fill every group to its lower limit, and then wherever there is room.
    fn new(problem: &'a Mdgp, chance: &mut Chance) -> Self {
        let mut order: Vec<usize> = (0..problem.elements).collect();
        chance.shuffle(&mut order);
        let count = problem.limits.len();
        let mut search = Self {
            problem,
            groups: vec![0; problem.elements],
            size: vec![0; count],
            to: Vec::new(),
            sum: 0,
            tabu: vec![0; problem.elements * count],
            step: 0,
        };
        for element in order {
            let lacks = (0..count).find(|group| search.size[*group] < problem.limits[*group].0);
            let room: Vec<usize> = (0..count)
                .filter(|group| search.size[*group] < problem.limits[*group].1)
                .collect();
            let group = lacks.or_else(|| chance.pick(&room)).unwrap_or(0);
            search.groups[element] = group;
            search.size[group] += 1;
        }
        search.count_anew();
        search
    }

    fn count_anew(&mut self) {
        let count = self.size.len();
        self.to = vec![0; self.problem.elements * count];
        self.size.fill(0);
        for one in 0..self.problem.elements {
            self.size[self.groups[one]] += 1;
            for other in (0..self.problem.elements).filter(|other| *other != one) {
                self.to[one * count + self.groups[other]] += self.problem.distance(one, other);
            }
        }
        self.sum = self.problem.sum(&self.groups);
    }

    fn gain(&self, element: usize, to: usize) -> i64 {
        let row = element * self.size.len();
        self.to[row + to] - self.to[row + self.groups[element]]
    }

    fn put(&mut self, element: usize, to: usize) {
        let from = std::mem::replace(&mut self.groups[element], to);
        let count = self.size.len();
        self.size[from] -= 1;
        self.size[to] += 1;
        for other in 0..self.problem.elements {
            let distance = self.problem.distance(element, other);
            self.to[other * count + from] -= distance;
            self.to[other * count + to] += distance;
        }
    }

    /// Steps until nothing better came for long; gives false when it was told to stop.
    fn round(&mut self, best: &mut (i64, Vec<usize>), chance: &mut Chance, stop: Stop) -> bool {
        let mut since = 0;
        while since < PATIENCE {
            if self.step.is_multiple_of(256) && stop() {
                return false;
            }
            self.step += 1;
            since += 1;
            if let Some((gain, one, other)) = self.choose(best.0, chance) {
                self.make(gain, one, other, chance);
            }
            if self.sum > best.0 {
                *best = (self.sum, self.groups.clone());
                since = 0;
            }
        }
        true
    }

    fn make(&mut self, gain: i64, one: usize, other: Other, chance: &mut Chance) {
        self.sum += gain;
        let from = self.groups[one];
        self.forbid(one, chance);
        match other {
            Other::Group(to) => self.put(one, to),
            Other::Element(other) => {
                let to = self.groups[other];
                self.forbid(other, chance);
                self.put(one, to);
                self.put(other, from);
            }
        }
    }

    /// From warm to cold: a swap or insertion that loses is made the more rarely the more it loses.
    #[expect(clippy::cast_precision_loss, reason = "how warm it is need not be exact")]
    fn anneal(&mut self, best: &mut (i64, Vec<usize>), chance: &mut Chance, stop: Stop) -> bool {
        let steps = STEPS * self.problem.elements;
        let usual = (0..200)
            .filter_map(|_| self.propose(chance))
            .map(|(gain, _, _)| gain.abs())
            .sum::<i64>() as f64
            / 200.0;
        let cooling = (COLD / WARM).powf(256.0 / steps as f64);
        let mut warmth = WARM * usual.max(1.0);
        for step in 0..steps {
            if step % 256 == 0 {
                if stop() {
                    return false;
                }
                warmth *= cooling;
            }
            let Some((gain, one, other)) = self.propose(chance) else {
                continue;
            };
            if gain >= 0 || chance.unit() < (gain as f64 / warmth).exp() {
                self.make(gain, one, other, chance);
                if self.sum > best.0 {
                    *best = (self.sum, self.groups.clone());
                }
            }
        }
        true
    }

    fn propose(&self, chance: &mut Chance) -> Option<(i64, usize, Other)> {
        let one = chance.below(self.problem.elements);
        let from = self.groups[one];
        let to = chance.below(self.size.len());
        if chance.below(4) == 0 {
            let room =
                self.size[from] > self.problem.limits[from].0 && self.size[to] < self.problem.limits[to].1;
            return (room && to != from).then(|| (self.gain(one, to), one, Other::Group(to)));
        }
        let other = chance.below(self.problem.elements);
        let to = self.groups[other];
        let gain = self.gain(one, to) + self.gain(other, from) - 2 * self.problem.distance(one, other);
        (to != from).then_some((gain, one, Other::Element(other)))
    }

    /// Not back to where it is now, for a while.
    fn forbid(&mut self, element: usize, chance: &mut Chance) {
        let tenure = 4 + chance.below(self.problem.elements / 5 + 4) as u64;
        self.tabu[element * self.size.len() + self.groups[element]] = self.step + tenure;
    }

    fn is_tabu(&self, element: usize, to: usize) -> bool {
        self.tabu[element * self.size.len() + to] > self.step
    }

    /// The best step that is not forbidden, or that leads to something better than ever; one of equals by chance.
    fn choose(&self, best: i64, chance: &mut Chance) -> Option<(i64, usize, Other)> {
        let (elements, count) = (self.problem.elements, self.size.len());
        let own: Vec<i64> = (0..elements)
            .map(|one| self.to[one * count + self.groups[one]])
            .collect();
        let mut chosen: Option<(usize, Other)> = None;
        let (mut most, mut equals) = (i64::MIN, 0);
        for one in 0..elements {
            let from = self.groups[one];
            let row = &self.to[one * count..(one + 1) * count];
            if self.size[from] > self.problem.limits[from].0 {
                for to in (0..count).filter(|to| *to != from) {
                    let gain = row[to] - own[one];
                    let room = self.size[to] < self.problem.limits[to].1;
                    if gain >= most && room && (!self.is_tabu(one, to) || self.sum + gain > best) {
                        equals = if gain > most { 1 } else { equals + 1 };
                        most = gain;
                        if equals == 1 || chance.below(equals) == 0 {
                            chosen = Some((one, Other::Group(to)));
                        }
                    }
                }
            }
            let distances = &self.problem.distances[one * elements..one * elements + one];
            let others = self.groups[..one]
                .iter()
                .zip(distances)
                .zip(&own[..one])
                .enumerate();
            for (other, ((&to, &distance), &there)) in others {
                let gain = row[to] - own[one] + self.to[other * count + from] - there - 2 * distance;
                if gain < most || to == from {
                    continue;
                }
                let tabu = self.is_tabu(one, to) || self.is_tabu(other, from);
                if tabu && self.sum + gain <= best {
                    continue;
                }
                equals = if gain > most { 1 } else { equals + 1 };
                most = gain;
                if equals == 1 || chance.below(equals) == 0 {
                    chosen = Some((one, Other::Element(other)));
                }
            }
        }
        chosen.map(|(one, other)| (most, one, other))
    }

    /// From a good grouping, some elements change places.
    fn shake(&mut self, from: &[usize], chance: &mut Chance) {
        self.groups.copy_from_slice(from);
        for _ in 0..2 + chance.below(STRONG) {
            let (one, other) = (
                chance.below(self.problem.elements),
                chance.below(self.problem.elements),
            );
            self.groups.swap(one, other);
        }
        self.count_anew();
        self.tabu.fill(0);
    }
}

#[derive(Debug, Clone, Copy)]
enum Other {
    Group(usize),
    Element(usize),
}
