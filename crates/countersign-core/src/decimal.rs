//! Exact decimal numbers for measurements and bounds.
//!
//! A bound of 5 % and a measured 0.05 must be equal, always; binary floating point cannot promise
//! that. A decimal has no NaN and no infinity: a file that holds one yields no number at all, so
//! it can never pass a comparison (I-12).

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// `mantissa × 10^-scale`, normalised (no trailing zeros in the mantissa), at most 30 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// Why a text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDecimal {
    /// The text as given, cut at 80 characters.
    pub given: String,
}

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a decimal number: write digits with an optional sign, point and exponent, \
             at most 30 digits, for example `0.05`",
            self.given
        )
    }
}

impl std::error::Error for InvalidDecimal {}

const MAX_DIGITS: usize = 30;
/// Room for the smallest number a double can hold: p-values go down to it.
const MAX_SCALE: i64 = 400;
/// The longest text that can be a decimal, with as many zeros to spare.
const MAX_TEXT: usize = 1000;
const RATIO_DIGITS: u32 = 20;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self { mantissa: i128::from(value), scale: 0 }
    }

    /// The decimal a finite binary number prints as; `None` for NaN and the infinities, and for
    /// magnitudes no measurement has (more than 30 digits before or 400 after the point).
    pub fn from_f64(value: f64) -> Option<Self> {
        if value.is_finite() { format!("{value:e}").parse().ok() } else { None }
    }

    /// The nearest binary number, for drawing only; never for a comparison.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Divided by one hundred, exactly: a percentage as a fraction.
    pub fn percent_to_fraction(self) -> Self {
        Self { mantissa: self.mantissa, scale: self.scale + 2 }.normalised()
    }

    /// Multiplied by one hundred, exactly: a fraction as a percentage.
    pub fn fraction_to_percent(self) -> Self {
        match self.scale {
            0 => Self { mantissa: self.mantissa.saturating_mul(100), scale: 0 },
            1 => Self { mantissa: self.mantissa.saturating_mul(10), scale: 0 },
            scale => Self { mantissa: self.mantissa, scale: scale - 2 },
        }
    }

    /// This less the other, exactly; `None` where that takes more than 30 digits.
    pub fn minus(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        let mantissa = a.checked_sub(b)?;
        let fits = mantissa.unsigned_abs() < 10u128.pow(MAX_DIGITS as u32);
        fits.then(|| Self { mantissa, scale }.normalised())
    }

    /// This divided by the other, cut after 20 digits behind the point: never rounded away from
    /// zero, so that a ratio just under a bound stays under it. `None` for a division by zero, and
    /// where the numbers are too far apart to be kept.
    pub fn over(self, other: Self) -> Option<Self> {
        let (a, b, _) = self.aligned(other)?;
        let negative = (a < 0) != (b < 0);
        let (a, b) = (a.unsigned_abs(), b.unsigned_abs());
        let mut mantissa = a.checked_div(b)?;
        let mut rest = a % b;
        for _ in 0..RATIO_DIGITS {
            rest = rest.checked_mul(10)?;
            mantissa = mantissa.checked_mul(10)?.checked_add(rest / b)?;
            rest %= b;
        }
        let mantissa = i128::try_from(mantissa).ok()?;
        let fits = mantissa < 10i128.pow(MAX_DIGITS as u32);
        let mantissa = if negative { -mantissa } else { mantissa };
        fits.then(|| Self { mantissa, scale: RATIO_DIGITS }.normalised())
    }

    /// Both mantissas at the larger scale of the two.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let at = |it: Self| it.mantissa.checked_mul(10i128.checked_pow(scale - it.scale)?);
        Some((at(self)?, at(other)?, scale))
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    fn normalised(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Digits before the point and digits after it, as text, so that comparing never overflows.
    fn parts(self) -> (String, String) {
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        (whole.to_owned(), fraction.to_owned())
    }

    fn cmp_magnitude(self, other: Self) -> Ordering {
        let (a_whole, a_fraction) = self.parts();
        let (b_whole, b_fraction) = other.parts();
        (a_whole.len(), a_whole, a_fraction).cmp(&(b_whole.len(), b_whole, b_fraction))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_magnitude(*other),
            (true, true) => other.cmp_magnitude(*self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, fraction) = self.parts();
        if fraction.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction}")
        }
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        parse(text).ok_or_else(|| InvalidDecimal { given: text.chars().take(80).collect() })
    }
}

