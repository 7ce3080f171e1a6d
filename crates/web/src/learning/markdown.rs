//! Markdown of articles as HTML. No raw HTML, no pictures, links to our own pages or https only; citations such as [2] lead
//! to the list of sources.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

pub(super) fn html(text: &str) -> Markup {
    let text = linked(text);
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, safe(&text).into_iter());
    PreEscaped(out)
}

/// Of a text without sources.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, safe(text).into_iter());
    out
}

/// What may be there of what the text says; a link that leads elsewhere stays as its words.
fn safe(text: &str) -> Vec<Event<'_>> {
    let mut links = Vec::new();
    let mut kept = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::Image { .. } | Tag::HtmlBlock)
            | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let fits = is_ours(dest_url) || dest_url.starts_with("https://");
                links.push(fits);
                if fits {
                    kept.push(event);
                }
            }
            Event::End(TagEnd::Link) => {
                if links.pop().unwrap_or(false) {
                    kept.push(event);
                }
            }
            other => kept.push(other),
        }
    }
    kept
}

/// A page of ours or a place on this page; never `//elsewhere`.
fn is_ours(address: &str) -> bool {
    address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"))
}

/// "[2]" as a link to source 2.
fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let number = from[1..].split(']').next().unwrap_or_default();
        let after = from.get(number.len() + 2..).unwrap_or_default();
        let cites = !number.is_empty()
            && number.len() <= 3
            && number.bytes().all(|b| b.is_ascii_digit())
            && !after.starts_with('(');
        if cites {
            out.push_str("[\\[");
            out.push_str(number);
            out.push_str("\\]](#source-");
            out.push_str(number);
            out.push(')');
            rest = after;
        } else {
            out.push('[');
            rest = &from[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_lead_to_their_source() {
        assert_eq!(
            html("It helps [1][12]. See [this](/learn).").into_string(),
            "<p>It helps <a href=\"#source-1\">[1]</a><a href=\"#source-12\">[12]</a>. See <a href=\"/learn\">this</a>.</p>\n"
        );
    }

    #[test]
    fn nothing_but_text_and_safe_links_comes_through() {
        for (text, html_text) in [
            ("<script>alert(1)</script>", ""),
            ("a <b onclick=x>b</b>", "<p>a b</p>\n"),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](//elsewhere.example)", "<p>x</p>\n"),
            ("[x](http://plain.example)", "<p>x</p>\n"),
            ("![x](https://a.example/p.png)", "<p>x</p>\n"),
            ("[x", "<p>[x</p>\n"),
            ("[", "<p>[</p>\n"),
        ] {
            assert_eq!(html(text).into_string(), html_text, "{text}");
        }
    }
}
