//! A vendor's contract, made ready to judge: operations by path and method, and a validator for every body, parameter
//! and answer. The judging itself is in `judge`; what a vendor says to a violation, in [`crate::manners`].

pub(crate) mod judge;
mod load;
mod problem;
mod template;

use std::sync::{Arc, OnceLock};

use http::Method;
use jsonschema::Validator;

use crate::Vendor;

pub use load::ContractError;
pub use problem::Place;
pub(crate) use problem::{Problem, token};
use template::Template;

/// A vendor's contract.
pub(crate) struct Contract {
    /// The path of the server's URL, without a slash at its end.
    pub(crate) base_path: String,
    pub(crate) auth: Auth,
    operations: Vec<Operation>,
}

/// Where the key goes.
pub(crate) struct Auth {
    pub(crate) place: AuthPlace,
    pub(crate) name: String,
    /// What stands before the key, without the space between.
    pub(crate) prefix: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthPlace {
    Header,
    Query,
    Body,
}

/// What an operation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Submit,
    Poll,
    Fetch,
    Cancel,
}

pub(crate) struct Operation {
    /// The contract's name for it.
    pub(crate) name: Arc<str>,
    pub(crate) role: Role,
    pub(crate) method: Method,
    pub(crate) template: Template,
    /// Whether the contract itself limits the prompt's length.
    pub(crate) limits_prompt: bool,
    path: Vec<Parameter>,
    query: Vec<Parameter>,
    headers: Vec<Parameter>,
    body: Option<Body>,
    answers: Vec<AnswerRule>,
}

struct Parameter {
    name: String,
    required: bool,
    schema: Validator,
}

struct Body {
    required: bool,
    media: Vec<(String, Validator)>,
}

struct AnswerRule {
    /// `200`, `2XX` or `default`.
    status: String,
    schema: Option<Validator>,
}

impl Contract {
    /// The contract this crate was built with, read once per process.
    pub(crate) fn built_in(vendor: Vendor) -> Result<Arc<Self>, ContractError> {
        static CACHE: [OnceLock<Arc<Contract>>; Vendor::ALL.len()] = [const { OnceLock::new() }; Vendor::ALL.len()];
        let place = &CACHE[vendor.index()];
        if let Some(contract) = place.get() {
            return Ok(Arc::clone(contract));
        }
        let contract = Arc::new(Self::read(vendor, vendor.contract())?);
        Ok(Arc::clone(place.get_or_init(|| contract)))
    }

    /// The operations of this role.
    pub(crate) fn with_role(&self, role: Role) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.role == role)
    }

    pub(crate) fn operation(&self, index: usize) -> &Operation {
        &self.operations[index]
    }

    /// Finds the operation for a path below the base path: literal segments win over parameters.
    pub(crate) fn route(&self, method: &Method, path: &str) -> Result<Routed, RouteError> {
        let segments = path.split('/').count();
        let of_form = self
            .operations
            .iter()
            .enumerate()
            .filter(|(_, operation)| operation.method == *method && operation.template.segments() == segments);
        let best = of_form
            .filter_map(|(index, operation)| {
                let parameters = operation.template.capture(path)?;
                Some((operation.template.literals(), Routed { index, parameters }))
            })
            .max_by_key(|(literals, _)| *literals);
        if let Some((_, routed)) = best {
            return Ok(routed);
        }
        let of_path = self.operations.iter().filter(|operation| operation.template.capture(path).is_some());
        let mut methods: Vec<_> = of_path.map(|operation| operation.method.as_str()).collect();
        methods.sort_unstable();
        methods.dedup();
        Err(if methods.is_empty() { RouteError::Path } else { RouteError::Method { allowed: methods.join(", ") } })
    }
}

/// The operation that a path and method lead to.
#[derive(Debug)]
pub(crate) struct Routed {
    pub(crate) index: usize,
    /// The path's parameters, decoded.
    pub(crate) parameters: Vec<(Arc<str>, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RouteError {
    Path,
    Method {
        /// As the header `Allow` lists them.
        allowed: String,
    },
}
