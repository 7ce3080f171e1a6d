//! - `saved_search`: whom to tell of groups that open, and what they look for, both sealed, the latter with the groups it finds that take
//!   nobody; the look-ups find the same once more and
//!   cannot be read. Without `confirmed_at` it is not active. `token` (a hash) is of the letter that makes it so, `stop` (a hash) of every
//!   letter it sends. What changed until `looked_at` was looked at; `told_at` and `told_before_at` are the last two letters.

use super::entity;

entity!(saved_search, "saved_search", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    stop: String,
    mail: crate::sealed::Cipher,
    mail_lookup: String,
    search: crate::sealed::Cipher,
    search_lookup: String,
    made_at: DateTimeUtc,
    confirmed_at: Option<DateTimeUtc>,
    expires_at: DateTimeUtc,
    asked_at: Option<DateTimeUtc>,
    looked_at: DateTimeUtc,
    told_at: Option<DateTimeUtc>,
    told_before_at: Option<DateTimeUtc>,
});
