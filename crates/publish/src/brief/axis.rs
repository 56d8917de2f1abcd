//! A line of days: which days a figure shows and where they stand.

use maud::{Markup, html};

use crate::day::{self, Day};

/// Days shown before the first report; what is older stands at the edge.
pub(super) const DAYS_BEFORE_MAX: i64 = 60;

/// Width of the part of a figure that holds days, in its own units.
pub(super) const WIDTH: f64 = 700.0;

/// Days from `first` to `last` on a line.
pub(super) struct Axis {
    pub first: Day,
    pub last: Day,
    left: f64,
}

impl Axis {
    /// Builds an axis over `first..=last` whose days begin at `left`.
    pub fn new(first: Day, last: Day, left: f64) -> Axis {
        Axis { first, last: last.max(first), left }
    }

    fn width(&self) -> f64 {
        WIDTH / (self.last - self.first + 1) as f64
    }

    /// Where a day begins.
    pub fn start(&self, it: Day) -> String {
        number(self.left + (it.clamp(self.first, self.last + 1) - self.first) as f64 * self.width())
    }

    /// Where the middle of a day is.
    pub fn middle(&self, it: Day) -> String {
        number(self.left + ((it.clamp(self.first, self.last) - self.first) as f64 + 0.5) * self.width())
    }

    /// How wide `first..=last` is drawn; never thinner than can be seen.
    pub fn span(&self, first: Day, last: Day) -> String {
        let first = first.clamp(self.first, self.last);
        let last = last.clamp(first, self.last);
        number(((last - first + 1) as f64 * self.width()).max(3.0))
    }

    /// The days that are labelled.
    pub fn ticks(&self) -> Vec<(Day, String)> {
        let days = self.last - self.first + 1;
        if days > 120 {
            let mut out = Vec::new();
            let (mut year, mut month, _) = day::to_civil(self.first);
            let step = if days > 1000 {
                12
            } else if days > 400 {
                3
            } else {
                1
            };
            loop {
                month += 1;
                if month > 12 {
                    (year, month) = (year + 1, 1);
                }
                let it = day::from_civil(year, month, 1);
                if it > self.last {
                    return out;
                }
                if (month - 1) % step == 0 {
                    out.push((it, format!("{year}-{month:02}")));
                }
            }
        }
        let step = [1, 2, 7, 14].into_iter().find(|it| days / it <= 12).unwrap_or(14);
        (self.first..=self.last).step_by(step as usize).map(|it| (it, day::iso(it)[5..].to_owned())).collect()
    }

    /// Vertical lines with the names of days.
    pub fn grid(&self, top: u32, bottom: u32) -> Markup {
        html! {
            g.grid aria-hidden="true" {
                @for (it, name) in self.ticks() {
                    line x1=(self.start(it)) x2=(self.start(it)) y1=(top) y2=(bottom) {}
                    text x=(self.middle(it)) y=(top - 6) text-anchor="middle" { (name) }
                }
                line x1=(self.start(self.last + 1)) x2=(self.start(self.last + 1)) y1=(top) y2=(bottom) {}
            }
        }
    }
}

/// A coordinate with one decimal, the same on every machine.
fn number(it: f64) -> String {
    let tenths = (it * 10.0).round() as i64;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Text cut to fit beside a figure.
pub(super) fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
