//! What coming costs.

use serde::{Deserialize, Serialize};

use crate::text::Line;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    pub fee: Fee,
    /// Whether health insurance may pay.
    #[serde(default)]
    pub insurance: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fee {
    Free,
    /// Free; a contribution is welcome.
    Contribution,
    PerSession(Money),
    Sliding {
        from: Money,
        to: Money,
    },
}

/// An amount in the smallest unit of a currency (cents), with its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub cents: u32,
    pub currency: Currency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Usd,
    Cad,
    Eur,
    Gbp,
}

impl Money {
    pub fn usd(dollars: u32) -> Self {
        Self {
            cents: dollars * 100,
            currency: Currency::Usd,
        }
    }
}
