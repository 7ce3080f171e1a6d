//! Sudden gains as the R package suddengains finds them, and goals by the published table.

use std::collections::BTreeSet;

use measures::Measures;
use measures::change::Row;
use measures::change::gains::{self, Gain, Series};
use measures::change::goals::{self, Goal, GoalError, RHO};
use measures::change::group::{self, Climate, Deviation, GroupStatistics, Rupture, Sitting, Spread};
use measures::native::Direction::{HigherIsBetter, HigherIsWorse};
use proptest::prelude::*;

fn series(scores: &[Option<f64>]) -> Vec<Series> {
    vec![Series {
        id: "1".to_owned(),
        scores: scores.to_vec(),
    }]
}

fn after(scores: &[Option<f64>]) -> Vec<usize> {
    gains::find(&series(scores), 7.0, HigherIsWorse)
        .gains
        .into_iter()
        .map(|gain| gain.after_session)
        .collect()
}

fn given(scores: &[f64]) -> Vec<Option<f64>> {
    scores.iter().copied().map(Some).collect()
}

#[test]
fn a_large_drop_that_lasts_is_a_sudden_gain() {
    // The example of the package: three before, three after.
    assert_eq!(after(&given(&[32.0, 31.0, 33.0, 5.0, 6.0, 7.0])), [3]);
    // Not large enough.
    assert!(after(&given(&[32.0, 31.0, 33.0, 27.0, 26.0, 27.0])).is_empty());
    // 7 points, but not a quarter of what was before.
    assert!(after(&given(&[40.0, 40.0, 40.0, 33.0, 33.0, 33.0])).is_empty());
    assert_eq!(after(&given(&[28.0, 28.0, 28.0, 21.0, 21.0, 21.0])), [3]);
    // It does not last.
    assert!(after(&given(&[30.0, 30.0, 30.0, 10.0, 30.0, 30.0])).is_empty());
}

#[test]
fn the_critical_value_follows_how_many_scores_there_are() {
    let none = None;
    // Means 32 and 6, pooled 1: 3 against 3, 3 against 2, 2 against 2.
    assert_eq!(
        after(&[none, Some(31.0), Some(33.0), Some(5.0), none, Some(7.0)]),
        [3]
    );
    assert_eq!(after(&[Some(31.0), Some(33.0), Some(5.0), Some(7.0)]), [2]);
    // One score on a side is not enough.
    assert!(after(&[none, none, Some(33.0), Some(5.0), Some(6.0), Some(7.0)]).is_empty());
    assert!(after(&given(&[33.0, 5.0, 6.0, 7.0])).is_empty());
    // Beside the gap both scores must be there.
    assert!(after(&[Some(32.0), Some(31.0), none, Some(5.0), Some(6.0), Some(7.0)]).is_empty());
    // Means 30 and 20, pooled variance 8 (s = 2.83) with df 2: 4.303 × 2.83 = 12.2, no gain.
    assert!(after(&given(&[28.0, 32.0, 18.0, 22.0])).is_empty());
    // With df 3 the same distance would need 3.182 × s, with df 4 2.776 × s.
    assert_eq!(after(&given(&[30.0, 28.0, 32.0, 18.0, 20.0, 22.0])), [3]);
}

#[test]
fn one_person_may_have_several_gains_and_a_loss_is_the_mirror() {
    let two = given(&[40.0, 40.0, 40.0, 28.0, 28.0, 28.0, 15.0, 15.0, 15.0]);
    assert_eq!(after(&two), [3, 6]);
    let back = given(&[15.0, 15.0, 15.0, 28.0, 28.0, 28.0]);
    assert!(after(&back).is_empty());
    let loss = Gain {
        id: "1".to_owned(),
        after_session: 3,
    };
    assert_eq!(
        gains::losses(&series(&back), 7.0, HigherIsWorse),
        std::slice::from_ref(&loss)
    );
    assert_eq!(gains::find(&series(&back), 7.0, HigherIsBetter).gains, [loss]);
    let json = serde_json::to_string(&gains::find(&series(&two), 7.0, HigherIsWorse)).unwrap();
    assert_eq!(
        json,
        r#"{"gains":[{"id":"1","after_session":3},{"id":"1","after_session":6}]}"#
    );
}

