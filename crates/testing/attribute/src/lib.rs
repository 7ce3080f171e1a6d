//! `#[both_engines]`: one test, run on SQLite and on PostgreSQL.
#![forbid(unsafe_code)]

use proc_macro::{TokenStream, TokenTree};

/// Makes `async fn promise(db: TestDatabase)` two tests, `promise::sqlite` and `promise::postgres`, each on a fresh
/// real database. An `#[ignore = "…"]` below it is that of both.
#[proc_macro_attribute]
pub fn both_engines(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens = item
        .clone()
        .into_iter()
        .skip_while(|token| token.to_string() != "fn")
        .skip(1);
    let Some(TokenTree::Ident(name)) = tokens.next() else {
        return "compile_error!(\"#[both_engines] goes on `async fn promise(db: TestDatabase)`\");"
            .parse()
            .unwrap_or_default();
    };
    let ignored = item.clone().into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.to_string().starts_with("[ignore") => Some(format!("#{group}")),
        _ => None,
    });
    let ignored = ignored.unwrap_or_default();
    let tests = format!(
        "mod {name} {{
            #[test]
            {ignored}
            fn sqlite() {{ ::testing::database::run(::testing::database::Engine::Sqlite, super::{name}); }}
            #[test]
            {ignored}
            fn postgres() {{ ::testing::database::run(::testing::database::Engine::Postgres, super::{name}); }}
        }}"
    );
    [item, tests.parse().unwrap_or_default()].into_iter().collect()
}
