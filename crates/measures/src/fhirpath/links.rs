//! `linkId = 'a' or linkId = 'b' or …` is how forms choose items: it becomes one look into a list.

use super::syntax::{Node, Operator};

/// Puts a list in place of every condition that is no more than one.
pub(super) fn shorten(node: &mut Node) {
    if let Node::Two { .. } = node
        && let Some(links) = exactly(node)
    {
        *node = Node::LinkIs(links);
        return;
    }
    match node {
        Node::Member { of, .. } | Node::Negative { of, .. } | Node::OfType { of, .. } => shorten(of),
        Node::At { of, index, .. } => {
            shorten(of);
            shorten(index);
        }
        Node::Call { of, with, .. } => {
            shorten(of);
            with.iter_mut().for_each(shorten);
        }
        Node::Two { left, right, .. } => {
            shorten(left);
            shorten(right);
        }
        Node::Input
        | Node::Total
        | Node::Index
        | Node::Text(_)
        | Node::Number(_)
        | Node::Boolean(_)
        | Node::Empty
        | Node::Variable(_)
        | Node::LinkIs(_) => {}
    }
}

/// The linkIds, if a condition asks for nothing else.
fn exactly(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Two {
            operator: Operator::Or,
            left,
            right,
            ..
        } => {
            let mut links = exactly(left)?;
            links.extend(exactly(right)?);
            Some(links)
        }
        Node::Two {
            operator: Operator::Equal,
            left,
            right,
            ..
        } => match (&**left, &**right) {
            (Node::Member { of, name }, Node::Text(text))
                if name == "linkId" && matches!(**of, Node::Input) =>
            {
                Some(vec![text.clone()])
            }
            _ => None,
        },
        _ => None,
    }
}