fn parse(text: &str) -> Option<Decimal> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (number, exponent) = match rest.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    if number.contains('.') && fraction.is_empty() {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let trimmed = digits.trim_start_matches('0');
    let kept = trimmed.trim_end_matches('0');
    if kept.is_empty() {
        return Some(Decimal::ZERO);
    }
    let dropped = (trimmed.len() - kept.len()) as i64;
    let scale = (fraction.len() as i64).checked_sub(dropped)?.checked_sub(exponent)?;
    if kept.len() > MAX_DIGITS || scale > MAX_SCALE || scale < -((MAX_DIGITS - kept.len()) as i64) {
        return None;
    }
    let mut mantissa: i128 = kept.parse().ok()?;
    if scale < 0 {
        mantissa = mantissa.checked_mul(10i128.checked_pow((-scale) as u32)?)?;
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    Some(Decimal { mantissa, scale: scale.max(0) as u32 }.normalised())
}

impl TryFrom<String> for Decimal {
    type Error = InvalidDecimal;
    fn try_from(text: String) -> Result<Self, InvalidDecimal> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(value: Decimal) -> String {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_smallest_p_values_are_kept_and_endless_digits_are_not() {
        for text in ["2.992336544814115e-62", "5e-324"] {
            let kept: Decimal = text.parse().unwrap();
            assert!(kept > Decimal::ZERO && kept < Decimal::whole(1), "{text}");
            assert_eq!(kept.to_string().parse::<Decimal>().unwrap(), kept);
        }
        assert!(format!("0.{}1", "0".repeat(400)).parse::<Decimal>().is_err());
        assert!("0".repeat(MAX_TEXT + 1).parse::<Decimal>().is_err());
    }

    #[test]
    fn exactly_five_percent_equals_one_twentieth() {
        assert_eq!(d("5").percent_to_fraction(), d("0.05"));
        assert_eq!(d("8.1").percent_to_fraction(), d("0.081"));
        assert_eq!(d("0.05").fraction_to_percent(), d("5"));
        assert_eq!(d("5.000"), d("5"));
        assert_eq!(Decimal::from_f64(0.05), Some(d("0.05")));
    }

    #[test]
    fn order_is_numeric_across_scales_and_signs() {
        let sorted = ["-12", "-1.5", "-0.01", "0", "0.049999", "0.05", "0.0500001", "7", "12"];
        for pair in sorted.windows(2) {
            assert!(d(pair[0]) < d(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_difference_is_exact_and_a_ratio_never_rounds_up_to_a_bound() {
        assert_eq!(d("0.3").minus(d("0.1")), Some(d("0.2")));
        assert_eq!(d("0.1").minus(d("1")), Some(d("-0.9")));
        assert_eq!(d("0.4").over(d("0.5")), Some(d("0.8")));
        assert_eq!(d("-1").over(d("3")), Some(d("-0.33333333333333333333")));
        let below = d("0.79999999999999999999999999999").over(d("1")).unwrap();
        assert!(below < d("0.8"), "{below}");
        assert_eq!(d("1").over(Decimal::ZERO), None);
        assert_eq!(d("1e29").minus(d("1e-29")), None);
        assert_eq!(d("9".repeat(30).as_str()).minus(d("-1")), None);
        assert_eq!(d("9".repeat(30).as_str()).over(d("1e-8")), None);
    }

    #[test]
    fn nan_and_infinity_are_not_numbers() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Decimal::from_f64(value), None);
        }
        for text in ["NaN", "inf", "", ".", "1.", ".5", "1,5", "0x10", "1e", "--1", "5%"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn absurd_magnitudes_are_refused_without_work() {
        assert!("1e1000000000".parse::<Decimal>().is_err());
        assert!("1e-9223372036854775808".parse::<Decimal>().is_err());
        assert!("9".repeat(1_000_000).parse::<Decimal>().is_err());
    }

    #[test]
    fn a_decimal_reads_back_what_it_prints() {
        for text in ["0", "-0.5", "123.456", "1e-7", "2.5e3", "0.5585016835016835"] {
            assert_eq!(d(&d(text).to_string()), d(text));
        }
    }
}
