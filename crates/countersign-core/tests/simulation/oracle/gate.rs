//! Whether nothing is open: parts, prerequisites, checklist, work, concerns, criteria.
//!
//! Whatever is not known to hold does not hold.

use super::case::Case;
use super::demands::Demands;
use super::talks::Talk;
use super::waivers;
use countersign_core::criterion::{Bound, Comparison, Criterion, CriterionRule};
use countersign_core::decimal::Decimal;
use countersign_core::exception::Waived;
use countersign_core::name::ItemName;
use countersign_core::policy::{EvidenceNeed, Item};
use countersign_core::reading::{
    Completeness, FindingState, Measurement, Outcome, Reading, Severity, Unit,
};
use countersign_core::release::urgent::rollback::DrillResult;
use countersign_core::release::{Evidence, ItemAnswer, Target};
use countersign_core::runbook::RunbookStep;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::NameRule;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

pub fn is_open(case: &Case<'_>, demands: &Demands<'_>, now: Timestamp) -> bool {
    let settings = &demands.settings.exceptions;
    let waived = |what: &Waived| waivers::waived(case, settings, what, now);
    !case.content.parts.is_empty()
        && (1..=demands.prerequisites).all(|one| case.content.prerequisites.contains(&one))
        && open_ends(case, demands, now).iter().all(waived)
        && demands.early.iter().all(|step| done(case, step))
        && case.content.concerns.values().all(|(_, _, resolved)| resolved.is_some())
        && case.content.talks.values().all(Talk::is_settled)
}

/// The items and criteria that do not hold by themselves.
pub fn open_ends(case: &Case<'_>, demands: &Demands<'_>, now: Timestamp) -> BTreeSet<Waived> {
    let lacking = |item: &&&Item| !complete(case, item) || !practised(case, demands, item, now);
    let items = demands.items.iter().filter(lacking).map(|item| Waived::Item(item.name.clone()));
    let unmet = demands.criteria.iter().filter(|criterion| !holds(case, criterion));
    items.chain(unmet.map(|criterion| Waived::Criterion(criterion.name.clone()))).collect()
}

fn attached<'c>(case: &'c Case<'_>, to: &Target) -> Vec<&'c Evidence> {
    case.content.evidence.values().filter(|one| &one.target == to).collect()
}

/// Nothing was ever attached to it, so that it may be said not to apply.
fn never_tested(case: &Case<'_>, item: &ItemName) -> bool {
    !case.tested.contains(&Target::Item(item.clone()))
}

fn readings<'c>(of: &[&'c Evidence]) -> Vec<&'c Reading> {
    of.iter().filter_map(|one| one.reading.as_ref()).collect()
}

/// Answered, with the evidence it asks for; or said not to apply, where that is an answer.
fn complete(case: &Case<'_>, item: &Item) -> bool {
    let answered = match case.content.answers.get(&item.name) {
        Some(ItemAnswer::NotApplicable { .. }) => {
            return item.may_not_apply && never_tested(case, &item.name);
        }
        Some(ItemAnswer::Confirmed(filled)) => item.fields.iter().all(|field| {
            let given =
                filled.values.contains_key(&field.name) || filled.texts.contains_key(&field.name);
            given || !field.required || field.when.is_some()
        }),
        None => false,
    };
    let files = attached(case, &Target::Item(item.name.clone()));
    let has_files = match &item.evidence {
        EvidenceNeed::None => true,
        EvidenceNeed::AnyFile => !files.is_empty(),
        EvidenceNeed::Formats(wanted) => readings(&files).iter().any(|one| {
            wanted.iter().any(|it| one.format.split('-').next() == it.split('-').next())
        }),
    };
    let mut checks = readings(&files).into_iter().flat_map(|one| &one.checks);
    let passed = !item.checks_must_pass || checks.all(|check| check.outcome == Outcome::Pass);
    answered && has_files && passed
}

/// Going back was practised lately, where the policy asks an item for that: the last drill on
/// record or told of in the checklist worked and is not too old.
fn practised(case: &Case<'_>, demands: &Demands<'_>, item: &Item, now: Timestamp) -> bool {
    let Some(limit) = &demands.settings.rollback.drill else { return true };
    if limit.asked.item != item.name {
        return true;
    }
    let told: Option<Date> = match case.content.answers.get(&item.name) {
        Some(ItemAnswer::NotApplicable { .. }) => {
            return item.may_not_apply && never_tested(case, &item.name);
        }
        Some(ItemAnswer::Confirmed(filled)) => {
            filled.values.get(&limit.asked.field).and_then(|date| date.parse().ok())
        }
        None => None,
    };
    let Ok(today) = now.in_tz("Europe/Berlin").map(|here| here.date()) else { return false };
    let drills = case.content.drills.iter().map(|one| (one.on, one.result == DrillResult::Worked));
    let known = drills.filter(|(on, _)| *on <= today).enumerate();
    let last = known.max_by_key(|(at, (on, _))| (*on, *at)).map(|(_, drill)| drill);
    let told = told.filter(|on| *on <= today);
    let (on, worked) = match (last, told) {
        (Some((on, worked)), told) if told.is_none_or(|told| on >= told) => (on, worked),
        (_, Some(told)) => (told, true),
        (_, None) => return false,
    };
    worked && on.checked_add(i64::from(limit.days).days()).is_ok_and(|last| today <= last)
}

