//! A table that fits: in columns if they fit the screen, with the last column on a line of its own if only that helps,
//! else as a list of named values.

use super::{Paint, text::width};

/// Rows of text under headings.
pub(crate) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

const GAP: usize = 2;

impl Table {
    /// An empty table.
    pub(crate) fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are headings.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.headings.len(), "a row has a cell for each heading");
        self.rows.push(cells.into());
    }

    /// The table in at most so many columns, without a line break at its end.
    pub(crate) fn render(&self, columns: usize, paint: Paint) -> String {
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|at| {
                let cells = self.rows.iter().map(|row| width(&row[at]));
                cells.chain([width(self.headings[at])]).max().unwrap_or(0)
            })
            .collect();
        let total = |widths: &[usize]| widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        let lines = match widths.split_last() {
            _ if total(&widths) <= columns => self.in_columns(&widths, widths.len(), paint),
            Some((_, rest)) if !rest.is_empty() && total(rest) <= columns => {
                self.in_columns(&widths, rest.len(), paint)
            }
            _ => self.as_list(paint),
        };
        lines.join("\n")
    }

    /// The first `count` columns side by side, the others below.
    fn in_columns(&self, widths: &[usize], count: usize, paint: Paint) -> Vec<String> {
        let line = |cells: &[String]| {
            let mut text = String::new();
            for (at, cell) in cells.iter().take(count).enumerate() {
                text.push_str(cell);
                let padding = widths[at] - width(cell) + GAP;
                text.extend(std::iter::repeat_n(' ', padding));
            }
            text.trim_end().to_owned()
        };
        let headings: Vec<_> = self.headings.iter().map(ToString::to_string).collect();
        let mut lines = vec![paint.bold(line(&headings))];
        for row in &self.rows {
            lines.push(line(row));
            lines.extend(row[count..].iter().filter(|cell| !cell.is_empty()).map(|cell| format!("  {cell}")));
        }
        lines
    }

    fn as_list(&self, paint: Paint) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let mut cells = row.iter().zip(&self.headings);
            if let Some((first, _)) = cells.next() {
                lines.push(paint.bold(first));
            }
            lines.extend(cells.filter(|(cell, _)| !cell.is_empty()).map(|(cell, name)| format!("  {name}: {cell}")));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["vendor", "cost", "file"]);
        table.row(["fal".into(), "$0.28".into(), "hailuo-fal-1.mp4".into()]);
        table.row(["海螺".into(), String::new(), "a.mp4".into()]);
        table
    }

    #[test]
    fn side_by_side_where_there_is_room() {
        let text = table().render(80, Paint::PLAIN);
        assert_eq!(text, "vendor  cost   file\nfal     $0.28  hailuo-fal-1.mp4\n海螺           a.mp4");
    }

    #[test]
    fn the_last_column_goes_below_where_there_is_less() {
        let text = table().render(20, Paint::PLAIN);
        assert_eq!(text, "vendor  cost\nfal     $0.28\n  hailuo-fal-1.mp4\n海螺\n  a.mp4");
    }

    #[test]
    fn a_list_where_there_is_none() {
        let text = table().render(8, Paint::PLAIN);
        assert_eq!(text, "fal\n  cost: $0.28\n  file: hailuo-fal-1.mp4\n海螺\n  file: a.mp4");
    }
}
