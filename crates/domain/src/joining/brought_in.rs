//! Someone who was in a group already when it came here. They are counted apart: what was not recorded here is not claimed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::{Line, TextError};

/// Since when someone is a member, and who screened them, outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtIn {
    pub since: NaiveDate,
    /// By whom the screening was done, elsewhere.
    pub screened_by: Line,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BroughtInError {
    #[error("Say who screened this person; their name {0}.")]
    By(TextError),
    #[error("“{0}” is no day. Write it as 2026-03-09.")]
    NoDay(String),
    #[error("{0} is yet to come. Who joins from now on asks for a place and is screened here.")]
    Later(NaiveDate),
}

impl BroughtIn {
    pub fn new(since: &str, screened_by: &str, today: NaiveDate) -> Result<Self, BroughtInError> {
        let screened_by = Line::parse(screened_by).map_err(BroughtInError::By)?;
        let since: NaiveDate = since
            .trim()
            .parse()
            .map_err(|_| BroughtInError::NoDay(since.trim().chars().take(40).collect()))?;
        if since > today {
            return Err(BroughtInError::Later(since));
        }
        Ok(Self { since, screened_by })
    }
}
