//! The reference that the running site is measured against: axum with one route that gives the same bytes to everyone.
//!
//!     cargo run --release --package web --example bare -- FILE
#![forbid(unsafe_code)]

use axum::Router;
use axum::http::header::CONTENT_TYPE;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).unwrap_or_default();
    let bytes = axum::body::Bytes::from(std::fs::read(file)?);
    let router = Router::new().fallback(move || {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json")], bytes) }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://localhost:{}", listener.local_addr()?.port());
    axum::serve(listener, router).await
}
