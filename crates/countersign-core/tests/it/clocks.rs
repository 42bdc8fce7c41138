//! Clocks: summer time both ways, leap days, holidays, zones, and clocks that are wrong.
//!
//! No deadline fires twice, none is lost, and no decision becomes valid because a clock was set
//! back.

use countersign_core::calendar::{BusinessCalendar, add_hours};
use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::given::*;
use countersign_core::project;
use countersign_core::release::command::Command;
use countersign_core::release::{ReleaseEvent, State};
use countersign_core::sla::Sla;
use countersign_core::times::Times;
use countersign_core::verdict::{self, Allow};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

fn zone(name: &str) -> BusinessCalendar {
    BusinessCalendar::new(name).expect("a zone")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[track_caller]
fn due(calendar: &BusinessCalendar, start: &str, limit: &str) -> Timestamp {
    calendar.deadline(at(start), limit.parse::<Sla>().expect("a limit"))
}

///
#[test]
fn closing_time_is_wall_clock_time_on_both_sides_of_summer_time() {
    let berlin = zone("Europe/Berlin");
    // Winter on Friday, summer on Monday; and back in autumn.
    assert_eq!(due(&berlin, "2026-03-27T09:00:00Z", "same day"), at("2026-03-27T16:00:00Z"));
    assert_eq!(due(&berlin, "2026-03-27T09:00:00Z", "1 business day"), at("2026-03-30T15:00:00Z"));
    assert_eq!(due(&berlin, "2026-10-23T09:00:00Z", "same day"), at("2026-10-23T15:00:00Z"));
    assert_eq!(due(&berlin, "2026-10-23T09:00:00Z", "1 business day"), at("2026-10-26T16:00:00Z"));
}

///
#[test]
fn forty_eight_hours_are_forty_eight_hours_whatever_the_clocks_on_the_wall_do() {
    for start in ["2026-03-28T10:00:00Z", "2026-10-24T10:00:00Z", "2028-02-28T10:00:00Z"] {
        let elapsed = due(&zone("Europe/Berlin"), start, "48 hours").duration_since(at(start));
        assert_eq!(elapsed, SignedDuration::from_hours(48), "{start}");
    }
}

///
#[test]
fn a_closing_time_that_the_wall_clock_skips_or_shows_twice_is_one_moment_of_that_day() {
    // In Cairo the hour changes on a Friday night in spring and on a Thursday night in autumn,
    // and both are business days here.
    let mut cairo = zone("Africa/Cairo");
    cairo.closes = Time::constant(0, 30, 0, 0);
    let skipped = due(&cairo, "2026-04-22T22:00:00Z", "1 business day");
    assert_eq!(cairo.date_at(skipped), date("2026-04-24"));
    cairo.closes = Time::constant(23, 30, 0, 0);
    let twice = due(&cairo, "2026-10-29T12:00:00Z", "same day");
    assert_eq!(cairo.date_at(twice), date("2026-10-29"));
    assert_eq!(twice, at("2026-10-29T20:30:00Z"), "the first of the two");
}

///
#[test]
fn a_later_start_never_has_an_earlier_deadline() {
    let limits = ["1 hour", "48 hours", "same day", "1 business day", "2 business days"];
    for zone in ["Europe/Berlin", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe"] {
        let mut calendar = BusinessCalendar::new(zone).expect("a zone");
        calendar.holidays.extend(["2026-04-03", "2026-04-06", "2026-10-26"].map(date));
        for limit in limits {
            let limit: Sla = limit.parse().expect("a limit");
            for begin in ["2026-03-26T00:00:00Z", "2026-10-22T00:00:00Z"] {
                let mut last = Timestamp::MIN;
                for quarters in 0..(12 * 96) {
                    let start = at(begin) + SignedDuration::from_mins(15 * quarters);
                    let due = calendar.deadline(start, limit);
                    assert!(due >= last && due >= start, "{zone} {start} {limit}");
                    last = due;
                }
            }
        }
    }
}

///
#[test]
fn the_twenty_ninth_of_february_is_a_business_day_when_there_is_one() {
    let utc = zone("UTC");
    assert_eq!(due(&utc, "2028-02-28T09:00:00Z", "1 business day"), at("2028-02-29T17:00:00Z"));
    assert_eq!(due(&utc, "2028-02-29T09:00:00Z", "1 business day"), at("2028-03-01T17:00:00Z"));
    assert_eq!(due(&utc, "2027-02-26T09:00:00Z", "1 business day"), at("2027-03-01T17:00:00Z"));
}

///
#[test]
fn a_policy_in_force_since_a_leap_day_is_reviewed_a_year_later() {
    let mut document = policy().document;
    document.effective = date("2028-02-29");
    assert_eq!(document.next_review(), date("2029-02-28"));
    document.review_months = 48;
    assert_eq!(document.next_review(), date("2032-02-29"));
}

///
#[test]
fn holidays_in_a_row_push_a_deadline_behind_all_of_them() {
    let mut berlin = zone("Europe/Berlin");
    berlin.holidays.extend(["2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01"].map(date));
    let before = "2026-12-23T09:00:00Z";
    assert_eq!(due(&berlin, before, "1 business day"), at("2026-12-28T16:00:00Z"));
    assert_eq!(due(&berlin, before, "4 business days"), at("2027-01-04T16:00:00Z"));
    // A clock started on a day off starts on the next business day.
    assert_eq!(due(&berlin, "2026-12-24T09:00:00Z", "same day"), at("2026-12-28T16:00:00Z"));
}

///
#[test]
fn the_same_moment_is_another_business_day_elsewhere() {
    let start = "2026-05-11T09:30:00Z";
    // Monday night in Kiritimati, Sunday night in Pago Pago, Monday morning in Berlin.
    assert_eq!(due(&zone("Pacific/Kiritimati"), start, "same day"), at("2026-05-12T03:00:00Z"));
    assert_eq!(due(&zone("Pacific/Pago_Pago"), start, "same day"), at("2026-05-12T04:00:00Z"));
    assert_eq!(due(&zone("Europe/Berlin"), start, "same day"), at("2026-05-11T15:00:00Z"));
}

///
#[test]
fn a_policy_comes_into_force_at_midnight_of_its_own_zone() {
    let tomorrow =
        |world: World| world.policy_where(|policy| policy.document.effective = date("2026-05-12"));
    let mut world = tomorrow(given(Low));
    let version = |world: &World| {
        let world = world
            .clone()
            .requested(request(countersign_core::classification::ChangeType::NewModel, Low));
        world.plan().policy.version
    };
    world.now = at("2026-05-11T21:59:59Z");
    assert_eq!(version(&world), "1.0");
    world.now = at("2026-05-11T22:00:00Z");
    assert_eq!(version(&world), "1.1");
}

/// R-028, I-04
#[test]
fn a_deadline_stays_what_it_was_when_the_calendar_changes() {
    let clock = |world: &World| world.report().steps[0].clock.clone().expect("a clock");
    let world = on_the_runbook(Low);
    let before = clock(&world);
    let mut later = calendar();
    later.holidays.insert(date("2026-05-12"));
    let calendar = later;
    let world = world.and(countersign_core::register::RegisterEvent::CalendarSet {
        calendar,
        names: Default::default(),
    });
    assert_eq!(clock(&world), before);
}

/// What Countersign's own clock does at each of these moments, and how often that did something.
fn swept(mut world: World, moments: &[Timestamp]) -> (World, usize) {
    let mut recorded = 0;
    for moment in moments {
        world.now = *moment;
        let missed = Command::RecordMissedConfirmation { environment: production() };
        recorded += usize::from(world.execute(&Acting::Countersign, missed).is_ok());
    }
    (world, recorded)
}

///
#[test]
fn a_missed_confirmation_is_recorded_once_however_often_the_clock_looks() {
    let hours = |from: Timestamp| -> Vec<Timestamp> {
        (0..120).map(|hour| add_hours(from, hour)).flat_map(|moment| [moment, moment]).collect()
    };
    for start in ["2027-03-26T09:00:00Z", "2026-10-23T09:00:00Z", "2028-02-28T09:00:00Z"] {
        let mut world = approved(Low);
        world.now = at(start);
        let world = world.having("zhou", deploy_to(production()));
        let (world, recorded) = swept(world, &hours(at(start)));
        assert_eq!(recorded, 1, "{start}");
        assert!(world.release().deployments[&production()].missed);
    }
}

///
#[test]
fn a_deadline_is_not_lost_when_the_clock_jumps_over_it() {
    let world = deployed(Low);
    let due = world.release().deployments[&production()].deployment.confirm_by;
    let leaps = [due, due + SignedDuration::from_hours(24 * 400)];
    assert_eq!(swept(world, &leaps).1, 1);
}

///
#[test]
fn a_clock_that_goes_back_and_forth_over_a_deadline_fires_it_once() {
    let world = deployed(Low);
    let due = world.release().deployments[&production()].deployment.confirm_by;
    let hour = SignedDuration::from_hours(1);
    let moments = [due + hour, due - hour, due + hour, monday(), due + hour];
    assert_eq!(swept(world, &moments).1, 1);
}

fn a_year_back(mut world: World) -> World {
    world.now -= SignedDuration::from_hours(24 * 365);
    world
}

/// R-056, I-12
#[test]
fn a_clock_set_back_a_year_makes_no_decision_valid() {
    let undecided = [
        drafted(Low),
        submitted(High),
        on_the_runbook(Low),
        submitted(Low).having("rivera", withdraw()),
    ];
    for world in undecided {
        assert_eq!(a_year_back(world).verdict().allow, Allow::Deny);
    }
    for world in [approved(Low), deployed(Low), approved(High)] {
        assert_eq!(world.verdict().allow, Allow::Allow);
        assert_eq!(a_year_back(world.clone()).denied_by(), ["time.before_approval"]);
        assert_eq!(world.verdict().allow, Allow::Allow, "and right again when the clock is");
    }
    let suspended = deployed(Low).having("abara", suspend());
    assert_eq!(a_year_back(suspended).denied_by(), ["release.suspended"]);
}

/// R-104, I-12
#[test]
fn nothing_is_deployed_by_a_clock_that_stands_before_the_approval() {
    let world = a_year_back(approved(Low));
    world.when("zhou", deploy_to(production())).refused_as("deployment.denied");
}

/// R-106, I-11
#[test]
fn a_missed_confirmation_on_record_denies_whatever_the_clock_says_afterwards() {
    let world = given(Low)
        .policy_where(|policy| policy.settings.missed_confirmation_denies = true)
        .requested(request(countersign_core::classification::ChangeType::NewModel, Low))
        .prepared()
        .submitted()
        .approved()
        .later(1)
        .having("zhou", deploy_to(production()))
        .later(49);
    let missed = Command::RecordMissedConfirmation { environment: production() };
    let mut world = world.having(Acting::Countersign, missed);
    assert_eq!(world.denied_by(), ["confirmation.missed"]);
    // A day before the deadline, and after the approval.
    world.now -= SignedDuration::from_hours(25);
    assert_eq!(world.denied_by(), ["confirmation.missed"]);
    assert_eq!(world.blocked_by(), ["confirmation.missed"]);
    let world = world.having("rivera", confirm_deployment(all_well()));
    assert_eq!(world.denied_by(), [] as [&str; 0]);
}

/// R-102, I-11
#[test]
fn rows_say_when_an_allowance_ends_so_that_no_clock_has_to_run() {
    let world = submitted(Low).having("rivera", approve_if("model_owner", "iyer"));
    let ends = world.release().conditions[&1].denies_after;
    for row in project::standings(world.release()) {
        let verdict = |now| verdict::verdict(std::slice::from_ref(&row), &Times::always(), now);
        assert_eq!(verdict(ends).allow, Allow::Allow);
        let never_swept = verdict(ends + SignedDuration::from_hours(24 * 7));
        assert_eq!(never_swept.allow, Allow::Deny);
    }
    assert_eq!(world.release().state, State::Approved);
}

/// A world in which a release is approved and production has these windows.
fn with_windows(texts: &[&str]) -> World {
    let mut world = approved(Low);
    world.keep("root", windows(texts)).expect("windows");
    world
}

fn denied_at(world: &World, moment: &str) -> Vec<String> {
    World { now: at(moment), ..world.clone() }.denied_by()
}

#[test]
fn a_window_is_wall_clock_time_on_both_sides_of_summer_time() {
    let world = with_windows(&["mon-sun 09:00-10:00"]);
    // Summer ends in the night to Sunday 25 October.
    for (open, shut) in [
        ("2026-10-24T07:00:00Z", "2026-10-24T08:00:00Z"),
        ("2026-10-25T08:00:00Z", "2026-10-25T09:00:00Z"),
        ("2027-03-28T07:00:00Z", "2027-03-28T08:00:00Z"),
    ] {
        assert_eq!(denied_at(&world, open), [] as [&str; 0], "{open}");
        assert_eq!(denied_at(&world, shut), ["environment.outside_window"], "{shut}");
    }
}

#[test]
fn a_window_in_the_hour_that_is_shown_twice_opens_once() {
    let world = with_windows(&["sun 02:15-02:45"]);
    let outside = ["environment.outside_window"];
    assert_eq!(denied_at(&world, "2026-10-25T00:14:59Z"), outside);
    assert_eq!(denied_at(&world, "2026-10-25T00:15:00Z"), [] as [&str; 0]);
    assert_eq!(denied_at(&world, "2026-10-25T00:45:00Z"), outside);
    // The clock on the wall shows half past two once more.
    assert_eq!(denied_at(&world, "2026-10-25T01:30:00Z"), outside);
}

#[test]
fn a_window_over_the_hour_that_is_shown_twice_stays_open_through_it() {
    let world = with_windows(&["sun 01:00-04:00"]);
    for hours in 0..=4 {
        let moment = at("2026-10-24T23:00:00Z") + SignedDuration::from_hours(hours);
        let within = hours < 4;
        assert_eq!(denied_at(&world, &moment.to_string()).is_empty(), within, "{moment}");
    }
}

#[test]
fn a_window_in_the_hour_that_is_skipped_does_not_open_early() {
    // On 28 March 2027 it is two o'clock and then three.
    let world = with_windows(&["sun 02:15-02:45"]);
    assert_eq!(denied_at(&world, "2027-03-28T00:30:00Z"), ["environment.outside_window"]);
    let over = with_windows(&["sun 02:30-03:15"]);
    for moment in ["2027-03-28T00:59:59Z", "2027-03-28T01:20:00Z", "2027-03-28T01:40:00Z"] {
        assert_eq!(denied_at(&over, moment), ["environment.outside_window"], "{moment}");
    }
}

/// I-12
#[test]
fn a_clock_set_back_opens_no_window_that_was_set_and_no_freeze_that_holds() {
    let mut world = with_windows(&["mon 09:00-10:00"]).later(2);
    world.keep("root", freeze(2, 400)).expect("a freeze");
    let both = ["environment.frozen", "environment.outside_window"];
    assert_eq!(world.denied_by(), both);
    let before = denied_at(&world, "2026-05-11T08:30:00Z");
    assert_eq!(before, both);
    let in_the_window = denied_at(&world, "2026-05-11T07:30:00Z");
    assert_eq!(in_the_window, ["environment.frozen"]);
}

/// R-102, I-11, I-12
#[test]
fn a_condition_recorded_as_denying_denies_whatever_the_clock_says_afterwards() {
    let world = submitted(Low).having("rivera", approve_if("model_owner", "iyer"));
    let ends = world.release().conditions[&1].denies_after;
    let early = world.clone().on(ends);
    early.when(Acting::Countersign, lapse(1)).refused_as("nothing_to_do");
    let late = world.on(ends).later(1).having(Acting::Countersign, notice(1));
    late.clone().when("rivera", lapse(1)).refused_as("actor.not_permitted");
    let world = late.having(Acting::Countersign, lapse(1));
    world.clone().when(Acting::Countersign, lapse(1)).refused_as("nothing_to_do");
    // Long before it is due, and after the approval.
    let world = world.on(monday()).later(1);
    assert_eq!(world.denied_by(), ["condition.overdue"]);
    assert_eq!(world.blocked_by(), ["condition.overdue"]);
    assert!(world.release().conditions[&1].is_overdue(world.now), "it stays overdue");
    let closed = ReleaseEvent::ConditionClosed { number: 1, done: text("done") };
    assert_eq!(world.and(closed).denied_by(), [] as [&str; 0]);
}

/// R-111, I-11, I-12
#[test]
fn an_authority_recorded_as_lapsed_denies_whatever_the_clock_says_until_it_is_confirmed() {
    let claimed = claimed(Low);
    let claim = claimed.release().on_authority().unwrap().claim.clone();
    let mut world = claimed;
    world.now = claim.confirm_by;
    world.clone().when(Acting::Countersign, lapse_authority()).refused_as("nothing_to_do");
    world.now += SignedDuration::from_secs(1);
    world.clone().when("rivera", lapse_authority()).refused_as("actor.not_permitted");
    let mut world = world.having(Acting::Countersign, lapse_authority());
    world.clone().when(Acting::Countersign, lapse_authority()).refused_as("nothing_to_do");
    world.now = claim.confirm_by - SignedDuration::from_hours(20);
    assert_eq!(world.denied_by(), ["authority.unconfirmed"]);
    assert!(world.blocked_by().contains(&"authority.unconfirmed"));
    let world = world.having("abara", confirm_authority());
    assert_eq!(world.denied_by(), [] as [&str; 0]);
}
