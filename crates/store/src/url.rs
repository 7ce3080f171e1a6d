//! Which database: a SQLite file or a PostgreSQL server.

use std::fmt;
use std::path::{Path, PathBuf};

/// The address of a database. Shows itself without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    /// A whole `postgres://` address, password included.
    Postgres(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no database; write sqlite:PATH/sameboat.db or postgres://USER:PASSWORD@HOST/NAME")]
pub struct DatabaseUrlError(String);

impl DatabaseUrl {
    pub fn parse(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let file = !path.is_empty() && !path.ends_with('/') && !path.contains(['?', '\0']);
            return if file {
                Ok(Self::Sqlite(path.into()))
            } else {
                Err(DatabaseUrlError(text.to_owned()))
            };
        }
        let known = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if known {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Err(DatabaseUrlError(without_password(text)))
        }
    }

    /// The file, when the database is one.
    /// Whether the way to a server over the network may be listened to, or lead to another one: TLS is not asked for, or not checked.
    pub fn is_in_the_open(&self) -> bool {
        let Self::Postgres(address) = self else {
            return false;
        };
        let Ok(url) = url::Url::parse(address) else {
            return false;
        };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let here = host.is_empty()
            || host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        let checks = |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
            name == "sslmode" && (value == "verify-full" || value == "verify-ca")
        };
        !here && !url.query_pairs().any(checks)
    }

    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Everything between the scheme and the host is taken out; parameters too, since they may hold a password.
fn without_password(url: &str) -> String {
    let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
    match (url.split_once(':'), address.rsplit_once('@')) {
        // A `?` typed as it is may be inside a password: then nothing says where the host begins.
        (Some((scheme, _)), _) if parameters.contains('@') => format!("{scheme}://…"),
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_are_named_by_address() {
        assert_eq!(
            DatabaseUrl::parse("sqlite:data/a.db").unwrap().file(),
            Some(Path::new("data/a.db"))
        );
        assert_eq!(
            DatabaseUrl::parse("sqlite:///a.db").unwrap().file(),
            Some(Path::new("/a.db"))
        );
        assert!(
            DatabaseUrl::parse("postgres://me@host/x")
                .unwrap()
                .file()
                .is_none()
        );
        for wrong in ["", "sqlite:", "sqlite:folder/", "mysql://x", "a.db"] {
            assert!(
                DatabaseUrl::parse(wrong)
                    .unwrap_err()
                    .to_string()
                    .contains("write sqlite:PATH"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in [
            "postgres://me:se@cret@host:5432/x",
            "postgresql://host/x?password=secret",
            "postgresql://host/x?password=s@cret",
            "postgres://me:what?se/cr@cret@host/x",
        ] {
            let url = DatabaseUrl::parse(url).unwrap();
            assert!(!format!("{url} {url:?}").contains("cret"), "{url}");
        }
        for wrong in [
            "mysql://me:secret@host/x",
            "postgres:me:secret@host/x",
            "me:secret@host/x",
        ] {
            let error = DatabaseUrl::parse(wrong).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_server_over_the_network_is_in_the_open_unless_tls_is_checked() {
        for (address, open) in [
            ("sqlite:sameboat.db", false),
            ("postgres://a:b@127.0.0.1/x", false),
            ("postgres://a:b@localhost:5433/x", false),
            ("postgres://a:b@[::1]/x", false),
            ("postgres://a:b@db.example.org/x", true),
            ("postgres://a:b@10.0.0.7/x?sslmode=require", true),
            (
                "postgres://a:b@db.example.org/x?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                false,
            ),
        ] {
            assert_eq!(
                DatabaseUrl::parse(address).unwrap().is_in_the_open(),
                open,
                "{address}"
            );
        }
    }
}
