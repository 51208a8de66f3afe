//! Pages that look different and say the same.

use super::*;

#[test]
fn markup_quotes_and_dashes_make_no_difference() {
    let line = "Parameters model (string, required): the \"id\" of 30-45 steps snake_case seed int";
    for page in [
        "## Parameters\n\n- **`model`** (`string`, _required_): the \"id\" of 30-45 steps `snake_case`\n\n| Field | Type |\n|---|:---|\n| seed | int |",
        "Parameters\n  • model (string, required): the “id” of 30–45 steps\tsnake_case\r\nField Type\nseed int",
        "<!doctype html><h2>Parameters</h2><ul><li><b><code>model</code></b> (<code>string</code>, <em>required</em>): \
         the &quot;id&quot; of 30&ndash;45 steps <code>snake_case</code></ul><table><tr><th>Field<th>Type<tr><td>seed<td>int</table>",
    ] {
        assert_eq!(Page::from_bytes(page.as_bytes()).text(), line, "{page}");
        let units = page.encode_utf16().map(u16::to_be_bytes);
        let utf16: Vec<u8> = [0xfe, 0xff].into_iter().chain(units.flatten()).collect();
        assert_eq!(Page::from_bytes(&utf16).text(), line, "{page}");
    }
}

#[test]
fn what_only_looks_different_is_read_the_same() {
    let table = [
        // What stands around words.
        (
            "***required***, *30*, __30__, _30_, _a_ _b_ *c* **`d`** snake_case __init__py",
            "required, 30, 30, 30, a b c d snake_case __init__py",
        ),
        ("image/* and */* and 2 * 3 and a*b", "image/* and */* and 2 3 and a*b"),
        (r"init\_image \[左移\] \*30\* \'a\' 30--45", "init_image [左移] 30 'a' 30-45"),
        (
            "[Body](#body) ![logo](/logo.png) [Docs](https://a.example/b \"c\") [左移] (30) <https://a.example>",
            "Body Docs [左移] (30) https://a.example",
        ),
        ("30~~-40~~ credits, ~~20~~ 25", "30 credits, 25"),
        (
            "Body¶\nHeaders\n=======\n## Limits ##\n---\n***\n___\n> > 20 MB > 10 MB",
            "Body Headers Limits 20 MB > 10 MB",
        ),
        ("+ a\n◦ b\n▪ c\n• d\n* e\n- f\n1. g\n1. h\n2) i", "a b c d e f g h i"),
        ("```json\n{ }\n```\n~~~ bash\ncurl -v\n~~~", "{ } curl -v"),
        ("Example: ```json { } ``` and `code`.", "Example: { } and code."),
        ("JSON\nCopy\n{ }\nCopied!\nSection titled “Body”\nCopy that", "{ } Copy that"),
        ("a\nSection\u{a0}titled  “Body”b", "a b"),
        ("Range: 1\\\nDefault: 6\ncurl -v \\ x", "Range: 1 Default: 6 curl -v x"),
        (
            "curl -L -X POST \\\n  --url https://a.example/b \\\n  -H 'A: b' --data-raw '{ }'",
            "curl --request POST https://a.example/b --header 'A: b' --data '{ }'",
        ),
        ("curl -sS \"https://a.example/b\" -XPUT", "curl --request PUT https://a.example/b"),
        ("curl --url 'https://a.example/b' -d \"c\" 6 -d", "curl https://a.example/b --data \"c\" 6 -d"),
        (
            "---\nsidebar_position: 4\nkind: old_one\n---\nsnake_case: 1",
            "sidebar position: 4 kind: old_one snake_case: 1",
        ),
        ("---\n\nsnake_case: 1\n---", "snake_case: 1"),
        ("```json\n1{\n2  \"a\": 1\n3}\n```\njsonCopy\n[code]\n    curl -v\n[/code]", "{ \"a\": 1 } curl -v"),
        // Other kinds of Markdown.
        ("image-to-\n  video, 6-\n10", "image-to-video, 6-10"),
        ("## 1. Limits {#limits}\n# Model 2.3 {#a .b c=d}\n## 📘 Body\nenum {a}", "Limits Model 2.3 Body enum {a}"),
        (
            "[Docs][1] of the model.[^2] [左移][上升] outputs[0][1]\n\n[1]: /docs?utm_source=x\n[Docs]: <https://a.example>\n[^2]: See.",
            "Docs of the model. [左移][上升] outputs[0][1] See.",
        ),
        ("__`a`__ _`b`_ `c``string` ***`d`***", "a b c string d"),
        (".. code:: json\n\n   { }\n\n.. note::\n", "{ }"),
        (
            "| Parameter | Type | Required? |\n|---|---|---|\n| a | int | yes |\n\n**Field** *Description*\nName\nField",
            "a int yes Name Field",
        ),
        (
            "promptrequired task_idstringrequired durationinteger first_frame_imagestring is_required serial_number isoptional",
            "prompt required task_id string required duration integer first_frame_image string is_required serial_number is optional",
        ),
        // Components.
        (
            "<ParamField body=\"a\" type=\"string\" required>\n  Text.\n</ParamField><ResponseField name='b' type={\"boolean\"} default={false} required={true} />",
            "a string required Text. b boolean required default:false",
        ),
        ("<ParamField query=\"c\" type=\"integer\" max={10} required={false}/>", "c integer max: 10"),
        ("<Note>\nd</Note> <Card title=\"e\" href=\"/f\"> <Tabs.Item label=\"g\"> <Icon name=\"h\" />", "d e g"),
        ("<Key> <Your Key> <API_KEY> Vec<String> <Aa b={", "<Key> <Your Key> <API_KEY> Vec<String> <Aa b={"),
        // HTML in Markdown.
        (
            "<table>\n<tr><td>a</td><td><code>b</code></td></tr>\n</table>\n<div align=\"center\">c</div> <!-- d --> <key>, 1 <b",
            "a b c <key>, 1 <b",
        ),
        ("<del>30</del> 31, in a <script> tag: 6", "31, in a <script> tag: 6"),
        ("| 1 | {\n| 2 | \"a\": 1\n| 3 | }", "{ \"a\": 1 }"),
        ("1: curl \\\n2: -H x", "curl -H x"),
        ("1 <= x\n6 or 10\n1080P", "1 <= x 6 or 10 1080P"),
        // Characters.
        (
            "1 ≤ x, x ≥ 2, 30–45, 30 — 45, 30−45, 30 ~ 45, 30 to 45, a – b",
            "1 <= x, x >= 2, 30-45, 30-45, 30-45, 30-45, 30-45, a b",
        ),
        ("« a », „b“, ‘c’, d…", "\" a \", \"b\", 'c', d..."),
        ("\u{200e}Maxi\u{ad}mum fast\u{200b}_pre\u{2060}treatment\u{feff}", "Maximum fast_pretreatment"),
        ("model ( string , required ): 6 .", "model (string, required): 6."),
        ("2 000 characters and 6 000", "2,000 characters and 6 000"),
        ("6 or 10 - 1080P: 6, 6 - 10", "6 or 10 1080P: 6, 6-10"),
        ("2'000 and 2\u{202f}000 and 2,000 and 6,10", "2,000 and 2,000 and 2,000 and 6, 10"),
        ("1 &lt;= x &amp; y", "1 <= x & y"),
        ("Default：6，10（s）、12 // x", "Default: 6, 10 (s), 12 x"),
        ("2 : 5, 5∶2, 768P: 6", "2:5, 5:2, 768P: 6"),
        ("图片小于20MB的PNG ¶Body", "图片小于 20 MB 的 PNG Body"),
        ("Status: 🟢 active", "Status: active"),
        // Quantities.
        ("6s, 10-second, 6 sec or 10 seconds; 2.5 s and 6 MB", "6, 10 s, 6 or 10 s; 2.5 s and 6 MB"),
        (
            "300 pixels, 20 megabytes and 20MB, 2k chars, 90 char",
            "300 px, 20 MB and 20 MB, 2000 characters, 90 characters",
        ),
        (
            "two thousand or three or one hundred, one, 2K, \"6s\", v2s, ten_s",
            "2000 or 3 or 100, one, 2K, \"6s\", v2s, ten_s",
        ),
        // JSON.
        ("{\"a\":6,\"b\" : \"c\",\"d\":[\"e\"],}", "{ \"a\": 6, \"b\": \"c\", \"d\": [\"e\"] }"),
        ("tasks/{id} {\n  \"a\": \"b\"\n}", "tasks/{id} { \"a\": \"b\" }"),
    ];
    for (page, line) in table {
        assert_eq!(Page::from_text(page).text(), line, "{page}");
        assert_eq!(Page::from_text(line).text(), line.replace(" * ", " "), "read twice");
    }
}

