//! A client's calls in any order, each of which meets an answer of its own.

use std::time::Duration;

use hailuo::Vendor as Seller;
use proptest::prelude::*;
use tokio::time::timeout;

use super::{
    body, cases,
    clock::{self, Pulse},
    replies::reply,
    reply::{Header, Reply, When},
    vendor::Vendor,
    witness::{Witness, request},
};

/// A call, and how it is answered.
#[derive(Debug, Clone)]
pub(super) enum Call {
    Submit(Reply),
    /// The question, and that for the result.
    Ask(Box<[Reply; 2]>),
    Cancel(Reply),
}

fn call(vendor: Seller) -> BoxedStrategy<Call> {
    prop_oneof![
        3 => reply(vendor, body::submitted(vendor)).prop_map(Call::Submit),
        3 => (reply(vendor, body::status(vendor)), reply(vendor, body::result(vendor)))
            .prop_map(|(status, result)| Call::Ask(Box::new([status, result]))),
        1 => (moved(vendor), reply(vendor, body::status(vendor)))
            .prop_map(|(moved, status)| Call::Ask(Box::new([moved, status]))),
        1 => reply(vendor, body::canceled(vendor)).prop_map(Call::Cancel),
    ]
    .boxed()
}

/// The question is sent elsewhere on the vendor's own origin.
fn moved(vendor: Seller) -> impl Strategy<Value = Reply> {
    reply(vendor, body::status(vendor)).prop_map(|reply| {
        let place = Header { line: "Location: /moved".to_owned(), is_sound: true };
        Reply { code: "302", headers: vec![place], cut: None, when: When::Read, ..reply }
    })
}

pub(super) fn session() -> impl Strategy<Value = (Seller, Vec<Call>)> {
    prop::sample::select(Seller::ALL.to_vec())
        .prop_flat_map(|vendor| (Just(vendor), prop::collection::vec(call(vendor), 1..5)))
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn whatever_a_vendor_answers_no_job_is_lost_and_no_secret_is_shown((vendor, calls) in session()) {
        let pulse = Pulse::default();
        clock::run(Duration::from_secs(5), &pulse, async {
            let (server, url) = Vendor::start(&pulse).await;
            let mut witness = Witness::new(vendor, server, &url);
            for call in &calls {
                play(&mut witness, vendor, call).await;
            }
            witness.end();
        });
    }
}

/// Longer than any call may take: everything that may stand still is bounded by far less.
const FOREVER: Duration = Duration::from_hours(1);

async fn play(witness: &mut Witness, seller: Seller, call: &Call) {
    let Witness { client, handle, .. } = &*witness;
    match call {
        Call::Submit(reply) => {
            witness.vendor.play([reply.clone()]);
            let submission = timeout(FOREVER, client.submit(&request(seller))).await.unwrap();
            witness.submitted(reply, submission);
        }
        Call::Ask(replies) => {
            witness.vendor.play(replies.to_vec());
            let answer = timeout(FOREVER, client.status(handle)).await.unwrap();
            witness.asked(replies, &answer);
        }
        Call::Cancel(reply) => {
            witness.vendor.play([reply.clone()]);
            let answer = timeout(FOREVER, client.cancel(handle)).await.unwrap();
            witness.canceled(reply, &answer);
        }
    }
}
