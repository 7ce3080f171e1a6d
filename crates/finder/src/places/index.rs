//! Numbers by name, in little memory: a map of as many small strings would take several times as much.

#[derive(Debug)]
pub(super) struct Index {
    /// All names, one after another.
    text: String,
    /// In the order of their names; those of one name in the order of their numbers.
    named: Vec<Named>,
}

#[derive(Debug, Clone, Copy)]
struct Named {
    from: u32,
    to: u32,
    number: u32,
}

impl Index {
    pub(super) fn new(mut names: Vec<(String, u32)>) -> Self {
        names.sort_unstable();
        let mut index = Self {
            text: String::with_capacity(names.iter().map(|(name, _)| name.len()).sum()),
            named: Vec::with_capacity(names.len()),
        };
        let end = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        for (name, number) in &names {
            let from = end(&index.text);
            index.text.push_str(name);
            let to = end(&index.text);
            index.named.push(Named {
                from,
                to,
                number: *number,
            });
        }
        index
    }

    /// The numbers of a name.
    pub(super) fn get<'a>(&'a self, name: &'a str) -> impl Iterator<Item = u32> + 'a {
        let from = self.named.partition_point(|named| self.name(*named) < name);
        let same = self.named[from..]
            .iter()
            .take_while(move |named| self.name(**named) == name);
        same.map(|named| named.number)
    }

    fn name(&self, named: Named) -> &str {
        &self.text[named.from as usize..named.to as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_numbers_and_no_other_name_has_any() {
        let names = [("parma", 4), ("solon", 1), ("parma", 2), ("", 7), ("par", 3)];
        let index = Index::new(names.map(|(name, number)| (name.to_owned(), number)).to_vec());
        let get = |name: &str| index.get(name).collect::<Vec<_>>();
        assert_eq!(get("parma"), [2, 4]);
        assert_eq!((get("par"), get("solon"), get("")), (vec![3], vec![1], vec![7]));
        assert_eq!((get("pa"), get("solong"), get("zzz")), (vec![], vec![], vec![]));
    }
}
