//! Connections, and how long each may take: a head that comes byte by byte, and a reader who does not read, hold nobody up.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use futures::task::AtomicWaker;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};
use tower::Service;

/// From its first byte on, a head is here within this time.
const LONGEST_HEAD: Duration = Duration::from_secs(10);
/// A connection waits so long for its next request: longer than the proxies that keep theirs for a minute, so that none of them sends
/// a form into a connection that was just closed.
const LONGEST_IDLE: Duration = Duration::from_secs(75);
/// Whoever does not take a byte of an answer for so long does not want it.
const LONGEST_STALL: Duration = Duration::from_secs(30);
/// The line of the request and its header.
const MOST_HEAD: usize = 64 * 1024;
/// Who comes when there are so many waits to be let in.
const MOST_CONNECTIONS: usize = 8_192;

/// Answers on this listener until `stop`; what is under way then is finished.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let come = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            come = come => come,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(why) => {
                refused(&why).await;
                continue;
            }
        };
        // An answer is written at once, in one or two pieces.
        let _ = stream.set_nodelay(true);
        let connection = answer(stream, peer, router.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// One that was gone before it was let in concerns nobody else; if the system has no room for another, some end meanwhile.
async fn refused(why: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        why.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!("no connection can be let in: {why}");
        sleep(Duration::from_secs(1)).await;
    }
}

/// All requests of one connection.
async fn answer<S: AsyncRead + AsyncWrite + Unpin + 'static>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    watcher: Watcher,
) {
    let turn = Arc::new(Turn::default());
    let stream = TokioIo::new(Paced::new(stream, Arc::clone(&turn)));
    let service = service_fn(move |mut request: Request<Incoming>| {
        turn.set(ANSWERING);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().call(request);
        let after = After(Arc::clone(&turn));
        async move {
            let answer: Result<Response<_>, Infallible> = answer.await;
            answer.map(|answer| answer.map(|body| Whole { body, _after: after }))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_buf_size(MOST_HEAD)
        .serve_connection(stream, service);
    // What goes wrong on a connection is between it and who made it.
    let _ = watcher.watch(connection).await;
}

/// For a request.
const WAITING: u8 = 0;
/// Some of its head is here.
const HEAD: u8 = 1;
/// It has a time limit of its own.
const ANSWERING: u8 = 2;

/// Whose turn it is on a connection.
#[derive(Default)]
struct Turn {
    whose: AtomicU8,
    /// Whoever reads; has to look how long it may wait when the turn goes back to waiting.
    reader: AtomicWaker,
}

impl Turn {
    fn set(&self, to: u8) {
        self.whose.store(to, Ordering::Release);
    }

    fn get(&self) -> u8 {
        self.whose.load(Ordering::Acquire)
    }
}

/// When it is dropped, the next request is waited for.
struct After(Arc<Turn>);

impl Drop for After {
    fn drop(&mut self) {
        self.0.set(WAITING);
        self.0.reader.wake();
    }
}

/// The body of an answer, which may take as long as it is read.
struct Whole {
    body: Body,
    _after: After,
}

impl hyper::body::Body for Whole {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that ends when its turn takes too long.
struct Paced<S> {
    stream: S,
    turn: Arc<Turn>,
    /// The turn that `reading` limits.
    limited: u8,
    reading: Pin<Box<Sleep>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<S> Paced<S> {
    fn new(stream: S, turn: Arc<Turn>) -> Self {
        Self {
            stream,
            turn,
            limited: WAITING,
            reading: Box::pin(sleep(LONGEST_IDLE)),
            writing: None,
        }
    }

    /// Whether what was to come has not come in time.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let turn = self.turn.get();
        // What was answered may still be on its way.
        if turn == ANSWERING || self.writing.is_some() {
            self.limited = ANSWERING;
            self.turn.reader.register(context.waker());
            return false;
        }
        if turn != self.limited {
            self.limited = turn;
            let longest = if turn == HEAD { LONGEST_HEAD } else { LONGEST_IDLE };
            self.reading.set(sleep(longest));
        }
        self.reading.as_mut().poll(context).is_ready()
    }

    /// Ends what nobody takes.
    fn wrote<T>(&mut self, context: &mut Context<'_>, wrote: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if wrote.is_ready() {
            if self.writing.take().is_some() {
                self.turn.reader.wake();
            }
            return wrote;
        }
        let limit = self.writing.get_or_insert_with(|| Box::pin(sleep(LONGEST_STALL)));
        ready!(limit.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before && self.turn.get() == WAITING {
            self.turn.set(HEAD);
        }
        let is_over =
            matches!(read, Poll::Ready(Err(_))) || (read.is_ready() && buffer.filled().len() == before);
        if !is_over && self.is_late(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.wrote(context, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wrote = Pin::new(&mut self.stream).poll_flush(context);
        self.wrote(context, wrote)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wrote = Pin::new(&mut self.stream).poll_shutdown(context);
        self.wrote(context, wrote)
    }
}

#[cfg(test)]
mod tests;
