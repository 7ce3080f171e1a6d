//! `sameboat measure` as a person or a program runs it.

use std::process::{Command, Output};

use serde_json::{Value, json};

fn measure(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sameboat"));
    command.arg("measure").args(arguments).output().unwrap()
}

fn json_of(arguments: &[&str]) -> Value {
    let output = measure(&[arguments, &["--json"]].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = measure(arguments);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

const NORMS: [&str; 10] = [
    "--mean0",
    "60",
    "--sd0",
    "7.5",
    "--mean1",
    "40",
    "--sd1",
    "7.5",
    "--reliability",
    "0.8",
];

#[test]
fn a_change_is_judged_by_the_norms_of_two_groups() {
    let verdict = json_of(&[&["change"], NORMS.as_slice(), &["32.5", "47.5"]].concat());
    let keys: Vec<&String> = verdict.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 9, "{keys:?}");
    let near = |key: &str, expected: f64| (verdict[key].as_f64().unwrap() - expected).abs() < 0.005;
    assert!(near("a", 55.0) && near("b", 45.0) && near("c", 50.0), "{verdict}");
    assert!(
        near("se", 3.35) && near("sdiff", 4.74) && near("rci", 3.16) && near("threshold", 9.30),
        "{verdict}"
    );
    assert_eq!(
        (&verdict["reliable"], &verdict["class"]),
        (&json!(true), &json!("improved"))
    );
}

#[test]
fn a_file_gives_a_class_for_each_row_and_totals() {
    let folder = tempfile::tempdir().unwrap();
    let rows = file(&folder, "f.csv", "id,pre,post\na,18,4\nb,18,11\nc,5,12\n");
    let table = json_of(&["change", "--form", "phq-9", "--file", &rows]);
    let classes: Vec<&str> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["class"].as_str().unwrap())
        .collect();
    assert_eq!(classes, ["recovered", "improved", "harmed"]);
    assert_eq!(table["totals"]["recovered"], 1);
    assert_eq!(table["classes"].as_array().unwrap().len(), 3);
    for said in [&table["classes"][0]["plain"], &table["sources"][0]] {
        assert!(said.as_str().is_some_and(|said| !said.is_empty()), "{table}");
    }
    let wrong = file(&folder, "wrong.csv", "id,pre,post\na,18,4\nb,18,40\n");
    let told = refused(&["change", "--form", "phq-9", "--file", &wrong]);
    assert!(
        told.contains("row 3: column “post” is 40; the total goes from 0 to 27"),
        "{told}"
    );
}

#[test]
fn a_series_of_a_form_tells_what_to_talk_about_and_by_which_source() {
    let series = json_of(&["change", "--form", "phq-9", "18", "15", "14", "9"]);
    assert_eq!(series["scores"][3]["class"], "recovered");
    assert_eq!(series["signals"], json!([]));
    assert_eq!(
        (&series["scores"][0]["plain"], &series["scores"][0]["sources"]),
        (&Value::Null, &json!([]))
    );
    // The second is unchanged: of it no cut-off tells anything.
    for (place, sources) in [(1, 1), (3, 2)] {
        let seen = &series["scores"][place];
        assert!(
            seen["plain"].as_str().is_some_and(|said| said.contains("sk ")),
            "{seen}"
        );
        assert_eq!(seen["sources"].as_array().unwrap().len(), sources, "{seen}");
    }
    let series = json_of(&["change", "--form", "phq-9", "12", "18"]);
    assert_eq!(series["signals"][0]["signal"], "deterioration");
    assert!(!series["signals"][0]["source"].as_str().unwrap().is_empty());
    assert!(refused(&["change", "--form", "k6", "5", "9"]).contains("no threshold of change"));
    assert!(refused(&["change", "--form", "phq-9", "5", "60"]).contains("60 is not a score of PHQ-9"));
    assert!(refused(&["change", "5", "6"]).contains("say how change is judged"));
}

#[test]
fn a_programmes_own_thresholds_stand_in_place_of_the_measures_and_say_whose_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let set = r#"
[[thresholds]]
measure = "phq-9"
set_by = "the clinical board"
caseness = { from = 9, source = "board" }

[[thresholds]]
measure = "phq-9"
set_by = "the mood programme"
groups = ["3k7m2q9xwz"]
reliable = { points = 5, source = "board" }

