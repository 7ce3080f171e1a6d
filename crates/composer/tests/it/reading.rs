//! Problems are read strictly, as their schema says; what contradicts itself is told in words, all of it at once.

use crate::common::{Chance, asked, small, therapy};
use composer::{How, Patient, Plan, Problem, Status, compose};
use serde_json::{Value, json};

const PROBLEM: &str = include_str!("../../../../docs/formats/composer.problem.schema.json");
const PLAN: &str = include_str!("../../../../docs/formats/composer.plan.schema.json");

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

/// Two people and a group: right as it is.
fn right() -> Value {
    json!({
        "people": [
            {"id": "ana", "slots": ["tue"], "groups": ["g"], "prefers": ["tue"], "waiting_days": 3, "severity": 9,
             "traits": {"gender": "woman"}, "opt_out": ["gender"], "seated": null},
            {"id": "ben", "slots": ["tue"], "groups": ["g"]}
        ],
        "groups": [{"id": "g", "slot": "tue", "leaders": ["kim"], "room": "4", "min": 2, "max": 8}],
        "apart": [], "together": [["ana", "ben"]], "leader_bans": [["kim", "ben"]],
        "never_alone": ["gender"], "alike": [], "spread": ["gender"], "order": ["placed", "severity"]
    })
}

/// Puts a value at a place; a number there is an index of a list.
fn put(problem: &mut Value, place: &str, value: &Value) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    problem.pointer_mut(parent).unwrap()[name] = value.clone();
}

