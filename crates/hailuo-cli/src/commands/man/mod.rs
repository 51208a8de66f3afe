//! `man`: the manual, with everything that does not fit into a screen of help.

mod text;

use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};
use hailuo::Vendor;

use self::text::{ENVIRONMENT, EXIT_CODES, Entry, FAULTS, FILES, NOTES, PAGES, Page, WORST};
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
    let mut command = Cli::command();
    // Options that every command has are only handed down by this.
    command.build();
    let mut pages = Vec::new();
    for page in PAGES {
        let (name, command) = if page.command.is_empty() {
            let subcommands: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            // In a screen of help some commands would be in the way; a manual has them all.
            let all = subcommands
                .iter()
                .fold(command.clone(), |command, name| command.mut_subcommand(name, |sub| sub.hide(false)));
            ("hailuo".to_owned(), all)
        } else {
            let sub = command.find_subcommand(page.command).with_context(|| format!("there is no {}", page.command))?;
            // A page is called by one word, the command by two.
            let name = format!("hailuo-{}", page.command);
            (name.clone(), sub.clone().name(name).bin_name(format!("hailuo {}", page.command)))
        };
        pages.push((format!("{name}.1"), render(page, command)?));
    }
    Ok(pages)
}

fn render(page: &Page, command: clap::Command) -> anyhow::Result<String> {
    let command = command.version(env!("CARGO_PKG_VERSION")).after_help("").after_long_help("");
    let has_subcommands = page.command.is_empty();
    let man = Man::new(command.long_about(page.description));
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    if has_subcommands {
        man.render_subcommands_section(&mut out)?;
    }
    man.render_options_section(&mut out)?;
    if page.command == "sandbox" {
        section("FAULTS", &own(FAULTS)).to_writer(&mut out)?;
    }
    let mut exits: Vec<_> = own(&EXIT_CODES);
    exits.retain(|(code, _)| code.parse().is_ok_and(|code: u8| page.exits.contains(&code)));
    let mut exit_section = section("EXIT STATUS", &exits);
    if page.exits.len() == EXIT_CODES.len() {
        exit_section.control("PP", []).text([roman(WORST)]);
    }
    exit_section.to_writer(&mut out)?;
    if has_subcommands {
        section("ENVIRONMENT", &environment()).to_writer(&mut out)?;
        section("FILES", &own(FILES)).to_writer(&mut out)?;
        section("NOTES", &own(NOTES)).to_writer(&mut out)?;
    }
    if !page.examples.is_empty() {
        section("EXAMPLES", &own(page.examples)).to_writer(&mut out)?;
    }
    see_also(page).to_writer(&mut out)?;
    Ok(String::from_utf8(out)?)
}

/// The pages that go with one; from the first, all others.
fn see_also(page: &Page) -> Roff {
    let others = PAGES.iter().map(|page| page.command).filter(|command| !command.is_empty());
    let commands: Vec<_> = if page.command.is_empty() { others.collect() } else { page.see_also.to_vec() };
    let mut names: Vec<_> = commands.iter().map(|command| format!("hailuo-{command}(1)")).collect();
    if !page.command.is_empty() {
        names.insert(0, "hailuo(1)".to_owned());
    }
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]).text([roman(names.join(", "))]);
    roff
}

fn own(entries: &[Entry]) -> Vec<(String, String)> {
    entries.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn section(title: &str, entries: &[(String, String)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    for (name, text) in entries {
        roff.control("TP", []).text([bold(name.as_str())]).text([roman(text.as_str())]);
    }
    roff
}

fn environment() -> Vec<(String, String)> {
    let keys = Vendor::ALL.map(|vendor| (vendor.env_var().to_owned(), format!("The key for {vendor}.")));
    let addresses = Vendor::ALL.map(|vendor| {
        (address_variable(vendor), format!("Another address for {vendor}, such as one that hailuo sandbox prints."))
    });
    keys.into_iter().chain(addresses).chain(own(ENVIRONMENT)).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use clap::CommandFactory;

    use super::{PAGES, pages, text::FAULTS};
    use crate::args::Cli;

    #[test]
    fn every_command_has_a_page_that_says_how_it_ends() {
        let mut commands = vec![String::new()];
        commands.extend(Cli::command().get_subcommands().map(|sub| sub.get_name().to_owned()));
        assert_eq!(PAGES.iter().map(|page| page.command.to_owned()).collect::<Vec<_>>(), commands);
        for (name, page) in pages().unwrap() {
            for title in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "\"EXIT STATUS\"", "\"SEE ALSO\""] {
                assert!(page.contains(&format!(".SH {title}\n")), "{name} has no {title}:\n{page}");
            }
            assert!(page.contains("\\-\\-json"), "{name}");
        }
    }

    #[test]
    fn the_first_page_lists_every_command_variable_and_file() {
        let page = pages().unwrap().remove(0).1;
        for word in PAGES.iter().map(|page| page.command).filter(|command| !command.is_empty()) {
            assert!(page.contains(&format!("hailuo\\-{word}(1)")), "{word}: {page}");
        }
        for word in ["FAL_KEY", "HAILUO_FAL_URL", "HAILUO_KEY_FILE", "HAILUO_DATA_DIR", "journal.sqlite3", "NO_COLOR"] {
            assert!(page.contains(word), "{word}: {page}");
        }
    }

    #[test]
    fn a_page_names_only_commands_that_there_are() {
        for page in PAGES {
            for name in page.see_also {
                assert!(PAGES.iter().any(|other| other.command == *name), "{name}");
            }
            for (example, _) in page.examples {
                let word = example.split(' ').nth(1).unwrap();
                assert!(PAGES.iter().any(|other| other.command == word), "{example}");
            }
        }
    }

    #[test]
    fn the_page_of_the_sandbox_lists_every_kind_of_fault_and_no_other() {
        let mut known = hailuo_sandbox::Kind::WORDS;
        let kinds = FAULTS.iter().take(FAULTS.len() - 1).flat_map(|(_, kinds)| kinds.split(", "));
        let mut listed: Vec<_> = kinds.map(|kind| kind.split(['=', '[']).next().unwrap()).collect();
        known.sort_unstable();
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(listed, known);
    }
}
