//! The part of FHIRPath that forms are scored with: compiled once, evaluated on many answers. What is not understood is refused
//! when it is compiled, with its column, so that no score is silently wrong.
//!
//! What each operator and function gives is the same as with HL7's fhirpath.js, or an error; the oracle's answers are in
//! `tests/oracle`.

mod evaluate;
mod functions;
mod iterating;
mod lexer;
mod links;
mod names;
mod numbers;
mod operators;
mod parser;
mod reads;
mod syntax;
mod texts;
mod value;
mod weights;

use std::fmt;

use serde_json::Value;

use crate::form::Form;
pub(crate) use evaluate::{Evaluation, Steps};
pub(crate) use reads::Reads;
pub(crate) use value::{Collection, Val};

/// An expression of which everything is understood.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    root: syntax::Node,
    reads: Reads,
}

/// Why an expression is not understood, or gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Wrong {
    pub why: String,
    /// In characters, counted from 1.
    pub column: usize,
}

/// On what an expression is evaluated.
#[derive(Clone, Copy)]
pub struct On<'a> {
    pub form: &'a Form,
    /// The QuestionnaireResponse.
    pub resource: &'a Value,
    /// The item of the response at which the expression stands, or the response itself.
    pub context: &'a Value,
}

impl Expression {
    /// `variables` are the names that it sees, the later before the earlier.
    pub fn compile(source: &str, variables: &[&str]) -> Result<Self, Wrong> {
        let mut root = parser::parse(source, variables)?;
        let reads = Reads::of(&root);
        links::shorten(&mut root);
        Ok(Self {
            source: source.to_owned(),
            reads,
            root,
        })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// The linkIds of which it speaks.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.reads.mentioned.iter().map(String::as_str)
    }

    pub(crate) fn reads(&self) -> &Reads {
        &self.reads
    }

    /// What it gives where it sees no variables.
    pub fn evaluate(&self, on: On<'_>) -> Result<Vec<Value>, Wrong> {
        let steps = Steps::of_all();
        let found = Evaluation::new(on, &[], &steps).run(self)?;
        Ok(found.iter().map(Val::to_json).collect())
    }

    pub(crate) fn root(&self) -> &syntax::Node {
        &self.root
    }
}

impl Wrong {
    pub(crate) fn new(column: usize, why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            column,
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at column {}", self.why, self.column)
    }
}
