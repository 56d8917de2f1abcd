//! Time, so that tests need not wait.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// What time it is, and waiting.
pub trait Clock {
    /// The time of day, which people and time servers may set back.
    fn now(&self) -> Timestamp;
    /// Time since some moment, which never goes back.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct System {
    began: Instant,
}

impl Default for System {
    fn default() -> System {
        System { began: Instant::now() }
    }
}

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A moment as archives and state files write it.
pub(crate) fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }

    fn elapsed(&self) -> Duration {
        (**self).elapsed()
    }

    fn sleep(&self, time: Duration) {
        (**self).sleep(time);
    }
}
