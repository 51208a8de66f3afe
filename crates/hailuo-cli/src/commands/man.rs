//! `man`: the manual, with everything that does not fit into a screen of help.

use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::{
    Man,
    roff::{Inline, Roff, bold, roman},
};
use hailuo::Vendor;

use crate::{
    args::{self, Cli},
    exit::Exit,
    hub::address_variable,
    ui::{Ui, record::Record},
};

pub(super) fn run(ui: &Ui, args: &args::Man) -> anyhow::Result<Exit> {
    let pages = pages()?;
    match &args.dir {
        None => {
            let (name, page) = pages.first().context("there is a page for the command itself")?;
            if ui.is_json() {
                ui.record(&Record::Man { name, page });
            } else {
                ui.raw(page.trim_end());
            }
        }
        Some(dir) => write(ui, dir, &pages)?,
    }
    Ok(Exit::Done)
}

fn write(ui: &Ui, dir: &Path, pages: &[(String, String)]) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("the folder {} cannot be made", dir.display()))?;
    for (name, page) in pages {
        let path = dir.join(name);
        std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
        ui.record(&Record::Wrote { path: &path.to_string_lossy() });
        ui.line(path.display());
    }
    Ok(())
}

/// All pages by file name; the command's own comes first.
fn pages() -> anyhow::Result<Vec<(String, String)>> {
    let command = Cli::command();
    let mut pages = vec![("hailuo.1".to_owned(), main_page(command.clone())?)];
    for sub in command.get_subcommands() {
        let name = format!("hailuo-{}", sub.get_name());
        // A page is called by one word, the command by two.
        let sub =
            sub.clone().name(name.clone()).bin_name(name.replacen('-', " ", 1)).version(env!("CARGO_PKG_VERSION"));
        let mut page = Vec::new();
        Man::new(sub).render(&mut page)?;
        pages.push((format!("{name}.1"), String::from_utf8(page)?));
    }
    Ok(pages)
}

fn main_page(command: clap::Command) -> anyhow::Result<String> {
    let man = Man::new(command.after_help("").after_long_help(""));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_subcommands_section(&mut page)?;
    man.render_options_section(&mut page)?;
    section("EXIT STATUS", EXIT_CODES.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())))
        .to_writer(&mut page)?;
    section("ENVIRONMENT", environment()).to_writer(&mut page)?;
    section("FILES", FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))).to_writer(&mut page)?;
    section("NOTES", NOTES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))).to_writer(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(String::from_utf8(page)?)
}

fn section(title: &str, entries: impl Iterator<Item = (String, String)>) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    for (name, text) in entries {
        let lines: [Inline; 2] = [bold(name), roman(text)];
        let [name, text] = lines;
        roff.control("TP", []).text([name]).text([text]);
    }
    roff
}

fn environment() -> impl Iterator<Item = (String, String)> {
    let keys = Vendor::ALL.map(|vendor| (vendor.env_var().to_owned(), format!("The key for {vendor}.")));
    let addresses = Vendor::ALL.map(|vendor| {
        (address_variable(vendor), format!("Another address for {vendor}, such as one that hailuo sandbox prints."))
    });
    let others = ENVIRONMENT.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    keys.into_iter().chain(addresses).chain(others)
}

const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "Done."),
    ("1", "Anything else: no key, no network, no space on the disk."),
    ("2", "The request, or the command line, is invalid. Nothing was sent."),
    ("3", "The vendor refused. Nothing was charged."),
    ("4", "The outcome of a submit is unknown. It may have been charged, and was not sent again."),
    ("5", "The job failed at the vendor, or was canceled."),
    ("6", "Waiting ended before the job did, because time was up or Ctrl-C was pressed. The handle was printed."),
    ("several", "Of several outcomes the worst is told: 4, 5, 6, 3, 2, 1."),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("HAILUO_KEY_FILE", "A file with keys, instead of the one in the configuration folder."),
    ("HAILUO_DATA_DIR", "The folder of the journal, instead of hailuo in the user's data folder."),
    (
        "HAILUO_QUOTE_VENDOR",
        "If set, a vendor's own words are shown with an error even where stderr is no terminal. They may quote the prompt.",
    ),
    ("NO_COLOR", "If set, nothing is colored."),
];

const FILES: &[(&str, &str)] = &[
    (
        "~/.config/hailuo/keys",
        "Keys, a line NAME=KEY each, with the names of the variables above. The environment goes before it. \
         It should be readable by its owner only.",
    ),
    (
        "~/.local/share/hailuo/journal.sqlite3",
        "What was submitted, and what became of it: vendor, time, handle, file. No key, prompt or picture.",
    ),
];

const NOTES: &[(&str, &str)] = &[
    (
        "Handles",
        "A job has a handle, one word that any machine with the vendor's key can use with status, wait, download and \
         cancel. On the machine that submitted it the number shown by hailuo jobs does as well. The journal knows at \
         which address a job is, so that a job of a served sandbox needs no option to be found again. The jobs of \
         --sandbox end with their command.",
    ),
    (
        "Lines of a batch",
        "A line is known by its content, whatever its place in the file: the JSON without regard to spaces and order, \
         with the bytes of image_file, and for lines that are equal also which of them it is. It is submitted once \
         over all runs, until --series says that it is meant anew. A line that a vendor refused, or that never \
         reached one, is tried again by the next run; one whose outcome is unknown is not.",
    ),
    (
        "Vendors in order",
        "With several vendors the next one is asked only if the one before refused the request or was never reached, \
         never if it may have taken it.",
    ),
];

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::pages;

    #[test]
    fn every_command_has_a_page_with_a_name_and_options() {
        let pages = pages().unwrap();
        assert_eq!(pages.len(), 14);
        for (name, page) in &pages {
            assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{name}");
        }
        assert!(pages[0].1.contains("HAILUO\\_FAL\\_URL") || pages[0].1.contains("HAILUO_FAL_URL"), "{}", pages[0].1);
    }
}
