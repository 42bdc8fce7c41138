//! Making a failure small: steps are left out as long as the same invariant still breaks.

use crate::invariants::Broken;
use crate::run::{Failure, house, script};

/// How many times a shorter history is tried.
const TRIES: usize = 2_000;

/// The fewest steps found that break the same rule, and how they do.
pub fn smallest(failure: &Failure) -> (Vec<usize>, Broken) {
    let mut steps: Vec<usize> = (0..=failure.step).collect();
    let mut broken = failure.broken.clone();
    let mut chunk = steps.len() / 2;
    let mut tries = 0;
    while chunk > 0 && tries < TRIES {
        let mut at = 0;
        while at < steps.len() && tries < TRIES {
            tries += 1;
            let mut fewer = steps.clone();
            fewer.drain(at..(at + chunk).min(steps.len()));
            match script(failure.seed, &fewer, &mut house(failure.seed)) {
                Err((last, again)) if again.rule == failure.broken.rule => {
                    fewer.retain(|step| *step <= last);
                    (steps, broken) = (fewer, again);
                }
                Ok(()) | Err(_) => at += chunk,
            }
        }
        chunk /= 2;
    }
    (steps, broken)
}
