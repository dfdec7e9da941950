//! Taking turns and taking medians.

use std::fmt;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::scene::{Scene, Tree, run};

/// Something to time: given a fresh tree, the commands to run one after the other.
pub(crate) type Contender<'c> = &'c dyn Fn(&Tree) -> Vec<Command>;

/// Times each contender once per round, in turns, so that whatever else the machine does falls
/// on all of them. Gives the times of each, round by round.
pub(crate) fn in_turns(
    scene: &Scene,
    rounds: usize,
    contenders: &[Contender<'_>],
) -> Result<Vec<Vec<Duration>>, String> {
    let warm_up = rounds / 10 + 1;
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for round in 0..warm_up + rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let tree = scene.tree();
            let mut commands = contender(&tree);
            // Neither making nor removing the tree counts.
            let start = Instant::now();
            for command in &mut commands {
                run(command)?;
            }
            let elapsed = start.elapsed();
            if round >= warm_up {
                times.push(elapsed);
            }
        }
    }
    Ok(times)
}

/// The median of `first / second`, round by round, and the middle half of them.
pub(crate) fn ratios(first: &[Duration], second: &[Duration]) -> Spread {
    Spread::of(
        first
            .iter()
            .zip(second)
            .map(|(first, second)| first.as_secs_f64() / second.as_secs_f64())
            .collect(),
    )
}

/// The times in microseconds.
pub(crate) fn micros(times: &[Duration]) -> Spread {
    Spread::of(times.iter().map(|time| time.as_secs_f64() * 1e6).collect())
}

/// A median, with the quartiles that say how far to trust it.
pub(crate) struct Spread {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// The same the other way around: how many times faster.
    pub(crate) fn inverse(&self) -> Spread {
        Spread {
            low: self.high.recip(),
            median: self.median.recip(),
            high: self.low.recip(),
        }
    }

    fn of(mut values: Vec<f64>) -> Spread {
        values.sort_by(f64::total_cmp);
        let last = values.len() - 1;
        Spread {
            low: values[last / 4],
            median: values[last / 2],
            high: values[last - last / 4],
        }
    }
}

/// `0.85 (0.80–0.91)`, with as many digits as are asked for.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(2);
        write!(
            f,
            "{:.digits$} ({:.digits$}–{:.digits$})",
            self.median, self.low, self.high
        )
    }
}

/// The slope of the straight line through points, by least squares.
pub(crate) fn slope(points: &[(f64, f64)]) -> f64 {
    let sum = |value: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>();
    let mean = |value: &dyn Fn(&(f64, f64)) -> f64| sum(value) / sum(&|_| 1.0);
    let (x_mean, y_mean) = (mean(&|point| point.0), mean(&|point| point.1));
    sum(&|point| (point.0 - x_mean) * (point.1 - y_mean)) / sum(&|point| (point.0 - x_mean).powi(2))
}
