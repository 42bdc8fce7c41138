//! Running seeds: five hundred steps each, on all processors, and what to print when one fails.

use crate::cast::{POLICIES, opened};
use crate::compared;
use crate::dice::Dice;
use crate::house::House;
use crate::invariants::{self, Broken};
use crate::moves;
use crate::shrink;
use crate::tally::Tally;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Steps of one seed.
pub const STEPS: usize = 500;

/// At how many steps of a hundred the oracle is asked.
const ASKED_IN_A_HUNDRED: usize = 1;

/// A seed that broke an invariant: at which step, and how.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The step, counted from 0.
    pub step: usize,
    /// What broke.
    pub broken: Broken,
}

/// Runs these steps of a seed in a fresh house.
pub fn script(seed: u64, steps: &[usize], house: &mut House) -> Result<(), (usize, Broken)> {
    for &step in steps {
        let went = catch_unwind(AssertUnwindSafe(|| one(seed, step, house)));
        let went = went.unwrap_or_else(|panic| {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned()));
            Err(Broken { rule: "nothing panics", seen: said.unwrap_or_default() })
        });
        went.map_err(|broken| (step, broken))?;
    }
    Ok(())
}

/// One step, and everything that has to hold after it.
fn one(seed: u64, step: usize, house: &mut House) -> Result<(), Broken> {
    house.tally.steps += 1;
    moves::step(house, Dice::of(seed, step))?;
    invariants::standing(house)?;
    let mut asks = Dice::of(!seed, step);
    let last = step + 1 == STEPS;
    if last || asks.percent(ASKED_IN_A_HUNDRED) {
        compared::agree(house)?;
    }
    if last { invariants::whole(house) } else { Ok(()) }
}

/// The house in which a seed begins.
pub fn house(seed: u64) -> House {
    opened(usize::try_from(seed % POLICIES as u64).unwrap_or(0))
}

/// One seed from start to end.
pub fn seed(seed: u64) -> Result<Tally, Failure> {
    let mut house = house(seed);
    let steps: Vec<usize> = (0..STEPS).collect();
    match script(seed, &steps, &mut house) {
        Ok(()) => {
            house.tally.seeds = 1;
            Ok(house.tally)
        }
        Err((step, broken)) => Err(Failure { seed, step, broken }),
    }
}

/// All these seeds, on as many threads as there are processors; the first failure ends it.
pub fn seeds(from: u64, count: u64) -> Result<Tally, Failure> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let (next, stop) = (AtomicU64::new(from), AtomicBool::new(false));
    let (total, failed) = (Mutex::new(Tally::default()), Mutex::new(None));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut mine = Tally::default();
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= from + count {
                        break;
                    }
                    match seed(number) {
                        Ok(tally) => mine = std::mem::take(&mut mine).and(tally),
                        Err(failure) => {
                            stop.store(true, Ordering::Relaxed);
                            failed.lock().expect("a lock").get_or_insert(failure);
                        }
                    }
                }
                let mut total = total.lock().expect("a lock");
                *total = std::mem::take(&mut *total).and(mine);
            });
        }
    });
    match failed.into_inner().expect("a lock") {
        Some(failure) => Err(failure),
        None => Ok(total.into_inner().expect("a lock")),
    }
}

/// A failure as somebody reads it: seed, step, what broke, and the shortest history that shows it.
pub fn explained(failure: &Failure) -> String {
    let Failure { seed, step, broken } = failure;
    let (story, least) = shrink::smallest(failure);
    format!(
        "seed {seed} broke at step {step}: {}\n{}\n\nthe shortest history found ({} steps: {}):\n{}\n",
        broken.rule,
        broken.seen,
        story.len(),
        least.rule,
        told(*seed, &story)
    )
}

fn told(seed: u64, story: &[usize]) -> String {
    let mut house = house(seed);
    house.told = Some(vec![format!("given the organisation on {}", house.world().now)]);
    let end = script(seed, story, &mut house);
    let mut lines = house.told.unwrap_or_default();
    if let Err((_, broken)) = end {
        lines.push(format!("but {}: {}", broken.rule, broken.seen));
    }
    lines.join("\n")
}