[[source]]
id = "board"
cite = "minutes of 2026-03-02"
"#;
    file(&folder, "thresholds.toml", set);
    let there = folder.path().display().to_string();
    let judged = |more: &[&str]| {
        let series = json_of(
            &[
                &["change", "--form", "phq-9", "--folder", &there, "13", "8"],
                more,
            ]
            .concat(),
        );
        (series["scores"][1]["class"].clone(), series["sources"].clone())
    };
    let (class, sources) = judged(&[]);
    assert_eq!(class, "unchanged");
    assert!(
        sources[0].as_str().unwrap().starts_with("reliable change 6: NHS"),
        "{sources}"
    );
    let board =
        "clinical range from 9: the programme’s own, set by the clinical board: minutes of 2026-03-02";
    assert_eq!(sources[1], board);
    let (class, sources) = judged(&["--group", "3k7m2q9xwz"]);
    assert_eq!(class, "recovered");
    let mood = "reliable change 5: the programme’s own, set by the mood programme: minutes of 2026-03-02";
    assert_eq!(sources, json!([mood, board]));
    let list = json_of(&["list", "--folder", &there]);
    let phq = &list["measures"][0];
    assert_eq!(phq["thresholds"]["caseness"]["points"], 9.0);
    assert_eq!(phq["programmes"]["3k7m2q9xwz"]["reliable"]["points"], 5.0);
    file(&folder, "thresholds.toml", &set.replace("from = 9", "from = 90"));
    let told = refused(&["change", "--form", "phq-9", "--folder", &there, "13", "8"]);
    assert!(
        told.contains(
            "thresholds.toml:5: phq-9: caseness.from is 90; write a score; the total goes from 0 to 27"
        ),
        "{told}"
    );
}

#[test]
fn sudden_gains_are_found_in_a_file_of_sessions() {
    let folder = tempfile::tempdir().unwrap();
    let sessions = file(
        &folder,
        "g.csv",
        "id,s1,s2,s3,s4,s5,s6\na,32,31,33,5,6,7\nb,32,31,,5,6,7\n",
    );
    let found = json_of(&["gains", "--cutoff", "7", &sessions]);
    assert_eq!(found, json!({"gains": [{"id": "a", "after_session": 3}]}));
}

#[test]
fn goals_have_one_t_score() {
    let t = json_of(&["goals", "--rho", "0.3", "4:1", "2:0", "1:-1"])["t"]
        .as_f64()
        .unwrap();
    assert_eq!(format!("{t:.2}"), "55.53");
    assert!(refused(&["goals", "1:3"]).contains("“1:3”: the attainment is 3"));
}

#[test]
fn every_form_is_listed_with_its_licence_and_an_own_one_too() {
    let list = json_of(&["list"]);
    let names: Vec<&str> = list["measures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|measure| measure["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "phq-9",
            "gad-7",
            "phq-4",
            "phq-2",
            "pcl-5",
            "pc-ptsd-5",
            "k6",
            "check-in"
        ]
    );
    let folder = tempfile::tempdir().unwrap();
    file(
        &folder,
        "own.json",
        r#"{"resourceType":"Questionnaire","title":"Ours","item":[]}"#,
    );
    let with = json_of(&["list", "--folder", &folder.path().display().to_string()]);
    assert_eq!(with["measures"][8]["title"], "Ours");
    assert_eq!(with["measures"][8]["tier"], "C");
    file(&folder, "own.toml", "name = \"x\"\n");
    let told = refused(&["list", "--folder", &folder.path().display().to_string()]);
    assert!(told.contains("own.toml:1: missing field"), "{told}");
}

/// Answers to the PHQ-9 by its linkIds, in LOINC's codes.
fn response(answers: &[usize]) -> String {
    const CODES: [&str; 4] = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];
    let items: Vec<Value> = answers
        .iter()
        .enumerate()
        .map(|(place, answer)| {
            json!({ "linkId": format!("q{}", place + 1), "answer": [{ "valueCoding": { "system": "http://loinc.org", "code": CODES[*answer] } }] })
        })
        .collect();
    json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://sameboat.org/fhir/Questionnaire/phq-9",
        "status": "completed",
        "item": items,
    })
    .to_string()
}

