//! Works on tasks in parallel and hands the results over in order, so that output is the same at any number of jobs.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, mpsc},
};

/// How far, in tasks per job, workers may run ahead of the result that is waited for.
const AHEAD: usize = 16;

/// Runs `work` on every task on `jobs` threads and calls `take` with the results in the order of the tasks.
///
/// # Errors
/// The first error of `take`, after which no further task is begun.
pub(crate) fn in_order<T, R, E>(
    tasks: impl Iterator<Item = T> + Send,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    struct Feed<I> {
        tasks: I,
        next: usize,
        taken: usize,
        stopped: bool,
    }
    let feed = Mutex::new(Feed { tasks, next: 0, taken: 0, stopped: false });
    let room = Condvar::new();
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let sender = sender.clone();
            let (feed, room, work) = (&feed, &room, &work);
            scope.spawn(move || {
                loop {
                    let mut guard = feed.lock().expect("no worker panics while it holds the feed");
                    while !guard.stopped && guard.next >= guard.taken + AHEAD * jobs {
                        guard = room.wait(guard).expect("no worker panics while it holds the feed");
                    }
                    if guard.stopped {
                        break;
                    }
                    let Some(task) = guard.tasks.next() else { break };
                    let number = guard.next;
                    guard.next += 1;
                    drop(guard);
                    if sender.send((number, work(task))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut expected = 0;
        let mut outcome = Ok(());
        for (number, result) in receiver {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&expected) {
                expected += 1;
                if outcome.is_ok() {
                    outcome = take(result);
                }
                let mut guard = feed.lock().expect("no worker panics while it holds the feed");
                guard.taken = expected;
                guard.stopped |= outcome.is_err();
                drop(guard);
                room.notify_all();
            }
        }
        outcome
    })
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |n: u64| {
                std::thread::sleep(std::time::Duration::from_micros(if n.is_multiple_of(5) { 900 } else { 10 }));
                n * n
            };
            in_order(0..300, jobs, slow_first, |n| {
                seen.push(n);
                Ok::<_, ()>(())
            })
            .expect("nothing fails");
            assert_eq!(seen, (0..300).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn an_error_stops_the_work() {
        let mut seen = 0;
        let outcome = in_order(
            0..1_000_000,
            2,
            |n| n,
            |n| {
                seen += 1;
                if n == 10 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((outcome, seen), (Err("enough"), 11));
    }
}