fn told(problem: &Value) -> Vec<String> {
    Problem::of(problem)
        .unwrap_err()
        .0
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a case a line")]
fn what_is_wrong_is_told_with_place_value_and_what_to_do() {
    let cases: &[(&str, Value, &str)] = &[
        (
            "/colour",
            json!("red"),
            "/colour: \"red\": no such field; known are alike, apart, groups",
        ),
        (
            "/people/0/age",
            json!(3),
            "/people/0/age: 3: no such field; known are groups, id",
        ),
        (
            "/people/1/id",
            json!("ana"),
            "/people/1/id: \"ana\": is the id of /people/0 too",
        ),
        (
            "/people/1/groups",
            json!(["h"]),
            "/people/1/groups: \"h\": there is no such group",
        ),
        (
            "/people/0/prefers",
            json!(["h"]),
            "/people/0/prefers: \"h\": is neither a group nor a slot",
        ),
        (
            "/people/0/seated",
            json!("h"),
            "/people/0/seated: \"h\": there is no such group",
        ),
        (
            "/people/0/waiting_days",
            json!(-1),
            "/people/0/waiting_days: -1: must be a whole number from 0 to",
        ),
        (
            "/people/0/severity",
            json!(1.5),
            "/people/0/severity: 1.5: must be a whole number",
        ),
        (
            "/people/0/traits",
            json!({"a": 1}),
            "/people/0/traits/a: 1: must be text",
        ),
        (
            "/people/0/id",
            json!(" ana"),
            "/people/0/id: \" ana\": begins or ends with a space",
        ),
        (
            "/people/0/slots",
            json!(null),
            "/people/0/slots: is missing; add it",
        ),
        (
            "/groups/0/min",
            json!(9),
            "/groups/0/min: \"9\": is more than max, 8; raise max or lower min",
        ),
        (
            "/groups/0/max",
            json!(0),
            "/groups/0/max: \"0\": nobody could come",
        ),
        (
            "/apart",
            json!([["ana", "ben"]]),
            "/together/0: \"ana, ben\": the same two are to be apart and together, see /apart/0",
        ),
        (
            "/apart",
            json!([["ben", "ana"]]),
            "/together/0: \"ana, ben\": the same two are to be apart and together",
        ),
        (
            "/apart",
            json!([["ana", "ana"]]),
            "/apart/0: \"ana\": is paired with themselves",
        ),
        (
            "/apart",
            json!([["ana", "eve"]]),
            "/apart/0/1: \"eve\": there is no such person",
        ),
        (
            "/apart",
            json!([["ana"]]),
            "/apart/0: [\"ana\"]: must be a list of two ids",
        ),
        (
            "/leader_bans",
            json!([["ana", "kim"]]),
            "/leader_bans/0/1: \"kim\": there is no such person",
        ),
        (
            "/alike",
            json!(["gender"]),
            "/alike: \"gender\": is to be alike and spread at once",
        ),
        (
            "/order",
            json!(["placed", "luck"]),
            "/order/1: \"luck\": no such level; known are placed, waiting",
        ),
        (
            "/order",
            json!(["placed", "placed"]),
            "/order/1: \"placed\": stands twice",
        ),
        ("/order", json!([]), "/order: []: is empty"),
        ("/people", json!({}), "/people: {}: must be a list in brackets"),
    ];
    for (place, value, expected) in cases {
        let mut problem = right();
        put(&mut problem, place, value);
        let told = told(&problem);
        assert!(
            told.iter().any(|slip| slip.starts_with(expected)),
            "{expected}\n{told:?}"
        );
    }
}

#[test]
fn everything_is_told_at_once() {
    let mut problem = right();
    problem["people"][0]["waiting_days"] = json!("long");
    problem["people"][1]["slots"] = json!("tue");
    problem["groups"][0]["colour"] = json!(1);
    assert_eq!(told(&problem).len(), 3);
    let mut problem = right();
    problem["apart"] = json!([["ana", "ben"], ["ana", "eve"]]);
    problem["groups"][0]["min"] = json!(9);
    assert_eq!(told(&problem).len(), 3);
}

#[test]
fn a_field_that_stands_twice_and_what_is_no_json_are_refused() {
    for (text, expected) in [
        (
            r#"{"people": [], "people": [], "groups": []}"#,
            "\"people\" stands twice",
        ),
        ("{", "not JSON"),
        ("[]", "must be an object"),
    ] {
        let refused = Problem::read(text).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    let long = format!("{}{}", " ".repeat(composer::limits::BYTES), "{}");
    assert!(
        Problem::read(&long)
            .unwrap_err()
            .to_string()
            .contains("split the problem")
    );
}

#[test]
fn what_has_no_effect_is_noted_and_not_refused() {
    let mut problem = right();
    problem["never_alone"] = json!(["gendre"]);
    problem["leader_bans"] = json!([["lou", "ben"]]);
    let notes: Vec<_> = Problem::of(&problem)
        .unwrap()
        .notes()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
}

#[test]
fn the_schemas_say_what_is_read_and_what_is_written() {
    let (problems, plans) = (validator(PROBLEM), validator(PLAN));
    let (seed, times) = asked(5);
    let mut chance = Chance::new(seed);
    for number in 0..12 * times {
        let json = if number % 3 == 0 {
            therapy(&mut chance, 12)
        } else {
            small(&mut chance)
        };
        assert!(problems.is_valid(&json), "{json}");
        let problem = Problem::of(&json).unwrap();
        let again = serde_json::to_value(&problem).unwrap();
        assert!(problems.is_valid(&again), "{again}");
        assert_eq!(Problem::of(&again).unwrap(), problem);
        let plan = compose(
            &problem,
            How {
                effort: 1,
                ..How::default()
            },
            &Patient,
        )
        .unwrap();
        let written = serde_json::to_value(&plan).unwrap();
        assert!(plans.is_valid(&written), "{written}");
        assert_eq!(Plan::read(&written.to_string()).unwrap(), plan);
    }
    // What the reader refuses for its form alone, the schema refuses too.
    for (place, value) in [
        ("/colour", json!(1)),
        ("/people/0/age", json!(1)),
        ("/people/0/severity", json!("high")),
        ("/people/0/slots", Value::Null),
        ("/groups/0/max", json!(0)),
        ("/order", json!(["luck"])),
        ("/order", json!([])),
        ("/apart", json!([["ana"]])),
    ] {
        let mut problem = right();
        assert!(problems.is_valid(&problem) && Problem::of(&problem).is_ok());
        put(&mut problem, place, &value);
        assert!(!problems.is_valid(&problem), "{place}");
        assert!(Problem::of(&problem).is_err(), "{place}");
    }
}

#[test]
fn an_impossible_problem_yields_the_smallest_set_that_clashes() {
    let mut problem = right();
    problem["people"][0]["seated"] = json!("g");
    problem["people"][1]["groups"] = json!([]);
    problem["leader_bans"] = json!([]);
    problem["together"] = json!([]);
    let plan = compose(&Problem::of(&problem).unwrap(), How::default(), &Patient).unwrap();
    assert_eq!(plan.status, Status::Infeasible);
    assert_eq!(
        plan.clash,
        [
            "ana sits in g and stays",
            "ben qualifies for no group",
            "g needs 2 people at least"
        ]
    );
}

#[test]
fn every_corpus_seed_of_the_fuzzer_is_read_or_refused_in_words() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/compose");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        if let Err(refused) = Problem::read(&text) {
            assert!(!refused.0.is_empty() && refused.0.iter().all(|slip| !slip.what.is_empty()));
        }
        count += 1;
    }
    assert!(count >= 3);
}
