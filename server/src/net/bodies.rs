//! The bodies of requests and answers on their way: a request's has to come in time, and the table learns how far both are.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::Limits;
use super::table::Spot;
use crate::clock::steady;

/// A body did not come in time.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the body did not come in time")]
pub struct Late;

/// A request that is under way until its last clone is dropped.
#[derive(Clone)]
pub(super) struct UnderWay(Arc<State>);

struct State {
    spot: Spot,
    is_whole: AtomicBool,
    is_untaken: AtomicBool,
}

impl UnderWay {
    pub(super) fn new(spot: Spot, is_http2: bool) -> Self {
        spot.note(steady(), |line| line.asked(is_http2));
        Self(Arc::new(State { spot, is_whole: AtomicBool::new(false), is_untaken: AtomicBool::new(false) }))
    }

    fn arrived(&self) {
        if !self.0.is_whole.swap(true, Ordering::Relaxed) {
            self.0.spot.note(steady(), |line| line.arrived());
        }
    }

    fn handed(&self) {
        if !self.0.is_untaken.swap(true, Ordering::Relaxed) {
            let now = steady();
            self.0.spot.note(now, |line| line.handed(now));
        }
    }

    fn wanted(&self) {
        if self.0.is_untaken.swap(false, Ordering::Relaxed) {
            let now = steady();
            self.0.spot.note(now, |line| line.wanted(now));
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        let (now, was_whole, was_untaken) = (steady(), *self.is_whole.get_mut(), *self.is_untaken.get_mut());
        self.spot.note(now, |line| line.answered(was_whole, was_untaken, now));
    }
}

/// The body of a request. It ends with [`Late`] when the next piece, or all of it, takes too long.
pub(super) struct Arriving {
    body: Body,
    asked: UnderWay,
    limits: Limits,
    /// When all of it has to be there.
    by: Instant,
    /// While the next piece is waited for.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Arriving {
    pub(super) fn new(body: Body, asked: UnderWay, limits: Limits) -> Self {
        if body.is_end_stream() {
            asked.arrived();
        }
        Self { body, asked, limits, by: steady() + limits.body, waiting: None }
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            this.waiting = None;
            if frame.is_none() || this.body.is_end_stream() {
                this.asked.arrived();
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        let until = this.by.min(steady() + this.limits.body_pause);
        let waiting = this.waiting.get_or_insert_with(|| Box::pin(sleep_until(until)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Some(Err(Late.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Arriving {
    /// What nobody reads is not waited for.
    fn drop(&mut self) {
        self.asked.arrived();
    }
}

/// The body of an answer. Whoever asks for the next piece has taken the one before.
pub(super) struct Leaving {
    body: Body,
    asked: UnderWay,
}

impl Leaving {
    pub(super) fn new(body: Body, asked: UnderWay) -> Self {
        asked.handed();
        Self { body, asked }
    }
}

impl HttpBody for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.asked.wanted();
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        self.asked.handed();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
