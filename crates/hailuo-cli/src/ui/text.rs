//! Small pieces of text: sizes, times, counts, and words of others made safe for a terminal.

use std::time::{Duration, SystemTime};

use unicode_width::UnicodeWidthChar;

/// `812 B`, `4.1 KB`, `27 MB`, in steps of 1000.
pub(crate) fn bytes(count: u64) -> String {
    let (unit, name) = match count {
        ..1_000 => return format!("{count} B"),
        1_000..1_000_000 => (1_000, "KB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    match count.saturating_mul(10) / unit {
        tenths @ 100.. => format!("{} {name}", tenths / 10),
        tenths => format!("{}.{} {name}", tenths / 10, tenths % 10),
    }
}

/// `now`, `40 s`, `12 min`, `3 h`, `9 days`.
pub(crate) fn age(at: SystemTime, now: SystemTime) -> String {
    let seconds = now.duration_since(at).unwrap_or(Duration::ZERO).as_secs();
    match seconds {
        0 => "now".to_owned(),
        1..=99 => format!("{seconds} s"),
        100..=5999 => format!("{} min", seconds / 60),
        6000..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// `1 video`, `2 videos`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Whether a character does something to a terminal other than stand there.
pub(crate) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Columns that a text takes; colors take none.
pub(crate) fn width(text: &str) -> usize {
    let mut is_color = false;
    let mut columns = 0;
    for c in text.chars() {
        match c {
            '\u{1b}' => is_color = true,
            'm' if is_color => is_color = false,
            _ if is_color => {}
            _ => columns += c.width().unwrap_or(0),
        }
    }
    columns
}

/// Words of others on one line: no control characters, no more than so many columns.
pub(crate) fn tame(text: &str, most: usize) -> String {
    let mut tamed = String::new();
    let mut used = 0;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for c in words.chars().filter(|c| !is_unprintable(*c)) {
        used += c.width().unwrap_or(0);
        if used > most.saturating_sub(1) {
            tamed.push('…');
            break;
        }
        tamed.push(c);
    }
    tamed
}

/// A text in lines of so many columns, broken at spaces; the lines after the first are indented.
pub(crate) fn wrap(text: &str, columns: usize, indent: &str) -> String {
    let start = text.len() - text.trim_start_matches(' ').len();
    let mut lines = text[..start].to_owned();
    let mut used = start;
    let mut is_first = true;
    for word in text[start..].split(' ') {
        let wide = width(word);
        if is_first {
            is_first = false;
        } else if used + 1 + wide > columns {
            lines.push('\n');
            lines.push_str(indent);
            used = width(indent);
        } else {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += wide;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_figures_or_more() {
        for (count, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 KB"),
            (4130, "4.1 KB"),
            (27_962_000, "27 MB"),
            (1_000_000, "1.0 MB"),
            (2_500_000_000, "2.5 GB"),
            (u64::MAX, "1844674407 GB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }

    #[test]
    fn ages_are_told_in_the_unit_a_person_would_use() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(10_000_000);
        for (seconds, text) in [(0, "now"), (40, "40 s"), (720, "12 min"), (10_800, "3 h"), (777_600, "9 days")] {
            assert_eq!(age(now - Duration::from_secs(seconds), now), text);
        }
        assert_eq!(age(now + Duration::from_secs(9), now), "now");
    }

    #[test]
    fn words_of_others_cannot_move_the_cursor() {
        assert_eq!(tame("a\u{1b}[31mb\u{202e}c\nd\t e", 80), "a[31mbc d e");
        assert_eq!(tame("一二三四", 6), "一二…");
    }

    #[test]
    fn colors_take_no_room() {
        assert_eq!(width("\u{1b}[1m\u{1b}[33mno\u{1b}[0m 狐狸"), 7);
    }

    #[test]
    fn long_lines_break_at_spaces() {
        assert_eq!(wrap("one two three four", 9, "  "), "one two\n  three\n  four");
        assert_eq!(wrap("  one two three", 9, "    "), "  one two\n    three");
        assert_eq!(wrap("unbreakable", 4, ""), "unbreakable");
    }
}
