//! Progress: a bar on a terminal, plain lines elsewhere, nothing if quiet.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use truce_pipeline::{Stage, Watch};

/// Shows progress on standard error.
pub struct Progress {
    quiet: bool,
    terminal: bool,
    bar: Mutex<Option<ProgressBar>>,
    done: AtomicUsize,
}

impl Progress {
    /// Chooses bar, lines or nothing.
    pub fn new(quiet: bool) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        Progress { quiet, terminal, bar: Mutex::new(None), done: AtomicUsize::new(0) }
    }

    fn bar(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Watch for Progress {
    fn begin(&self, stage: Stage, total: Option<usize>) {
        self.done.store(0, Ordering::Relaxed);
        if self.quiet || !self.terminal {
            return;
        }
        let bar = total.map_or_else(ProgressBar::new_spinner, |it| ProgressBar::new(it as u64));
        let template = if total.is_some() { "{msg:8} {wide_bar} {pos}/{len}" } else { "{msg:8} {pos}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(stage.as_str());
        *self.bar() = Some(bar);
    }

    fn step(&self, count: usize) {
        self.done.fetch_add(count, Ordering::Relaxed);
        if let Some(bar) = &*self.bar() {
            bar.inc(count as u64);
        }
    }

    fn end(&self, stage: Stage) {
        if let Some(bar) = self.bar().take() {
            bar.finish_and_clear();
        } else if !self.quiet && !self.terminal {
            let done = self.done.load(Ordering::Relaxed);
            let mut err = std::io::stderr().lock();
            let _ = match done {
                0 => writeln!(err, "{}: done", stage.as_str()),
                _ => writeln!(err, "{}: {done} reports done", stage.as_str()),
            };
        }
    }
}
