//! From a lowered document to the source of `generated.rs`.
//!
//! progenitor makes the code; what it cannot be told is mended in the syntax tree afterwards, by `mend`.

mod body;
mod debug;
mod mend;
mod nulls;
mod parts;
mod request;
mod types;

pub use mend::lone_word;

use std::panic::{AssertUnwindSafe, catch_unwind};

use contract::Problem;
use progenitor::{CrateVers, GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use quote::quote;
use serde_json::Value;

/// progenitor's version: part of what decides the bytes of a generated crate.
pub const GENERATOR: &str = "progenitor 0.15.1";

/// The crates of whose types the lowering makes use.
const CRATES: &[&str] = &["hailuo-runtime", "serde-json", "std"];

/// Generates the source of a client.
///
/// # Errors
/// progenitor refused the document, or panicked on it.
pub fn generate(lowered: &Value) -> Result<String, Problem> {
    let mut file = parsed(lowered)?;
    mend::mend(&mut file, lowered);
    Ok(prettyplease::unparse(&file))
}

/// What progenitor and prettyplease make of a lowered document by themselves: what the benchmark measures against.
///
/// # Errors
/// As [`generate`].
pub fn generate_alone(lowered: &Value) -> Result<String, Problem> {
    parsed(lowered).map(|file| prettyplease::unparse(&file))
}

/// The syntax tree of progenitor's code.
fn parsed(lowered: &Value) -> Result<syn::File, Problem> {
    let spec: openapiv3::OpenAPI = serde_json::from_value(lowered.clone())
        .map_err(|e| Problem::new(format!("the lowered document is not OpenAPI 3.0: {e}")).fix(REPORT))?;
    let tokens = quietly(|| Generator::new(&settings()).generate_tokens(&spec))?
        .map_err(|e| Problem::new(format!("progenitor refuses the document: {e}")).fix(REPORT))?;
    syn::parse2(tokens).map_err(|e| Problem::new(format!("the generated code does not parse: {e}")).fix(REPORT))
}

/// What to do when a document passes all our passes and progenitor still fails.
const REPORT: &str = "take the part it names out of the document by a fixup, or add a lowering pass for it";

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { ::hailuo_runtime::Session })
        .with_map_type("::std::collections::BTreeMap");
    for name in CRATES {
        settings.with_crate(name, CrateVers::Any, None);
    }
    settings
}

/// Runs `f`; a panic becomes a problem and prints nothing.
fn quietly<T>(f: impl FnOnce() -> T) -> Result<T, Problem> {
    use std::cell::Cell;
    use std::sync::Once;
    thread_local! { static QUIET: Cell<bool> = const { Cell::new(false) }; }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(f));
    QUIET.set(false);
    result.map_err(|payload| {
        let said = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Problem::new(format!("progenitor panics on the document: {said}")).fix(REPORT)
    })
}
