//! What programmes set themselves: whose number holds, what its source says, and everything that is refused.

use measures::change::{Class, Point, Row, Signal, group::GroupStatistics, track};
use measures::measure::Pair;
use measures::{Measures, programmes};

const SET: &str = r#"[[thresholds]]
measure = "phq-9"
set_by = "the clinical board"
reliable = { points = 5, source = "board" }
caseness = { from = 11, source = "board" }

[[thresholds]]
measure = "phq-9"
set_by = "the mood programme"
groups = ["3k7m2q9xwz", "8h2d5tn0vb"]
reliable = { points = 4, source = "audit" }
early = { weeks = [3, 5], adequate = 4, doubtful = 1.5, source = "audit" }

[[thresholds]]
measure = "k6"
set_by = "the clinical board"
reliable = { points = 5, source = "board" }

[[source]]
id = "board"
cite = "minutes of 2026-03-02"

[[source]]
id = "audit"
cite = "our audit of 2025"
url = "https://example.org/audit"
seen = 2026-02-01
"#;

fn set(text: &str) -> Result<Measures, String> {
    let measures = Measures::bundled().unwrap().set_by_programmes(text);
    measures.map_err(|slips| slips.to_string())
}

fn refused(text: &str) -> String {
    set(text).expect_err(text)
}

#[test]
fn a_groups_number_holds_before_the_organisations_and_that_before_the_measures() {
    let measures = set(SET).unwrap();
    let phq = measures.get("phq-9").unwrap();
    let numbers = |group: Option<&str>| {
        let by = phq.thresholds(group).unwrap();
        let early = by.early.clone().unwrap();
        let caseness = by.caseness.clone().unwrap();
        vec![
            by.reliable.points,
            caseness.points,
            early.adequate,
            early.doubtful,
        ]
    };
    assert_eq!(numbers(Some("3k7m2q9xwz")), [4.0, 11.0, 4.0, 1.5]);
    assert_eq!(numbers(Some("8h2d5tn0vb")), [4.0, 11.0, 4.0, 1.5]);
    for elsewhere in [None, Some("0000000000")] {
        assert_eq!(numbers(elsewhere), [5.0, 11.0, 5.0, 2.0]);
    }
    assert_eq!(
        phq.thresholds(Some("3k7m2q9xwz")).unwrap().rules(),
        [
            "reliable change 4: the programme’s own, set by the mood programme: our audit of 2025, https://example.org/audit",
            "clinical range from 11: the programme’s own, set by the clinical board: minutes of 2026-03-02",
            "weeks 3 to 5, better by 4 or more adequate, by 1.5 or more probably inadequate: the programme’s own, set by the mood programme: our audit of 2025, https://example.org/audit",
        ]
    );
    // A form without a threshold has one where someone sets it, and the others keep theirs.
    let k6 = measures.get("k6").unwrap().thresholds(None).unwrap();
    assert_eq!(k6.judge(18.0, 13.0).class, Class::Improved);
    let bundled = Measures::bundled().unwrap();
    for name in ["gad-7", "pcl-5", "phq-2"] {
        let [now, before] = [&measures, &bundled].map(|all| all.get(name).unwrap().thresholds(None));
        assert_eq!(now, before);
    }
}

#[test]
fn signals_classes_and_the_numbers_of_a_group_follow_what_its_programme_set() {
    let measures = set(SET).unwrap();
    let phq = measures.get("phq-9").unwrap();
    let [theirs, others] = [Some("3k7m2q9xwz"), None].map(|group| phq.thresholds(group).unwrap());
    assert_eq!(theirs.judge(15.0, 11.0).class, Class::Improved);
    assert_eq!(others.judge(15.0, 11.0).class, Class::Unchanged);
    let points = [(1, 0, 12.0), (2, 3, 16.0)].map(|(session, week, score)| Point { session, week, score });
    let signals = track(&points, theirs);
    assert!(
        matches!(signals[..], [Signal::Early { .. }, Signal::Deterioration { .. }]),
        "{signals:?}"
    );
    for signal in &signals {
        let cited = signal.source(theirs).cited();
        assert!(
            cited.starts_with("the programme’s own, set by the mood programme: "),
            "{cited}"
        );
    }
    assert!(track(&points, others).is_empty());
    let rows = [Row {
        id: "a".to_owned(),
        pre: 15.0,
        post: 10.0,
    }];
    let [theirs, others] = [theirs, others].map(|by| GroupStatistics::of(&rows, by).unwrap());
    assert_eq!((theirs.totals.recovered, others.totals.recovered), (1, 1));
    assert!(theirs.sources[0].contains("our audit of 2025"));
    assert!(others.sources[0].contains("set by the clinical board"));
}

