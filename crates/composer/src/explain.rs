//! Why someone is where they are.
use crate::problem::Problem;
use std::collections::BTreeMap;

pub(crate) struct Explained {
    pub(crate) unplaced: BTreeMap<String, Vec<String>>,
    pub(crate) why: BTreeMap<String, Vec<String>>,
}

pub(crate) fn all(_: &Problem, _: &[Option<usize>]) -> Explained {
    Explained {
        unplaced: BTreeMap::new(),
        why: BTreeMap::new(),
    }
}
