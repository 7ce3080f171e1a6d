//! Rows of CSV for `sameboat measure`: what is wrong is told with row, column, value and what to do.

use std::io::Read;

use measures::change::Row;
use measures::change::gains::Series;

const MOST_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub(super) enum RowsError {
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: std::io::Error },
    #[error("{file} is larger than {} MB; split it", MOST_BYTES / 1024 / 1024)]
    TooLarge { file: String },
    #[error("{file}: {why}; save the table as CSV in UTF-8 again")]
    Csv { file: String, why: csv::Error },
    #[error("{file} has no column “{column}”; its first row must name the columns id, pre and post")]
    NoColumn { file: String, column: &'static str },
    #[error("{file} has no rows; write one for each person")]
    Empty { file: String },
    #[error("{file}, row {row}: {what}")]
    Row { file: String, row: usize, what: String },
}

/// A file of CSV, as it is.
pub(super) struct Sheet {
    file: String,
    /// With the number of their line in the file.
    rows: Vec<(usize, Vec<String>)>,
}

/// A number as people type it on the command line; infinity and not-a-number are none.
pub(super) fn number(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("“{text}” is not a number")),
    }
}

/// Reads a file; `-` is standard input.
pub(super) fn read(file: &str) -> Result<Sheet, RowsError> {
    let mut text = String::new();
    let read = if file == "-" {
        std::io::stdin().take(MOST_BYTES + 1).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text))
    };
    let named = || {
        if file == "-" {
            "standard input".to_owned()
        } else {
            file.to_owned()
        }
    };
    let bytes = read.map_err(|why| RowsError::Read { file: named(), why })?;
    if bytes as u64 > MOST_BYTES {
        return Err(RowsError::TooLarge { file: named() });
    }
    parse(&named(), &text)
}

fn parse(file: &str, text: &str) -> Result<Sheet, RowsError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|why| RowsError::Csv {
            file: file.to_owned(),
            why,
        })?;
        let line = record
            .position()
            .map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
    }
    Ok(Sheet {
        file: file.to_owned(),
        rows,
    })
}

impl Sheet {
    fn wrong(&self, row: usize, what: String) -> RowsError {
        RowsError::Row {
            file: self.file.clone(),
            row,
            what,
        }
    }

    fn no_rows(&self) -> RowsError {
        RowsError::Empty {
            file: self.file.clone(),
        }
    }

    fn score(&self, row: usize, column: &str, cell: &str) -> Result<f64, RowsError> {
        number(cell).map_err(|_| {
            let what = if cell.is_empty() {
                format!("column “{column}” is empty; write the score, or take the row out")
            } else {
                format!("column “{column}” is “{cell}”, which is not a number; write it like 12 or 12.5")
            };
            self.wrong(row, what)
        })
    }
}

/// Scores before and after: the columns id, pre and post, in any order, and others that are left alone. Where the lowest and
/// the highest score are known, others are none.
pub(super) fn pairs(sheet: &Sheet, range: Option<(f64, f64)>) -> Result<Vec<Row>, RowsError> {
    let (_, names) = sheet.rows.first().ok_or_else(|| sheet.no_rows())?;
    let column = |column: &'static str| {
        let found = names.iter().position(|name| name.eq_ignore_ascii_case(column));
        found.ok_or_else(|| RowsError::NoColumn {
            file: sheet.file.clone(),
            column,
        })
    };
    let (id, pre, post) = (column("id")?, column("pre")?, column("post")?);
    let mut rows = Vec::new();
    for (line, cells) in sheet.rows.iter().skip(1) {
        let cell = |place: usize| cells.get(place).map_or("", String::as_str);
        let score = |column: &str, place: usize| {
            let score = sheet.score(*line, column, cell(place))?;
            match range {
                Some((lowest, highest)) if !(lowest..=highest).contains(&score) => {
                    let what =
                        format!("column “{column}” is {score}; the total goes from {lowest} to {highest}");
                    Err(sheet.wrong(*line, what))
                }
                _ => Ok(score),
            }
        };
        rows.push(Row {
            id: cell(id).to_owned(),
            pre: score("pre", pre)?,
            post: score("post", post)?,
        });
    }
    if rows.is_empty() {
        Err(sheet.no_rows())
    } else {
        Ok(rows)
    }
}

