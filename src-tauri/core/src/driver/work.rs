//! A procedure under way, and the sign-in that it belongs to.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::flow::EventKind;
use crate::ports::AttemptId;

/// Ends in an event. What belongs to an attempt is dropped with it.
pub(super) struct Work {
    attempt: Option<AttemptId>,
    future: BoxFuture<'static, EventKind>,
}

impl Work {
    pub(super) fn new(future: impl Future<Output = EventKind> + Send + 'static) -> Self {
        Self { attempt: None, future: future.boxed() }
    }

    pub(super) fn of_attempt(
        attempt: AttemptId,
        future: impl Future<Output = EventKind> + Send + 'static,
    ) -> Self {
        Self { attempt: Some(attempt), future: future.boxed() }
    }

    pub(super) fn attempt(&self) -> Option<AttemptId> {
        self.attempt
    }
}

impl Future for Work {
    type Output = EventKind;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<EventKind> {
        self.future.poll_unpin(context)
    }
}
