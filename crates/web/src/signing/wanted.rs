//! Where someone wanted to go before they had to sign in.

use std::convert::Infallible;
use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded;

use crate::letters::GROUPS;

/// A path of the parts that ask for signing in; anything else leads home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted(String);

const HOME: &str = "/me";

impl Wanted {
    pub(crate) fn parse(text: &str) -> Self {
        let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        let ours = ["/staff", "/me", "/invitation/"].iter().any(|part| {
            text == *part
                || text
                    .strip_prefix(part)
                    .is_some_and(|rest| part.ends_with('/') || rest.starts_with(['/', '?']))
        });
        // From the page on which one asks for a place in a group.
        let asks = text
            .strip_prefix("/groups/")
            .and_then(|rest| rest.strip_suffix("/joining"))
            .is_some_and(|slug| domain::groups::Slug::parse(slug).is_ok());
        if plain && (ours || asks) && !text.contains("//") && !text.contains("..") && text.len() <= 300 {
            Self(text.to_owned())
        } else {
            Self(HOME.to_owned())
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.0
    }

    /// The same for a letter, which names no group: its link leads to all that are one's own instead. Letters to staff may name one.
    pub(super) fn in_letter(&self) -> &str {
        let parts = [
            "/groups/",
            "/me/groups/",
            "/me/coming/",
            "/me/agreements/",
            "/me/joining/groups/",
        ];
        if parts.iter().any(|part| self.0.starts_with(part)) {
            GROUPS
        } else {
            &self.0
        }
    }

    /// The address of a page that leads there afterwards.
    pub(crate) fn after(&self, page: &str) -> String {
        let to: String = form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        format!("{page}?to={to}")
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What `?to=` says of an address.
pub(crate) struct Way(pub(crate) Wanted);

impl<S: Send + Sync> FromRequestParts<S> for Way {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let to = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to");
        Ok(Self(Wanted::parse(
            &to.map_or_else(String::new, |(_, to)| to.into_owned()),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_to_this_site_only() {
        for ours in [
            "/staff",
            "/staff/groups/abc?tab=1",
            "/me/sessions",
            "/invitation/00ff",
            "/groups/4fgk8kx855/joining",
        ] {
            assert_eq!(Wanted::parse(ours).path(), ours);
        }
        for wrong in [
            "",
            "/",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/staffevil",
            "/me/../groups",
            "/staff//evil.example",
            "/staff\r\nset-cookie: s=1",
            "/sign-out",
            "/groups",
            "/groups/a/b/joining",
            "javascript:alert(1)",
        ] {
            assert_eq!(Wanted::parse(wrong).path(), HOME, "{wrong}");
        }
    }

    #[test]
    fn a_letter_by_which_a_member_signs_in_names_no_group() {
        for names_one in [
            "/groups/4fgk8kx855/joining",
            "/me/groups/4fgk8kx855",
            "/me/groups/4fgk8kx855/certificate",
            "/me/coming/4fgk8kx855",
            "/me/agreements/4fgk8kx855",
            "/me/joining/groups/4fgk8kx855/leaving",
        ] {
            let wanted = Wanted::parse(names_one);
            assert_eq!((wanted.path(), wanted.in_letter()), (names_one, "/me/joining"));
        }
        for other in [
            "/me",
            "/me/joining",
            "/me/joining/4fgk8kx855",
            "/staff/groups/abc",
        ] {
            assert_eq!(Wanted::parse(other).in_letter(), other);
        }
    }
}
