//! A bullet chart: a measured value against its bound, as a small picture beside the sentence that
//! says the same. Drawing is all it does; whether the bound holds was decided elsewhere.

use countersign_core::criterion::{Bound, Comparison, with_unit};
use countersign_core::decimal::Decimal;
use maud::{Markup, html};

/// A value against its bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Bullet {
    /// The value, as text.
    pub value: String,
    /// The bound, as text: `at most 5 %`.
    pub bound: String,
    /// Where the value lies on the scale, from 0 to 1.
    pub at: f64,
    /// Where the bound lies.
    pub limit: f64,
    /// Which side of the bound is good.
    pub good: Side,
    /// Whether the value is on it, as the report says.
    pub holds: Holds,
}

/// A side of the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below it.
    Below,
    /// Above it.
    Above,
}

/// Whether the bound holds, as the report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Yes,
    /// It does not, or nobody knows.
    No,
}

const WIDTH: f64 = 220.0;

impl Bullet {
    /// The picture of this value and bound, on a scale that shows both.
    pub fn new(bound: &Bound, value: Decimal, holds: Holds) -> Self {
        let (number, limit) = (value.to_f64(), bound.bound.to_f64());
        let top = scale(number, limit);
        let place = |number: f64| (number / top).clamp(0.0, 1.0);
        Self {
            value: with_unit(value, bound.unit),
            bound: format!("{} {}", bound.comparison.words(), with_unit(bound.bound, bound.unit)),
            at: place(number),
            limit: place(limit),
            good: match bound.comparison {
                Comparison::AtMost | Comparison::Below => Side::Below,
                Comparison::AtLeast | Comparison::Above => Side::Above,
            },
            holds,
        }
    }
}

/// Enough for the larger of the two and some air; a share between 0 and 1 keeps its own scale.
fn scale(value: f64, limit: f64) -> f64 {
    let larger = value.abs().max(limit.abs());
    if larger > 0.5 && larger <= 1.0 { 1.0 } else { (larger * 1.25).max(f64::MIN_POSITIVE) }
}

/// The picture.
pub fn render(bullet: &Bullet) -> Markup {
    let (at, limit) = (bullet.at * WIDTH, bullet.limit * WIDTH);
    let (from, width) = match bullet.good {
        Side::Below => (0.0, limit),
        Side::Above => (limit, WIDTH - limit),
    };
    let tone = match bullet.holds {
        Holds::Yes => "good",
        Holds::No => "bad",
    };
    let words = format!("{}, {} is asked for", bullet.value, bullet.bound);
    html! {
        svg.bullet viewBox="0 0 220 20" width="220" height="20" role="img" aria-label=(words) {
            rect.scale x="0" y="4" width="220" height="12" rx="2" {}
            rect.range x=(px(from)) y="4" width=(px(width)) height="12" rx="2" {}
            rect.value.(tone) x="0" y="7.5" width=(px(at.max(2.0))) height="5" rx="1" {}
            rect.limit x=(px((limit - 1.0).clamp(0.0, WIDTH - 2.0))) y="1" width="2" height="18" {}
        }
    }
}

fn px(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::reading::Unit;

    ///
    #[test]
    fn a_value_at_its_bound_is_drawn_at_its_bound() {
        let bound = Bound {
            metric: "hallucination_rate".into(),
            task: None,
            comparison: Comparison::AtMost,
            bound: Decimal::whole(5),
            unit: Unit::Percent,
            assumes: Unit::Fraction,
            minimum_sample: None,
        };
        let bullet = Bullet::new(&bound, Decimal::whole(5), Holds::Yes);
        assert!((bullet.at - bullet.limit).abs() < 1e-9);
        assert_eq!((bullet.value.as_str(), bullet.bound.as_str()), ("5 %", "at most 5 %"));
        let over = Bullet::new(&bound, "8.1".parse().unwrap(), Holds::No);
        assert!(over.at > over.limit);
    }
}
