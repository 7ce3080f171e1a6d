//! What a check of a form tells: what was understood, what was left out, and what is not checked.

use serde::Serialize;

use super::Form;
use crate::problem::Problem;
use crate::risk::RiskItem;

/// For `measure check`.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub title: Option<String>,
    pub url: Option<String>,
    pub version: Option<String>,
    pub copyright: Option<String>,
    pub items: usize,
    pub questions: usize,
    /// linkIds of what is computed.
    pub scores: Vec<String>,
    /// The questions that tell of danger, and from which answer on.
    pub risks: Vec<RiskItem>,
    /// Extensions and fields that change no meaning.
    pub ignored: Vec<String>,
    /// What one should know: rules that are not checked, expressions that speak of items that are not there.
    pub notes: Vec<Problem>,
}

impl Form {
    pub fn report(&self) -> Report {
        let calculated = self.items.iter().filter(|item| item.calculated.is_some());
        Report {
            title: self.title.clone().or_else(|| self.name.clone()),
            url: self.url.clone(),
            version: self.version.clone(),
            copyright: self.copyright.clone(),
            items: self.items.len(),
            questions: self.items.iter().filter(|item| item.is_asked()).count(),
            scores: calculated.map(|item| item.link_id.clone()).collect(),
            risks: self.risks.clone(),
            ignored: self.ignored.clone(),
            notes: self.notes.clone(),
        }
    }
}
