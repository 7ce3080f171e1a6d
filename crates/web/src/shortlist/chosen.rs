//! Which groups are on a shortlist, as its address says.

use domain::groups::Slug;
use url::form_urlencoded;

/// What the parameter `of` names, in its order, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub slugs: Vec<Slug>,
    /// What is no name of a group page, shortened.
    pub unknown: Vec<String>,
    /// How many more were named than a list holds.
    pub beyond: usize,
}

impl Chosen {
    /// The most groups on one list: what fits on one page of paper.
    pub const MOST: usize = 12;

    /// Adds the value of one parameter `of`: "slug,slug".
    pub fn take(&mut self, value: &str) {
        for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match Slug::parse(&part.to_ascii_lowercase()) {
                Ok(slug) if self.slugs.contains(&slug) => {}
                _ if self.slugs.len() + self.unknown.len() >= Self::MOST => self.beyond += 1,
                Ok(slug) => self.slugs.push(slug),
                Err(_) => self.unknown.push(part.chars().take(20).collect()),
            }
        }
    }

    /// Reads a query string; what else is in it is somebody else's.
    pub fn read(query: &str) -> Self {
        let mut chosen = Self::default();
        for (_, value) in form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "of") {
            chosen.take(&value);
        }
        chosen
    }

    pub fn is_empty(&self) -> bool {
        self.slugs.is_empty() && self.unknown.is_empty()
    }

    /// The value of `of` in an address; commas may stand in a query as they are.
    pub fn parameter(&self) -> String {
        let slugs: Vec<_> = self.slugs.iter().map(Slug::as_str).collect();
        slugs.join(",")
    }

    /// The address of this list under `path`.
    pub fn link(&self, path: &str) -> String {
        if self.slugs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?of={}", self.parameter())
        }
    }

    /// The same list with this group at its end; none when it is on it or the list is full.
    pub fn and(&self, slug: &Slug) -> Option<Self> {
        if self.slugs.contains(slug) || self.slugs.len() >= Self::MOST {
            return None;
        }
        let slugs = self.slugs.iter().chain([slug]).cloned().collect();
        Some(Self {
            slugs,
            ..Self::default()
        })
    }

    /// The same list without this group.
    pub fn without(&self, slug: &Slug) -> Self {
        let slugs = self.slugs.iter().filter(|other| *other != slug);
        Self {
            slugs: slugs.cloned().collect(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_back_from_its_address() {
        let (a, b) = (Slug::from_bits(1), Slug::from_bits(2));
        let chosen = Chosen::default().and(&a).unwrap().and(&b).unwrap();
        assert_eq!(chosen.link("/shortlist"), format!("/shortlist?of={a},{b}"));
        assert_eq!(Chosen::read(&format!("near=44113&of={a}&of={b},{a}")), chosen);
        assert_eq!(chosen.and(&a), None);
        assert_eq!(chosen.without(&a).slugs, [b]);
        assert_eq!(Chosen::default().link("/shortlist"), "/shortlist");
    }

    #[test]
    fn what_is_too_much_or_no_name_is_counted_and_told() {
        let many: Vec<_> = (0..14).map(|bits| Slug::from_bits(bits).to_string()).collect();
        let chosen = Chosen::read(&format!("of=<script>,{}", many.join(",")));
        assert_eq!(
            (chosen.slugs.len(), chosen.unknown.len(), chosen.beyond),
            (11, 1, 3)
        );
        assert_eq!(chosen.unknown, ["<script>"]);
    }
}
