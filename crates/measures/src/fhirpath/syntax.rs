//! An expression as a tree.

use rust_decimal::Decimal;

#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// What the expression is evaluated on: `$this`.
    Input,
    Total,
    Index,
    Text(String),
    Number(Decimal),
    Boolean(bool),
    /// `{}`
    Empty,
    Variable(Variable),
    Member {
        of: Box<Node>,
        name: String,
    },
    /// `of[index]`
    At {
        of: Box<Node>,
        index: Box<Node>,
        column: usize,
    },
    Call {
        of: Box<Node>,
        function: Function,
        with: Vec<Node>,
        column: usize,
    },
    Negative {
        of: Box<Node>,
        column: usize,
    },
    Two {
        operator: Operator,
        left: Box<Node>,
        right: Box<Node>,
        column: usize,
    },
    /// Whether `linkId` is one of these.
    LinkIs(Vec<String>),
    /// Whether it is none of these.
    LinkIsNot(Vec<String>),
    OfType {
        of: Box<Node>,
        kind: Type,
        how: OfType,
        column: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variable {
    Resource,
    Questionnaire,
    Context,
    /// The place among those that the expression sees.
    Named(usize),
}

/// A FHIR type that `value[x]` can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    Integer,
    Decimal,
    String,
    /// Days and times, which expressions here do not compare.
    Date,
    Coding,
    Quantity,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfType {
    /// Those of the type.
    Only,
    /// The one, if it is of the type.
    As,
    /// Whether it is.
    Is,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Divide,
    WholeDivide,
    Modulo,
    Join,
    Equal,
    Unequal,
    Equivalent,
    NotEquivalent,
    Less,
    Greater,
    AtMost,
    AtLeast,
    And,
    Or,
    Xor,
    Implies,
    In,
    Contains,
    Union,
}

macro_rules! functions {
    ($($name:ident $said:literal $least:literal $most:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Function {
            $($name,)*
        }

        impl Function {
            /// The function of a name, and how many arguments it takes at least and at most.
            pub(super) fn find(name: &str) -> Option<(Self, usize, usize)> {
                match name {
                    $($said => Some((Self::$name, $least, $most)),)*
                    _ => None,
                }
            }

            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $said,)*
                }
            }

        }
    };
}

functions! {
    Empty "empty" 0 0,
    Exists "exists" 0 1,
    Not "not" 0 0,
    All "all" 1 1,
    AllTrue "allTrue" 0 0,
    AnyTrue "anyTrue" 0 0,
    AllFalse "allFalse" 0 0,
    AnyFalse "anyFalse" 0 0,
    Count "count" 0 0,
    Distinct "distinct" 0 0,
    IsDistinct "isDistinct" 0 0,
    Where "where" 1 1,
    Select "select" 1 1,
    Repeat "repeat" 1 1,
    Descendants "descendants" 0 0,
    Extension "extension" 1 1,
    First "first" 0 0,
    Last "last" 0 0,
    Tail "tail" 0 0,
    Single "single" 0 0,
    Skip "skip" 1 1,
    Take "take" 1 1,
    UnionWith "union" 1 1,
    Combine "combine" 1 1,
    Iif "iif" 2 3,
    Sum "sum" 0 0,
    Min "min" 0 0,
    Max "max" 0 0,
    Avg "avg" 0 0,
    Aggregate "aggregate" 1 2,
    Weight "weight" 0 0,
    Ordinal "ordinal" 0 0,
    HasValue "hasValue" 0 0,
    ToInteger "toInteger" 0 0,
    ToDecimal "toDecimal" 0 0,
    ToText "toString" 0 0,
    ToBoolean "toBoolean" 0 0,
    Abs "abs" 0 0,
    Ceiling "ceiling" 0 0,
    Floor "floor" 0 0,
    Round "round" 0 1,
    Truncate "truncate" 0 0,
    Length "length" 0 0,
    Upper "upper" 0 0,
    Lower "lower" 0 0,
    Trim "trim" 0 0,
    ToChars "toChars" 0 0,
    StartsWith "startsWith" 1 1,
    EndsWith "endsWith" 1 1,
    ContainsText "contains" 1 1,
    IndexOf "indexOf" 1 1,
    Substring "substring" 1 2,
    JoinAll "join" 0 1,
    Split "split" 1 1,
}

impl Operator {
    /// The operator of a sign or a word, and how strongly it binds.
    pub(super) fn find(said: &str) -> Option<(Self, u8)> {
        Some(match said {
            "*" => (Self::Times, 10),
            "/" => (Self::Divide, 10),
            "div" => (Self::WholeDivide, 10),
            "mod" => (Self::Modulo, 10),
            "+" => (Self::Plus, 9),
            "-" => (Self::Minus, 9),
            "&" => (Self::Join, 9),
            "|" => (Self::Union, 7),
            "<" => (Self::Less, 6),
            ">" => (Self::Greater, 6),
            "<=" => (Self::AtMost, 6),
            ">=" => (Self::AtLeast, 6),
            "=" => (Self::Equal, 5),
            "!=" => (Self::Unequal, 5),
            "~" => (Self::Equivalent, 5),
            "!~" => (Self::NotEquivalent, 5),
            "in" => (Self::In, 4),
            "contains" => (Self::Contains, 4),
            "and" => (Self::And, 3),
            "xor" => (Self::Xor, 2),
            "or" => (Self::Or, 2),
            "implies" => (Self::Implies, 1),
            _ => return None,
        })
    }
}

/// How strongly `is` and `as` bind.
pub(super) const OF_TYPE_BINDS: u8 = 8;

impl Type {
    /// Of the rest of a field's name, as in `valueInteger`.
    pub(crate) fn of_field(rest: &str) -> Option<Self> {
        Some(match rest {
            "Boolean" => Self::Boolean,
            "Integer" => Self::Integer,
            "Decimal" => Self::Decimal,
            "String" => Self::String,
            "Date" | "DateTime" | "Time" | "Instant" => Self::Date,
            "Coding" => Self::Coding,
            "Quantity" => Self::Quantity,
            "Uri" | "Url" | "Code" | "Reference" | "Attachment" | "CodeableConcept" | "Expression"
            | "Markdown" | "Duration" | "Period" | "Range" | "Identifier" | "Canonical" | "Id"
            | "PositiveInt" | "UnsignedInt" => Self::Other,
            _ => return None,
        })
    }

    /// Of a type as expressions name it.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "decimal" => Self::Decimal,
            "string" => Self::String,
            "Coding" => Self::Coding,
            "Quantity" => Self::Quantity,
            _ => return None,
        })
    }
}
