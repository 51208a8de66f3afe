//! Arguments of every command that talks to a vendor: where the vendor is, and where the keys are.

use std::path::PathBuf;

use clap::Args;

use super::{BaseUrl, base_url};

/// Where to find vendors and keys.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Connect {
    /// Another address, as `hailuo sandbox` prints it
    #[arg(long, value_name = "VENDOR=URL", value_parser = base_url)]
    pub(crate) base_url: Vec<BaseUrl>,
    /// File with keys, one NAME=KEY a line
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}
