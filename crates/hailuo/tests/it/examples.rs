//! The examples run to their end. Each is a module here as it stands.

#[path = "../../examples/one_vendor.rs"]
mod one_vendor;
#[path = "../../examples/resume.rs"]
mod resume;
#[path = "../../examples/several_vendors.rs"]
mod several_vendors;

#[cfg(feature = "blocking")]
#[path = "../../examples/blocking.rs"]
mod blocking;
#[cfg(feature = "webhook")]
#[path = "../../examples/webhook.rs"]
mod webhook;

#[test]
fn one_vendor_makes_a_video() {
    one_vendor::main().unwrap();
}

#[test]
fn several_vendors_are_asked_in_order() {
    several_vendors::main().unwrap();
}

#[test]
fn a_job_is_resumed() {
    resume::main().unwrap();
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_makes_a_video() {
    blocking::main().unwrap();
}

#[cfg(feature = "webhook")]
#[test]
fn a_signed_delivery_is_believed() {
    webhook::main().unwrap();
}
