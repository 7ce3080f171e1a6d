//! Tables (CSV): the columns of 12 Step Meeting List, or a Meeting Guide sheet, which are the specification's names in plain
//! language ("Conference URL" is `conference_url`, "ID" is `slug`). Columns come in any order.

mod read;
mod write;

pub(crate) use read::is_table;
pub use read::{read, rows};
pub use write::write;
