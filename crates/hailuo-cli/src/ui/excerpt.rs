//! A piece of a text with the offending part marked below it, as compilers do.
//!
//! A prompt may be one line of thousands of characters in any script. Only what is around the mark is shown, and
//! columns are counted as the terminal counts them.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::{Paint, text::is_unprintable};

/// Where in a text a mark is.
pub(crate) struct Excerpt<'a> {
    text: &'a str,
    span: Range<usize>,
}

/// A character as it is shown.
struct Cell {
    shown: char,
    width: usize,
    marked: bool,
}

impl<'a> Excerpt<'a> {
    /// Marks the bytes `span` of `text`; a span that fits no characters is moved to some that do.
    pub(crate) fn new(text: &'a str, span: Range<usize>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end.max(start));
        Self { text, span: start..end }
    }

    /// Line and column of the mark, from 1, and its place in the whole text, all counted in characters.
    pub(crate) fn place(&self) -> (usize, usize, usize) {
        let before = &self.text[..self.span.start];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (line, before[start..].chars().count() + 1, before.chars().count() + 1)
    }

    /// The excerpt and the mark below it, two lines, each behind a gutter.
    pub(crate) fn render(&self, columns: usize, paint: Paint) -> String {
        let room = columns.saturating_sub(4).clamp(10, 100);
        let (shown, marks) = self.window(room);
        let bar = paint.dim("|");
        format!("  {bar} {shown}\n  {bar} {}", paint.red(marks))
    }

    /// As much of the line as fits around the mark, with an ellipsis where it was cut, and the carets below it.
    fn window(&self, room: usize) -> (String, String) {
        let start = self.text[..self.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let mut cells: Vec<Cell> = self.text[start..end]
            .char_indices()
            .map(|(at, c)| {
                let shown = if is_unprintable(c) { '·' } else { c };
                let marked = self.span.contains(&(start + at));
                Cell { shown, width: shown.width().unwrap_or(0), marked }
            })
            .collect();
        if !cells.iter().any(|cell| cell.marked && cell.width > 0) {
            // Nothing that can be seen is meant: what stands there is marked, or the place after the last character.
            let at = self.text[start..self.span.start].chars().count();
            let count = cells.len();
            let seen = cells.iter_mut().take(at + 1).rev().find(|cell| cell.width > 0);
            match seen {
                Some(seen) if at < count => seen.marked = true,
                _ => cells.push(Cell { shown: ' ', width: 1, marked: true }),
            }
        }
        let first = cells.iter().position(|cell| cell.marked).unwrap_or_default();
        let marked: usize = cells.iter().filter(|cell| cell.marked).map(|cell| cell.width).sum();
        // A third of the room in front of the mark, more if the mark is short.
        let lead = (room.saturating_sub(marked.saturating_add(2)) * 2 / 3).max(room / 3);
        let mut from = first;
        let mut used = 0;
        while from > 0 && used + cells[from - 1].width <= lead {
            from -= 1;
            used += cells[from].width;
        }
        let mut shown = String::new();
        let mut marks = String::new();
        let mut left = room;
        let mut put = |shown: &mut String, c: char, width: usize, marked: bool| {
            shown.push(c);
            marks.extend(std::iter::repeat_n(if marked { '^' } else { ' ' }, width));
        };
        if from > 0 {
            put(&mut shown, '…', 1, false);
            left -= 1;
        }
        let mut rest = cells[from..].iter().peekable();
        while let Some(cell) = rest.next() {
            let is_last = rest.peek().is_none();
            if cell.width + usize::from(!is_last) > left {
                put(&mut shown, '…', 1, cell.marked);
                break;
            }
            put(&mut shown, cell.shown, cell.width, cell.marked);
            left -= cell.width;
        }
        (shown.trim_end().to_owned(), marks.trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, part: &str, room: usize) -> String {
        let start = text.find(part).unwrap_or(text.len());
        let (shown, marks) = Excerpt::new(text, start..start + part.len()).window(room);
        format!("{shown}\n{marks}")
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(marked("go [Pan left] now", "Pan left", 40), "go [Pan left] now\n    ^^^^^^^^");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(marked("狐狸 [飞翔] x", "飞翔", 40), "狐狸 [飞翔] x\n      ^^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{}BAD{}", "a".repeat(500), "b".repeat(500));
        assert_eq!(marked(&text, "BAD", 20), "…aaaaaaaaaaBADbbbbb…\n           ^^^");
        let end = format!("{}{}", "a".repeat(2000), "z".repeat(13));
        assert_eq!(marked(&end, "zzzzzzzzzzzzz", 20), "…aaaaaazzzzzzzzzzzzz\n       ^^^^^^^^^^^^^");
        let long = format!("{}{}", "a".repeat(2000), "z".repeat(1300));
        let span = long.find('z').unwrap_or(0)..long.len();
        let (shown, marks) = Excerpt::new(&long, span).window(20);
        assert_eq!((shown.as_str(), marks.as_str()), ("…aaaaaazzzzzzzzzzzz…", "       ^^^^^^^^^^^^^"));
    }

    #[test]
    fn only_the_line_of_the_mark_is_shown_and_its_place_told() {
        let text = "first\nsecond [x\nthird";
        assert_eq!(marked(text, "[x\nth", 40), "second [x\n       ^^");
        assert_eq!(Excerpt::new(text, 13..15).place(), (2, 8, 14));
    }

    #[test]
    fn what_cannot_be_seen_is_marked_all_the_same() {
        assert_eq!(marked("a\u{1b}[31m", "\u{1b}", 40), "a·[31m\n ^");
        assert_eq!(marked("[]", "", 40), "[]\n^");
        let (shown, marks) = Excerpt::new("[]", 1..1).window(40);
        assert_eq!((shown.as_str(), marks.as_str()), ("[]", " ^"));
        let (shown, marks) = Excerpt::new("end", 3..3).window(40);
        assert_eq!((shown.as_str(), marks.as_str()), ("end", "   ^"));
        let (shown, marks) = Excerpt::new("", 0..0).window(40);
        assert_eq!((shown.as_str(), marks.as_str()), ("", "^"));
    }

    #[test]
    fn any_span_of_any_text_is_shown_without_panic() {
        let text = "é\n狐狸\u{301} [飞\t翔] \u{1f98a}";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                let excerpt = Excerpt::new(text, start.min(text.len())..end.min(text.len()));
                for room in [10, 11, 40] {
                    let (shown, marks) = excerpt.window(room);
                    assert!(marks.contains('^'), "{start}..{end} in {room}: {shown}");
                }
            }
        }
    }
}
