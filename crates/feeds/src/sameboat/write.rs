//! Writing a file: the same facts as they stand in a listing or a provider, nothing left out.

use domain::groups::Listing;
use domain::providers::Provider;
use domain::text::Line;
use serde::Serialize;

use super::VERSION;

/// A group and its id, which stays the same from file to file.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct GroupOut<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub listing: &'a Listing,
}

/// A provider, its id, and its links by the ids of the same file.
#[derive(Debug, Clone, Serialize)]
pub struct ProviderOut<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub provider: &'a Provider,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<&'a str>,
}

#[derive(Serialize)]
struct FileOut<'a> {
    sameboat: u64,
    organisation: &'a Line,
    groups: &'a [GroupOut<'a>],
    providers: &'a [ProviderOut<'a>],
}

/// The text of a file, a row over several lines.
pub fn write(
    organisation: &Line,
    groups: &[GroupOut],
    providers: &[ProviderOut],
) -> Result<String, serde_json::Error> {
    let file = FileOut {
        sameboat: VERSION,
        organisation,
        groups,
        providers,
    };
    serde_json::to_string_pretty(&file).map(|text| text + "\n")
}
