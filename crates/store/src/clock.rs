//! What time it is. A desk is the only place that asks.

use std::sync::Arc;

use jiff::Timestamp;

/// A source of time; tests bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        Clock(Arc::new(|| Timestamp::now().as_second()))
    }

    /// A clock that says what `now` says: seconds since 1970.
    pub fn from_fn(now: impl Fn() -> i64 + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// Seconds since 1970.
    pub fn seconds(&self) -> i64 {
        (self.0)()
    }

    /// RFC 3339, whole seconds, UTC: these sort as text.
    pub fn stamp(&self) -> String {
        Timestamp::from_second(self.seconds()).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
    }
}
