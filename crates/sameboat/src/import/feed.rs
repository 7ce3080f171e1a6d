//! Reading feeds of others: files of one programme, one after another, row by row.

use std::collections::HashMap;

use chrono_tz::Tz;
use domain::groups::WebPage;
use domain::text::Line;
use feeds::reading::{FeedError, Reading};
use feeds::{Codes, Format, fingerprint};
use store::imports::{Corrected, Staged};

use crate::settings::Settings;

use super::files::File;
use super::{Arguments, ImportError, Row};

/// What the feed itself does not say.
pub(super) fn how(settings: &Settings, arguments: &Arguments) -> Result<Reading, ImportError> {
    let programme = arguments.programme.as_deref().ok_or(ImportError::NoProgramme)?;
    let programme = Line::parse(programme).map_err(ImportError::Programme)?;
    let page = arguments.page.as_deref().map(WebPage::parse).transpose();
    Ok(Reading {
        zone: arguments.zone.as_deref().map(zone).transpose()?,
        page: page.map_err(ImportError::Page)?,
        topics: topics(settings, &arguments.topics)?,
        codes: codes(settings, arguments.codes.as_deref(), &programme)?,
        ..Reading::new(programme)
    })
}

/// The table that is asked for, else the one that goes with the name of the programme; the organisation's own, where it has one.
fn codes(settings: &Settings, asked: Option<&str>, programme: &Line) -> Result<Codes, ImportError> {
    let tables: Vec<Codes> = match &settings.content {
        None => Codes::bundled().to_vec(),
        Some(_) => {
            let content = crate::content::read(settings)?;
            let words = content.codes.iter();
            words
                .map(|(name, words)| Codes::new(name, words.clone()))
                .collect()
        }
    };
    let name = asked.unwrap_or_else(|| Codes::named_by(programme.as_str()));
    let found = tables.iter().find(|codes| codes.name() == name).cloned();
    found.ok_or_else(|| ImportError::Codes {
        name: name.to_owned(),
        known: tables.iter().map(Codes::name).collect::<Vec<_>>().join(", "),
    })
}

/// All rows of all files, each read when it is asked for. What is wrong with a file as a whole is told now.
pub(super) fn rows<'a>(
    format: Format,
    files: &'a mut [File],
    how: &'a Reading,
) -> Result<(usize, impl Iterator<Item = Result<Row, ImportError>> + Send + 'a), ImportError> {
    let several = files.len() > 1;
    let mut all: Vec<(String, feeds::reading::Rows)> = Vec::new();
    if format == Format::Bmlt {
        // Formats and service bodies stand in files of their own.
        let named = files.first().map(|file| file.name.clone()).unwrap_or_default();
        let feeds = files.iter_mut().map(|file| &mut file.feed).collect();
        let rows = feeds::bmlt::rows(feeds, how).map_err(|why| wrong(&named, why))?;
        all.push((named, rows));
    } else {
        for file in files {
            let name = file.name.clone();
            let rows = match format {
                Format::MeetingGuide => feeds::meeting_guide::rows(&mut file.feed, how),
                Format::Csv => feeds::tsml::rows(&mut file.feed, how),
                Format::Hsds => feeds::hsds::rows(file.whole()?, how),
                Format::Ical => feeds::icalendar::rows(file.whole()?, how),
                Format::Bmlt | Format::Sameboat => Err(FeedError::Unknown),
            };
            let rows = rows.map_err(|why| wrong(&name, why))?;
            all.push((name, rows));
        }
    }
    let count = all.iter().map(|(_, rows)| rows.left()).sum();
    let mut ids = several.then(Seen::default);
    let mut number = 0;
    let rows = all.into_iter().flat_map(|(file, rows)| {
        rows.map(move |row| {
            row.map_err(|why| wrong(&file, why))
                .map(|row| (file.clone(), row))
        })
    });
    let rows = rows.map(move |row| {
        let (file, row) = row?;
        number += 1;
        let of_several = several && format != Format::Bmlt;
        Ok(Row {
            file: of_several.then_some(file),
            number: row.number,
            staged: Staged {
                row: number,
                id: ids.as_mut().map_or(row.id.clone(), |ids| ids.apart(row.id)),
                listing: row.listing.map_err(|why| why.to_string()),
                notes: row.notes,
                said: row.said,
                unfinished: row.unfinished,
                corrected: Corrected::default(),
            },
        })
    });
    Ok((count, rows))
}

/// How often an id, by its fingerprint, came in several files: two files of one programme may use one for different groups.
#[derive(Default)]
struct Seen(HashMap<u64, u32>);

impl Seen {
    fn apart(&mut self, id: String) -> String {
        let times = self.0.entry(fingerprint(&id)).or_default();
        *times += 1;
        if *times == 1 { id } else { format!("{id}~{times}") }
    }
}

fn wrong(file: &str, why: FeedError) -> ImportError {
    ImportError::Feed {
        file: file.to_owned(),
        why,
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
