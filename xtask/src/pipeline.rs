//! From a vendor's folder in `specs/` to the files of its crate, in memory.

use std::path::Path;

use contract::{Contract, Problem};

use crate::crate_files::{Files, Parts, render};
use crate::{client, lower};

/// The stack of a thread that runs the pipeline: documents nest, and so do the functions that walk them.
const STACK: usize = 64 << 20;

/// What the pipeline made of one vendor's description.
#[derive(Debug)]
pub struct Made {
    /// The contract.
    pub contract: Contract,
    /// The contract's bytes, as committed.
    pub rendered: String,
    /// The document that progenitor got.
    pub lowered: serde_json::Value,
    /// The files, by their path from the repository's root.
    pub files: Files,
}

/// Runs the whole pipeline for one vendor.
///
/// # Errors
/// A step refused the description; the problem names vendor, file, pointer and what to do.
pub fn make(root: &Path, slug: &str) -> Result<Made, Problem> {
    from_contract(contract::build(&root.join("specs").join(slug))?)
}

/// The generator's half of the pipeline.
///
/// # Errors
/// The contract cannot be lowered, or no client can be generated from it; the problem names vendor and folder.
pub fn from_contract(contract: Contract) -> Result<Made, Problem> {
    let rendered = contract::render(&contract.document);
    let mut document = contract.document.clone();
    lower::add_notes(&mut document, contract.left_out.iter().cloned());
    let in_folder = |problem: Problem| problem.vendor(&contract.slug).file(format!("specs/{}", contract.slug));
    let lowered = lower::lower(&document).map_err(in_folder)?;
    let generated = client::generate(&lowered).map_err(in_folder)?;
    let files = render(&Parts {
        slug: &contract.slug,
        source: &contract.source,
        contract: &rendered,
        lowered: &lowered,
        generated: &generated,
    });
    Ok(Made { contract, rendered, lowered, files })
}

/// Runs `f` for every slug, each on a thread of its own, and gives the results in the order of the slugs.
pub fn each<T: Send>(slugs: &[String], f: impl Fn(&str) -> Result<T, Problem> + Sync) -> Vec<Result<T, Problem>> {
    let f = &f;
    std::thread::scope(|scope| {
        let started: Vec<_> = slugs
            .iter()
            .map(|slug| {
                let thread = std::thread::Builder::new().name(slug.clone()).stack_size(STACK);
                thread.spawn_scoped(scope, move || f(slug))
            })
            .collect();
        started
            .into_iter()
            .zip(slugs)
            .map(|(thread, slug)| match thread.map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => {
                    Err(Problem::new("the pipeline panicked").vendor(slug).fix("report it with the description"))
                }
                Err(e) => Err(Problem::new(format!("no thread can be started: {e}")).vendor(slug)),
            })
            .collect()
    })
}