/// Done, and its files still there.
fn done(case: &Case<'_>, step: &RunbookStep) -> bool {
    let files = attached(case, &Target::Step(step.name.clone()));
    let covered = match &step.kind {
        StepKind::FileUpload(upload) => {
            let part = |part: &String| files.iter().any(|one| one.parts.contains(part));
            let named = |file: &&Evidence| {
                let file = file.name.to_lowercase();
                case.content.parts.keys().any(|name| file.contains(&name.to_lowercase()))
            };
            let well_named = upload.name_rule != NameRule::Block || files.iter().all(named);
            !files.is_empty() && upload.parts.iter().all(part) && well_named
        }
        _ => true,
    };
    covered && case.content.work.contains_key(&step.name)
}

fn holds(case: &Case<'_>, criterion: &Criterion) -> bool {
    if let CriterionRule::NoOpenFinding { severity } = &criterion.rule
        && any_open(case, *severity)
    {
        return false;
    }
    let files: Vec<&Evidence> = match &criterion.from {
        Some(item) => attached(case, &Target::Item(item.clone())),
        None => case.content.evidence.values().collect(),
    };
    if let (Some(item), true) = (&criterion.from, files.is_empty())
        && matches!(case.content.answers.get(item), Some(ItemAnswer::NotApplicable { .. }))
    {
        return never_tested(case, item);
    }
    let read = readings(&files);
    if read.iter().any(|one| !matches!(one.completeness, Completeness::Whole)) {
        return false;
    }
    match &criterion.rule {
        CriterionRule::NoOpenFinding { .. } => !read.is_empty(),
        CriterionRule::ChecksPass => {
            let mut checks = read.iter().flat_map(|one| &one.checks).peekable();
            checks.peek().is_some() && checks.all(|check| check.outcome == Outcome::Pass)
        }
        CriterionRule::Bound(bound) => {
            let about = |one: &&Measurement| {
                one.metric == bound.metric && (bound.task.is_none() || one.task == bound.task)
            };
            let mut about = read.iter().flat_map(|one| &one.measurements).filter(about).peekable();
            about.peek().is_some() && about.all(|one| within(bound, one))
        }
    }
}

/// An open finding this bad, anywhere. One of unknown severity is as bad as any.
fn any_open(case: &Case<'_>, least: Severity) -> bool {
    let rank = |severity: Severity| match severity {
        Severity::Info => 0,
        Severity::Low => 1,
        Severity::Medium => 2,
        Severity::High => 3,
        Severity::Critical => 4,
        Severity::Unknown => 5,
    };
    case.content.evidence.iter().any(|(id, file)| {
        file.reading.iter().flat_map(|reading| &reading.findings).any(|finding| {
            let closed = case.content.closed.contains_key(&(id.clone(), finding.id.clone()));
            finding.state == FindingState::Open && rank(finding.severity) >= rank(least) && !closed
        })
    })
}

/// Billionths of one, or of one percent, exactly; `None` for what is not that exact.
fn exact(value: Decimal) -> Option<i128> {
    let text = value.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = format!("{fraction:0<12}");
    (fraction.len() == 12).then_some(())?;
    Some(sign * format!("{whole}{fraction}").parse::<i128>().ok()?)
}

/// Whether a measurement shows what the bound asks: a number, of enough samples, in a unit that
/// can be compared.
fn within(bound: &Bound, measured: &Measurement) -> bool {
    const ONE: i128 = 1_000_000_000_000;
    let enough = bound.minimum_sample.is_none_or(|least| measured.n.is_some_and(|n| n >= least));
    let value = measured.value.and_then(exact);
    let (Some(value), Some(limit), true) = (value, exact(bound.bound), enough) else {
        return false;
    };
    let unit = if measured.unit == Unit::Unstated { bound.assumes } else { measured.unit };
    if unit == Unit::Fraction && !(0..=ONE).contains(&value) {
        return false;
    }
    // Both sides in hundredths, so that a fraction and a percentage are the same number.
    let scaled = |value: i128, unit: Unit| if unit == Unit::Percent { value } else { value * 100 };
    let plain = |unit: Unit| unit == Unit::Unstated;
    if plain(unit) != plain(bound.unit) {
        return false;
    }
    let (value, limit) = (scaled(value, unit), scaled(limit, bound.unit));
    match bound.comparison {
        Comparison::AtMost => value <= limit,
        Comparison::AtLeast => value >= limit,
        Comparison::Below => value < limit,
        Comparison::Above => value > limit,
    }
}
