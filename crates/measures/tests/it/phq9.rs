//! The PHQ-9 over every set of answers there is: 4⁹ = 262,144.
#![expect(clippy::float_cmp, reason = "sums of whole points are exact")]

use measures::Measures;
use measures::native::Outcome;

#[test]
fn every_answer_set_of_the_phq_9_has_its_sum_its_band_and_its_risk() {
    let measures = Measures::bundled().unwrap();
    let scoring = measures.get("phq-9").unwrap().scoring.as_ref().unwrap();
    assert_eq!(scoring.items().len(), 9);
    let mut values = [Some(0.0); 9];
    let (mut sets, mut risks) = (0, 0);
    for set in 0..4_u32.pow(9) {
        let mut sum = 0;
        let mut rest = set;
        for value in &mut values {
            *value = Some(f64::from(rest % 4));
            sum += rest % 4;
            rest /= 4;
        }
        let ninth = set / 4_u32.pow(8);
        let (scores, risk) = scoring
            .score(&scoring.answers(&values).unwrap())
            .open(|risk| risk);
        let total = &scores.scores[0];
        assert_eq!(total.outcome, Outcome::Complete(f64::from(sum)));
        assert_eq!(total.given, Some(f64::from(sum)));
        let band = match sum {
            0..=4 => "minimal",
            5..=9 => "mild",
            10..=14 => "moderate",
            15..=19 => "moderately severe",
            _ => "severe",
        };
        assert_eq!(total.band().unwrap().name, band);
        assert_eq!(risk.is_some(), ninth >= 1);
        if let Some(risk) = risk {
            assert_eq!(risk.signs().len(), 1);
            assert_eq!(risk.signs()[0].item.link_id, "q9");
            assert_eq!(risk.signs()[0].value, f64::from(ninth));
            risks += 1;
        }
        sets += 1;
    }
    assert_eq!((sets, risks), (262_144, 262_144 / 4 * 3));
}

#[test]
fn a_risk_is_told_whatever_else_is_missing() {
    let measures = Measures::bundled().unwrap();
    let scoring = measures.get("phq-9").unwrap().scoring.as_ref().unwrap();
    let answers = scoring.answers_by_id([("q9", 1.0)]).unwrap();
    let (scores, risk) = scoring.score(&answers).open(|risk| risk.signs().len());
    assert_eq!(risk, Some(1));
    assert_eq!(scores.scores[0].value(), None);
    let answers = scoring.answers_by_id([("q1", 3.0)]).unwrap();
    let (scores, risk) = scoring.score(&answers).open(|_| ());
    assert_eq!(risk, None);
    let unanswered: Vec<_> = scores
        .unanswered_risks
        .iter()
        .map(|item| item.link_id.as_str())
        .collect();
    assert_eq!(unanswered, ["q9"]);
}

#[test]
fn a_score_without_two_answers_is_an_estimate_and_a_whole_one_is_not() {
    let measures = Measures::bundled().unwrap();
    let scoring = measures.get("phq-9").unwrap().scoring.as_ref().unwrap();
    let mut values = [Some(3.0); 9];
    for (place, estimated) in [(9, false), (8, true), (7, true)] {
        if let Some(value) = values.get_mut(place) {
            *value = None;
        }
        let (scores, _) = scoring.score(&scoring.answers(&values).unwrap()).open(|_| ());
        let json = serde_json::to_value(&scores.lines()[0]).unwrap();
        assert_eq!(json["value"], 27.0);
        assert_eq!(json.get("estimated").is_some(), estimated, "{json}");
    }
}
