//! Native scores: missing answers, gates, patterns, and what holds for every set of answers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use measures::Measures;
use measures::measure::{Measure, Pair};
use measures::native::{AnswerError, Direction, Outcome, Scoring, Shown};
use proptest::prelude::*;

static BUNDLED: LazyLock<Measures> = LazyLock::new(|| Measures::bundled().unwrap());

fn scoring(name: &str) -> Scoring {
    BUNDLED.get(name).unwrap().scoring.clone().unwrap()
}

fn values(scoring: &Scoring, answers: &[Option<f64>]) -> BTreeMap<String, Option<f64>> {
    let (scores, _) = scoring.score(&scoring.answers(answers).unwrap()).open(|_| ());
    scores
        .scores
        .iter()
        .map(|score| (score.scale.id.clone(), score.value()))
        .collect()
}

/// What became of the total.
fn total(scoring: &Scoring, answers: &[Option<f64>]) -> Outcome {
    let (scores, _) = scoring.score(&scoring.answers(answers).unwrap()).open(|_| ());
    scores.scores[0].outcome
}

fn same(value: f64, number: usize) -> Vec<Option<f64>> {
    vec![Some(value); number]
}

#[test]
fn up_to_two_missing_answers_of_the_phq_9_are_estimated_from_the_others() {
    let scoring = scoring("phq-9");
    let mut answers = same(1.0, 9);
    answers[0] = None;
    let total = |answers: &[Option<f64>]| total(&scoring, answers);
    assert_eq!(
        total(&answers),
        Outcome::Prorated {
            value: 9.0,
            missing: 1
        }
    );
    answers[1] = None;
    answers[2] = Some(3.0);
    // 9 points of 7 answers: 9 / 7 × 9 = 11.57.
    assert_eq!(
        total(&answers),
        Outcome::Prorated {
            value: 12.0,
            missing: 2
        }
    );
    answers[3] = None;
    assert_eq!(total(&answers), Outcome::NoScore { missing: 3, of: 9 });
    // 4 points of 8 answers: 4.5, a half up.
    let mut half = same(0.0, 9);
    half[0] = None;
    half[1] = Some(3.0);
    half[2] = Some(1.0);
    assert_eq!(
        total(&half),
        Outcome::Prorated {
            value: 5.0,
            missing: 1
        }
    );
}

#[test]
fn where_no_rule_is_known_one_missing_answer_means_no_score() {
    for name in ["gad-7", "phq-2", "phq-4", "pcl-5", "k6", "check-in"] {
        let scoring = scoring(name);
        let mut answers = same(1.0, scoring.items().len());
        answers[0] = None;
        let of = scoring.items().len();
        let answers = scoring.answers(&answers).unwrap();
        let (scores, _) = scoring.score(&answers).open(|_| ());
        let total = &scores.scores[0];
        assert_eq!(total.outcome, Outcome::NoScore { missing: 1, of }, "{name}");
        let plain = total.plain().unwrap();
        assert_eq!(
            plain,
            format!("No score: 1 of {of} questions without an answer."),
            "{name}"
        );
    }
}

#[test]
fn who_was_never_in_such_an_event_scores_0_and_stops() {
    let scoring = scoring("pc-ptsd-5");
    assert_eq!(scoring.items()[0], "exposure");
    let total = |answers: &[(&str, f64)]| {
        let answers = scoring.answers_by_id(answers.iter().copied()).unwrap();
        let (scores, _) = scoring.score(&answers).open(|_| ());
        scores.scores[0].outcome
    };
    assert_eq!(total(&[("exposure", 0.0)]), Outcome::Complete(0.0));
    assert_eq!(total(&[("exposure", 0.0), ("q1", 1.0)]), Outcome::Complete(0.0));
    assert_eq!(
        total(&[("exposure", 1.0), ("q1", 1.0)]),
        Outcome::NoScore { missing: 4, of: 6 }
    );
    assert_eq!(total(&[]), Outcome::NoScore { missing: 6, of: 6 });
    let all = [
        ("exposure", 1.0),
        ("q1", 1.0),
        ("q2", 1.0),
        ("q3", 0.0),
        ("q4", 1.0),
        ("q5", 1.0),
    ];
    assert_eq!(total(&all), Outcome::Complete(4.0));
}

#[test]
fn the_pcl_5_has_four_clusters_and_a_pattern() {
    let scoring = scoring("pcl-5");
    let found = values(&scoring, &same(2.0, 20));
    let expected = [("b", 10.0), ("c", 4.0), ("d", 14.0), ("e", 12.0), ("total", 40.0)];
    assert_eq!(
        found,
        expected
            .into_iter()
            .map(|(id, value)| (id.to_owned(), Some(value)))
            .collect()
    );
    let shown = |answers: &[(&str, f64)]| {
        let mut all: BTreeMap<&str, f64> = scoring.items().iter().map(|id| (id.as_str(), 0.0)).collect();
        all.extend(answers.iter().copied());
        let answers = scoring.answers_by_id(all).unwrap();
        let (scores, _) = scoring.score(&answers).open(|_| ());
        scores.finding.unwrap().shown
    };
    let least = [
        ("q1", 2.0),
        ("q6", 2.0),
        ("q8", 2.0),
        ("q9", 2.0),
        ("q15", 2.0),
        ("q20", 4.0),
    ];
    assert_eq!(shown(&least), Shown::Met);
    for without in 0..least.len() {
        let mut fewer = least.to_vec();
        fewer[without].1 = 1.0;
        assert_eq!(shown(&fewer), Shown::NotMet, "{:?}", least[without]);
    }
    let answers = scoring.answers_by_id([("q1", 2.0)]).unwrap();
    let (scores, _) = scoring.score(&answers).open(|_| ());
    assert_eq!(scores.finding.unwrap().shown, Shown::Open);
}

