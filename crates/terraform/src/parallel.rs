//! Work on many things at a time, with results in the order of the things.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stack of a worker: evaluation has limits of its own, which need more than the usual two megabytes.
const STACK: usize = 64 << 20;

/// Applies `work` to every item with up to `threads` workers. An item whose worker died has no result.
pub fn map<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<Option<R>> {
    let next = AtomicUsize::new(0);
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
                let mut mine = Vec::new();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(i) else { return mine };
                    mine.push((i, work(item)));
                }
            });
            workers.extend(worker);
        }
        workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|(i, _)| *i);
    let mut all = all.into_iter().peekable();
    (0..items.len()).map(|i| all.next_if(|(at, _)| *at == i).map(|(_, r)| r)).collect()
}

/// The number of workers when none is given.
pub fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(16)
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [0, 1, 7, 1000] {
            let out = super::map(&items, threads, |i| i * 2);
            assert_eq!(out, items.iter().map(|i| Some(i * 2)).collect::<Vec<_>>());
        }
        assert!(super::map(&[] as &[u8], 4, |_| ()).is_empty());
    }
}
