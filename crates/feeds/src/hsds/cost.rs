//! What a service costs.

use domain::groups::{Cost, Currency, Fee, Money};
use serde_json::{Map, Value};

use super::pieces::objects;
use crate::kept::{cleaned, line};
use crate::value::Fields;

/// What its cost options come to: one amount, or from the least to the most.
pub(super) fn cost(service: &Map<String, Value>, notes: &mut Vec<String>) -> Option<Cost> {
    let mut amounts = Vec::new();
    let mut note = None;
    for told in objects(service, "cost_options") {
        let fields = Fields(told);
        note = note.or_else(|| cleaned(&fields, "amount_description", notes).and_then(|text| line(&text)));
        let Some(amount) = fields
            .number("amount")
            .filter(|amount| (0.0..1_000_000.0).contains(amount))
        else {
            continue;
        };
        let currency = match fields
            .text("currency")
            .unwrap_or_default()
            .to_uppercase()
            .as_str()
        {
            "USD" => Currency::Usd,
            "CAD" => Currency::Cad,
            "EUR" => Currency::Eur,
            "GBP" => Currency::Gbp,
            // Nothing is nothing in any currency.
            _ if amount == 0.0 => Currency::Usd,
            other => {
                notes.push(format!("a cost in “{other}” cannot be said; left out"));
                continue;
            }
        };
        let Ok(cents) = format!("{:.0}", amount * 100.0).parse() else {
            continue;
        };
        amounts.push(Money { cents, currency });
    }
    amounts.sort_by_key(|amount| amount.cents);
    let (from, to) = (*amounts.first()?, *amounts.last()?);
    let fee = match () {
        () if to.cents == 0 => Fee::Free,
        () if from == to => Fee::PerSession(from),
        () => Fee::Sliding { from, to },
    };
    Some(Cost {
        fee,
        insurance: false,
        note,
    })
}
