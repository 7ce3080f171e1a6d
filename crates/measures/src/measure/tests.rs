use super::*;

const FORM: &str = r#"{"resourceType":"Questionnaire","title":"Two","copyright":"ours","item":[
 {"linkId":"a","type":"choice","answerOption":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}],"valueCoding":{"code":"x"}}]},
 {"linkId":"b","type":"choice"},
 {"linkId":"total","type":"decimal","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression","valueExpression":{}}]}]}"#;

const SIDECAR: &str = r#"name = "Two"
about = "two things"
standing = "published"
tier = "A"
licence = "free"
licence_texts = ["cc0.txt"]
wording = "here"

[answers]
lowest = 0
highest = 3

[[scale]]
id = "total"
name = "Total"
items = ["a", "b"]
method = "sum"
direction = "higher-is-worse"
bands = [{ from = 0, name = "low", plain = "Low." }]
bands_source = "s"

[[source]]
id = "s"
cite = "someone"
"#;

fn pair<'a>(form: &'a str, sidecar: &'a str) -> Pair<'a> {
    Pair {
        name: "two",
        form,
        sidecar: Some(sidecar),
    }
}

fn said(result: Result<Measure, Slips>) -> String {
    result.map_or_else(|slips| slips.to_string(), |measure| measure.name)
}

#[test]
fn every_bundled_measure_is_of_tier_a_and_has_the_text_of_its_licence() {
    let measures = Measures::bundled().unwrap();
    assert_eq!(measures.all().len(), 8);
    for measure in measures.all() {
        assert_eq!(measure.tier, Tier::A, "{}", measure.name);
        assert!(
            measure.licence_texts.iter().all(|text| text.len() > 100),
            "{}",
            measure.name
        );
        assert!(!measure.licence_texts.is_empty(), "{}", measure.name);
        assert!(measure.scoring.is_some(), "{}", measure.name);
        if measure.form.contains("http://loinc.org") {
            assert!(
                measure.licence_texts.iter().any(|text| text.starts_with("LOINC")),
                "{}",
                measure.name
            );
        }
    }
    let list = measures.list();
    assert_eq!(list[0].name, "phq-9");
    assert_eq!(list[0].items, 10);
    assert_eq!(list[0].range, Some((0.0, 27.0)));
    let checked: Vec<_> = list
        .iter()
        .filter(|line| !line.validated)
        .map(|line| line.name)
        .collect();
    assert_eq!(checked, ["check-in"]);
}

