//! Every word of every page, from `words/`.

pub use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// The files of English, one a capability.
const ENGLISH: [&str; 32] = [
    include_str!("../../../words/en/publishing.ftl"),
    include_str!("../../../words/en/site.ftl"),
    include_str!("../../../words/en/saying.ftl"),
    include_str!("../../../words/en/facts.ftl"),
    include_str!("../../../words/en/finding.ftl"),
    include_str!("../../../words/en/group.ftl"),
    include_str!("../../../words/en/providers.ftl"),
    include_str!("../../../words/en/helping.ftl"),
    include_str!("../../../words/en/choosing.ftl"),
    include_str!("../../../words/en/topics.ftl"),
    include_str!("../../../words/en/learning.ftl"),
    include_str!("../../../words/en/shortlist.ftl"),
    include_str!("../../../words/en/embed.ftl"),
    include_str!("../../../words/en/map.ftl"),
    include_str!("../../../words/en/signing.ftl"),
    include_str!("../../../words/en/staff.ftl"),
    include_str!("../../../words/en/running.ftl"),
    include_str!("../../../words/en/feeds.ftl"),
    include_str!("../../../words/en/groups.ftl"),
    include_str!("../../../words/en/letters.ftl"),
    include_str!("../../../words/en/me.ftl"),
    include_str!("../../../words/en/openid.ftl"),
    include_str!("../../../words/en/roster.ftl"),
    include_str!("../../../words/en/reports.ftl"),
    include_str!("../../../words/en/retention.ftl"),
    include_str!("../../../words/en/measuring.ftl"),
    include_str!("../../../words/en/joining.ftl"),
    include_str!("../../../words/en/coming.ftl"),
    include_str!("../../../words/en/searches.ftl"),
    include_str!("../../../words/en/applicants.ftl"),
    include_str!("../../../words/en/records.ftl"),
    include_str!("../../../words/en/sessions.ftl"),
];

/// The words of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub fn english() -> Self {
        let mut bundle =
            FluentBundle::new_concurrent(vec!["en-US".parse::<LanguageIdentifier>().unwrap_or_default()]);
        // Isolation marks around each argument would end up in titles and calendars; our text runs one way.
        bundle.set_use_isolating(false);
        for file in ENGLISH {
            // A file with a slip in it still gives the messages that can be read; a test finds the slip.
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(?errors, "words are said twice");
            }
        }
        Self { bundle }
    }

    /// The words of an id. A test sees to it that every id has some; one that has none is said as it is.
    pub fn say(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The words of an id with its arguments in place.
    pub fn with(&self, id: &str, arguments: &[(&str, FluentValue)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            // Tests walk every page, so an id without words ends there and not before a visitor.
            debug_assert!(false, "there are no words for “{id}”");
            return id.to_owned();
        };
        let arguments: FluentArgs = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        self.bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Ids in the words, and ids as they stand in the code.
    fn defined() -> BTreeSet<String> {
        let ids = ENGLISH
            .iter()
            .flat_map(|file| file.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        ids.filter_map(|line| line.split_once('='))
            .map(|(id, _)| id.trim().to_owned())
            .collect()
    }

    fn code(folder: &Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => code(&path, text),
                path => text.push_str(&std::fs::read_to_string(path).unwrap()),
            }
        }
    }

    #[test]
    fn the_words_can_be_read() {
        for file in ENGLISH {
            FluentResource::try_new(file.to_owned())
                .map_err(|(_, errors)| errors)
                .unwrap();
        }
    }

    #[test]
    fn no_word_is_said_twice() {
        let mut seen = BTreeSet::new();
        let ids = ENGLISH
            .iter()
            .flat_map(|file| file.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once('='));
        let twice: Vec<&str> = ids
            .map(|(id, _)| id.trim())
            .filter(|id| !seen.insert(*id))
            .collect();
        assert!(twice.is_empty(), "said in two files: {twice:?}");
    }

    #[test]
    fn no_word_is_without_use() {
        let mut text = String::new();
        code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut text);
        let idle: Vec<_> = defined()
            .into_iter()
            .filter(|id| !text.contains(&format!("\"{id}\"")))
            .collect();
        assert_eq!(idle, Vec::<String>::new());
    }

    #[test]
    fn every_word_that_is_said_is_there() {
        let mut text = String::new();
        code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut text);
        let defined = defined();
        let calls = [
            "words.say(\"",
            "words.with(\"",
            "words().say(\"",
            "words().with(\"",
        ];
        let said = calls
            .iter()
            .flat_map(|call| text.split(call).skip(1))
            .filter_map(|rest| rest.split('"').next());
        let missing: Vec<_> = said.filter(|id| !defined.contains(*id) && id.len() > 1).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
