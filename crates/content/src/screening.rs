//! `screening.toml`: what is asked before the conversation.

use std::collections::BTreeSet;

use domain::joining::Question;
use serde::Deserialize;
use toml::Spanned;

use crate::files::{Files, Slip};

pub(crate) const PATH: &str = "screening.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    question: Vec<Spanned<Question>>,
}

pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Vec<Question> {
    let sheet = files.sheet(PATH, slips);
    let Some((sheet, file)) = sheet.and_then(|sheet| Some((sheet, sheet.toml::<File>(slips)?))) else {
        return Vec::new();
    };
    let mut ids = BTreeSet::new();
    for question in &file.question {
        let id = &question.get_ref().id;
        if !ids.insert(id.clone()) {
            let what = format!("the question “{id}” is there twice; give one of them another id");
            slips.push(sheet.slip(question.span(), what));
        }
    }
    file.question.into_iter().map(Spanned::into_inner).collect()
}
