//! Runs the program and finds the samples; shared by the tests of this folder.
#![allow(dead_code, reason = "not every test uses every helper")]

pub(crate) mod web;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// The program, run in the repository's root, with a fixed idea of the terminal.
pub(crate) fn demarche() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(root()).env("NO_COLOR", "1").env_remove("DEMARCHE_FACTS").env_remove("DEMARCHE_STORE").stdin(Stdio::null());
    command
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Run {
    Run::of(demarche().args(arguments).output().expect("the program starts"))
}

/// Runs the program with something on standard input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child =
        demarche().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    // A program that refuses its command line does not read its input.
    let _unread_input_is_fine = writer.join().expect("writing does not panic");
    Run::of(output)
}

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Run { code: output.status.code().expect("the program is not killed"), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The lines of standard output as JSON.
    pub(crate) fn jsonl(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    /// Checks the exit code and says what was printed if it is another.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Run {
        assert_eq!(self.code, code, "standard error: {}", self.stderr);
        self
    }
}

/// A fresh folder of that name for a test's files.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("an earlier run's folder can be removed");
    }
    std::fs::create_dir_all(&path).expect("a folder can be made");
    path
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// Texts of many kinds, none of them in English newspaper prose alone.
pub(crate) const ODD_TEXTS: &[&str] = &[
    "Lee met Ishiba.",
    "The two leaders agreed on Tuesday to meet every year. They did not meet last year.",
    "한일 정상회담이 도쿄에서 열렸다. 이재명 대통령과 이시바 총리는 공급망과 과거사 문제를 논의했다.",
    "高市首相は13日、奈良で李在明大統領と会談した。両首脳はシャトル外交の継続を確認した。",
    "Le président français a rencontré mardi à Paris la première ministre japonaise pour parler du commerce et de la sécurité.",
    "Q: Will the President meet Xi?\n\nMR. PRICE: We have nothing to announce. We urged Beijing to talk.\n\nQ: And Seoul?\n\nMR. PRICE: They denied it.",
    "Agenda:\n- trade and investment\n- security cooperation\n\nSeoul would have cancelled the talks if Tokyo had refused to lift its sanctions.",
    "Published: 31 February 2026\n\nNorth Korea threatened on 30 February to test a missile unless Washington withdraws its troops.",
    "!!! ??? ... ### \u{202e} e\u{301} 👩‍👩‍👧 \u{200b}",
    "The envoy was then president, then envoy; former President Lee, President Lee and Special Envoy Lee met Prime Minister Kishida, a former prime minister.",
];

/// Those texts as one JSON Lines file; every other one dated.
pub(crate) fn odd_lines() -> String {
    let line = |(number, text): (usize, &&str)| match number % 2 {
        0 => serde_json::json!({ "text": text, "date": "2025-08-23" }).to_string() + "\n",
        _ => serde_json::json!({ "text": text }).to_string() + "\n",
    };
    ODD_TEXTS.iter().enumerate().map(line).collect()
}
