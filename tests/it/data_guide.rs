//! The examples of `docs/DATA.md` work as they stand there.

use std::path::Path;

use tests::cli::run;

/// A fenced block: what stands behind its fence, and its lines.
struct Block<'a> {
    label: &'a str,
    lines: Vec<&'a str>,
}

/// The blocks of a section; each section is an example of its own.
fn blocks(section: &str) -> Vec<Block<'_>> {
    let (mut blocks, mut is_open) = (Vec::new(), false);
    for line in section.lines() {
        match line.strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(label) => {
                is_open = true;
                blocks.push(Block { label: label.trim(), lines: Vec::new() });
            }
            None if is_open => blocks.last_mut().expect("a block is open").lines.push(line),
            None => {}
        }
    }
    assert!(!is_open, "a fence is not closed: {section}");
    blocks
}

/// Words of a command; quotes keep blanks.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut is_quoted) = (vec![String::new()], false);
    for letter in command.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            letter => words.last_mut().expect("it begins with one").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a command of the guide writes; an error stands there as `error: …`.
async fn output(data: &Path, folder: &Path, command: &str) -> String {
    let in_folder = |word: String| match word.ends_with(".csv") {
        true => folder.join(word).to_string_lossy().into_owned(),
        false => word,
    };
    let words: Vec<String> = words(command).into_iter().map(in_folder).collect();
    assert_eq!(words.first().map(String::as_str), Some("routing-ml"), "{command}");
    let mut arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    arguments.extend(["--lang", "en"]);
    let ran = run(data, &arguments).await;
    let error = ran.result.err().map(|error| format!("error: {error}\n")).unwrap_or_default();
    ran.out + &ran.err + &error
}

/// Without line ends and indents, which depend on the width of the terminal.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_example_of_the_guide_does_what_it_says() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/DATA.md"))
        .expect("the guide is there");
    let mut n_expected = 0;
    for section in guide.split("\n## ").skip(1) {
        let title = section.lines().next().unwrap_or_default();
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let data = folder.path().join("data");
        let mut last = String::new();
        for block in blocks(section) {
            match block.label.split_once(' ') {
                Some(("csv", name)) => std::fs::write(folder.path().join(name), block.lines.join("\n") + "\n")
                    .expect("the temporary folder is writable"),
                None if block.label == "console" => {
                    last.clear();
                    for command in &block.lines {
                        last = output(&data, folder.path(), command).await;
                    }
                }
                None if block.label == "text" => {
                    for line in &block.lines {
                        n_expected += 1;
                        assert!(flat(&last).contains(&flat(line)), "{title}: {line:?} is missing in:\n{last}");
                    }
                    let says_error = block.lines.iter().any(|line| line.starts_with("error:"));
                    assert_eq!(last.contains("error: "), says_error, "{title}:\n{last}");
                }
                _ => panic!("{title}: a block of an unknown kind: {:?}", block.label),
            }
        }
    }
    assert!(n_expected > 10, "the guide has examples");
}
