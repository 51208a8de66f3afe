//! The client that blocks, at a vendor in another thread. Every answer comes to an end by itself, for here is no clock
//! that could be moved.

use std::{sync::mpsc, thread};

use hailuo::blocking;
use proptest::prelude::*;
use tokio::sync::oneshot;

use super::{
    cases,
    clock::Pulse,
    reply::{End, Pace, Reply},
    session::{Call, session},
    vendor::Vendor,
    witness::{Witness, request},
};

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn blocking_or_not_no_job_is_lost_and_no_secret_is_shown((seller, mut calls) in session()) {
        let (send, receive) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let vendor = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                send.send(Vendor::start(&Pulse::default()).await).unwrap();
                drop(stopped.await);
            });
        });
        let (server, url) = receive.recv().unwrap();
        let mut witness = Witness::new(seller, server, &url);
        let client = blocking::Client::new(witness.client.clone()).unwrap();
        for call in &mut calls {
            match call {
                Call::Submit(reply) => {
                    end(reply);
                    witness.vendor.play([reply.clone()]);
                    let submission = client.submit(&request(seller));
                    witness.submitted(reply, submission);
                }
                Call::Ask(replies) => {
                    replies.iter_mut().for_each(end);
                    witness.vendor.play(replies.to_vec());
                    let answer = client.status(&witness.handle);
                    witness.asked(replies, &answer);
                }
                Call::Cancel(reply) => {
                    end(reply);
                    witness.vendor.play([reply.clone()]);
                    let answer = client.cancel(&witness.handle);
                    witness.canceled(reply, &answer);
                }
            }
        }
        witness.end();
        drop(stop);
        vendor.join().unwrap();
    }
}

/// Lets a connection end where it would have been left open.
fn end(reply: &mut Reply) {
    if reply.end == End::Kept {
        reply.end = End::Closed;
    }
    if matches!(reply.pace, Pace::Pause(_)) {
        reply.pace = Pace::AtOnce;
    }
}