#[test]
fn html_becomes_the_text_that_a_reader_sees() {
    let table = [
        ("<p>Maximum&nbsp;length:\n <b>2000</b> characters</p>", "Maximum length: 2000 characters"),
        ("<li>6</li><li>10</li>", "6 10"),
        ("<code>768P</code>, <code>1080P</code>", "768P, 1080P"),
        ("a<script>var x = '<p>b</p>';</script>c<!-- d --> e", "ac e"),
        ("<STYLE>p { }</STYLE >a", "a"),
        ("<a title=\"1 > 0\">x</a> 1 &lt;= x &#60;&#x3D; 2 &unknown; & <", "x 1 <= x <= 2 &unknown; & <"),
        ("fast_<wbr>pre<x-part>treatment</x-part> <var>6</var>s", "fast_pretreatment 6 s"),
        ("<del>30</del><s>31</s><strong>32</strong> credits <section>a</section>", "32 credits a"),
        ("<a href='#x'><svg><title>Link</title></svg></a>Body<svg/>", "Body"),
        ("<tr><td>1<td>{<tr><td>2<td>}", "{ }"),
        (
            "<a>Log in</a><a>Sign up</a> <b>text</b><i>string</i><svg></svg><i>required</i>",
            "Log in Sign up text string required",
        ),
        ("<pre><span>\"text\"</span><span>:</span><span>6</span></pre>", "\"text\": 6"),
        ("<span class=\"lineno\">1</span>{<td class='x linenos'>1 2</td>}<pre class=linenos>a</pre>", "{} a"),
        ("<p>a.<sup><a href=\"#fn1\">1</a></sup> b<sup>2</sup></p>", "a. b2"),
        ("a <b", "a"),
        ("<p title='open>text", "text"),
        ("<script>never closed", ""),
    ];
    for (html, text) in table {
        assert_eq!(Page::from_html(html).text(), text, "{html}");
    }
    assert!(Page::from_html("<code>webhook</code>").has_code("webhook"));
    assert!(!Page::from_html("<p>webhook</p>").has_code("webhook"));
    assert!(Page::from_text("send \"webhook\" or `track_id`").has_code("track_id"));
    assert_eq!(Page::from_bytes(b"\xef\xbb\xbf<!DOCTYPE html><p>a</p>").text(), "a");
    assert_eq!(Page::from_bytes(b"\n<div class='a'><p>a</p></div>").text(), "a");
    assert_eq!(Page::from_bytes(b"<a href='/'>Home</a>\n\n## Body\n\n<string>").text(), "Home Body <string>");
    assert_eq!(Page::from_bytes(b"<key> is sent").text(), "<key> is sent");
    assert_eq!(Page::from_bytes(&"左移 右".as_bytes()[..8]).text(), "左移 \u{fffd}");
    assert_eq!(Page::from_bytes(b"30\x9645, caf\xe9").text(), "30-45, café");
    let utf16: Vec<u8> = "plain text, ".repeat(20).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(Page::from_bytes(&utf16).text().starts_with("plain text, plain"));
}

#[test]
fn what_a_page_is_that_is_not_the_one_is_told() {
    let long = vec![b'a'; 3 << 20];
    let table: [(&[u8], &str); 9] = [
        (b" \n", "it is empty"),
        (
            b"<html><title>App</title><noscript>Enable JavaScript</noscript><div id=root></div></html>",
            "3 characters only",
        ),
        (b"<!doctype html><title>Just a moment...</title><p>Verify you are human</p>", "whether a human"),
        (b"<form><label>Password</label></form>", "a form to sign in"),
        (b"<html><h1>403 Forbidden</h1></html>", "an error"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", "no text"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\nx", "an archive"),
        (&long, "3 MB"),
        (&[b'b'; 200], "200 characters of something else"),
    ];
    for (page, nature) in table {
        let told = Page::from_bytes(page).nature();
        assert!(told.contains(nature), "{nature}: {told}");
    }
}
