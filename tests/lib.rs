//! Holds no code: the tests are in `it/`, and the examples of the generated crates' READMEs are compiled here, because
//! those crates have no doc tests of their own.

/// The READMEs' examples.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../README.md")]
    struct Workspace;
    #[doc = include_str!("../crates/hailuo-apiinone/README.md")]
    struct Apiinone;
    #[doc = include_str!("../crates/hailuo-fal/README.md")]
    struct Fal;
    #[doc = include_str!("../crates/hailuo-highwayapi/README.md")]
    struct Highwayapi;
    #[doc = include_str!("../crates/hailuo-modelslab/README.md")]
    struct Modelslab;
    #[doc = include_str!("../crates/hailuo-seaart/README.md")]
    struct Seaart;
}
