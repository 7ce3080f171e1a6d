//! The words and signs of an expression, each with its column.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::Wrong;

/// In characters; more than any expression in use has.
const LONGEST: usize = 20_000;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or a word such as `and`.
    Word(String),
    /// A name between backticks, which is never a word of the language.
    Quoted(String),
    /// `%resource`
    Variable(String),
    /// `$this`
    Dollar(String),
    Text(String),
    Number(Decimal),
    Sign(&'static str),
}

/// Signs of two characters stand before those with which they begin.
const SIGNS: [&str; 23] = [
    "!=", "!~", "<=", ">=", "(", ")", "[", "]", "{", "}", ".", ",", "=", "~", "<", ">", "+", "-", "*", "/",
    "&", "|", "@",
];

/// All tokens, and the column after the last.
pub(super) fn tokens(source: &str) -> Result<(Vec<(Token, usize)>, usize), Wrong> {
    let characters: Vec<char> = source.chars().take(LONGEST + 1).collect();
    if characters.len() > LONGEST {
        return Err(Wrong::new(
            1,
            format!("the expression has more than {LONGEST} characters"),
        ));
    }
    let mut lexer = Lexer { characters, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip()?;
        let column = lexer.at + 1;
        match lexer.next()? {
            Some(token) => tokens.push((token, column)),
            None => return Ok((tokens, column)),
        }
    }
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    /// Goes past white space and comments.
    fn skip(&mut self) -> Result<(), Wrong> {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(' ' | '\t' | '\r' | '\n'), _) => self.at += 1,
                (Some('/'), Some('/')) => {
                    while self.peek(0).is_some_and(|next| next != '\n') {
                        self.at += 1;
                    }
                }
                (Some('/'), Some('*')) => {
                    let from = self.at + 1;
                    self.at += 2;
                    while (self.peek(0), self.peek(1)) != (Some('*'), Some('/')) {
                        if self.peek(0).is_none() {
                            return Err(Wrong::new(from, "a comment does not end"));
                        }
                        self.at += 1;
                    }
                    self.at += 2;
                }
                _ => return Ok(()),
            }
        }
    }

    fn next(&mut self) -> Result<Option<Token>, Wrong> {
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        let token = match first {
            '\'' | '"' => Token::Text(self.quoted(first)?),
            '`' => Token::Quoted(self.quoted('`')?),
            '%' => {
                self.at += 1;
                Token::Variable(match self.peek(0) {
                    Some(quote @ ('`' | '\'')) => self.quoted(quote)?,
                    _ => self.name(),
                })
            }
            '$' => {
                self.at += 1;
                Token::Dollar(self.name())
            }
            '0'..='9' => self.number()?,
            first if first.is_ascii_alphabetic() || first == '_' => Token::Word(self.name()),
            _ => Token::Sign(self.sign()?),
        };
        Ok(Some(token))
    }

    fn name(&mut self) -> String {
        let from = self.at;
        while self
            .peek(0)
            .is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
        {
            self.at += 1;
        }
        self.characters[from..self.at].iter().collect()
    }

    fn sign(&mut self) -> Result<&'static str, Wrong> {
        let next: String = self.characters[self.at..].iter().take(2).collect();
        let Some(sign) = SIGNS.into_iter().find(|sign| next.starts_with(sign)) else {
            let first = next.chars().next().unwrap_or(' ');
            return Err(Wrong::new(self.at + 1, format!("unexpected {first:?}")));
        };
        self.at += sign.len();
        Ok(sign)
    }

    fn number(&mut self) -> Result<Token, Wrong> {
        let column = self.at + 1;
        let from = self.at;
        let digits = |lexer: &mut Self| {
            while lexer.peek(0).is_some_and(|next| next.is_ascii_digit()) {
                lexer.at += 1;
            }
        };
        digits(self);
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            digits(self);
        }
        let said: String = self.characters[from..self.at].iter().collect();
        if self.peek(0).is_some_and(|next| next.is_ascii_alphabetic()) {
            return Err(Wrong::new(column, format!("{said} is followed by a letter")));
        }
        match Decimal::from_str(&said) {
            Ok(number) if said.len() <= 28 => Ok(Token::Number(number)),
            _ => Err(Wrong::new(column, format!("{said} has more than 28 digits"))),
        }
    }

    /// What stands between two of these marks.
    fn quoted(&mut self, mark: char) -> Result<String, Wrong> {
        let column = self.at + 1;
        let mut said = String::new();
        self.at += 1;
        loop {
            let Some(next) = self.peek(0) else {
                return Err(Wrong::new(column, "a text does not end"));
            };
            self.at += 1;
            match next {
                _ if next == mark => return Ok(said),
                '\\' => said.push(self.escaped()?),
                _ => said.push(next),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Wrong> {
        let column = self.at;
        let next = self.peek(0);
        self.at += 1;
        match next {
            Some(plain @ ('\'' | '"' | '`' | '\\' | '/')) => Ok(plain),
            Some('r') => Ok('\r'),
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('f') => Ok('\u{c}'),
            Some('u') => {
                let digits: String = self.characters[self.at.min(self.characters.len())..]
                    .iter()
                    .take(4)
                    .collect();
                self.at += 4;
                let code = u32::from_str_radix(&digits, 16)
                    .ok()
                    .filter(|_| digits.len() == 4);
                code.and_then(char::from_u32)
                    .ok_or_else(|| Wrong::new(column, "\\u needs four digits that are a letter"))
            }
            _ => Err(Wrong::new(column, "unknown escape in a text")),
        }
    }
}
