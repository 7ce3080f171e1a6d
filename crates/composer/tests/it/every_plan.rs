//! Random small problems: what is called optimal is what trying every plan finds, and "infeasible" is when there is none.

use std::collections::BTreeMap;

use crate::common::{Chance, asked, small};
use composer::{How, Patient, Plan, Problem, Status, check, compose};
use serde_json::Value;

/// A problem read by nobody but this test.
struct Plain<'a> {
    json: &'a Value,
    groups: Vec<&'a Value>,
}

fn list<'a>(of: &'a Value, name: &str) -> Vec<&'a str> {
    of[name]
        .as_array()
        .map(|list| list.iter().map(|name| name.as_str().unwrap()).collect())
        .unwrap_or_default()
}

fn pairs<'a>(of: &'a Value, name: &str) -> Vec<(&'a str, &'a str)> {
    let list = of[name].as_array().unwrap().iter();
    list.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
        .collect()
}

fn value<'a>(person: &'a Value, name: &str) -> Option<&'a str> {
    let used = !list(person, "opt_out").contains(&name);
    person["traits"][name].as_str().filter(|_| used)
}

impl<'a> Plain<'a> {
    fn people(&self) -> &'a [Value] {
        self.json["people"].as_array().unwrap()
    }

    /// The six levels, or nothing if a condition is broken. `seats[p]` is a group, or as many as there are groups.
    fn levels(&self, seats: &[usize]) -> Option<BTreeMap<&'static str, i64>> {
        let people = self.people();
        let at = |id: &str| seats[people.iter().position(|person| person["id"] == id).unwrap()];
        let nowhere = self.groups.len();
        if pairs(self.json, "apart")
            .iter()
            .any(|(one, other)| at(one) == at(other) && at(one) != nowhere)
            || pairs(self.json, "together")
                .iter()
                .any(|(one, other)| at(one) != at(other))
        {
            return None;
        }
        let mut levels = BTreeMap::from(
            ["placed", "waiting", "preference", "severity", "spread", "change"].map(|name| (name, 0)),
        );
        let mut open: Vec<&Value> = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            let here: Vec<&Value> = (0..people.len())
                .filter(|p| seats[*p] == index)
                .map(|p| &people[p])
                .collect();
            let id = group["id"].as_str().unwrap();
            if here.is_empty() {
                continue;
            }
            let size = count(here.len());
            if size < group["min"].as_i64().unwrap() || size > group["max"].as_i64().unwrap() {
                return None;
            }
            let led = list(group, "leaders");
            if open.iter().any(|other| {
                other["slot"] == group["slot"]
                    && (list(other, "leaders").iter().any(|leader| led.contains(leader))
                        || (!group["room"].is_null() && other["room"] == group["room"]))
            }) {
                return None;
            }
            open.push(group);
            for name in list(self.json, "never_alone") {
                let values: Vec<_> = here.iter().filter_map(|person| value(person, name)).collect();
                if values
                    .iter()
                    .any(|value| values.iter().filter(|other| *other == value).count() == 1)
                {
                    return None;
                }
            }
            for person in &here {
                let own = person["id"].as_str().unwrap();
                let banned = |(leader, who): &(&str, &str)| *who == own && led.contains(leader);
                if !list(person, "groups").contains(&id)
                    || !list(person, "slots").contains(&group["slot"].as_str().unwrap())
                    || pairs(self.json, "leader_bans").iter().any(banned)
                {
                    return None;
                }
                let liked = list(person, "prefers");
                *levels.get_mut("placed").unwrap() += 1;
                *levels.get_mut("waiting").unwrap() += person["waiting_days"].as_i64().unwrap();
                *levels.get_mut("preference").unwrap() += i64::from(liked.contains(&id));
            }
            *levels.get_mut("change").unwrap() +=
                i64::from(here.iter().any(|person| person["seated"].is_null()));
            let known: Vec<i64> = here
                .iter()
                .filter_map(|person| person["severity"].as_i64())
                .collect();
            let sum: i64 = known.iter().sum();
            *levels.get_mut("severity").unwrap() +=
                count(known.len()) * known.iter().map(|one| one * one).sum::<i64>() - sum * sum;
            for (trait_list, same) in [("spread", true), ("alike", false)] {
                for name in list(self.json, trait_list) {
                    let values: Vec<_> = here.iter().filter_map(|person| value(person, name)).collect();
                    for (index, one) in values.iter().enumerate() {
                        let pairs = values[..index]
                            .iter()
                            .filter(|other| (*other == one) == same)
                            .count();
                        *levels.get_mut("spread").unwrap() += count(pairs);
                    }
                }
            }
        }
        for (person, seat) in people.iter().zip(seats) {
            if let Some(seated) = person["seated"].as_str()
                && self.groups.get(*seat).is_none_or(|group| group["id"] != seated)
            {
                return None;
            }
        }
        Some(levels)
    }

    /// The best that any of all plans reaches, in the order of the problem.
    fn best(&self) -> Option<Vec<i64>> {
        let (people, nowhere) = (self.people().len(), self.groups.len());
        let order = list(self.json, "order");
        let mut seats = vec![0; people];
        let mut best: Option<Vec<i64>> = None;
        loop {
            if let Some(levels) = self.levels(&seats) {
                let losses: Vec<i64> = order.iter().map(|name| loss(name, levels[name])).collect();
                best = Some(best.map_or(losses.clone(), |best| best.min(losses)));
            }
            let Some(next) = (0..people).find(|person| seats[*person] < nowhere) else {
                return best;
            };
            seats[..next].fill(0);
            seats[next] += 1;
        }
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap()
}

