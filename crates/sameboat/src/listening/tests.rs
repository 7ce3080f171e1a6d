//! Time passes by itself as soon as everything waits: nothing here sleeps.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::Instant;

use super::*;

const WHOLE: &[u8] = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n";

/// A connection to a server that says "ahoy" at `/`, a megabyte at `/long`, and "late" after two minutes at `/late`.
fn connect() -> DuplexStream {
    let router = Router::new()
        .route("/", get(async || "ahoy"))
        .route("/long", get(async || Body::from(vec![b'x'; 1024 * 1024])))
        .route(
            "/late",
            get(async || {
                sleep(Duration::from_mins(2)).await;
                "late"
            }),
        );
    let (theirs, ours) = duplex(8 * 1024);
    let peer = SocketAddr::from(([127, 0, 0, 1], 9));
    tokio::spawn(async move {
        let graceful = GracefulShutdown::new();
        answer(ours, peer, router, graceful.watcher()).await;
    });
    theirs
}

/// Reads until an answer that ends so.
async fn hear(stream: &mut DuplexStream, end: &str) {
    let mut heard = Vec::new();
    while !heard.ends_with(end.as_bytes()) {
        let read = stream.read_buf(&mut heard).await.expect("an answer");
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&heard));
    }
}

/// When the server ends the connection.
async fn end_of(stream: &mut DuplexStream) -> Duration {
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_head_that_comes_byte_by_byte_ends_after_ten_seconds() {
    let mut stream = connect();
    let begun = Instant::now();
    let mut sent = 0;
    for byte in WHOLE.iter().cycle() {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        sent += 1;
        assert!(sent < 20, "it goes on");
        sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(begun.elapsed(), LONGEST_HEAD + Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn half_a_head_ends_after_ten_seconds() {
    let mut stream = connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost:").await.expect("room");
    assert_eq!(end_of(&mut stream).await, LONGEST_HEAD);
}

#[tokio::test(start_paused = true)]
async fn a_connection_waits_longer_for_its_next_request_than_a_proxy_keeps_it() {
    let mut stream = connect();
    for _ in 0..3 {
        sleep(Duration::from_secs(70)).await;
        stream.write_all(WHOLE).await.expect("it is open");
        hear(&mut stream, "ahoy").await;
    }
    assert_eq!(end_of(&mut stream).await, LONGEST_IDLE);
    let request = "GET /late HTTP/1.1\r\nHost: here\r\n\r\n";
    let mut late = connect();
    late.write_all(request.as_bytes()).await.expect("room");
    hear(&mut late, "late").await;
    assert_eq!(end_of(&mut late).await, LONGEST_IDLE);
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_take_its_time() {
    let mut stream = connect();
    let request = "GET /late HTTP/1.1\r\nHost: here\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("room");
    hear(&mut stream, "late").await;
}

#[tokio::test(start_paused = true)]
async fn whoever_reads_slowly_gets_all_of_it_and_whoever_does_not_read_is_left() {
    let request = "GET /long HTTP/1.1\r\nHost: here\r\n\r\n";
    let mut slow = connect();
    slow.write_all(request.as_bytes()).await.expect("room");
    let (begun, mut heard) = (Instant::now(), 0);
    let mut piece = vec![0; 64 * 1024];
    while heard < 1024 * 1024 {
        sleep(Duration::from_secs(20)).await;
        let read = slow.read(&mut piece).await.expect("more of it");
        assert_ne!(read, 0, "it ends after {heard} bytes");
        heard += read;
    }
    assert!(begun.elapsed() > 3 * LONGEST_IDLE);

    let mut never = connect();
    never.write_all(request.as_bytes()).await.expect("room");
    sleep(LONGEST_STALL + Duration::from_secs(1)).await;
    let mut rest = Vec::new();
    let _ = never.read_to_end(&mut rest).await;
    assert!(rest.len() < 16 * 1024, "{}", rest.len());
}

#[tokio::test(start_paused = true)]
async fn a_line_or_a_header_that_is_too_long_is_refused_in_words() {
    for (request, status) in [
        (format!("GET /{} HTTP/1.1\r\n", "x".repeat(1024 * 1024)), "431"),
        (
            format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(10_000)),
            "431",
        ),
        (
            format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(1024 * 1024)),
            "431",
        ),
    ] {
        let (mut reading, mut writing) = tokio::io::split(connect());
        tokio::spawn(async move { writing.write_all(request.as_bytes()).await });
        let mut heard = Vec::new();
        let _ = reading.read_to_end(&mut heard).await;
        let heard = String::from_utf8_lossy(&heard).into_owned();
        assert!(heard.starts_with(&format!("HTTP/1.1 {status}")), "{heard}");
    }
}