/// Equal weights, rho .30: T by the sum of attainments, from −2n to 2n, to two digits.
const TABLE: [&[f64]; 6] = [
    &[30.00, 40.00, 50.00, 60.00, 70.00],
    &[25.19, 31.39, 37.60, 43.80, 50.00, 56.20, 62.40, 68.61, 74.81],
    &[
        22.61, 27.18, 31.74, 36.31, 40.87, 45.44, 50.00, 54.56, 59.13, 63.69, 68.26, 72.82, 77.39,
    ],
    &[
        20.98, 24.61, 28.24, 31.86, 35.49, 39.12, 42.75, 46.37, 50.00, 53.63, 57.25, 60.88, 64.51, 68.14,
        71.76, 75.39, 79.02,
    ],
    &[
        19.85, 22.86, 25.88, 28.89, 31.91, 34.92, 37.94, 40.95, 43.97, 46.98, 50.00, 53.02, 56.03, 59.05,
        62.06, 65.08, 68.09, 71.11, 74.12, 77.14, 80.15,
    ],
    &[
        19.02, 21.60, 24.18, 26.76, 29.34, 31.93, 34.51, 37.09, 39.67, 42.25, 44.84, 47.42, 50.00, 52.58,
        55.16, 57.75, 60.33, 62.91, 65.49, 68.07, 70.66, 73.24, 75.82, 78.40, 80.98,
    ],
];

#[test]
fn goals_of_equal_weight_have_the_t_of_the_table() {
    for (number, row) in (1_i32..).zip(TABLE) {
        for (sum, expected) in (-2 * number..).zip(row) {
            let mut left = sum;
            let mut goals = Vec::new();
            for _ in 0..number {
                let attained = left.clamp(-2, 2);
                left -= attained;
                goals.push(Goal::new(1.0, attained.into()).unwrap());
            }
            let t = goals::attainment(&goals, RHO).unwrap().t;
            assert_eq!(
                format!("{t:.2}"),
                format!("{expected:.2}"),
                "{number} goals, sum {sum}"
            );
        }
    }
}

#[test]
fn goals_are_weighed() {
    let goal = |weight, attained| Goal::new(weight, attained).unwrap();
    let t = goals::attainment(&[goal(4.0, 1.0), goal(2.0, 0.0), goal(1.0, -1.0)], 0.3)
        .unwrap()
        .t;
    assert_eq!(format!("{t:.2}"), "55.53");
    assert_eq!(Goal::weighed(2, 2, 1.0).unwrap(), goal(4.0, 1.0));
    assert_eq!(
        serde_json::to_string(&goals::Attainment { t: 50.0 }).unwrap(),
        r#"{"t":50.0}"#
    );
    for (error, expected) in [
        (Goal::new(-1.0, 0.0).unwrap_err(), GoalError::Weight(-1.0)),
        (Goal::new(1.0, 2.5).unwrap_err(), GoalError::Attained(2.5)),
        (goals::attainment(&[], 0.3).unwrap_err(), GoalError::NoGoals),
        (
            goals::attainment(&[goal(0.0, 1.0)], 0.3).unwrap_err(),
            GoalError::NoGoals,
        ),
        (
            goals::attainment(&[goal(1.0, 1.0)], 1.5).unwrap_err(),
            GoalError::Rho(1.5),
        ),
    ] {
        assert_eq!(error, expected);
    }
    assert!(Goal::new(f64::NAN, 0.0).is_err() && Goal::new(1.0, f64::NAN).is_err());
}

fn rows(number: u32) -> Vec<Row> {
    let row = |id: u32| Row {
        id: id.to_string(),
        pre: 18.0,
        post: f64::from(id % 18),
    };
    (0..number).map(row).collect()
}

#[test]
fn nothing_about_fewer_than_five_people_leaves_the_leaders_view() {
    let measures = Measures::bundled().unwrap();
    let by = measures.get("phq-9").unwrap().thresholds(None).unwrap();
    for number in 0..30 {
        let statistics = GroupStatistics::of(&rows(number), by);
        assert_eq!(statistics.is_some(), number > 0);
        let shareable = statistics.as_ref().and_then(GroupStatistics::shareable);
        assert_eq!(shareable.is_some(), number >= 5, "{number}");
        if let (Some(statistics), Some(shareable)) = (statistics, shareable) {
            assert_eq!(shareable.people(), statistics.people);
            let few = |number: usize| (1..5).contains(&number);
            let totals = statistics.totals;
            let any = [totals.recovered, totals.improved, totals.unchanged]
                .into_iter()
                .any(few);
            assert_eq!(shareable.totals().is_none(), any, "{number}");
            let json = serde_json::to_value(&shareable).unwrap();
            assert!(json.get("lowest").is_none() && json.get("highest").is_none());
            assert_eq!(json["plain"], shareable.plain());
            assert_eq!(json["sources"], serde_json::json!(by.sources()));
            // What the classes are is not told by the sentence, either.
            assert_eq!(shareable.plain().contains("A mean says little"), any, "{number}");
            assert_eq!(statistics.sources, by.sources());
        }
    }
}

