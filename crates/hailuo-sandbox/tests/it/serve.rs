//! The example that serves clients in other languages, by what is written to its stdin.

use hailuo_sandbox::{JobState, Sandbox, Vendor};

use crate::client::Caller;

#[path = "../../examples/serve.rs"]
#[expect(dead_code, reason = "its `main` reads the arguments of a process")]
mod example;

#[tokio::test]
async fn a_line_on_stdin_is_a_fault_and_is_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let lines = "fal/submit:drop-answer\r\npoll:http=503*2\ncancel:http=500\nmodelslab/cancel:http=500\nnonsense\n";
    let mut said = Vec::new();
    example::serve(&sandbox, lines.as_bytes(), &mut said).await.unwrap();
    let said = String::from_utf8(said).unwrap();
    let answers: Vec<&str> =
        said.lines().filter(|line| line.starts_with("ok: ") || line.starts_with("error: ")).collect();
    assert_eq!(answers[..3], ["ok: fal/submit:drop-answer", "ok: poll:http=503*2", "ok: cancel:http=500"]);
    assert!(
        answers[3].contains("does not fit modelslab") && answers[4].contains("\"nonsense\" is not a fault"),
        "{said}"
    );
    assert_eq!(answers.len(), 5, "{said}");
    let pending = |vendor| sandbox.pending_faults(vendor).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(pending(Vendor::Fal), ["submit:drop-answer", "poll:http=503*2", "cancel:http=500"]);
    assert_eq!(pending(Vendor::ModelsLab), ["poll:http=503*2"]);
    assert!(said.starts_with("modelslab=http://127.0.0.1:") && said.ends_with("apiinone jobs=0\n"), "{said}");
    example::serve(&sandbox, &b"fal/clear"[..], Vec::new()).await.unwrap();
    assert_eq!((pending(Vendor::Fal), pending(Vendor::ModelsLab).len()), (vec![], 1));
    example::serve(&sandbox, &b"clear"[..], Vec::new()).await.unwrap();
    assert!(Vendor::ALL.into_iter().all(|vendor| pending(vendor).is_empty()));
}

#[tokio::test]
async fn a_line_on_stdin_moves_the_jobs() {
    let sandbox = Sandbox::builder().vendors([Vendor::Fal, Vendor::SeaArt]).start().await.unwrap();
    let state = || sandbox.jobs(Vendor::Fal)[0].state;
    sandbox.obey("pace=9000 polls").unwrap();
    Caller::new(&sandbox, Vendor::Fal).submitted().await;
    sandbox.obey("seaart/finish").unwrap();
    assert_ne!(state(), JobState::Done);
    sandbox.obey(" fal/finish\r\n").unwrap();
    assert_eq!(state(), JobState::Done);
    for (line, why) in [
        ("pace=soon", "is not a pace"),
        ("nobody/finish", "nobody"),
        ("finish=1", "or `finish`, `pace=PACE` or `clear`"),
        ("", "is not a fault"),
    ] {
        let error = sandbox.obey(line).unwrap_err().to_string();
        assert!(error.contains(why), "{line}: {error}");
    }
}
