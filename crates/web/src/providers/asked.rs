//! What a person or a program asks of the directory: the parameters of `/providers` and `/api/providers`.

use domain::groups::{Language, Point};
use domain::providers::ProviderKind;
use finder::{ProviderQuery, TakingFilter};
use url::form_urlencoded;

use crate::finding::near::{Distance, Near, Problem, Unit, shortened};

/// Providers shown of each of the two lists on one page.
pub(super) const PAGE_SIZE: usize = 20;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// As typed; kept in the form whatever comes of it.
    pub near: String,
    pub distance: Distance,
    pub unit: Unit,
    pub kind: Option<ProviderKind>,
    pub taking: TakingFilter,
    pub language: Option<Language>,
    pub text: String,
    /// Counted from 1.
    pub page: usize,
    /// Parameters that were not understood and are left out of the question.
    pub problems: Vec<Problem>,
}

impl Asked {
    /// Reads a query string; never fails, but tells what it could not read.
    pub(super) fn read(query: &str) -> Self {
        let mut asked = Self {
            near: String::new(),
            distance: Distance::Usual,
            unit: Unit::Miles,
            kind: None,
            taking: TakingFilter::Anyone,
            language: None,
            text: String::new(),
            page: 1,
            problems: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty() {
                asked.take(&name, value);
            }
        }
        asked
    }

    /// The question for the directory, around `near` if it was found.
    pub(super) fn query(&self, near: Option<Point>) -> ProviderQuery {
        ProviderQuery {
            near,
            within_km: near.and(self.distance.km(self.unit)),
            kind: self.kind,
            taking: self.taking,
            language: self.language.clone(),
            text: self.text.clone(),
            page: self.page,
            page_size: PAGE_SIZE,
        }
    }

    pub(super) fn resolve(&self) -> Near {
        Near::resolve(&self.near)
    }

    /// The same question as a link.
    pub(super) fn link(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let page = (self.page > 1).then(|| self.page.to_string());
        let taking = match self.taking {
            TakingFilter::Anyone => "",
            TakingFilter::TakingNow => "yes",
        };
        for (name, value) in [
            ("q", self.text.as_str()),
            ("near", &self.near),
            ("distance", &self.distance.parameter()),
            ("unit", self.unit.parameter()),
            ("kind", self.kind.map_or("", kind_parameter)),
            ("taking", taking),
            ("language", self.language.as_ref().map_or("", Language::code)),
            ("page", page.as_deref().unwrap_or_default()),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The same question from its first page on, with one thing changed.
    pub(super) fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut asked = Self {
            page: 1,
            problems: Vec::new(),
            ..self.clone()
        };
        change(&mut asked);
        asked
    }

    /// Where one looks from, and nothing else of the question.
    pub(super) fn only_near(&self) -> Self {
        Self {
            near: self.near.clone(),
            distance: self.distance,
            unit: self.unit,
            ..Self::read("")
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        let small = value.to_ascii_lowercase();
        match name {
            "near" => self.near = shortened(value),
            "q" => self.text = shortened(value),
            "distance" => match Distance::parse(value) {
                Some(distance) => self.distance = distance,
                None => self.problem("distance", value, "asked-distance-unknown"),
            },
            "unit" => match Unit::parse(value) {
                Some(unit) => self.unit = unit,
                None => self.problem("unit", value, "asked-unit-unknown"),
            },
            "kind" => match small.as_str() {
                "any" | "all" => self.kind = None,
                "organisation" | "organization" => self.kind = Some(ProviderKind::Organisation),
                "site" => self.kind = Some(ProviderKind::Site),
                "therapist" => self.kind = Some(ProviderKind::Therapist),
                _ => self.problem("kind", value, "asked-provider-kind-unknown"),
            },
            "taking" => match small.as_str() {
                "any" | "all" => self.taking = TakingFilter::Anyone,
                "yes" => self.taking = TakingFilter::TakingNow,
                _ => self.problem("taking", value, "asked-taking-unknown"),
            },
            "language" if matches!(small.as_str(), "any" | "all") => self.language = None,
            "language" => match Language::parse(value) {
                Some(language) => self.language = Some(language),
                None => self.problem("language", value, "asked-language-unknown"),
            },
            "page" => match value.parse() {
                Ok(page @ 1..=100_000) => self.page = page,
                _ => self.problem("page", value, "asked-page-unknown"),
            },
            _ => {}
        }
    }

    fn problem(&mut self, parameter: &'static str, value: &str, sentence: &'static str) {
        self.problems.push(Problem::new(parameter, value, sentence));
    }
}

/// The value of `kind` in a URL and in the API.
pub(super) fn kind_parameter(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Organisation => "organisation",
        ProviderKind::Site => "site",
        ProviderKind::Therapist => "therapist",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_read_and_written() {
        let query = "q=grief&near=44113&distance=10&unit=km&kind=therapist&taking=yes&language=es&page=2";
        let asked = Asked::read(query);
        assert_eq!(asked.kind, Some(ProviderKind::Therapist));
        assert_eq!(asked.taking, TakingFilter::TakingNow);
        assert_eq!(asked.language, Language::parse("es"));
        assert_eq!(asked.link("/providers"), format!("/providers?{query}"));
        assert_eq!(
            asked.only_near().link("/providers"),
            "/providers?near=44113&distance=10&unit=km"
        );
        assert_eq!(
            Asked::read("kind=Organization").kind,
            Some(ProviderKind::Organisation)
        );
        assert_eq!(Asked::read("kind=any&taking=any&language=any"), Asked::read(""));
    }

    #[test]
    fn what_means_nothing_is_told_and_left_out() {
        let asked = Asked::read("kind=club&taking=perhaps&language=klingon&distance=-3&page=0&unit=ell&x=y");
        let told: Vec<_> = asked.problems.iter().map(|problem| problem.parameter).collect();
        assert_eq!(told, ["kind", "taking", "language", "distance", "page", "unit"]);
        assert_eq!(asked.but(|_| {}), Asked::read(""));
    }
}
