//! Reading feeds of others: files of one programme, one after another, row by row.

use std::collections::HashMap;

use chrono_tz::Tz;
use domain::groups::WebPage;
use domain::text::Line;
use feeds::reading::{FeedError, Reading, Row, Rows};
use feeds::{Codes, Format};
use store::imports::Staged;

use crate::settings::Settings;

use super::files::File;
use super::{Arguments, GroupRow, ImportError};

/// What the feed itself does not say.
pub(super) fn how(settings: &Settings, arguments: &Arguments) -> Result<Reading, ImportError> {
    let programme = arguments.programme.as_deref().ok_or(ImportError::NoProgramme)?;
    let programme = Line::parse(programme).map_err(ImportError::Programme)?;
    let usual = Reading::new(programme);
    let codes = Codes::ALL
        .into_iter()
        .find(|codes| arguments.codes.as_deref() == Some(codes.name()))
        .unwrap_or(usual.codes);
    let page = arguments.page.as_deref().map(WebPage::parse).transpose();
    Ok(Reading {
        zone: arguments.zone.as_deref().map(zone).transpose()?,
        page: page.map_err(ImportError::Page)?,
        topics: topics(settings, &arguments.topics)?,
        codes,
        ..usual
    })
}

/// All rows of all files, each read when it is asked for. What is wrong with a file as a whole is told now.
pub(super) fn rows<'a>(
    format: Format,
    files: &'a [File],
    how: &'a Reading,
) -> Result<(usize, impl Iterator<Item = GroupRow> + Send + 'a), ImportError> {
    let mut all: Vec<(Option<&str>, Rows)> = Vec::new();
    if format == Format::Bmlt {
        // Formats and service bodies stand in files of their own.
        let bytes: Vec<&[u8]> = files.iter().map(|file| file.bytes.as_slice()).collect();
        let named = files.first().map(|file| file.name.as_str()).unwrap_or_default();
        let rows = feeds::bmlt::rows(&bytes, how).map_err(|why| wrong(named, why))?;
        all.push((None, rows));
    } else {
        for file in files {
            let rows = rows_of(format, &file.bytes, how).map_err(|why| wrong(&file.name, why))?;
            all.push(((files.len() > 1).then_some(file.name.as_str()), rows));
        }
    }
    let count = all.iter().map(|(_, rows)| rows.len()).sum();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut number = 0;
    let rows = all
        .into_iter()
        .flat_map(|(file, rows)| rows.map(move |row| (file, row)))
        .map(move |(file, row)| {
            number += 1;
            group_row(file, number, row, &mut seen)
        });
    Ok((count, rows))
}

fn rows_of<'a>(format: Format, bytes: &'a [u8], how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    match format {
        Format::MeetingGuide => feeds::meeting_guide::rows(bytes, how),
        Format::Csv => feeds::tsml::rows(bytes, how),
        Format::Bmlt => feeds::bmlt::rows(&[bytes], how),
        Format::Hsds => feeds::hsds::rows(bytes, how),
        Format::Ical => feeds::icalendar::rows(bytes, how),
        Format::Sameboat => Err(FeedError::Unknown),
    }
}

fn wrong(file: &str, why: FeedError) -> ImportError {
    ImportError::Feed {
        file: file.to_owned(),
        why,
    }
}

fn group_row(file: Option<&str>, number: usize, row: Row, seen: &mut HashMap<String, usize>) -> GroupRow {
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
    GroupRow {
        file: file.map(str::to_owned),
        row: row.number,
        staged: Staged {
            row: number,
            id,
            listing: row.listing.map_err(|why| why.to_string()),
            notes: row.notes,
        },
    }
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

pub(super) fn zone(text: &str) -> Result<Tz, ImportError> {
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