/// Scores by session: id, then a column for each. A first row that names columns is left out.
pub(super) fn series(sheet: &Sheet) -> Result<Vec<Series>, RowsError> {
    let (_, first) = sheet.rows.first().ok_or_else(|| sheet.no_rows())?;
    let headed = first.first().is_some_and(|cell| cell.eq_ignore_ascii_case("id"))
        || first
            .iter()
            .skip(1)
            .any(|cell| !cell.is_empty() && number(cell).is_err());
    let mut series = Vec::new();
    for (line, cells) in sheet.rows.iter().skip(usize::from(headed)) {
        if cells.len() > first.len() {
            let what = format!(
                "has {} cells, and the first row has {}; a decimal point is a point, not a comma",
                cells.len(),
                first.len()
            );
            return Err(sheet.wrong(*line, what));
        }
        let Some((id, cells)) = cells.split_first() else {
            continue;
        };
        let score = |(place, cell): (usize, &String)| {
            let session = format!("session {}", place + 1);
            if cell.is_empty() {
                Ok(None)
            } else {
                sheet.score(*line, &session, cell).map(Some)
            }
        };
        let scores = cells.iter().enumerate().map(score).collect::<Result<_, _>>()?;
        series.push(Series {
            id: id.clone(),
            scores,
        });
    }
    if series.is_empty() {
        Err(sheet.no_rows())
    } else {
        Ok(series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        parse("F.csv", text).unwrap()
    }

    #[test]
    fn columns_may_stand_in_any_order_and_others_are_left_alone() {
        let rows = pairs(
            &sheet("\u{feff}Post, who ,ID,pre\r\n4,x,a,18\r\n\r\n9.5,y,b,12\r\n"),
            None,
        )
        .unwrap();
        let row = |id: &str, pre, post| Row {
            id: id.to_owned(),
            pre,
            post,
        };
        assert_eq!(rows, [row("a", 18.0, 4.0), row("b", 12.0, 9.5)]);
    }

    #[test]
    fn what_is_wrong_is_told_with_row_column_and_value() {
        for (text, expected) in [
            ("", "F.csv has no rows; write one for each person"),
            ("id,pre,post\n", "F.csv has no rows; write one for each person"),
            (
                "id,before,post\na,1,2\n",
                "F.csv has no column “pre”; its first row must name the columns id, pre and post",
            ),
            (
                "id,pre,post\na,1,2\nb,many,2\n",
                "F.csv, row 3: column “pre” is “many”, which is not a number; write it like 12 or 12.5",
            ),
            (
                "id,pre,post\na,1,\n",
                "F.csv, row 2: column “post” is empty; write the score, or take the row out",
            ),
            (
                "id,pre,post\na,1\n",
                "F.csv, row 2: column “post” is empty; write the score, or take the row out",
            ),
            (
                "id,pre,post\na,1,inf\n",
                "F.csv, row 2: column “post” is “inf”, which is not a number; write it like 12 or 12.5",
            ),
        ] {
            assert_eq!(pairs(&sheet(text), None).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn an_empty_cell_of_a_session_is_missing() {
        let found = series(&sheet("id,s1,s2,s3\na,30,,28\nb,12\n")).unwrap();
        assert_eq!(found[0].scores, [Some(30.0), None, Some(28.0)]);
        assert_eq!(found[1].scores, [Some(12.0)]);
        // Sessions named by numbers, and no first row of names at all.
        assert_eq!(series(&sheet("id,1,2\na,30,20\n")).unwrap().len(), 1);
        assert_eq!(series(&sheet("a,30,20\nb,,20\n")).unwrap().len(), 2);
    }

    #[test]
    fn a_session_that_is_no_number_is_told_with_its_row() {
        let error = series(&sheet("id,1,2\na,30,x\n")).unwrap_err().to_string();
        assert_eq!(
            error,
            "F.csv, row 2: column “session 2” is “x”, which is not a number; write it like 12 or 12.5"
        );
        let error = series(&sheet("id,1\na,30,20\n")).unwrap_err().to_string();
        assert!(
            error.contains("row 2: has 3 cells, and the first row has 2"),
            "{error}"
        );
    }
}