/// What of it is changed into what, and how the line of the refusal begins, after the name of the file.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "measure = \"phq-9\"",
        "measure = \"phq9\"",
        "2: thresholds: measure is \"phq9\"; there is no such form here; write one of phq-9, gad-7, ",
    ),
    (
        "measure = \"phq-9\"\n",
        "",
        "1: thresholds: measure is missing; write one of phq-9, gad-7, ",
    ),
    (
        "points = 5",
        "points = -2",
        "4: phq-9: reliable.points is -2; write a number above 0 and no more than 27; the total goes from 0 to 27",
    ),
    (
        "points = 5",
        "points = 0",
        "4: phq-9: reliable.points is 0; write a number above 0",
    ),
    (
        "points = 5",
        "points = nan",
        "4: phq-9: reliable.points is nan; write a number above 0",
    ),
    (
        "points = 5",
        "points = 28",
        "4: phq-9: reliable.points is 28; write a number above 0",
    ),
    (
        "points = 5",
        "points = \"five\"",
        "4: phq-9: reliable.points is \"five\"; write a number above 0",
    ),
    (
        "points = 5, ",
        "",
        "4: phq-9: reliable.points is missing; write a number above 0",
    ),
    (
        "from = 11",
        "from = 28",
        "5: phq-9: caseness.from is 28; write a score; the total goes from 0 to 27",
    ),
    (
        ", source = \"board\"",
        "",
        "4: phq-9: reliable.source is missing; name the [[source]] that the number is from by its id",
    ),
    (
        "source = \"board\"",
        "source = \"bored\"",
        "4: phq-9: reliable.source is \"bored\"; add a [[source]] with this id, or correct it",
    ),
    (
        "{ points = 5, source = \"board\" }",
        "5",
        "4: phq-9: reliable is 5; write { points = NUMBER, source = \"ID\" }",
    ),
    (
        "reliable =",
        "relible =",
        "4: phq-9: relible is no field; take it out, or correct it: there are measure, set_by, groups, reliable, caseness, early",
    ),
    (
        "points = 5,",
        "points = 5, sd = 3,",
        "4: phq-9: reliable.sd is no field; take it out, or correct it: there are points, source",
    ),
    (
        "set_by = \"the clinical board\"",
        "",
        "1: phq-9: set_by is missing; say who sets these numbers, for example “the trauma programme”",
    ),
    (
        "set_by = \"the clinical board\"",
        "set_by = \" \"",
        "3: phq-9: set_by is \" \"; say who sets these numbers",
    ),
    (
        "[\"3k7m2q9xwz\", \"8h2d5tn0vb\"]",
        "[]",
        "10: phq-9: groups is []; write a list of the names",
    ),
    (
        "\"8h2d5tn0vb\"",
        "8",
        "10: phq-9: groups is 8; write a list of the names",
    ),
    (
        "\"8h2d5tn0vb\"",
        "\"3k7m2q9xwz\"",
        "7: phq-9: there are numbers for the group “3k7m2q9xwz” above; put them together",
    ),
    (
        "groups = [\"3k7m2q9xwz\", \"8h2d5tn0vb\"]\n",
        "",
        "7: phq-9: there are numbers for every group above; put them together, or name groups",
    ),
    (
        "[3, 5]",
        "[5, 3]",
        "12: phq-9: early.weeks is [5, 3]; write the first and the last week",
    ),
    (
        "[3, 5]",
        "[3]",
        "12: phq-9: early.weeks is [3]; write the first and the last week",
    ),
    (
        "doubtful = 1.5",
        "doubtful = 4.5",
        "12: phq-9: early.doubtful is 4.5; write no more than adequate, which is 4",
    ),
    (
        "adequate = 4",
        "adequate = -4",
        "12: phq-9: early.adequate is -4; write a number above 0 and no more than 27",
    ),
    (
        "set_by = \"the clinical board\"\nreliable = { points = 5, source = \"board\" }\n\n",
        "set_by = \"the clinical board\"\ncaseness = { from = 13, source = \"board\" }\n\n",
        "14: k6: reliable is missing; this form has no threshold of its own",
    ),
    (
        "set_by = \"the clinical board\"\nreliable = { points = 5, source = \"board\" }\n\n",
        "set_by = \"the clinical board\"\n\n",
        "14: k6: sets nothing; write reliable, caseness or early",
    ),
    (
        "cite = \"our audit of 2025\"\n",
        "",
        "23: source “audit”: cite is missing; say what the text is",
    ),
    (
        "seen = 2026-02-01",
        "seen = \"last year\"",
        "27: source “audit”: seen is \"last year\"; write the day on which you read it",
    ),
    (
        "id = \"audit\"",
        "id = \"board\"",
        "24: source “board”: id is \"board\"; it is there twice; give this one another",
    ),
    (
        "[[source]]\nid = \"board\"",
        "[[source]]\nid = \"law\"\ncite = \"a law\"\n\n[[source]]\nid = \"board\"",
        "19: no number names the source “law”; take it out",
    ),
    (
        "[[source]]\nid = \"board\"",
        "[[sources]]\nid = \"board\"",
        "19: sources is no field; take it out, or correct it: there are thresholds, source",
    ),
    ("set_by = ", "set_by ", "3: "),
];

