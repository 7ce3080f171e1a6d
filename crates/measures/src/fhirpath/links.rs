//! `linkId = 'a' or linkId = 'b' or …` is how forms choose items, or `linkId != 'a' and …`: it becomes one look into a list.

use super::syntax::{Node, Operator};

/// Puts a list in place of every condition that is no more than one.
pub(super) fn shorten(node: &mut Node) {
    if let Some(links) = exactly(node, Operator::Or, Operator::Equal) {
        *node = Node::LinkIs(links);
        return;
    }
    if let Some(links) = exactly(node, Operator::And, Operator::Unequal) {
        *node = Node::LinkIsNot(links);
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
        | Node::LinkIs(_)
        | Node::LinkIsNot(_) => {}
    }
}

/// The linkIds, if a condition only compares the item's own with them.
fn exactly(node: &Node, joint: Operator, compare: Operator) -> Option<Vec<String>> {
    let Node::Two {
        operator,
        left,
        right,
        ..
    } = node
    else {
        return None;
    };
    if *operator == joint {
        let mut links = exactly(left, joint, compare)?;
        links.extend(exactly(right, joint, compare)?);
        return Some(links);
    }
    match (&**left, &**right) {
        (Node::Member { of, name }, Node::Text(text))
            if *operator == compare && name == "linkId" && matches!(**of, Node::Input) =>
        {
            Some(vec![text.clone()])
        }
        _ => None,
    }
}