fn loss(name: &str, value: i64) -> i64 {
    if ["placed", "waiting", "preference"].contains(&name) {
        -value
    } else {
        value
    }
}

fn solved(json: &Value) -> (Problem, Plan) {
    let problem = Problem::of(json).unwrap_or_else(|refused| panic!("{refused}\n{json}"));
    let how = How {
        effort: 1,
        ..How::default()
    };
    let plan = compose(&problem, how, &Patient).unwrap();
    (problem, plan)
}

#[test]
fn what_is_called_optimal_is_what_trying_every_plan_finds() {
    let (seed, times) = asked(11);
    let mut chance = Chance::new(seed);
    let (mut optimal, mut infeasible) = (0, 0);
    for number in 0..3000 * times {
        let json = small(&mut chance);
        let (problem, plan) = solved(&json);
        let by_hand = Plain {
            json: &json,
            groups: json["groups"].as_array().unwrap().iter().collect(),
        };
        let Some(best) = by_hand.best() else {
            assert_eq!(plan.status, Status::Infeasible, "{number}: {json}");
            assert!(!plan.clash.is_empty(), "{number}: {json}");
            infeasible += 1;
            continue;
        };
        assert_eq!(plan.status, Status::Optimal, "{number}: {plan:?}\n{json}");
        let found: Vec<i64> = plan
            .levels
            .iter()
            .map(|level| loss(level.name.name(), level.value))
            .collect();
        assert_eq!(found, best, "{number}: {plan:?}\n{json}");
        assert!(plan.levels.iter().all(|level| level.bound == Some(level.value)));
        let kept = check(&problem, &plan).unwrap_or_else(|broken| panic!("{number}: {broken:?}\n{json}"));
        let told: Vec<_> = plan
            .levels
            .iter()
            .map(|level| (level.name, level.value))
            .collect();
        assert_eq!(
            kept.iter()
                .map(|level| (level.name, level.value))
                .collect::<Vec<_>>(),
            told
        );
        optimal += 1;
    }
    assert!(optimal >= 2000 && infeasible >= 100, "{optimal} {infeasible}");
    println!(
        "{} small problems, {infeasible} of them impossible",
        optimal + infeasible
    );
}