#[test]
fn the_climate_of_a_group_has_a_trend_and_is_shared_from_five_answers_on() {
    let sitting = |session: u32, scores: &[f64]| Sitting {
        session,
        scores: scores.to_vec(),
    };
    let climate = Climate::of(&[
        sitting(1, &[20.0, 22.0, 24.0]),
        sitting(2, &[24.0, 24.0, 24.0, 24.0, 24.0]),
        sitting(3, &[]),
        sitting(4, &[28.0, 28.0, 28.0, 28.0, 28.0]),
    ]);
    assert!((climate.trend.unwrap() - 2.0).abs() < 1e-9);
    assert_eq!(climate.shareable(), [(2, 24.0), (4, 28.0)]);
    assert_eq!(
        Climate::of(&[sitting(1, &[20.0]), sitting(2, &[21.0])]).trend,
        None
    );
    let spread = climate.sessions[0].2;
    assert!((group::deviation(spread, 20.0, HigherIsBetter).points + 2.0).abs() < 1e-9);
}

#[test]
fn every_result_about_a_group_has_a_sentence_that_is_a_prompt_and_a_source() {
    let measures = Measures::bundled().unwrap();
    let by = measures.get("phq-9").unwrap().thresholds(None).unwrap();
    let of = |posts: &[f64]| {
        let row = |post: &f64| Row {
            id: String::new(),
            pre: 12.0,
            post: *post,
        };
        let rows: Vec<Row> = posts.iter().map(row).collect();
        GroupStatistics::of(&rows, by).unwrap().plain()
    };
    let sitting = |session: u32, score: f64| Sitting {
        session,
        scores: vec![score; 5],
    };
    let climate = |scores: &[f64]| {
        let sittings: Vec<Sitting> = (1..).zip(scores).map(|(at, score)| sitting(at, *score)).collect();
        Climate::of(&sittings).plain()
    };
    let spread = Spread { mean: 20.0, sd: None };
    let deviation = |score: f64| group::deviation(spread, score, HigherIsBetter).plain();
    let sentences = [
        of(&[2.0]),
        of(&[20.0]),
        of(&[2.0, 20.0]),
        climate(&[20.0]),
        climate(&[20.0, 21.0, 22.0]),
        climate(&[22.0, 21.0, 20.0]),
        climate(&[20.0, 20.0, 20.0]),
        deviation(18.0),
        deviation(20.0),
        deviation(22.0),
        Rupture::Drop { points: 4.0 }.plain(),
        Rupture::Strain.plain(),
    ];
    let different: BTreeSet<&str> = sentences.into_iter().collect();
    assert_eq!(different.len(), sentences.len());
    for sentence in sentences {
        assert!(sentence.contains("Ask") && sentence.ends_with('.'), "{sentence}");
    }
    assert!(by.sources()[0].starts_with("reliable change 6: "));
    for source in [Climate::source(), Deviation::source(), Rupture::Strain.source()] {
        assert!(
            source.cited().contains("a rule of practice"),
            "{}",
            source.cited()
        );
    }
    let (drop, strain) = (Rupture::Drop { points: 4.0 }.source(), Rupture::Strain.source());
    assert!(drop.cited().contains("two standard deviations") && !strain.cited().contains("deviation"));
}

#[test]
fn a_rupture_is_a_drop_against_ones_own_scores_or_two_sessions_of_strain() {
    let drop = |scores: &[f64]| group::rupture(scores, HigherIsBetter);
    assert_eq!(
        drop(&[30.0, 32.0, 34.0, 28.0]),
        Some(Rupture::Drop { points: 4.0 })
    );
    assert_eq!(drop(&[30.0, 32.0, 34.0, 29.0]), None);
    assert_eq!(drop(&[30.0, 30.0, 30.0, 30.0]), None);
    assert_eq!(drop(&[34.0, 20.0]), None, "too few of one's own");
    assert_eq!(drop(&[]), None);
    let strain = |engaged: &[f64], conflict: &[f64]| group::strain(engaged, conflict);
    assert_eq!(strain(&[4.0, 3.0, 2.0], &[1.0, 2.0, 3.0]), Some(Rupture::Strain));
    assert_eq!(strain(&[4.0, 3.0, 3.0], &[1.0, 2.0, 3.0]), None);
    assert_eq!(strain(&[3.0, 2.0], &[2.0, 3.0]), None);
}

proptest! {
    #[test]
    fn a_gain_is_never_found_where_the_score_beside_it_is_missing(
        scores in proptest::collection::vec(proptest::option::weighted(0.8, 0_u32..64), 0..14)
    ) {
        let scores: Vec<Option<f64>> = scores.into_iter().map(|score| score.map(f64::from)).collect();
        for place in after(&scores) {
            let (before, after) = (scores[place - 1].unwrap(), scores[place].unwrap());
            prop_assert!(before - after >= 7.0 && before - after >= before / 4.0);
        }
        let upside: Vec<Option<f64>> = scores.iter().rev().copied().collect();
        prop_assert!(gains::losses(&series(&upside), 1000.0, HigherIsWorse).is_empty());
    }
}
