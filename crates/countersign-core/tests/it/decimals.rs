//! Decimals against whole numbers of millionths: the same order, the same equality, one way to
//! write each.

use countersign_core::decimal::Decimal;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// So many millionths, written with all six decimals.
fn written(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let all = millionths.unsigned_abs();
    format!("{sign}{}.{:06}", all / 1_000_000, all % 1_000_000)
}

fn millionths() -> impl Strategy<Value = i64> {
    let round = prop_oneof![Just(1i64), Just(10), Just(1_000), Just(1_000_000), Just(50_000_000)];
    (-2_000i64..2_000, round).prop_map(|(count, of)| count * of)
}

proptest! {
    /// I-12
    #[test]
    fn decimals_are_ordered_and_equal_as_their_numbers_are(a in millionths(), b in millionths()) {
        let (one, other) = (d(&written(a)), d(&written(b)));
        prop_assert_eq!(one.cmp(&other), a.cmp(&b));
        prop_assert_eq!(one == other, a == b);
        prop_assert_eq!(one.is_negative(), a < 0);
    }

    #[test]
    fn a_decimal_is_written_in_one_way_and_read_back(a in millionths()) {
        let text = d(&written(a)).to_string();
        prop_assert_eq!(d(&text), d(&written(a)));
        prop_assert!(!text.contains('.') || !text.ends_with('0'), "{}", text);
        prop_assert_eq!(d(&format!("{a}e-6")), d(&text));
        prop_assert!((d(&text).to_f64() - a as f64 / 1e6).abs() < 1e-9);
    }

    #[test]
    fn a_percentage_there_and_back_is_what_it_was(a in millionths()) {
        let percent = d(&written(a));
        prop_assert_eq!(percent.percent_to_fraction().fraction_to_percent(), percent);
        prop_assert_eq!(percent.percent_to_fraction(), d(&format!("{a}e-8")));
        prop_assert_eq!(percent.fraction_to_percent(), d(&format!("{a}e-4")));
    }

    #[test]
    fn differences_and_ratios_are_those_of_the_numbers(a in millionths(), b in millionths()) {
        let (one, other) = (d(&written(a)), d(&written(b)));
        prop_assert_eq!(one.minus(other), Some(d(&format!("{}e-6", a - b))));
        match one.over(other) {
            None => prop_assert!(b == 0 || a.abs() / b.abs() >= 1_000_000),
            Some(ratio) => {
                prop_assert!((ratio.to_f64() - a as f64 / b as f64).abs() < 1e-9 * (1.0 + (a as f64 / b as f64).abs()));
            }
        }
    }
}

#[test]
fn thirty_digits_are_read_and_one_more_is_refused_wherever_the_point_is() {
    let (thirty, more) = ("1234567890".repeat(3).replace('0', "1"), "1".repeat(31));
    assert_eq!(d(&thirty).to_string(), thirty);
    assert_eq!(d(&format!("0.{thirty}")).to_string(), format!("0.{thirty}"));
    assert_eq!(d("1e29").to_string(), format!("1{}", "0".repeat(29)));
    assert_eq!(d(&format!("0.{}1", "0".repeat(399))).to_string().len(), 402);
    for refused in [more.clone(), format!("0.{more}"), "1e30".into(), "12e29".into()] {
        assert!(refused.parse::<Decimal>().is_err(), "{refused}");
    }
    assert!(format!("0.{}1", "0".repeat(400)).parse::<Decimal>().is_err());
}

#[test]
fn signs_and_exponents_are_read_and_everything_else_is_named() {
    assert_eq!(d("+0.05"), d("0.05"));
    assert_eq!(d("-0"), Decimal::ZERO);
    assert_eq!(d("5E-2"), d("0.05"));
    for refused in ["", "+", ".5", "5.", "1,5", "0x1", "NaN", "inf", "1e", "--1", "1 "] {
        let refusal = refused.parse::<Decimal>().unwrap_err().to_string();
        assert!(refusal.contains("is not a decimal number"), "{refusal}");
    }
}
