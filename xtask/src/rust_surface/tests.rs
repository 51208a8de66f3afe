#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use contract::drift::RustChange;

use super::*;

const BEFORE: &str = r#"
pub use progenitor_client::{ByteStream, Error as ClientError};
use progenitor_client::encode_path;
pub mod types {
    #[derive(::serde::Deserialize, Clone, Debug)]
    pub struct Status {
        pub progress: ::std::option::Option<
            ::hailuo_runtime::Lenient<i64>,
        >,
        pub state: State,
    }
    #[derive(Clone, Copy)]
    pub enum State { Done, Failed(::std::string::String) }
    #[non_exhaustive]
    pub enum Open { A }
    #[non_exhaustive]
    pub struct Grown { pub a: u8 }
    pub struct Wrapped(i64);
    impl ::std::convert::From<Wrapped> for i64 {
        fn from(value: Wrapped) -> Self { value.0 }
    }
    impl Status { pub fn builder() -> builder::Status { Default::default() } fn hidden(&self) {} }
    struct Private { pub a: u8 }
    impl Clone for Private { fn clone(&self) -> Self { loop {} } }
    pub mod builder {
        pub struct Status { progress: u8 }
        impl Status {
            pub fn progress<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            { self }
        }
        impl ::std::default::Default for Status {
            fn default() -> Self {
                Self { progress: Ok(Default::default()), state: Err("no value supplied for state".to_string()) }
            }
        }
        impl Status { pub fn state(self, value: u8) -> Self { self } }
        impl ::std::convert::TryFrom<Status> for super::Status { type Error = (); }
    }
}
pub struct Client { pub(crate) baseurl: String }
impl Client {
    /// Sends.
    pub fn submit(&self) -> builder::Submit<'_> { loop {} }
    pub async fn wait(&mut self, mut times: u32,) -> ::std::result::Result<(), Error<()>> { loop {} }
    #[doc(hidden)]
    pub fn secret(&self) {}
}
pub const BASE_URL: &str = "https://example.com";
"#;

fn lines(source: &str) -> Vec<Line> {
    surface(&[source]).unwrap()
}

#[test]
fn a_surface_reads_like_release_notes() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("surface", render(&lines(BEFORE))));
}

#[test]
fn layout_documentation_and_order_are_no_part_of_a_surface() {
    let file = syn::parse_file(BEFORE).unwrap();
    let pretty = prettyplease::unparse(&file).replace("/// Sends.", "/// Sends it off.");
    assert_eq!(compare(&lines(BEFORE), &lines(&pretty)), []);
}

/// The one change that an edit of the source makes.
fn only(from: &str, to: &str) -> RustChange {
    assert!(BEFORE.contains(from), "{from}");
    let mut changes = compare(&lines(BEFORE), &lines(&BEFORE.replacen(from, to, 1)));
    assert_eq!(changes.len(), 1, "{changes:?}");
    changes.remove(0)
}

#[test]
fn what_stops_a_program_from_compiling_is_breaking() {
    for (from, to) in [
        ("pub state: State,", ""),
        ("pub state: State,", "pub condition: State,"),
        ("pub state: State,", "pub state: Open,"),
        ("pub state: State,", "pub state: State, pub more: u8,"),
        ("pub state: State,", "pub state: State, more: u8,"),
        ("Done, ", ""),
        ("Done, ", "Done, Waiting, "),
        ("Failed(::std::string::String)", "Failed"),
        ("#[derive(Clone, Copy)]", "#[derive(Clone)]"),
        ("pub fn submit", "fn submit"),
        ("pub fn submit(&self)", "pub fn submit(&mut self)"),
        ("times: u32", "times: u64"),
        ("T: ::std::convert::TryInto<::std::option::Option<i64>>", "T: ::std::convert::TryInto<i64>"),
        ("pub struct Grown { pub a: u8 }", "struct Grown;"),
        ("pub enum State { Done", "#[non_exhaustive] pub enum State { Done"),
        ("BASE_URL: &str", "BASE_URL: &[u8]"),
        ("Error as ClientError", "Error"),
        ("progress: Ok(Default::default())", "progress: Err(String::new())"),
        (
            "Ok(Default::default()),",
            "Ok(Default::default()), } } } impl Status { pub fn size(self) -> Self { self } pub fn new() -> Self { Self { size: Err(()),",
        ),
    ] {
        let mut changes = compare(&lines(BEFORE), &lines(&BEFORE.replacen(from, to, 1)));
        changes.retain(|change| change.breaking);
        assert!(!changes.is_empty(), "{from} → {to}");
    }
}

#[test]
fn what_only_adds_is_additive() {
    for (from, to) in [
        ("pub enum Open { A }", "pub enum Open { A, B }"),
        ("pub struct Grown { pub a: u8 }", "pub struct Grown { pub a: u8, pub b: u8 }"),
        ("#[derive(Clone, Copy)]", "#[derive(Clone, Copy, PartialEq)]"),
        ("pub const BASE_URL", "pub struct New { pub a: u8, pub b: u8 } pub const BASE_URL"),
        ("fn hidden", "pub fn hidden"),
        ("state: Err(\"no value supplied for state\".to_string())", "state: Ok(0)"),
        ("pub fn submit", "pub fn cancel(&self) {} pub fn submit"),
    ] {
        assert!(!only(from, to).breaking, "{from} → {to}");
    }
}

#[test]
fn a_type_that_goes_is_one_line() {
    let change = only("#[derive(Clone, Copy)]\n    pub enum State { Done, Failed(::std::string::String) }", "");
    assert_eq!(change.before.as_deref(), Some("enum types::State"));
    assert_eq!(change.after, None);
}

#[test]
fn what_is_not_rust_is_an_error() {
    assert!(surface(&["pub struct {"]).is_err());
}
