//! A procedure under way, and what it belongs to.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::flow::EventKind;
use crate::ports::AttemptId;

/// What a procedure ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// A sign-in.
    Attempt(AttemptId),
    /// What the person wants done with the connection; one thing at a time.
    Connection,
    /// This computer, whatever becomes of the connection.
    Computer,
}

/// Ends in an event.
pub(super) struct Work {
    belongs: Belongs,
    future: BoxFuture<'static, EventKind>,
}

impl Work {
    pub(super) fn new(future: impl Future<Output = EventKind> + Send + 'static) -> Self {
        Self { belongs: Belongs::Connection, future: future.boxed() }
    }

    pub(super) fn of_attempt(
        attempt: AttemptId,
        future: impl Future<Output = EventKind> + Send + 'static,
    ) -> Self {
        Self { belongs: Belongs::Attempt(attempt), future: future.boxed() }
    }

    pub(super) fn of_the_computer(future: impl Future<Output = EventKind> + Send + 'static) -> Self {
        Self { belongs: Belongs::Computer, future: future.boxed() }
    }

    pub(super) fn is_of(&self, attempt: AttemptId) -> bool {
        self.belongs == Belongs::Attempt(attempt)
    }

    pub(super) fn is_of_the_computer(&self) -> bool {
        self.belongs == Belongs::Computer
    }
}

impl Future for Work {
    type Output = EventKind;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<EventKind> {
        self.future.poll_unpin(context)
    }
}
