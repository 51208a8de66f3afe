//! Arguments that describe a request. They become the facade's builder; its rules are not repeated here.

use std::path::PathBuf;

use clap::Args;
use hailuo::{Duration, Resolution, RuleMode, Tier, rules::RESOLUTIONS};

use super::{
    VendorChoice,
    values::{Words, choice, modes, prompt, vendor_choice, vendors_or_all},
};

/// A request.
#[derive(Debug, Clone, Args)]
pub(crate) struct RequestArgs {
    /// First frame: a file, - for stdin, or a URL
    #[arg(short, long, value_name = "PATH|URL")]
    pub(crate) image: Option<PathBuf>,
    /// What happens, 1 to 2000 characters; - is stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = prompt)]
    pub(crate) prompt: Option<String>,
    /// In order of preference; `all`: a video at each
    #[arg(short, long, value_name = "A,B|all", hide_possible_values = true, value_parser = Words(vendor_choice, vendors_or_all))]
    pub(crate) vendor: Option<VendorChoice>,
    /// Seconds; 10 goes with 768P only
    #[arg(short, long, value_name = "6|10", hide_possible_values = true, value_parser = Words(choice::<Duration>, || vec!["6", "10"]))]
    pub(crate) duration: Option<Duration>,
    /// 768P or 1080P
    #[arg(short, long, value_name = "LINES", hide_possible_values = true, value_parser = Words(choice::<Resolution>, || RESOLUTIONS.map(Resolution::as_str).to_vec()))]
    pub(crate) resolution: Option<Resolution>,
    /// standard or pro, where a vendor sells both
    #[arg(short, long, value_name = "TIER", hide_possible_values = true, value_parser = Words(choice::<Tier>, || vec!["standard", "pro"]))]
    pub(crate) tier: Option<Tier>,
    #[command(flatten)]
    pub(crate) switches: Switches,
    /// How firm the rules are: strict, warn or off
    #[arg(long, value_name = "MODE", default_value = "strict", hide_default_value = true, hide_possible_values = true, value_parser = Words(choice::<RuleMode>, modes))]
    pub(crate) rules: RuleMode,
}

/// What is on or off.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Switches {
    /// Send the prompt as it is, not rewritten
    #[arg(long)]
    pub(crate) no_prompt_optimizer: bool,
    /// Rewrite the prompt quickly
    #[arg(long)]
    pub(crate) fast_pretreatment: bool,
    /// Put a watermark on the video
    #[arg(long)]
    pub(crate) watermark: bool,
}
