//! Making clients: keys, environment, places, and clients that cannot be made.

use hailuo::{Client, Error, ErrorKind, JobHandle, SetupError, Vendor};
use hailuo_sandbox::Sandbox;

use crate::{
    child::{self, is_child},
    stage::{KEY, builder, request},
};

#[test]
fn a_client_without_a_key_says_where_to_put_one() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Key);
    for vendor in Vendor::ALL {
        assert!(error.to_string().contains(vendor.env_var()), "{error}");
    }
}

#[test]
fn a_key_or_place_that_cannot_be_used_is_refused_without_showing_it() {
    for vendor in Vendor::ALL {
        for key in ["", "canary\n", "canary key", "狐canary"] {
            let error = Client::new(vendor, key).unwrap_err();
            assert_eq!(error.vendor(), Some(vendor));
            let shown = crate::canary::printed(&error);
            assert!(!shown.contains("canary"), "{shown}");
        }
        for url in ["", "ftp://localhost", "http://canary@localhost", "localhost:80", "http://localhost/?canary=1"] {
            let error = Client::builder().key(vendor, KEY).base_url(vendor, url).build().unwrap_err();
            let shown = crate::canary::printed(&error);
            assert!(matches!(error, Error::Setup(SetupError::Client { .. })), "{url}: {shown}");
            assert!(!shown.contains("canary"), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_handle_of_another_vendor_asks_for_its_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = builder(&sandbox, &[Vendor::Fal]).build().unwrap();
    let handle = JobHandle::of(Vendor::SeaArt, "mmsu_1", None).unwrap();
    for error in [
        client.wait(&handle).await.unwrap_err(),
        client.status(&handle).await.unwrap_err(),
        client.cancel(&handle).await.unwrap_err(),
        client.resume(handle.clone()).unwrap_err(),
        client.with_order([Vendor::SeaArt]).unwrap_err(),
    ] {
        assert!(error.to_string().contains("SEAART_API_KEY"), "{error}");
    }
    assert_eq!(sandbox.received(), 0);
}

#[test]
fn outside_a_runtime_nothing_is_sent_and_nothing_panics() {
    let sandbox = Sandbox::builder().start_blocking().unwrap();
    let client = builder(&sandbox, &[Vendor::Fal]).build().unwrap();
    let wanted = request();
    let mut submit = Box::pin(client.submit(&wanted));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(submission) = submit.as_mut().poll(&mut context) else { panic!("it waits") };
    let error = submission.into_result().unwrap_err();
    assert!(matches!(error, Error::Setup(SetupError::OutsideRuntime)), "{error:?}");
    assert_eq!(sandbox.received(), 0);
}

#[tokio::test]
async fn the_generated_clients_are_within_reach() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = builder(&sandbox, &[Vendor::Fal]).build().unwrap();
    let generated: &hailuo::hailuo_fal::Client = client.fal().unwrap();
    assert!(!format!("{generated:?}").contains("canary"));
    assert!(client.seaart().is_none());
}

#[test]
fn clients_print_their_vendors_and_no_key() {
    let client = Client::builder().key(Vendor::Fal, KEY).key(Vendor::SeaArt, KEY);
    let shown = [format!("{client:?}"), format!("{:?}", client.build().unwrap())].concat();
    assert!(shown.contains("Fal") && shown.contains("SeaArt"), "{shown}");
    crate::canary::assert_hidden(&shown, &[KEY], "client");
}

/// What a client from the environment is made of; a test only in a child of the next.
#[test]
#[expect(clippy::print_stdout, reason = "its parent reads it")]
fn child() {
    if is_child() {
        let unasked = Client::builder().build().is_ok();
        println!("unasked: {unasked}, asked: {:?}", Client::from_env().map(|client| client.vendors().to_vec()));
    }
}

#[test]
fn the_environment_is_read_only_when_asked() {
    let keys = [("FAL_KEY", "canary"), ("APIINONE_API_KEY", "canary"), ("SEAART_API_KEY", "")];
    let told = child::run("setup::child", &keys);
    assert!(told.contains("unasked: false, asked: Ok([Fal, ApiInOne])"), "{told}");
    assert!(!told.contains("canary"), "{told}");
    let told = child::run("setup::child", &[]);
    assert!(told.contains("asked: Err(no vendor has a key; give one, or set one of MODELSLAB_API_KEY, "), "{told}");
    let one = SetupError::NoKey { looked_for: vec!["FAL_KEY"] };
    assert_eq!(one.to_string(), "no vendor has a key; give one, or set FAL_KEY");
}

#[cfg(feature = "blocking")]
mod blocking {
    use hailuo_sandbox::Pace;

    use super::*;
    use crate::stage::seller;

    #[test]
    fn the_blocking_client_does_all_the_same() {
        let sandbox = Sandbox::builder().pace(Pace::INSTANT).start_blocking().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let client = builder(&sandbox, &[Vendor::Fal, Vendor::SeaArt]).build().unwrap();
        let client = hailuo::blocking::Client::new(client).unwrap();
        let path = folder.path().join("fox.mp4");
        let quick = crate::stage::quick();
        let mut told = 0;
        let generation = client.generate(&request()).save_to(&path).wait_options(quick);
        let video = client.run_with(generation, |_| told += 1).unwrap();
        assert!(told >= 3 && path.exists());
        let again = client.wait_with(video.handle(), &quick).unwrap();
        assert_eq!(again.url, video.url);
        client.status(video.handle()).unwrap();
        assert_eq!(client.cancel(video.handle()).unwrap(), hailuo::Cancellation::TooLate);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(client.download(&video, &path).unwrap(), std::fs::metadata(&path).unwrap().len());
        assert_eq!(sandbox.jobs(seller(Vendor::Fal)).len(), 1);
        assert!(client.submit(&request()).into_result().is_ok());
        assert!(client.run(client.generate(&request()).wait_options(quick)).is_ok());
    }

    #[tokio::test]
    async fn inside_a_runtime_it_refuses_instead_of_panicking() {
        let client = Client::new(Vendor::Fal, KEY).unwrap();
        let error = hailuo::blocking::Client::new(client).unwrap_err();
        assert!(matches!(error, Error::Setup(SetupError::InsideRuntime)), "{error:?}");
    }
}