#[test]
fn a_response_is_scored_with_its_band_and_its_risk() {
    let folder = tempfile::tempdir().unwrap();
    let answers = file(&folder, "response.json", &response(&[2, 2, 2, 1, 1, 1, 1, 1, 0]));
    assert_eq!(
        json_of(&["score", "phq-9", &answers]),
        json!({ "scores": [{ "name": "PHQ-9 total", "value": 11.0, "band": "moderate" }], "risk": [] })
    );
    let danger = file(&folder, "danger.json", &response(&[0, 0, 0, 0, 0, 0, 0, 0, 1]));
    let scored = json_of(&["score", "phq-9", &danger]);
    assert_eq!(scored["risk"][0]["link_id"], "q9");
    assert_eq!(scored["risk"][0]["kind"], "self-harm");
    let told = String::from_utf8(measure(&["score", "phq-9", &danger]).stdout).unwrap();
    assert!(told.contains("RISK: q9"), "{told}");
    let few = file(&folder, "few.json", &response(&[3, 3]));
    assert_eq!(
        json_of(&["score", "phq-9", &few])["scores"][0]["value"],
        Value::Null
    );
}

#[test]
fn a_question_about_danger_without_an_answer_is_told_and_an_estimate_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let seven = file(&folder, "seven.json", &response(&[3; 7]));
    assert_eq!(
        json_of(&["score", "phq-9", &seven]),
        json!({
            "scores": [{ "name": "PHQ-9 total", "value": 27.0, "band": "severe", "estimated": true }],
            "risk": [],
            "unanswered_risk": [{ "link_id": "q9", "kind": "self-harm", "at_least": 1.0 }],
        })
    );
    let told = String::from_utf8(measure(&["score", "phq-9", &seven]).stdout).unwrap();
    for said in [
        "PHQ-9 total: 27, severe. 2 questions without an answer; the score is estimated from the others.",
        "NOT ANSWERED: q9 (self-harm).",
    ] {
        assert!(told.contains(said), "{told}");
    }
    let whole = file(&folder, "whole.json", &response(&[0; 9]));
    let told = String::from_utf8(measure(&["score", "phq-9", &whole]).stdout).unwrap();
    assert_eq!(told, "PHQ-9 total: 0, minimal\n");
}

#[test]
fn a_check_tells_which_questions_are_about_danger_and_refuses_a_mark_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/../measures/forms/phq-9.json");
    let report = json_of(&["check", bundled]);
    assert_eq!(report["ignored"], json!([]));
    assert_eq!(report["risks"][0]["link_id"], "q9");
    let told = String::from_utf8(measure(&["check", bundled]).stdout).unwrap();
    assert!(
        told.contains("Tells of danger: q9 (self-harm, from 1 on)") && !told.contains("Left out"),
        "{told}"
    );
    let form = std::fs::read_to_string(bundled).unwrap();
    for (from, to, why) in [
        (
            "\"self-harm\"",
            "\"sadness\"",
            "the risk extension is of kind “sadness”",
        ),
        (
            "StructureDefinition/risk",
            "StructureDefinition/Risk",
            "write https://sameboat.org/fhir/StructureDefinition/risk",
        ),
    ] {
        let bad = file(&folder, "bad.json", &form.replace(from, to));
        let output = measure(&["check", &bad]);
        assert!(!output.status.success());
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains(".extension[0]: ") && told.contains(why), "{told}");
    }
}

#[test]
fn what_cannot_be_scored_is_refused_by_item() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = response(&[1; 9]).replacen("LA6569-3", "LA0-0", 1);
    let wrong = file(&folder, "wrong.json", &wrong);
    let said = refused(&["score", "phq-9", &wrong]);
    assert!(said.contains("q1") && said.contains("nothing was"), "{said}");
    let cut = file(&folder, "cut.json", &response(&[1; 9])[..40]);
    assert!(refused(&["score", "phq-9", &cut]).contains("no response"));
    assert!(refused(&["score", "nothing", &cut]).contains("there is no form"));
}

#[test]
fn a_check_tells_what_is_understood_and_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let form = json!({
        "resourceType": "Questionnaire", "status": "active", "title": "Two questions",
        "item": [
            { "linkId": "a", "type": "integer", "text": "How many?" },
            { "linkId": "sum", "type": "integer", "readOnly": true, "extension": [{
                "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                "valueExpression": { "language": "text/fhirpath", "expression": "%resource.item.where(linkId = 'a').answer.value" }
            }] },
        ],
    });
    let good = file(&folder, "good.json", &form.to_string());
    let report = json_of(&["check", &good]);
    assert_eq!(
        (&report["questions"], &report["scores"]),
        (&json!(1), &json!(["sum"]))
    );
    let bad = file(
        &folder,
        "bad.json",
        &form.to_string().replace("text/fhirpath", "text/cql"),
    );
    let output = measure(&["check", &bad, "--json"]);
    assert!(!output.status.success());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        told["problems"][0]["path"].as_str().unwrap().contains("item[1]"),
        "{told}"
    );
}
