//! What the weights are learnt from.

use crate::context::{Spot, clues};
use crate::lexicon::{Ordinary, ordinary};
use crate::marking::{Guard, Seen};
use crate::names::{is_elsewhere, joined, said};
use crate::public;
use crate::roster::Part;
use crate::words::Text;

/// What is seen around each word that is also a name and would tell a member; with "ruled" where a rule says so already.
pub(crate) fn seen(guard: &Guard, text: &Text<'_>, part: Part) -> Vec<Seen> {
    let public = public::ends(guard, text);
    let seen = (0..text.words.len()).filter_map(|at| {
        let saying = said(guard, text, at).map(|first| joined(guard, text, at, first))?;
        let spot = Spot {
            text,
            forms: &guard.forms,
            at,
            to: saying.to,
        };
        let word = &text.words[at];
        let doubtful = saying.to == at + 1 && !saying.sure && ordinary(&word.folded) != Ordinary::No;
        let tells = !guard
            .told(saying.said.iter().map(|said| said.who), part)
            .is_empty();
        let counts = doubtful && tells && public[at] == 0 && !is_elsewhere(guard, spot, &saying);
        let ruled = spot.ruled().map(|_| ("ruled", "", ""));
        counts.then(|| {
            (
                word.range.clone(),
                clues(&spot).into_iter().chain(ruled).collect(),
            )
        })
    });
    seen.collect()
}