#[test]
fn the_bundle_refuses_what_is_not_free_to_hand_on() {
    assert_eq!(said(Measure::bundle(pair(FORM, SIDECAR))), "two");
    for tier in ["B", "C"] {
        let text = SIDECAR.replace("tier = \"A\"", &format!("tier = \"{tier}\""));
        assert_eq!(
            said(Measure::bundle(pair(FORM, &text))),
            "two.toml:4: only tier A is bundled; take the file out, and let organisations load their own"
        );
    }
    let text = SIDECAR.replace("licence_texts = [\"cc0.txt\"]\n", "");
    let told = said(Measure::bundle(pair(FORM, &text)));
    assert!(
        told.contains("a bundled form needs the text of its licence"),
        "{told}"
    );
    let coded = FORM.replace(r#""code":"x""#, r#""system":"http://loinc.org","code":"x""#);
    let told = said(Measure::bundle(pair(&coded, SIDECAR)));
    assert!(told.contains("name loinc.txt"), "{told}");
    let told = said(Measure::bundle(pair(&FORM.replace("ours", ""), SIDECAR)));
    assert!(told.contains("no “copyright”"), "{told}");
    let told = said(Measure::bundle(Pair {
        name: "two",
        form: FORM,
        sidecar: None,
    }));
    assert!(told.contains("needs a sidecar"), "{told}");
}

#[test]
fn an_organisation_may_load_tier_c_but_not_d() {
    let text = SIDECAR
        .replace("tier = \"A\"", "tier = \"C\"")
        .replace("licence_texts = [\"cc0.txt\"]\n", "");
    assert_eq!(Measure::own(pair(FORM, &text)).unwrap().tier, Tier::C);
    let told = said(Measure::own(pair(
        FORM,
        &SIDECAR.replace("tier = \"A\"", "tier = \"D\""),
    )));
    assert_eq!(
        told,
        "two.toml:4: tier D needs a signed licence for electronic use; with one, write tier C and name the licence"
    );
}

#[test]
fn a_form_without_a_sidecar_is_shown_without_bands() {
    let measure = Measure::own(Pair {
        name: "two",
        form: FORM,
        sidecar: None,
    })
    .unwrap();
    assert_eq!((measure.tier, measure.standing), (Tier::C, Standing::Unknown));
    assert!(measure.scoring.is_none() && measure.thresholds.is_none());
    assert!(!measure.listed().validated);
}

#[test]
fn what_a_sidecar_has_wrong_is_told_with_line_and_what_to_do() {
    for (from, to, expected) in [
        (
            "lowest = 0",
            "lowest = 0\nlowes = 1",
            "two.toml:11: unknown field `lowes`",
        ),
        (
            "\"a\", \"b\"",
            "\"a\", \"c\"",
            "two.toml:16: the form has no question “c”",
        ),
        ("\"a\", \"b\"", "\"a\", \"a\"", "two.toml:16: “a” is there twice"),
        (
            "id = \"total\"",
            "id = \"sum\"",
            "two.toml:14: the form has no calculated item “sum”",
        ),
        (
            "from = 0,",
            "from = 1,",
            "two.toml:19: bands begin at 0, rise, and stay below 6",
        ),
        ("highest = 3", "highest = 2", "has an option of value 3"),
        (
            "highest = 3",
            "highest = 0",
            "two.toml:11: the highest answer must be more than the lowest",
        ),
        (
            "bands_source = \"s\"",
            "bands_source = \"t\"",
            "two.toml:20: there is no source “t”",
        ),
        (
            "bands_source = \"s\"",
            "",
            "two.toml:14: the scale has bands and no bands_source",
        ),
        (
            "method = \"sum\"",
            "method = \"product\"",
            "two.toml:17: unknown variant `product`",
        ),
        (
            "items = [\"a\", \"b\"]",
            "items = []",
            "two.toml:14: the scale has no items",
        ),
        ("tier = \"A\"", "tier = \"E\"", "two.toml:4: there is no tier “E”"),
        ("cc0.txt", "cc1.txt", "two.toml:6: there is no text “cc1.txt”"),
        ("name = \"Two\"", "name = ", "two.toml:1: "),
    ] {
        let told = said(Measure::own(pair(FORM, &SIDECAR.replacen(from, to, 1))));
        assert!(told.contains(expected), "{from} -> {to}: {told}");
    }
}

#[test]
fn a_form_that_cannot_be_read_is_told_with_its_line() {
    for (form, expected) in [
        ("{\n\"a\":", "two.json:2: is not JSON"),
        ("", "two.json:1: is not JSON"),
        ("[]", "two.json: is not a FHIR Questionnaire"),
        (
            "{\"resourceType\":\"Patient\"}",
            "two.json: is not a FHIR Questionnaire",
        ),
    ] {
        let told = said(Measure::own(pair(form, SIDECAR)));
        assert!(told.starts_with(expected), "{form}: {told}");
    }
    let deep = "{\"item\":[".repeat(60) + &"]}".repeat(60);
    let deep = deep.replacen('{', "{\"resourceType\":\"Questionnaire\",", 1);
    let told = said(Measure::own(pair(&deep, SIDECAR)));
    assert!(told.contains("nests its items deeper than 32"), "{told}");
}

#[test]
fn a_risk_of_an_unknown_kind_is_no_form() {
    let marked = |kind: &str, least: &str| {
        let mark = format!(
            r#""linkId":"b","extension":[{{"url":"{}","extension":[{{"url":"kind","valueCode":"{kind}"}},{least}]}}]"#,
            outline::RISK
        );
        FORM.replace(r#""linkId":"b""#, &mark)
    };
    let least = r#"{"url":"atLeast","valueDecimal":1}"#;
    assert_eq!(
        Measure::own(pair(&marked("self-harm", least), SIDECAR))
            .unwrap()
            .risks
            .len(),
        1
    );
    let told = said(Measure::own(pair(&marked("sadness", least), SIDECAR)));
    assert!(
        told.contains("of kind “sadness”; write one of self-harm"),
        "{told}"
    );
    let told = said(Measure::own(pair(
        &marked("self-harm", r#"{"url":"at"}"#),
        SIDECAR,
    )));
    assert!(told.contains("needs “atLeast”"), "{told}");
}

#[test]
fn a_measure_never_takes_the_name_of_another() {
    let own = Pair {
        name: "phq-9",
        form: FORM,
        sidecar: None,
    };
    let told = Measures::bundled().unwrap().with([own]).unwrap_err().to_string();
    assert_eq!(
        told,
        "phq-9.json: there is a measure “phq-9” already; give this file another name"
    );
}
