//! The pages of docs/clinical are what the content says, and its texts are easy enough to read.

use content::clinical::{self, ARTICLE_GRADE, TOPIC_GRADE};
use content::{Content, Files};

#[test]
fn the_pages_for_clinicians_are_current() {
    let files = Files::bundled();
    let content = Content::read(&files).unwrap();
    for (path, page) in clinical::pages(&content, &files) {
        let file = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(committed == page, "{path} is not current; run: cargo xtask docs");
    }
}

#[test]
fn every_rule_and_every_topic_is_on_its_page() {
    let files = Files::bundled();
    let content = Content::read(&files).unwrap();
    let pages = clinical::pages(&content, &files);
    let page = |path: &str| &pages.iter().find(|(name, _)| name.ends_with(path)).unwrap().1;
    for rule in content.chooser.rules() {
        assert!(
            page("chooser.md").contains(&format!("\n### {} (", rule.id)),
            "{}",
            rule.id
        );
        for line in &rule.lines {
            assert!(page("chooser.md").contains(line.text.as_str()), "{}", line.text);
        }
    }
    for topic in content.topics.topics() {
        assert!(page("topics.md").contains(topic.name.as_str()), "{}", topic.name);
    }
}

#[test]
fn articles_and_topics_are_easy_to_read() {
    let content = Content::read(&Files::bundled()).unwrap();
    let articles = content.articles.iter().map(|article| {
        let grade = clinical::article_grade(article);
        (article.id.as_str(), grade, ARTICLE_GRADE)
    });
    let topics = content.topics.topics().iter().map(|topic| {
        let grade = clinical::topic_grade(topic);
        (topic.id.as_str(), grade, TOPIC_GRADE)
    });
    let hard: Vec<_> = articles
        .chain(topics)
        .filter(|(_, grade, most)| grade > most)
        .collect();
    assert!(hard.is_empty(), "too hard to read: {hard:?}");
}
