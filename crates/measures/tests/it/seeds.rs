//! Every seed of the fuzzers is read, so that what was found once stays mended.

use std::path::Path;

use measures::fhirpath::{Expression, On};
use measures::{Form, Response, Sheet};

/// The seeds of a target, with their names.
fn seeds(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let files = std::fs::read_dir(&folder).unwrap().flatten();
    let seeds: Vec<_> = files
        .map(|file| {
            (
                file.file_name().to_string_lossy().into_owned(),
                std::fs::read(file.path()).unwrap(),
            )
        })
        .collect();
    assert!(seeds.len() >= 3);
    seeds
}

#[test]
fn forms_and_answers_are_read_or_refused() {
    let mut read = 0;
    for (name, seed) in seeds("fuzz/corpus/questionnaire") {
        let mut parts = seed.splitn(2, |byte| *byte == 0);
        let Ok(form) = Form::read(parts.next().unwrap()) else {
            continue;
        };
        let blank = Sheet::blank(&form).unwrap();
        Response::read(blank.to_json().to_string().as_bytes()).unwrap();
        let response = Response::read(parts.next().unwrap()).unwrap();
        let sheet = Sheet::new(&form, &response).unwrap();
        let written = sheet.to_json();
        let again = Response::read(written.to_string().as_bytes()).unwrap();
        assert_eq!(Sheet::new(&form, &again).unwrap().to_json(), written, "{name}");
        read += 1;
    }
    assert!(read >= 3, "{read}");
}

#[test]
fn expressions_give_values_or_an_error_in_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let form = Form::read(&std::fs::read(folder.join("form.json")).unwrap()).unwrap();
    let resource = serde_json::from_slice(&std::fs::read(folder.join("response.json")).unwrap()).unwrap();
    let on = On {
        form: &form,
        resource: &resource,
        context: &resource,
    };
    let mut compiled = 0;
    for (name, seed) in seeds("fuzz/corpus/fhirpath") {
        match Expression::compile(&String::from_utf8(seed).unwrap(), &["score"]) {
            Ok(expression) => {
                compiled += 1;
                let _ = expression.evaluate(on);
            }
            Err(wrong) => assert!(wrong.column >= 1 && !wrong.why.is_empty(), "{name}"),
        }
    }
    assert!(compiled >= 5, "{compiled}");
}
