//! The stylesheet, the scripts, the fonts and the icon: part of the program, named by what they hold.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

macro_rules! font {
    ($weight:literal) => {
        Asset {
            name: concat!("atkinson-", $weight, ".woff2"),
            kind: "font/woff2",
            bytes: include_bytes!(concat!(
                "../../../third_party/fonts/atkinson-hyperlegible-next-latin-",
                $weight,
                "-normal.woff2"
            )),
        }
    };
}

const ASSETS: [Asset; 11] = [
    Asset {
        name: "sameboat.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/sameboat.css"),
    },
    Asset {
        name: "sameboat.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/sameboat.js"),
    },
    Asset {
        name: "session.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/session.js"),
    },
    Asset {
        name: "passkeys.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/passkeys.js"),
    },
    Asset {
        name: "records.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/records.js"),
    },
    Asset {
        name: "htmx.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../third_party/htmx/htmx.min.js"),
    },
    Asset {
        name: "boat.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../assets/boat.svg"),
    },
    font!("400"),
    font!("500"),
    font!("600"),
    font!("700"),
];

/// The version in the address of every asset: it changes when any of them does.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    // FNV-1a: nobody attacks the name of our own stylesheet.
    let bytes = ASSETS.iter().flat_map(|asset| asset.bytes);
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
});

/// The address of an asset.
pub(crate) fn href(name: &str) -> String {
    format!("/assets/{name}?v={}", *VERSION)
}

pub(crate) async fn show(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => ([(CONTENT_TYPE, asset.kind)], asset.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// A second part of the sheet that lays a class out changes every page that has it already. Within a part, media and prints may.
    #[test]
    fn no_class_is_laid_out_in_two_parts_of_the_sheet() {
        const APART: usize = 30;
        let mut at: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let sheet = include_str!("../assets/sameboat.css");
        let lines = sheet
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with(['@', ' ']));
        for (number, line) in lines {
            let heads = line.split('}').filter_map(|rule| rule.split_once('{'));
            for (head, _) in heads {
                for one in head.split(',').map(str::trim) {
                    let name = one.strip_prefix('.').unwrap_or_default();
                    let is_bare = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                    if !name.is_empty() && is_bare {
                        at.entry(name).or_default().push(number + 1);
                    }
                }
            }
        }
        assert!(at.len() > 100, "only {} classes", at.len());
        at.retain(|_, lines| lines.iter().max() > lines.iter().min().map(|first| first + APART).as_ref());
        assert!(at.is_empty(), "laid out at lines far from each other: {at:?}");
    }
}
