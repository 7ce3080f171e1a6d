//! Sheets (CSV): quoted cells, none of which a spreadsheet runs as a formula.

/// Whether the file begins with a byte order mark, which Excel needs to see UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    ByteOrder,
}

/// The text of a sheet before its first line.
pub fn begin(mark: Mark) -> String {
    match mark {
        Mark::None => String::new(),
        Mark::ByteOrder => String::from("\u{feff}"),
    }
}

/// A line of cells, each quoted; it ends in CRLF.
pub fn line(sheet: &mut String, cells: impl IntoIterator<Item = String>) {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(&text)).collect();
    sheet.push_str(&cells.join(","));
    sheet.push_str("\r\n");
}

/// A quoted cell. One that a spreadsheet would take for a formula begins with an apostrophe; a negative number does not
/// need it.
fn cell(text: &str) -> String {
    let apostrophe = if is_formula(text) { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

/// The beginnings that OWASP names, their full-width forms, and what a spreadsheet trims before it looks.
fn is_formula(text: &str) -> bool {
    let begins = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    let seen = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']);
    text.starts_with(begins) && text.parse::<f64>().is_err()
        || seen.len() < text.len() && seen.starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let heads = [
            "=",
            "+",
            "-",
            "@",
            "\t=",
            "\r=",
            "\n=",
            "＝",
            "＋",
            "－",
            "＠",
            " =",
            "\u{a0}@",
            "\u{3000}+",
            "\u{feff}=",
        ];
        let tails = [
            "cmd|' /C calc'!A0",
            "HYPERLINK(\"https://x.example\",\"y\")",
            "1+1",
            "SUM(A1:A9)",
            "IMPORTXML(A1,\"//a\")",
            "WEBSERVICE(\"https://x.example\")",
            "DDE(\"cmd\";\"/C calc\";\"x\")",
            "2+5+cmd|' /C calc'!A0",
            "\"x",
            "",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "=1",
            "rundll32|'URL.dll,OpenURL calc.exe'!A",
            "A1,\"=B1\"",
        ];
        let mut tried = 0;
        for head in heads {
            for tail in tails {
                let written = cell(&format!("{head}{tail}"));
                assert!(written.starts_with("\"'"), "{written}");
                let inside = &written[1..written.len() - 1];
                assert!(
                    !inside.replace("\"\"", "").contains('"'),
                    "{written}: no quote ends the cell"
                );
                tried += 1;
            }
        }
        assert!(tried >= 200, "{tried}");
    }

    #[test]
    fn plain_text_and_numbers_stay_as_they_are() {
        for text in [
            "Thursday Table",
            "41.5",
            "-81.703",
            "a=b",
            "",
            "12 + 12",
            "“=quoted”",
        ] {
            assert_eq!(cell(text), format!("\"{text}\""));
        }
        assert_eq!(cell("say \"hi\"\nthen go"), "\"say \"\"hi\"\"\nthen go\"");
    }
}