#[test]
fn the_phq_4_has_two_halves() {
    let scoring = scoring("phq-4");
    let found = values(&scoring, &[Some(3.0), Some(2.0), Some(1.0), Some(0.0)]);
    let answers = scoring
        .answers(&[Some(3.0), Some(2.0), Some(1.0), Some(0.0)])
        .unwrap();
    let (scores, _) = scoring.score(&answers).open(|_| ());
    let json = serde_json::to_value(&scores.lines()[0]).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"name": "PHQ-4 total", "value": 6.0, "band": "moderate"})
    );
    assert!(!scores.scores[0].is_estimated());
    assert_eq!(found["anxiety"], Some(5.0));
    assert_eq!(found["depression"], Some(1.0));
    assert_eq!(found["total"], Some(6.0));
}

#[test]
fn all_of_the_time_is_the_highest_answer_of_the_k6() {
    let form = &BUNDLED.get("k6").unwrap().form;
    let all = form.find("All of the time").unwrap();
    let before = &form[..all];
    assert!(before[before.rfind("valueDecimal").unwrap()..].starts_with("valueDecimal\": 4"));
}

#[test]
fn bands_begin_where_the_literature_says() {
    for (name, scale, expected) in [
        ("phq-9", "total", vec![0.0, 5.0, 10.0, 15.0, 20.0]),
        ("gad-7", "total", vec![0.0, 5.0, 10.0, 15.0]),
        ("phq-2", "total", vec![0.0, 3.0]),
        ("phq-4", "total", vec![0.0, 3.0, 6.0, 9.0]),
        ("phq-4", "anxiety", vec![0.0, 3.0]),
        ("phq-4", "depression", vec![0.0, 3.0]),
        ("pcl-5", "total", vec![0.0, 31.0]),
        ("pc-ptsd-5", "total", vec![0.0, 3.0, 4.0]),
        ("k6", "total", vec![0.0, 5.0, 13.0]),
        ("check-in", "climate", vec![]),
    ] {
        let scoring = scoring(name);
        let scale = scoring.scales().iter().find(|found| found.id == scale).unwrap();
        let bands: Vec<f64> = scale.bands.iter().map(|band| band.from).collect();
        assert_eq!(bands, expected, "{name} {}", scale.id);
    }
}

