//! The same function on many values at once, results in the values' order.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stack of a working thread: pages may be deeply nested.
const STACK_BYTES: usize = 16 << 20;

/// Applies `work` to every item on `threads` threads.
///
/// Results come in the order of the items, whichever thread made them.
///
/// # Panics
/// If `work` panics, or the system has no threads to give.
pub fn map<T: Sync, R: Send>(threads: NonZeroUsize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let spawn = |_| {
            std::thread::Builder::new()
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, take)
                .expect("the system gives threads")
        };
        let threads: Vec<_> = (0..threads.get().min(items.len())).map(spawn).collect();
        let join = |it: std::thread::ScopedJoinHandle<'_, Vec<(usize, R)>>| match it.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().flat_map(join).collect()
    });
    done.sort_by_key(|it| it.0);
    done.into_iter().map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let expected: Vec<usize> = items.iter().map(|it| it * 3).collect();
        for threads in [1, 2, 7] {
            let threads = NonZeroUsize::new(threads).expect("not zero");
            assert_eq!(map(threads, &items, |it| it * 3), expected);
        }
        let none: [usize; 0] = [];
        assert!(map(NonZeroUsize::MIN, &none, |it| it * 3).is_empty());
    }
}
