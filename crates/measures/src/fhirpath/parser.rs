//! From tokens to a tree, by how strongly operators bind.

use super::Wrong;
use super::lexer::{Token, tokens};
use super::names;
use super::syntax::{Function, Node, OF_TYPE_BINDS, OfType, Operator, Type, Variable};

/// How deep a tree may be: it is walked by recursion.
const DEEPEST: usize = 100;

type Parsed = Result<Tree, Wrong>;

/// A node and how deep it is.
struct Tree {
    node: Node,
    depth: usize,
}

pub(super) fn parse(source: &str, variables: &[&str]) -> Result<Node, Wrong> {
    let (tokens, end) = tokens(source)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        end,
        open: 0,
        variables,
    };
    let tree = parser.expression(0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(tree.node),
        Some((token, column)) => Err(Wrong::new(*column, format!("unexpected {}", told(token)))),
    }
}

struct Parser<'p> {
    tokens: Vec<(Token, usize)>,
    at: usize,
    /// The column after the last token.
    end: usize,
    /// Parentheses within which this is.
    open: usize,
    variables: &'p [&'p str],
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn column(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, column)| *column)
    }

    fn sees(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(is)) if *is == sign)
    }

    fn take(&mut self, sign: &str) -> bool {
        let takes = self.sees(sign);
        self.at += usize::from(takes);
        takes
    }

    fn expect(&mut self, sign: &str) -> Result<(), Wrong> {
        let column = self.column();
        if self.take(sign) {
            return Ok(());
        }
        let is = self.peek().map_or_else(|| "the end".to_owned(), told);
        Err(Wrong::new(
            column,
            format!("expected {sign:?}, and there is {is}"),
        ))
    }

    /// An expression whose operators bind more strongly than this.
    fn expression(&mut self, above: u8) -> Parsed {
        self.open += 1;
        if self.open > DEEPEST {
            return Err(Wrong::new(
                self.column(),
                format!("more than {DEEPEST} parts are within each other"),
            ));
        }
        let mut left = self.negative()?;
        loop {
            let column = self.column();
            let said = match self.peek() {
                Some(Token::Word(word)) => word.as_str(),
                Some(Token::Sign(sign)) => sign,
                _ => break,
            };
            if let "is" | "as" = said {
                if OF_TYPE_BINDS <= above {
                    break;
                }
                let how = if said == "is" { OfType::Is } else { OfType::As };
                self.at += 1;
                let kind = self.type_name()?;
                left = left.within(column, |of| Node::OfType {
                    of,
                    kind,
                    how,
                    column,
                })?;
                continue;
            }
            let Some((operator, binds)) = Operator::find(said).filter(|(_, binds)| *binds > above) else {
                break;
            };
            self.at += 1;
            let right = self.expression(binds)?;
            let depth = left.depth.max(right.depth);
            let right = Box::new(right.node);
            let both = Tree {
                node: left.node,
                depth,
            };
            left = both.within(column, |left| Node::Two {
                operator,
                left,
                right,
                column,
            })?;
        }
        self.open -= 1;
        Ok(left)
    }

    fn negative(&mut self) -> Parsed {
        let column = self.column();
        if self.take("-") {
            self.open += 1;
            if self.open > DEEPEST {
                return Err(Wrong::new(column, "too many signs"));
            }
            let of = self.negative()?;
            self.open -= 1;
            return of.within(column, |of| Node::Negative { of, column });
        }
        if self.take("+") {
            return Err(Wrong::new(column, "unsupported sign \"+\" before a value"));
        }
        self.invoked()
    }

    /// A term and what is asked of it: `.name`, `.function()`, `[index]`.
    fn invoked(&mut self) -> Parsed {
        let mut tree = self.term()?;
        loop {
            let column = self.column();
            if self.take(".") {
                let column = self.column();
                tree = match self.peek().cloned() {
                    Some(Token::Word(name)) => {
                        self.at += 1;
                        self.member_or_call(tree, name, column)?
                    }
                    Some(Token::Quoted(name)) => {
                        self.at += 1;
                        member(tree, name, column)?
                    }
                    other => {
                        let is = other.as_ref().map_or_else(|| "the end".to_owned(), told);
                        return Err(Wrong::new(
                            column,
                            format!("expected a name after \".\", and there is {is}"),
                        ));
                    }
                };
            } else if self.take("[") {
                let index = self.expression(0)?;
                self.expect("]")?;
                let depth = tree.depth.max(index.depth);
                let index = Box::new(index.node);
                let both = Tree {
                    node: tree.node,
                    depth,
                };
                tree = both.within(column, |of| Node::At { of, index, column })?;
            } else {
                return Ok(tree);
            }
        }
    }

    fn term(&mut self) -> Parsed {
        let column = self.column();
        let Some(token) = self.peek().cloned() else {
            return Err(Wrong::new(column, "the expression ends too early"));
        };
        self.at += 1;
        let node = match token {
            Token::Text(text) => Node::Text(text),
            Token::Number(number) => {
                if matches!(self.peek(), Some(Token::Text(_))) || self.sees_calendar() {
                    return Err(Wrong::new(column, "unsupported quantity: compare numbers"));
                }
                Node::Number(number)
            }
            Token::Variable(name) => Node::Variable(self.variable(&name, column)?),
            Token::Dollar(name) => match name.as_str() {
                "this" => Node::Input,
                "total" => Node::Total,
                "index" => Node::Index,
                _ => return Err(Wrong::new(column, format!("unsupported variable ${name}"))),
            },
            Token::Quoted(name) => return member(Tree::leaf(Node::Input), name, column),
            Token::Word(word) => match word.as_str() {
                "true" => Node::Boolean(true),
                "false" => Node::Boolean(false),
                _ => return self.member_or_call(Tree::leaf(Node::Input), word, column),
            },
            Token::Sign("(") => {
                let within = self.expression(0)?;
                self.expect(")")?;
                return Ok(within);
            }
            Token::Sign("{") => {
                self.expect("}")?;
                Node::Empty
            }
            Token::Sign("@") => return Err(Wrong::new(column, "unsupported date or time")),
            other @ Token::Sign(_) => return Err(Wrong::new(column, format!("unexpected {}", told(&other)))),
        };
        Ok(Tree::leaf(node))
    }

    fn sees_calendar(&self) -> bool {
        let Some(Token::Word(word)) = self.peek() else {
            return false;
        };
        let one = word.strip_suffix('s').unwrap_or(word);
        [
            "year",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "second",
            "millisecond",
        ]
        .contains(&one)
    }

    fn variable(&self, name: &str, column: usize) -> Result<Variable, Wrong> {
        if let Some(index) = self.variables.iter().rposition(|known| *known == name) {
            return Ok(Variable::Named(index));
        }
        match name {
            "resource" | "rootResource" => Ok(Variable::Resource),
            "questionnaire" => Ok(Variable::Questionnaire),
            "context" => Ok(Variable::Context),
            _ => Err(Wrong::new(column, format!("unknown variable %{name}"))),
        }
    }

    fn type_name(&mut self) -> Result<Type, Wrong> {
        let column = self.column();
        let mut said = String::new();
        loop {
            match self.peek() {
                Some(Token::Word(name) | Token::Quoted(name)) => said.push_str(name),
                _ => return Err(Wrong::new(column, "expected the name of a type")),
            }
            self.at += 1;
            if said == "FHIR" && self.take(".") {
                said.clear();
                continue;
            }
            return Type::of_name(&said)
                .ok_or_else(|| Wrong::new(column, format!("unsupported type {said}")));
        }
    }

    fn member_or_call(&mut self, of: Tree, name: String, column: usize) -> Parsed {
        if !self.take("(") {
            return member(of, name, column);
        }
        if let "is" | "as" | "ofType" = name.as_str() {
            let how = match name.as_str() {
                "is" => OfType::Is,
                "as" => OfType::As,
                _ => OfType::Only,
            };
            let kind = self.type_name()?;
            self.expect(")")?;
            return of.within(column, |of| Node::OfType {
                of,
                kind,
                how,
                column,
            });
        }
        let Some((function, least, most)) = Function::find(&name) else {
            return Err(Wrong::new(column, format!("unsupported function {name}")));
        };
        let mut with = Vec::new();
        let mut depth = of.depth;
        while !self.sees(")") {
            let argument = self.expression(0)?;
            depth = depth.max(argument.depth);
            with.push(argument.node);
            if !self.take(",") {
                break;
            }
        }
        self.expect(")")?;
        if !(least..=most).contains(&with.len()) {
            let wanted = if least == most {
                least.to_string()
            } else {
                format!("{least} to {most}")
            };
            let why = format!("{name} takes {wanted} arguments, and has {}", with.len());
            return Err(Wrong::new(column, why));
        }
        let all = Tree { node: of.node, depth };
        all.within(column, |of| Node::Call {
            of,
            function,
            with,
            column,
        })
    }
}

impl Tree {
    fn leaf(node: Node) -> Self {
        Self { node, depth: 1 }
    }

    /// The tree within another node.
    fn within(self, column: usize, node: impl FnOnce(Box<Node>) -> Node) -> Parsed {
        if self.depth >= DEEPEST {
            return Err(Wrong::new(
                column,
                format!("more than {DEEPEST} parts follow each other"),
            ));
        }
        Ok(Self {
            depth: self.depth + 1,
            node: node(Box::new(self.node)),
        })
    }
}

fn member(of: Tree, name: String, column: usize) -> Parsed {
    // A slip of the pen would find nothing, and nothing sums up to a wrong score.
    if !names::is_known(&name) {
        return Err(Wrong::new(column, format!("unknown element {name}")));
    }
    of.within(column, |of| Node::Member { of, name })
}

fn told(token: &Token) -> String {
    match token {
        Token::Word(said) | Token::Quoted(said) => format!("{said:?}"),
        Token::Variable(said) => format!("%{said}"),
        Token::Dollar(said) => format!("${said}"),
        Token::Text(said) => format!("the text {said:?}"),
        Token::Number(number) => format!("the number {number}"),
        Token::Sign(sign) => format!("{sign:?}"),
    }
}