#[test]
fn an_answer_that_the_form_does_not_offer_is_refused_in_words() {
    let scoring = scoring("phq-9");
    for value in [-1.0, 4.0, f64::NAN, f64::INFINITY] {
        let error = scoring.answers_by_id([("q1", value)]).unwrap_err();
        assert!(matches!(error, AnswerError::OutOfRange { .. }), "{error}");
    }
    let error = scoring.answers_by_id([("q10", 1.0)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no question “q10” that counts in this form; correct its linkId or leave it out"
    );
    assert!(scoring.answers(&[]).is_err());
}

/// A form of our own with a reversed item, and one whose score is a mean times ten.
fn made(method: &str, most: usize) -> Scoring {
    let form = r#"{"resourceType":"Questionnaire","item":[{"linkId":"a","type":"choice"},{"linkId":"b","type":"choice"},
        {"linkId":"c","type":"choice"},{"linkId":"t","type":"decimal","extension":[{"url":
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"}]}]}"#;
    let sidecar = format!(
        "name = \"x\"\nabout = \"x\"\nstanding = \"not-validated\"\ntier = \"C\"\nlicence = \"x\"\nwording = \"x\"\n\
         [answers]\nlowest = 0\nhighest = 4\n[[scale]]\nid = \"t\"\nname = \"x\"\nitems = [\"a\", \"b\", \"c\"]\n\
         reversed = [\"b\"]\nmethod = \"{method}\"\ndirection = \"higher-is-worse\"\n\
         missing = {{ most = {most}, source = \"s\" }}\n[[source]]\nid = \"s\"\ncite = \"x\"\n"
    );
    let pair = Pair {
        name: "x",
        form,
        sidecar: Some(&sidecar),
    };
    Measure::own(pair).unwrap().scoring.unwrap()
}

#[test]
fn a_reversed_item_counts_from_the_other_end() {
    let scoring = made("sum", 1);
    assert_eq!(
        values(&scoring, &[Some(1.0), Some(4.0), Some(2.0)])["t"],
        Some(3.0)
    );
    assert_eq!(
        values(&scoring, &[Some(1.0), Some(0.0), Some(2.0)])["t"],
        Some(7.0)
    );
    assert_eq!(values(&scoring, &[Some(1.0), None, Some(2.0)])["t"], Some(5.0));
}

#[test]
fn a_mean_times_ten_stays_what_it_is_without_one_answer() {
    let scoring = made("mean-times-ten", 1);
    assert_eq!(scoring.scales()[0].range, (0.0, 40.0));
    assert_eq!(
        values(&scoring, &[Some(1.0), Some(4.0), Some(2.0)])["t"],
        Some(10.0)
    );
    assert_eq!(values(&scoring, &[Some(1.0), None, Some(2.0)])["t"], Some(15.0));
    assert_eq!(values(&scoring, &[Some(1.0), None, None])["t"], None);
}

const NAMES: [&str; 8] = [
    "phq-9",
    "phq-2",
    "phq-4",
    "gad-7",
    "pcl-5",
    "pc-ptsd-5",
    "k6",
    "check-in",
];

/// Answers to one of the bundled forms, some of them missing.
fn answered() -> impl Strategy<Value = (Scoring, Vec<Option<f64>>)> {
    (0..NAMES.len()).prop_flat_map(|name| {
        let scoring = scoring(NAMES[name]);
        let highest = match NAMES[name] {
            "pc-ptsd-5" => 1,
            "pcl-5" | "k6" => 4,
            "check-in" => 10,
            _ => 3,
        };
        let answers = proptest::collection::vec(
            proptest::option::weighted(0.9, (0..=highest).prop_map(f64::from)),
            scoring.items().len(),
        );
        (Just(scoring), answers)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_higher_answer_never_lowers_a_score((scoring, answers) in answered(), place in 0_usize..20, step in 1_u32..4) {
        let place = place % answers.len();
        let mut higher = answers.clone();
        let Some(raised) = answers[place].map(|value| value + f64::from(step)) else { return Ok(()) };
        higher[place] = Some(raised);
        let Ok(more) = scoring.answers(&higher) else { return Ok(()) };
        let before = scoring.answers(&answers).unwrap();
        let ((before, _), (after, _)) = (scoring.score(&before).open(|_| ()), scoring.score(&more).open(|_| ()));
        for (before, after) in before.scores.iter().zip(&after.scores) {
            // A gate that opens may leave questions to ask; until then there is no score.
            prop_assert!(after.given >= before.given);
            if let (Some(before), Some(after)) = (before.value(), after.value()) {
                prop_assert!(after >= before);
            }
        }
    }

    #[test]
    fn a_score_of_all_answers_is_the_sum_of_those_given_and_within_its_range((scoring, answers) in answered()) {
        let read = scoring.answers(&answers).unwrap();
        let (scores, _) = scoring.score(&read).open(|_| ());
        for score in &scores.scores {
            let (lowest, highest) = score.scale.range;
            if let Some(value) = score.value() {
                prop_assert!((lowest..=highest).contains(&value));
                prop_assert_eq!(score.band().is_some(), !score.scale.bands.is_empty());
            }
            if let Outcome::Complete(value) = score.outcome {
                prop_assert_eq!(Some(value), score.given);
            }
        }
    }

    #[test]
    fn no_score_hides_how_much_is_missing((scoring, answers) in answered()) {
        let missing = answers.iter().filter(|answer| answer.is_none()).count();
        let total = scoring.answers(&answers).unwrap();
        let (scores, _) = scoring.score(&total).open(|_| ());
        let total = &scores.scores[0];
        match total.outcome {
            Outcome::Complete(_) => prop_assert!(missing == 0 || answers[0] == Some(0.0)),
            Outcome::Prorated { missing: told, .. } => {
                prop_assert_eq!(told, missing);
                prop_assert!(missing <= total.scale.missing);
            }
            Outcome::NoScore { missing: told, .. } => prop_assert_eq!(told, missing),
        }
    }

    #[test]
    fn an_answer_less_never_takes_a_risk_away_but_its_own((scoring, answers) in answered(), place in 0_usize..20) {
        let place = place % answers.len();
        let mut fewer = answers.clone();
        fewer[place] = None;
        let (_, before) = scoring.score(&scoring.answers(&answers).unwrap()).open(|risk| risk.signs().to_vec());
        let (_, after) = scoring.score(&scoring.answers(&fewer).unwrap()).open(|risk| risk.signs().to_vec());
        for sign in before.unwrap_or_default() {
            if sign.item.link_id != scoring.items()[place] {
                prop_assert!(after.as_ref().is_some_and(|after| after.contains(&sign)));
            }
        }
    }
}

#[test]
fn only_the_check_in_is_better_when_higher() {
    for name in NAMES {
        for scale in scoring(name).scales() {
            let expected = if name == "check-in" {
                Direction::HigherIsBetter
            } else {
                Direction::HigherIsWorse
            };
            assert_eq!(scale.direction, expected, "{name}");
        }
    }
}
