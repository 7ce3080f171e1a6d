//! Plans: the same for any number of threads, whole when stopped, explained, and compared with what would be otherwise.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::common::{Chance, therapy};
use composer::{Difference, How, Patient, Plan, Problem, Reached, Status, Watch, check, compose};
use serde_json::{Value, json};

fn how(effort: u32, threads: usize) -> How {
    How {
        effort,
        threads,
        ..How::default()
    }
}

fn composed(json: &Value) -> (Problem, Plan) {
    let problem = Problem::of(json).unwrap();
    let plan = compose(&problem, how(4, 1), &Patient).unwrap();
    (problem, plan)
}

#[test]
fn the_same_seed_and_effort_give_the_same_plan_with_any_number_of_threads() {
    let mut chance = Chance::new(8);
    for _ in 0..6 {
        let problem = Problem::of(&therapy(&mut chance, 30)).unwrap();
        let one = compose(&problem, how(5, 1), &Patient).unwrap();
        for threads in [2, 3, 7] {
            assert_eq!(compose(&problem, how(5, threads), &Patient).unwrap(), one);
        }
    }
}

/// Says stop after so many questions.
struct Hurry(AtomicU32);

impl Watch for Hurry {
    fn stop(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some(left.saturating_sub(1))
        }) == Ok(0)
    }

    fn progress(&self, _: u32, _: &[Reached]) {}
}

#[test]
fn a_search_that_is_stopped_gives_a_plan_that_keeps_every_condition_and_the_effort_it_reached() {
    let mut chance = Chance::new(9);
    let mut cut = 0;
    for number in 0..40 {
        let problem = Problem::of(&therapy(&mut chance, 40)).unwrap();
        let Ok(plan) = compose(&problem, how(1000, 1), &Hurry(AtomicU32::new(number * 100))) else {
            continue;
        };
        if plan.status == Status::Infeasible {
            continue;
        }
        check(&problem, &plan).unwrap();
        if plan.effort > 0 && plan.status == Status::Feasible {
            let again = compose(&problem, how(plan.effort, 2), &Patient).unwrap();
            assert_eq!((again.groups, again.effort), (plan.groups, plan.effort));
            cut += 1;
        }
    }
    assert!(cut > 3, "{cut}");
}

/// Six people and two groups; eve is too many for the one that she can come to.
fn crowded() -> Value {
    let person = |id: &str, slot: &str, days: i64| json!({"id": id, "slots": [slot], "groups": ["g", "h"], "waiting_days": days, "severity": 10});
    json!({
        "people": [person("ana", "tue", 90), person("ben", "tue", 80), person("eve", "tue", 5), person("cy", "wed", 7)],
        "groups": [{"id": "g", "slot": "tue", "min": 2, "max": 2}, {"id": "h", "slot": "wed", "min": 2, "max": 5}]
    })
}

#[test]
fn who_is_not_placed_learns_what_binds_and_the_smallest_change() {
    let (_, plan) = composed(&crowded());
    assert_eq!(plan.status, Status::Optimal);
    assert_eq!(plan.groups["g"], ["ana", "ben"]);
    assert_eq!(
        plan.unplaced["eve"],
        [
            "g: full: it takes 2 people at most",
            "smallest change, for g: g takes 3 people in place of 2"
        ]
    );
    assert_eq!(
        plan.unplaced["cy"],
        [
            "h: not open: it needs 2 people and would have 1",
            "smallest change, for h: h opens with 1 people in place of 2"
        ]
    );
    assert!(
        plan.why["ana"][0].starts_with("qualifies, can come at tue, has waited 90 days"),
        "{:?}",
        plan.why
    );
    // The change that is told does place her.
    let mut wider = crowded();
    wider["groups"][0]["max"] = json!(3);
    assert!(composed(&wider).1.groups["g"].contains(&"eve".to_owned()));
}

#[test]
fn everyone_is_in_a_group_or_told_why_not() {
    let mut chance = Chance::new(12);
    for _ in 0..30 {
        let (problem, plan) = composed(&therapy(&mut chance, 25));
        if plan.status == Status::Infeasible {
            continue;
        }
        for person in problem.people() {
            let reasons = plan
                .why
                .get(&person.id)
                .or(plan.unplaced.get(&person.id))
                .unwrap();
            assert!(!reasons.is_empty(), "{}", person.id);
        }
    }
}

#[test]
fn a_what_if_is_told_as_a_difference() {
    let (problem, plan) = composed(&crowded());
    let told = |edits: &[&str]| {
        let edits: Vec<_> = edits.iter().map(|edit| problem.edit(edit).unwrap()).collect();
        let after = compose(&problem.edited(&edits).unwrap(), how(4, 1), &Patient).unwrap();
        Difference::between(&plan, &after).to_string()
    };
    let wider = told(&["max=g,3"]);
    assert!(
        wider.contains("placed 3 in place of 2\n") && wider.contains("eve: g in place of nowhere\n"),
        "{wider}"
    );
    let moved = told(&["move=eve,g"]);
    assert!(
        moved.contains("eve: g in place of nowhere") && moved.contains("ben: nowhere in place of g"),
        "{moved}"
    );
    assert!(told(&["open=h"]).contains("there is no plan with that"));
    assert!(told(&["open=h", "min=h,1"]).contains("h opens\n"));
    assert_eq!(told(&["max=h,6"]), "nothing would change\n");
    for wrong in [
        "open",
        "open=x",
        "move=x,g",
        "move=ana,x",
        "max=g,many",
        "raise=g,1",
    ] {
        assert!(problem.edit(wrong).is_err(), "{wrong}");
    }
    assert!(problem.edited(&[problem.edit("max=g,1").unwrap()]).is_err());
}

#[test]
fn a_plan_of_anyone_is_checked_and_every_broken_condition_told() {
    let problem = Problem::of(&crowded()).unwrap();
    let plan = |groups: Value| {
        Plan::read(&json!({"status": "feasible", "effort": 0, "groups": groups}).to_string()).unwrap()
    };
    assert!(check(&problem, &plan(json!({"g": ["ana", "eve"]}))).is_ok());
    let broken = check(
        &problem,
        &plan(json!({"g": ["ana", "ben", "eve", "cy"], "h": []})),
    )
    .unwrap_err();
    assert_eq!(broken.len(), 2, "{broken:?}");
    for wrong in [
        json!({"x": ["ana"]}),
        json!({"g": ["zoe", "ana"]}),
        json!({"g": ["ana", "ana"]}),
    ] {
        assert!(check(&problem, &plan(wrong)).is_err());
    }
}

#[test]
fn an_opt_out_is_obeyed() {
    let person = |id: &str, opted: &[&str]| json!({"id": id, "slots": ["tue"], "groups": ["g"], "traits": {"veteran": "yes"}, "opt_out": opted});
    let problem = |first: &[&str], second: &[&str]| {
        json!({"people": [person("ana", first), person("ben", second), {"id": "cy", "slots": ["tue"], "groups": ["g"]}],
            "groups": [{"id": "g", "slot": "tue", "min": 1, "max": 2}], "apart": [["ana", "ben"]], "never_alone": ["veteran"],
            "order": ["placed"]})
    };
    let placed = |json: &Value| composed(json).1.levels[0].value;
    // Two veterans who must be apart cannot keep each other company.
    assert_eq!(placed(&problem(&[], &[])), 1);
    assert_eq!(placed(&problem(&["veteran"], &[])), 2);
}
