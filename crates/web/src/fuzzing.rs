//! What fuzzers try: query strings as they come. No part of the site.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate};
use domain::topics::Catalogue;
use finder::Snapshot;

use crate::finding::{Asked, Near};

/// `/client_interface/json/` on a few meetings: the answers to every switcher, or the parameter that is wrong.
pub fn bmlt_query(query: &str) -> Result<String, String> {
    crate::publishing::bmlt::tried(query)
}

/// `/groups` and `/api/groups`: what was asked, as a link that asks the same; or the parameters that are wrong.
pub fn finder_query(query: &str) -> Result<String, Vec<&'static str>> {
    static NOBODY: LazyLock<Snapshot> = LazyLock::new(|| {
        Snapshot::new(
            Vec::new(),
            Arc::new(Catalogue::default()),
            DateTime::UNIX_EPOCH,
            NaiveDate::default(),
        )
    });
    let asked = Asked::read(query);
    let link = asked.link("/groups");
    let near = match asked.resolve() {
        Near::Here(place) => Some(place.point),
        Near::Nowhere | Near::Several(_) | Near::Unknown(_) => None,
    };
    let problems: Vec<&'static str> = asked.problems.iter().map(|problem| problem.parameter).collect();
    let asked = asked.on(DateTime::UNIX_EPOCH, near);
    NOBODY.find(&asked.query(near), DateTime::UNIX_EPOCH);
    if problems.is_empty() {
        Ok(link)
    } else {
        Err(problems)
    }
}
