//! How hard every text is to read.

use std::fmt::Write;

use domain::helping::Country;
use domain::learning::Article;
use domain::topics::Topic;

use super::cell;
use crate::{Content, Files, grade};

/// No article is harder; a test fails else.
pub const ARTICLE_GRADE: f64 = 9.0;
/// The texts of no topic are harder together. They are short and name illnesses, so their figure is rougher.
pub const TOPIC_GRADE: f64 = 12.0;

const HEAD: &str = "# Reading grades

Made from `content/` by `cargo xtask docs`. The grade is that of Flesch and Kincaid: the US school year in which a text can be
read. Syllables are counted by a simple rule, so a figure is good for comparing, not as a verdict about one text. Headings and tables
are left out; an item of a list counts as a sentence, which makes a text with many lists look easier. A test fails when an
article is above grade 9, or the texts of a topic are above 12.

";

/// Of an article with its summary and what to keep.
pub fn article_grade(article: &Article) -> f64 {
    grade::grade(&article_text(article)).unwrap_or_default()
}

/// Of all texts of a topic together.
pub fn topic_grade(topic: &Topic) -> f64 {
    grade::grade(&topic_text(topic)).unwrap_or_default()
}

fn article_text(article: &Article) -> String {
    let running = article.text.lines().filter(|line| !line.starts_with(['#', '|']));
    let texts = [article.summary.as_str()].into_iter();
    let texts = texts
        .chain(article.takeaways.iter().map(AsRef::as_ref))
        .chain(running);
    texts.collect::<Vec<_>>().join("\n")
}

fn topic_text(topic: &Topic) -> String {
    [&topic.plain, &topic.therapy.text, &topic.support.text]
        .map(AsRef::as_ref)
        .join("\n")
}

pub(super) fn page(content: &Content, files: &Files) -> String {
    let mut page = HEAD.to_owned();
    let (articles, topics) = (articles(content), topics(content, files));
    let mut table = Table::new(&mut page, "Files");
    table.row("learn/ (all articles)", &joined(&articles));
    for (name, rows) in &topics {
        table.row(name, &joined(rows));
    }
    for (name, rows) in [
        ("chooser.toml", chooser(content)),
        ("help.toml", help(content)),
        ("glossary.toml", glossary(content)),
    ] {
        table.row(name, &joined(&rows));
    }
    for (heading, rows) in [
        ("Articles", articles),
        ("Chooser", chooser(content)),
        ("Help lines", help(content)),
    ] {
        let mut table = Table::new(&mut page, heading);
        for (name, text) in rows {
            table.row(&name, &text);
        }
    }
    let mut table = Table::new(&mut page, "Topics");
    for (name, text) in topics.into_iter().flat_map(|(_, rows)| rows) {
        table.row(&name, &text);
    }
    page
}

type Rows = Vec<(String, String)>;

fn joined(rows: &Rows) -> String {
    let texts: Vec<_> = rows.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("\n")
}

fn articles(content: &Content) -> Rows {
    let row = |article: &Article| (format!("learn/{}.md", article.id), article_text(article));
    content.articles.iter().map(row).collect()
}

/// The topics of each file.
fn topics(content: &Content, files: &Files) -> Vec<(String, Rows)> {
    let catalogue = &content.topics;
    let paths = crate::topics::paths(files);
    catalogue
        .families()
        .iter()
        .map(|family| {
            let file = paths.get(&family.id).cloned().unwrap_or_default();
            let rows = catalogue.of_family(&family.id);
            let rows = rows.map(|topic| (topic.id.to_string(), topic_text(topic)));
            (file, rows.collect())
        })
        .collect()
}

fn chooser(content: &Content) -> Rows {
    let chooser = &content.chooser;
    let questions = chooser.questions().iter().map(|question| {
        let mut text = format!("{}\n{}", question.text, question.why);
        if let Some(hint) = &question.hint {
            let _ = write!(text, "\n{hint}");
        }
        for choice in &question.choices {
            let _ = write!(text, "\n{}", choice.text);
            if let Some(hint) = &choice.hint {
                let _ = write!(text, "\n{hint}");
            }
        }
        (format!("question {}", question.id), text)
    });
    let lines = |lines: &[domain::choosing::RuleLine]| {
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_ref()).collect();
        texts.join("\n")
    };
    let rules = chooser
        .rules()
        .iter()
        .map(|rule| (format!("rule {}", rule.id), lines(&rule.lines)));
    let tensions: Vec<_> = chooser
        .tensions()
        .iter()
        .map(|tension| tension.text.as_ref())
        .collect();
    questions
        .chain([("always said".to_owned(), lines(chooser.always()))])
        .chain(rules)
        .chain([("rules that pull apart".to_owned(), tensions.join("\n"))])
        .collect()
}

fn help(content: &Content) -> Rows {
    let row = |country: &Country| {
        let texts = country.lines.iter().flat_map(|line| [&line.hours, &line.more]);
        let texts: Vec<_> = texts.flatten().map(AsRef::as_ref).collect();
        (country.name.to_string(), texts.join("\n"))
    };
    content.help.countries.iter().map(row).collect()
}

fn glossary(content: &Content) -> Rows {
    let terms = content.glossary.iter();
    terms
        .map(|term| (term.term.to_string(), term.plain.to_string()))
        .collect()
}

struct Table<'a>(&'a mut String);

impl<'a> Table<'a> {
    fn new(page: &'a mut String, heading: &str) -> Self {
        if heading != "Files" {
            let _ = writeln!(page, "\n## {heading}\n");
        }
        page.push_str("| text | grade | words |\n|---|---|---|\n");
        Self(page)
    }

    /// A row; a text without words has none.
    fn row(&mut self, name: &str, text: &str) {
        if let Some(grade) = grade::grade(text) {
            let _ = writeln!(self.0, "| {} | {grade:.1} | {} |", cell(name), grade::words(text));
        }
    }
}
