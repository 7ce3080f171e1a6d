//! Names of towns, states and countries as people write them.

use domain::text::fold;

/// A town's name as it is looked up: folded, with the usual short forms written out.
pub(super) fn canonical(name: &str) -> String {
    let mut words = fold::words(name);
    for word in &mut words {
        let long = match word.as_str() {
            "st" => "saint",
            "ft" => "fort",
            "mt" => "mount",
            _ => continue,
        };
        long.clone_into(word);
    }
    words.join(" ")
}

/// The code of a US state from its code or its name, folded.
pub(super) fn state_code(folded: &str) -> Option<&'static str> {
    STATES
        .iter()
        .find(|(code, name)| code.eq_ignore_ascii_case(folded) || *name == folded)
        .map(|(code, _)| *code)
}

/// The ISO code of a country from its code or its name, folded.
pub(super) fn country_code(folded: &str) -> Option<&'static str> {
    let by_name = COUNTRIES
        .iter()
        .find(|(code, name)| code.eq_ignore_ascii_case(folded) || fold::words(name).join(" ") == folded);
    by_name.map(|(code, _)| *code).or(match folded {
        "usa" | "united states of america" | "america" => Some("US"),
        "uk" | "england" | "scotland" | "wales" | "great britain" => Some("GB"),
        _ => None,
    })
}

/// The name of a country, or its code where we have no name for it.
pub(super) fn country_name(code: &'static str) -> &'static str {
    COUNTRIES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, name)| name)
}

#[rustfmt::skip]
const STATES: [(&str, &str); 52] = [
    ("AL", "alabama"), ("AK", "alaska"), ("AZ", "arizona"), ("AR", "arkansas"), ("CA", "california"),
    ("CO", "colorado"), ("CT", "connecticut"), ("DE", "delaware"), ("DC", "district of columbia"), ("FL", "florida"),
    ("GA", "georgia"), ("HI", "hawaii"), ("ID", "idaho"), ("IL", "illinois"), ("IN", "indiana"), ("IA", "iowa"),
    ("KS", "kansas"), ("KY", "kentucky"), ("LA", "louisiana"), ("ME", "maine"), ("MD", "maryland"),
    ("MA", "massachusetts"), ("MI", "michigan"), ("MN", "minnesota"), ("MS", "mississippi"), ("MO", "missouri"),
    ("MT", "montana"), ("NE", "nebraska"), ("NV", "nevada"), ("NH", "new hampshire"), ("NJ", "new jersey"),
    ("NM", "new mexico"), ("NY", "new york"), ("NC", "north carolina"), ("ND", "north dakota"), ("OH", "ohio"),
    ("OK", "oklahoma"), ("OR", "oregon"), ("PA", "pennsylvania"), ("PR", "puerto rico"), ("RI", "rhode island"),
    ("SC", "south carolina"), ("SD", "south dakota"), ("TN", "tennessee"), ("TX", "texas"), ("UT", "utah"),
    ("VT", "vermont"), ("VA", "virginia"), ("WA", "washington"), ("WV", "west virginia"), ("WI", "wisconsin"),
    ("WY", "wyoming"),
];

#[rustfmt::skip]
const COUNTRIES: [(&str, &str); 58] = [
    ("US", "United States"), ("CA", "Canada"), ("GB", "United Kingdom"), ("IE", "Ireland"), ("AU", "Australia"),
    ("NZ", "New Zealand"), ("DE", "Germany"), ("AT", "Austria"), ("CH", "Switzerland"), ("FR", "France"),
    ("BE", "Belgium"), ("NL", "Netherlands"), ("LU", "Luxembourg"), ("ES", "Spain"), ("PT", "Portugal"),
    ("IT", "Italy"), ("GR", "Greece"), ("DK", "Denmark"), ("SE", "Sweden"), ("NO", "Norway"), ("FI", "Finland"),
    ("IS", "Iceland"), ("PL", "Poland"), ("CZ", "Czechia"), ("SK", "Slovakia"), ("HU", "Hungary"), ("RO", "Romania"),
    ("BG", "Bulgaria"), ("HR", "Croatia"), ("SI", "Slovenia"), ("RS", "Serbia"), ("UA", "Ukraine"), ("RU", "Russia"),
    ("TR", "Turkey"), ("IL", "Israel"), ("EG", "Egypt"), ("ZA", "South Africa"), ("NG", "Nigeria"), ("KE", "Kenya"),
    ("IN", "India"), ("PK", "Pakistan"), ("BD", "Bangladesh"), ("CN", "China"), ("JP", "Japan"), ("KR", "South Korea"),
    ("TW", "Taiwan"), ("PH", "Philippines"), ("ID", "Indonesia"), ("TH", "Thailand"), ("VN", "Vietnam"),
    ("MX", "Mexico"), ("GT", "Guatemala"), ("CO", "Colombia"), ("VE", "Venezuela"), ("PE", "Peru"), ("BR", "Brazil"),
    ("CL", "Chile"), ("AR", "Argentina"),
];
