//! What a form sent.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use crate::once;

/// The field in which a form carries what it was made from.
pub(crate) const SEEN: &str = "seen";

/// Names and values in the order they came. A value is at most as long as the body may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// As a browser would send it.
    pub(crate) fn encode(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }

    /// Adds a value; an empty one says nothing and is left out.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The same, saying in [`SEEN`] what it shows.
    pub(crate) fn telling(mut self) -> Self {
        let mark = mark(&self.encode());
        self.put(SEEN, &mark);
        self
    }

    /// Whether what was sent was made from this one, which tells what it shows; one that does not say is believed.
    pub(crate) fn was_shown_to(&self, sent: &Self) -> bool {
        let seen = sent.get(SEEN);
        seen.is_empty() || self.get(SEEN) == seen
    }

    /// Every field with each of its values.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields that were sent, one as often as it has values.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Puts these in place of the values of a field.
    pub(crate) fn replace<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        self.0.retain(|(field, _)| field != name);
        for value in values {
            self.put(name, value);
        }
    }

    /// All but these fields.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// The value of a field without the space around it; empty if it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// As it was typed: a password may begin with a space.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a row of boxes.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(field, _)| field == name);
        found.map(|(_, value)| value.trim())
    }
}

/// What a field says, in short: the same in every process of this program; nothing for a field that says nothing.
pub(crate) fn mark(value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Self, StatusCode> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|why| axum::response::IntoResponse::into_response(why).status())?;
        Ok(Self::parse(&body).without(&[once::FIELD]))
    }
}
