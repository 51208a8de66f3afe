//! A test of this binary in a process of its own, with an environment of its own.

use std::{env, process::Command};

use hailuo::Vendor;

/// Tells a child that it is one.
const IN_CHILD: &str = "IN_CHILD";

/// Runs a test with nothing but these variables that would matter to a client; what it printed, once it has ended well.
pub(crate) fn run(test: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture"]).env(IN_CHILD, "1");
    for vendor in Vendor::ALL {
        command.env_remove(vendor.env_var());
    }
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
    printed
}

/// Whether this is such a process.
pub(crate) fn is_child() -> bool {
    env::var_os(IN_CHILD).is_some()
}
