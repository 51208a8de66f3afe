//! Lengths of time as people write them: `500ms`, `2s`, `1.5s`, `3m`. For the fault grammar and [`crate::Pace`].

use std::time::Duration;

/// The longest that anything takes here: beyond it, adding to a clock may overflow somewhere.
pub(crate) const LONGEST: Duration = Duration::from_hours(24);

/// Reads a length of time; `None` if it is not one, or is longer than [`LONGEST`].
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, unit) = text.split_at(split);
    let number: f64 = number.parse().ok()?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "s" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return None,
    };
    (seconds <= LONGEST.as_secs_f64()).then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}

/// Writes a length of time so that [`parse`] reads the same, to the millisecond.
pub(crate) fn show(span: Duration) -> String {
    let millis = span.as_millis();
    if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}

/// A length of time in seconds, a begun one counted as a whole.
pub(crate) fn whole_seconds(span: Duration) -> u64 {
    span.as_secs().saturating_add(u64::from(span.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::{parse, show};
    use std::time::Duration;

    #[test]
    fn reads_what_people_write_and_refuses_the_rest() {
        for (text, millis) in
            [("500ms", 500), ("2s", 2000), ("1.5s", 1500), ("3m", 180_000), ("0s", 0), ("24h", 86_400_000)]
        {
            assert_eq!(parse(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for wrong in ["", "5", "s", "-1s", "1e3s", "1..2s", "2 s", "25h", "9999999999999999999999h"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for millis in [0, 1, 250, 1000, 1500, 90_000] {
            let span = Duration::from_millis(millis);
            assert_eq!(parse(&show(span)), Some(span));
        }
    }
}
