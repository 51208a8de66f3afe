//! From what changed to the next version, by cargo's reading of semantic versioning.

use serde::Serialize;

/// How far a version has to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Nothing that is released changed.
    #[default]
    None,
    /// Programs that compiled go on compiling and working.
    Additive,
    /// Programs that compiled may stop to.
    Breaking,
}

/// The smallest version that may follow; `None` where the text is not a version of three numbers.
///
/// ```
/// use contract::drift::{Bump, next_version};
///
/// assert_eq!(next_version("0.1.4", Bump::Breaking).as_deref(), Some("0.2.0"));
/// assert_eq!(next_version("0.1.4", Bump::Additive).as_deref(), Some("0.1.5"));
/// assert_eq!(next_version("1.1.4", Bump::Additive).as_deref(), Some("1.2.0"));
/// ```
pub fn next_version(version: &str, bump: Bump) -> Option<String> {
    let [major, minor, patch] = parse(version)?;
    let [major, minor, patch] = match (bump, major, minor) {
        (Bump::None, ..) => [major, minor, patch],
        (_, 0, 0) | (Bump::Additive, 0, _) => [major, minor, patch.checked_add(1)?],
        (Bump::Breaking, 0, _) | (Bump::Additive, ..) => [major, minor.checked_add(1)?, 0],
        (Bump::Breaking, ..) => [major.checked_add(1)?, 0, 0],
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// Whether a version is at least as high as another; `false` where one of them is none.
pub fn reaches(version: &str, least: &str) -> bool {
    parse(version).zip(parse(least)).is_some_and(|(version, least)| version >= least)
}

fn parse(version: &str) -> Option<[u64; 3]> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    let parsed = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_move_as_cargo_reads_them() {
        let cases = [
            ("0.0.3", Bump::Breaking, Some("0.0.4")),
            ("0.0.3", Bump::Additive, Some("0.0.4")),
            ("0.1.0", Bump::None, Some("0.1.0")),
            ("0.9.2", Bump::Breaking, Some("0.10.0")),
            ("1.9.2", Bump::Breaking, Some("2.0.0")),
            ("1.9.2", Bump::Additive, Some("1.10.0")),
            ("1.9", Bump::Additive, None),
            ("1.9.2-rc.1", Bump::Additive, None),
            ("1.9.18446744073709551615", Bump::None, Some("1.9.18446744073709551615")),
            ("0.9.18446744073709551615", Bump::Additive, None),
        ];
        for (version, bump, next) in cases {
            assert_eq!(next_version(version, bump).as_deref(), next, "{version} {bump:?}");
        }
    }

    #[test]
    fn a_version_is_compared_by_numbers_not_by_text() {
        assert!(reaches("0.10.0", "0.9.0"));
        assert!(reaches("0.2.0", "0.2.0"));
        assert!(!reaches("0.1.9", "0.2.0"));
        assert!(!reaches("latest", "0.2.0"));
    }
}
