//! What is true of every answer, whoever asks for whatever: its headers, its cookies, and that it fetches nothing from
//! elsewhere.

use std::collections::BTreeMap;

use web::routes::{Cache, Framing, Route};

use crate::access::asking::Answer;

/// What is wrong with it; one line each.
pub fn wrongs(route: &Route, answer: &Answer) -> Vec<String> {
    let mut wrongs = Vec::new();
    let mut expect = |name: &str, wanted: &str| {
        let is = answer.header(name);
        if is != wanted {
            wrongs.push(format!("{name} is “{is}”, not “{wanted}”"));
        }
    };
    // Where the route's own code was not reached, the answer is an error that nobody may frame.
    let framed = route.framing == Framing::Anyone && answer.header("x-frame-options").is_empty();
    expect("x-frame-options", if framed { "" } else { "DENY" });
    expect(
        "content-security-policy",
        &format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}",
            if framed { "*" } else { "'none'" }
        ),
    );
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        expect(name, wanted);
    }
    let kept = match route.cache {
        _ if !answer.status.is_success() => "no-store",
        Cache::Never => "no-store",
        Cache::Revalidate => "no-cache",
        Cache::Forever => "public, max-age=31536000, immutable",
    };
    expect("cache-control", kept);
    wrongs.extend(cookies(route, answer));
    if answer.header("content-type").starts_with("text/html") {
        wrongs.extend(elsewhere(&answer.body));
        wrongs.extend(promises(&answer.body, framed));
    }
    wrongs
}

/// A title that tells nobody who looks over a shoulder, one heading, ids of which there is one each, help and a way out.
fn promises(body: &str, framed: bool) -> Vec<String> {
    const TITLES: [&str; 5] = [
        "Sameboat",
        "Groups",
        "A group",
        "People and places",
        "A person or a place",
    ];
    let mut wrongs = Vec::new();
    let title = body
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    if !title.is_some_and(|title| TITLES.contains(&title)) {
        wrongs.push(format!("its title is {title:?}"));
    }
    if body.matches("<h1").count() != 1 {
        wrongs.push("it has not one heading".to_owned());
    }
    for (id, times) in ids(body) {
        if times > 1 {
            wrongs.push(format!(
                "{times} things in it are #{id}: labels and hints lead to the first alone"
            ));
        }
    }
    let way_out = framed || body.contains("href=\"/leave\"");
    if !(way_out && body.contains("href=\"/help-now\"") && body.contains("href=\"tel:988\"")) {
        wrongs.push("it has no help or no way out".to_owned());
    }
    wrongs
}

/// How often each id stands in it.
fn ids(body: &str) -> BTreeMap<&str, usize> {
    let mut ids = BTreeMap::new();
    for rest in body.split(" id=\"").skip(1) {
        let id = rest.split('"').next().unwrap_or_default();
        *ids.entry(id).or_default() += 1;
    }
    ids
}

/// One cookie only, by the ways in and out only, exactly so.
fn cookies(route: &Route, answer: &Answer) -> Vec<String> {
    let mut wrongs = Vec::new();
    for cookie in answer.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        let (value, rest) = cookie.split_once(';').unwrap_or_default();
        let token = value.strip_prefix("__Host-s=");
        let is_token = token.is_some_and(|token| {
            token.len() == 64
                && token
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        });
        let is_ours = match rest {
            " Path=/; HttpOnly; SameSite=Lax; Secure" => is_token,
            " Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0" => token == Some(""),
            _ => false,
        };
        if !is_ours {
            wrongs.push(format!("a cookie goes out as “{rest}”"));
        }
        // Who says that they come to a support group is signed in by it.
        let ways = [
            "/sign-in",
            "/sign-out",
            "/invitation",
            "/demo/sign-in",
            "/me",
            "/groups/{slug}/coming",
        ];
        if !ways.iter().any(|part| route.path.starts_with(part)) {
            wrongs.push("a cookie is set where nobody signs in".to_owned());
        }
    }
    wrongs
}

/// What a page fetches or sends to; links that a person follows may lead anywhere.
fn elsewhere(body: &str) -> Vec<String> {
    let mut wrongs = Vec::new();
    for (attribute, only_in) in [
        ("src=\"", ""),
        ("srcset=\"", ""),
        ("action=\"", ""),
        ("formaction=\"", ""),
        ("poster=\"", ""),
        ("data=\"", ""),
        ("href=\"", "<link"),
    ] {
        for (at, _) in body.match_indices(attribute) {
            let tag = body[..at].rfind('<').map_or("", |begin| &body[begin..at]);
            let value = body[at + attribute.len()..].split('"').next().unwrap_or_default();
            let is_attribute = body[..at].ends_with(' ');
            // The address of the page itself, for search engines.
            let is_own = value.starts_with('/') && !value.starts_with("//");
            let is_told = value.starts_with(crate::access::asking::SITE) && tag.contains("rel=\"");
            if is_attribute
                && tag.starts_with(only_in)
                && !(is_own || is_told || value.is_empty() || value.starts_with("data:image/"))
            {
                wrongs.push(format!("{attribute}{value}\" in {tag}"));
            }
        }
    }
    for word in ["<style", " style=\"", "<iframe", "javascript:"] {
        if body.contains(word) {
            wrongs.push(format!("{word} in the page"));
        }
    }
    wrongs
}
