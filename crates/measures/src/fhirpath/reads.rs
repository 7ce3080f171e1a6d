//! Which answers an expression reads, so that what is computed from others comes after them.

use std::collections::BTreeSet;

use super::syntax::{Function, Node, Operator, Variable};

/// What an expression reads by itself; variables that it uses read the rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    /// linkIds of the items whose answers it asks for.
    pub(crate) links: BTreeSet<String>,
    /// It may read any item.
    pub(crate) anything: bool,
    /// Places of the variables that it uses.
    pub(crate) variables: BTreeSet<usize>,
    /// linkIds of which it speaks in whatever way.
    pub(crate) mentioned: BTreeSet<String>,
}

impl Reads {
    pub(super) fn of(root: &Node) -> Self {
        let mut reads = Self::default();
        reads.look(root);
        reads
    }

    fn look(&mut self, node: &Node) {
        match node {
            Node::Member { of, name } => {
                if name == "item" && !is_of_questionnaire(of) {
                    self.anything = true;
                }
                self.look(of);
            }
            Node::Call {
                of, function, with, ..
            } => {
                self.called(of, *function, with);
                for argument in with {
                    self.look(argument);
                }
            }
            Node::Two {
                operator,
                left,
                right,
                ..
            } => {
                if let (Some(link), Operator::Equal | Operator::Unequal) = (linked(left, right), operator) {
                    self.mentioned.insert(link.to_owned());
                }
                self.look(left);
                self.look(right);
            }
            Node::At { of, index, .. } => {
                self.look(of);
                self.look(index);
            }
            Node::Negative { of, .. } | Node::OfType { of, .. } => self.look(of),
            Node::Variable(Variable::Named(index)) => {
                self.variables.insert(*index);
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

    fn called(&mut self, of: &Node, function: Function, with: &[Node]) {
        if let (Function::Where, Node::Member { of: from, name }) = (function, of)
            && name == "item"
        {
            let Some(links) = with.first().and_then(only) else {
                return self.look(of);
            };
            if !is_of_questionnaire(from) {
                self.links.extend(links);
            }
            return self.look(from);
        }
        if matches!(function, Function::Descendants) && !is_of_questionnaire(of) {
            self.anything = true;
        }
        self.look(of);
    }
}

/// The items to which a condition limits a list, if it does.
fn only(criteria: &Node) -> Option<BTreeSet<String>> {
    match criteria {
        Node::Two {
            operator,
            left,
            right,
            ..
        } => match operator {
            Operator::Equal => linked(left, right).map(|link| BTreeSet::from([link.to_owned()])),
            Operator::Or => Some(&only(left)? | &only(right)?),
            Operator::And => only(left).or_else(|| only(right)),
            Operator::In if is_link_id(left) => texts(right),
            _ => None,
        },
        _ => None,
    }
}

fn is_link_id(node: &Node) -> bool {
    matches!(node, Node::Member { of, name } if name == "linkId" && matches!(**of, Node::Input))
}

fn linked<'n>(left: &'n Node, right: &'n Node) -> Option<&'n str> {
    match (left, right) {
        (link, Node::Text(text)) | (Node::Text(text), link) if is_link_id(link) => Some(text),
        _ => None,
    }
}

fn texts(node: &Node) -> Option<BTreeSet<String>> {
    match node {
        Node::Text(text) => Some(BTreeSet::from([text.clone()])),
        Node::Two {
            operator: Operator::Union,
            left,
            right,
            ..
        } => Some(&texts(left)? | &texts(right)?),
        _ => None,
    }
}

/// Whether a path begins at the form, which is the same whatever is answered.
fn is_of_questionnaire(node: &Node) -> bool {
    match node {
        Node::Variable(Variable::Questionnaire) => true,
        Node::Member { of, .. } | Node::At { of, .. } | Node::Call { of, .. } | Node::OfType { of, .. } => {
            is_of_questionnaire(of)
        }
        _ => false,
    }
}