#[test]
fn what_is_wrong_is_told_with_file_measure_field_value_and_what_to_do() {
    for (from, to, expected) in WRONG {
        assert!(SET.contains(from), "{from}");
        let told = refused(&SET.replacen(from, to, 1));
        let expected = format!("{}:{expected}", programmes::FILE);
        assert!(
            told.lines().any(|line| line.starts_with(&expected)),
            "{from} -> {to}:\n{told}\nis not\n{expected}"
        );
    }
    let told = refused("thresholds = 3");
    assert!(
        told.contains("thresholds is 3; write [[thresholds]] above the fields of each"),
        "{told}"
    );
    assert!(set("").is_ok());
}

#[test]
fn a_form_without_a_total_has_no_threshold_and_no_form_takes_the_name_of_the_file() {
    let form = r#"{"resourceType":"Questionnaire","title":"Ours","item":[]}"#;
    let own = |name| Pair {
        name,
        form,
        sidecar: None,
    };
    let with = |name| Measures::bundled().unwrap().with([own(name)]);
    let text = SET.replace("\"k6\"", "\"own\"");
    let told = with("own")
        .unwrap()
        .set_by_programmes(&text)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("own: the form has no total to judge; add a [[scale]] to own.toml, or take this out"),
        "{told}"
    );
    let told = with("thresholds").unwrap_err().to_string();
    assert!(
        told.starts_with("thresholds.json: no form can have this name"),
        "{told}"
    );
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let page = include_str!("../../../../docs/formats/thresholds.md");
    let example = page.split("```toml\n").nth(1).unwrap();
    let measures = set(example.split("```").next().unwrap()).unwrap();
    let pcl = measures.get("pcl-5").unwrap();
    let [theirs, others] = [Some("3k7m2q9xwz"), None].map(|group| pcl.thresholds(group).unwrap());
    assert_eq!(theirs.judge(45.0, 32.0).class, Class::Unchanged);
    assert_eq!(theirs.judge(47.0, 32.0).class, Class::Recovered);
    assert_eq!(others.judge(45.0, 32.0).class, Class::Improved);
}
