//! People who are brought in: a sheet of comma-separated values with a line of names on top, read row by row. Each row is a change of its
//! own: one that is wrong is told, and keeps no other from coming in.

use domain::agreements::Age;
use domain::groups::Mail;
use domain::joining::BroughtIn;
use domain::people::Handle;
use store::acts::ChangeRoster;
use store::joining::{self, JoiningError};
use store::{On, StoreError, once};

use crate::joining::parse;
use crate::letters;
use crate::signing::Person;
use crate::state::App;

/// So many rows at a time; with more, none comes in.
const MOST: usize = 200;

/// The columns, in the order in which [`enter`] takes them.
const COLUMNS: [&str; 5] = ["name", "mail", "since", "screened_by", "age"];

/// What became of a row.
pub(super) struct Row {
    /// As a spreadsheet counts, the line of names being 1.
    pub number: usize,
    pub name: String,
    pub wrong: Option<String>,
}

impl Row {
    fn wrong(number: usize, name: &str, why: String) -> Self {
        Self {
            number,
            name: name.to_owned(),
            wrong: Some(why),
        }
    }
}

/// What became of a sheet.
pub(super) enum Became {
    /// Nothing was read, and why.
    Refused(String),
    Read(Vec<Row>),
}

pub(super) async fn enter_all(
    app: &App,
    person: &Person,
    slug: &str,
    sheet: &str,
) -> Result<Became, JoiningError> {
    // Who may not is told so, whatever the sheet says.
    may(app, person, slug).await?;
    let (words, read) = (app.words(), read(sheet));
    if read.is_empty() {
        return Ok(Became::Refused(words.say("bring-sheet-empty")));
    }
    if read.len() > MOST {
        let (rows, most) = (read.len().into(), MOST.into());
        let wrong = words.with("bring-sheet-long", &[("rows", rows), ("most", most)]);
        return Ok(Became::Refused(wrong));
    }
    let mut rows: Vec<Row> = Vec::with_capacity(read.len());
    // Behind a fault of ours nothing more is tried; what came in before stands in the report all the same.
    let mut failed = false;
    for (place, cells) in read.iter().enumerate() {
        let number = place + 2;
        let row = match cells {
            Err(why) => Row::wrong(number, "", why.clone()),
            Ok(cells) if failed => Row::wrong(number, &cells[0], words.say("bring-fault")),
            Ok(cells) => match once::in_part(enter(app, person, slug, number, cells)).await {
                Ok(row) => row,
                // With nothing done there is nothing to report.
                Err(why) if rows.iter().all(|row| row.wrong.is_some()) => return Err(why),
                Err(why) => {
                    tracing::error!(%why, number, "a row of a sheet was not taken in");
                    failed = true;
                    Row::wrong(number, &cells[0], words.say("bring-fault"))
                }
            },
        };
        rows.push(row);
    }
    if rows.iter().any(|row| row.wrong.is_none())
        && let Err(why) = all_read(app, person, slug).await
    {
        // Whoever sends it again is told of each row that it is in.
        tracing::error!(%why, "that a sheet was read could not be kept");
    }
    Ok(Became::Read(rows))
}

/// That this was all takes the number of the form: a sheet of which the program read a part before it died is not one that was done.
async fn all_read(app: &App, person: &Person, slug: &str) -> Result<(), StoreError> {
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&group)).await?;
    joining::sheet_read(&mut permit).await?;
    writing.commit().await
}

/// Every row with its cells in the order of [`COLUMNS`], or why it is none.
fn read(sheet: &str) -> Vec<Result<[String; 5], String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(sheet.as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    let places = COLUMNS.map(|column| names.iter().position(|name| name.eq_ignore_ascii_case(column)));
    let cells = |record: csv::StringRecord| {
        places.map(|place| {
            let cell = place.and_then(|place| record.get(place));
            cell.unwrap_or_default().to_owned()
        })
    };
    reader
        .records()
        .map(|record| record.map(cells).map_err(|why| why.to_string()))
        .collect()
}

/// One row: name, address, since when, by whom screened, age.
pub(super) async fn enter(
    app: &App,
    person: &Person,
    slug: &str,
    number: usize,
    cells: &[String; 5],
) -> Result<Row, JoiningError> {
    may(app, person, slug).await?;
    let [name, mail, since, by, age] = cells;
    let row = |wrong: Option<String>| Row {
        number,
        name: name.clone(),
        wrong,
    };
    let read = || -> Result<_, String> {
        let handle = Handle::parse(name).map_err(|why| why.to_string())?;
        let mail = Mail::parse(mail).map_err(|why| why.to_string())?;
        let brought = BroughtIn::new(since, by, app.today()).map_err(|why| why.to_string())?;
        let age = match age.as_str() {
            "" => Age::Adult,
            age => Age::named(age).ok_or_else(|| app.words().say("bring-age-wrong"))?,
        };
        Ok((handle, mail, brought, age))
    };
    let (handle, mail, brought, age) = match read() {
        Ok(read) => read,
        Err(wrong) => return Ok(row(Some(wrong))),
    };
    let words = app.words();
    let (subject, body) = (
        letters::subject(words),
        letters::news(words, app.settings(), "/me/joining"),
    );
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&group)).await?;
    let entered = joining::bring_in(&mut permit, (&handle, &mail), &brought, age, (&subject, &body)).await;
    Ok(row(match entered {
        Ok(_) => {
            writing.commit().await?;
            None
        }
        Err(JoiningError::InAlready) => Some(words.say("joining-in-already")),
        Err(JoiningError::Leads) => Some(words.say("joining-leads")),
        Err(JoiningError::AccountClosed) => Some(words.say("joining-account-closed")),
        Err(JoiningError::NoPlace { most }) => Some(words.with("joining-no-place", &[("most", most.into())])),
        Err(why) => return Err(why),
    }))
}

async fn may(app: &App, person: &Person, slug: &str) -> Result<(), JoiningError> {
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&group)).await?;
    joining::therapy(&mut permit).await?;
    Ok(())
}
