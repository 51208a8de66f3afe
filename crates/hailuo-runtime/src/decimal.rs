//! Numbers as a URL or a header has them.

use std::fmt;

use serde::{Serialize, Serializer};

/// A number that is sent as text: without a decimal point if it is whole, and never with an exponent.
///
/// Generated code takes one for a parameter that is described as a `number`.
///
/// ```
/// use hailuo_runtime::Decimal;
///
/// assert_eq!(Decimal::from(5).to_string(), "5");
/// assert_eq!(Decimal::try_from(7.50)?.to_string(), "7.5");
/// # Ok::<(), hailuo_runtime::NotFinite>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decimal(Number);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Single(f32),
}

/// The number is infinite, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only a finite number can be sent")]
pub struct NotFinite;

macro_rules! from_integers {
    ($variant:ident: $($integer:ty),*) => {
        $(
            impl From<$integer> for Decimal {
                fn from(number: $integer) -> Self {
                    Self(Number::$variant(number.into()))
                }
            }
        )*
    };
}

from_integers!(Signed: i8, i16, i32, i64);
from_integers!(Unsigned: u8, u16, u32, u64);

impl TryFrom<f64> for Decimal {
    type Error = NotFinite;

    fn try_from(number: f64) -> Result<Self, NotFinite> {
        if number.is_finite() { Ok(Self(Number::Float(number))) } else { Err(NotFinite) }
    }
}

impl TryFrom<f32> for Decimal {
    type Error = NotFinite;

    fn try_from(number: f32) -> Result<Self, NotFinite> {
        if number.is_finite() { Ok(Self(Number::Single(number))) } else { Err(NotFinite) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Number::Signed(number) => write!(f, "{number}"),
            Number::Unsigned(number) => write!(f, "{number}"),
            Number::Float(number) => write!(f, "{number}"),
            Number::Single(number) => write!(f, "{number}"),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_point_or_exponent_where_there_is_no_need() {
        for (number, expected) in [
            (Ok(Decimal::from(-3)), "-3"),
            (Ok(Decimal::from(u64::MAX)), "18446744073709551615"),
            (Decimal::try_from(1.0), "1"),
            (Decimal::try_from(0.1), "0.1"),
            (Decimal::try_from(0.1_f32), "0.1"),
            (Decimal::try_from(-2.5e-7), "-0.00000025"),
            (Decimal::try_from(1e21), "1000000000000000000000"),
        ] {
            assert_eq!(number.map(|number| number.to_string()), Ok(expected.to_owned()));
            assert_eq!(number.map(|number| serde_json::json!(number)), Ok(serde_json::json!(expected)));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Decimal::try_from(number), Err(NotFinite));
        }
    }
}
