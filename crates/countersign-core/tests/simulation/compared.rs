//! Both verdicts, asked about everything at the same moment.

use crate::house::{House, Step};
use crate::invariants::hold;
use crate::oracle::{Answer, Oracle};
use countersign_core::digest::Sha256;
use countersign_core::given::production;
use countersign_core::name::EnvironmentName;
use countersign_core::rows::StandingRow;
use countersign_core::times::Times;
use countersign_core::verdict::{Allow, Verdict, concerning, verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Every digest in every environment: allow or deny, why, and until when.
pub fn agree(house: &mut House) -> Step {
    let world = house.world();
    let oracle = Oracle::read(world);
    let objections = oracle.objections();
    hold(objections.is_empty(), "nothing happens without a right to it", || {
        format!("{objections:?}")
    })?;
    let mut asked = oracle.everything();
    asked.insert((Sha256::of(b"never seen"), production()));
    let mut said = Vec::new();
    for (digest, place) in asked {
        let all = house.rows.values().flat_map(|rows| &rows.standings);
        let rows: Vec<StandingRow> = all.filter(|row| row.digest == digest).cloned().collect();
        let first =
            verdict(&concerning(rows, &place), &Times::of(&world.register, &place), world.now);
        let second = oracle.ask(digest, &place, world.now);
        let same = as_answer(&first) == second;
        hold(same, "both verdicts agree", || {
            format!("{digest} in {place} at {}:\n{first:?}\n{second:?}", world.now)
        })?;
        said.push(second);
    }
    house.tally.moments += 1;
    for answer in said {
        house.tally.compared += 1;
        house.tally.allowed += u64::from(answer.allow);
        for (_, code) in answer.reasons {
            *house.tally.denied.entry(code).or_default() += 1;
        }
    }
    Ok(())
}

/// What may run where now, by the first verdict, and why the rest may not.
pub fn standing(house: &House) -> BTreeMap<(Sha256, EnvironmentName), BTreeSet<String>> {
    let rows: Vec<&StandingRow> = house.rows.values().flat_map(|rows| &rows.standings).collect();
    let of = |row: &StandingRow| {
        let same = rows.iter().filter(|one| one.digest == row.digest);
        let same = concerning(same.map(|one| (*one).clone()).collect(), &row.environment);
        let times = Times::of(&house.world().register, &row.environment);
        let reasons = verdict(&same, &times, house.world().now).reasons;
        reasons.into_iter().map(|reason| reason.code).collect()
    };
    rows.iter().map(|row| ((row.digest, row.environment.clone()), of(row))).collect()
}

fn as_answer(verdict: &Verdict) -> Answer {
    let reasons = verdict.reasons.iter().map(|one| (one.release.clone(), one.code.clone()));
    let allow = verdict.allow == Allow::Allow;
    Answer { allow, reasons: reasons.collect(), until: verdict.valid_until }
}
