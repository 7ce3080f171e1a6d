//! Reading Meeting Guide feeds: files of one programme, one after another.

use std::collections::HashMap;

use chrono_tz::Tz;
use domain::groups::WebPage;
use domain::text::Line;
use feeds::meeting_guide::{self, FeedError, Reading};
use store::imports::Staged;

use crate::settings::Settings;

use super::{Arguments, GroupRow, ImportError, Rows, bytes};

/// The programme, and every row of all files.
pub(super) fn read(settings: &Settings, arguments: &Arguments) -> Result<(String, Rows), ImportError> {
    let programme = arguments.programme.as_deref().unwrap_or_default().trim();
    let how = Reading {
        programme: Line::parse(programme).map_err(ImportError::Programme)?,
        zone: zone(arguments.zone.as_deref().unwrap_or_default())?,
        page: arguments
            .page
            .as_deref()
            .map(WebPage::parse)
            .transpose()
            .map_err(ImportError::Page)?,
        topics: topics(settings, &arguments.topics)?,
    };
    let mut all: Vec<GroupRow> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for path in &arguments.files {
        let file = path.display().to_string();
        let bytes = bytes(path, |file, size| ImportError::Feed {
            file,
            why: FeedError::TooLarge(size),
        })?;
        let rows = meeting_guide::read(&bytes, &how).map_err(|why| ImportError::Feed {
            file: file.clone(),
            why,
        })?;
        for row in rows {
            let number = all.len() + 1;
            // Two files of one programme may use an id twice for different groups.
            let times = seen
                .entry(row.id.clone())
                .and_modify(|times| *times += 1)
                .or_insert(1);
            let id = if *times == 1 {
                row.id
            } else {
                format!("{}~{times}", row.id)
            };
            let listing = row.listing.map_err(|why| why.to_string());
            all.push(GroupRow {
                file: (arguments.files.len() > 1).then(|| file.clone()),
                row: row.number,
                staged: Staged {
                    row: number,
                    id,
                    listing,
                    notes: row.notes,
                },
            });
        }
    }
    let rows = Rows {
        groups: all,
        providers: None,
    };
    Ok((programme.to_owned(), rows))
}

/// The names of these topics, as a listing says them.
fn topics(settings: &Settings, asked: &[String]) -> Result<Vec<Line>, ImportError> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let content = crate::content::read(settings)?;
    let name = |id: &String| {
        let topic = content.topics.get(id).or_else(|| content.topics.named(id));
        topic.map(|topic| topic.name.clone()).ok_or_else(|| {
            let close = content.topics.topics().iter().map(|topic| topic.id.as_str());
            let close: Vec<_> = close
                .filter(|known| known.contains(id.as_str()))
                .take(3)
                .collect();
            let hint = if close.is_empty() {
                "; /for lists them all".to_owned()
            } else {
                format!("; did you mean {}?", close.join(" or "))
            };
            ImportError::Topic {
                topic: id.clone(),
                hint,
            }
        })
    };
    asked.iter().map(name).collect()
}

fn zone(text: &str) -> Result<Tz, ImportError> {
    text.parse().map_err(|_| {
        let wanted = text.to_ascii_lowercase().replace(' ', "_");
        let close: Vec<_> = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            .filter(|name| !wanted.is_empty() && name.to_ascii_lowercase().contains(&wanted))
            .take(3)
            .collect();
        let hint = if close.is_empty() {
            "; write one such as America/New_York".to_owned()
        } else {
            format!("; did you mean {}?", close.join(" or "))
        };
        ImportError::Zone {
            zone: text.to_owned(),
            hint,
        }
    })
}
