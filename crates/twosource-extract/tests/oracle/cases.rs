//! Cases of the kinds that the suite of html5lib has for building trees, written anew for this test, each held against
//! html5ever.

use super::check;

/// Formatting that is closed in another order than it was opened.
const ADOPTION: &[&str] = &[
    "<p>one <b>two <i>three</b> four</i> five<p>six",
    "<p><b>one</p><p>two</b> three</p>",
    "<b><p>one</b> two</p><p>three",
    "<p>one<a>two<p>three</a>four<p>five",
    "<a href=1><p>one</a><a href=2>two</a><p>three",
    "<p><b><i><u>one</p><p>two</u></i></b>three",
    "<b>one<div><p>two</b>three</p></div><p>four",
    "<p>one<b><div>two</b></div>three<p>four",
    "<p><font><p>one</font>two",
    "<i><p>one<b>two</i>three</b><p>four",
    "<p><em><strong>one</em> two</strong> three<p>four",
    "<p>one</b></i></a> two<p>three",
    "<a><p>one<a><p>two</a></a>three<p>four",
    "<p><span><b>one</span>two</b><p>three",
    "<p><b>one<p><b>two<p><b>three</b></b></b>four",
    "<nobr>one<nobr><p>two</nobr>three<p>four",
    "<p><code>one<p>two</code>three<ul><li>four</ul><p>five",
    "<p><q>one<ul><li>two</q></ul>three<p>four",
    "<p><small><ul><li>one</ul></small>two<p>three",
    "<b><b><b><b><p>one</b></b></b></b>two<p>three",
];

/// Tables, whose parts end one another.
const TABLES: &[&str] = &[
    "<table><tr><td><p>one<tr><td><p>two</table><p>three",
    "<table><td><p>one<td><p>two</table>three<p>four",
    "<table><tbody><tr><td><p>one</tbody><tbody><tr><td><p>two</table>",
    "<table><thead><tr><th><p>one<tbody><tr><td><p>two<tfoot><tr><td><p>three</table><p>four",
    "<table><caption><p>one</caption><tr><td><p>two</table>",
    "<table><caption>one<tr><td><p>two</table><p>three",
    "<table><colgroup><col><tr><td><p>one</table><p>two",
    "<table><tr><td><table><tr><td><p>one</table><p>two</table><p>three",
    "<table><tr><td><p>one</td></tr></table></td></tr></table><p>two",
    "<table><tr><td></p>one<p>two</table>",
    "<table><tr><td><div><p>one<td><p>two</div></table><p>three",
    "<table><tr><td><ul><li><p>one<td><p>two</table>three",
    "<table><tr><td>one</table>two</td><p>three",
    "<div><table><tr><td><p>one</div>two</table></div><p>three",
    "<table><tr><td><p>one</th>two</table>",
    "<table><tr><td><p>one</body>two</html>three</table><p>four",
    "<p>one<table><tr><td>two<p>three</table><p>four",
    "<table><tr><th><h2>one<p>two</h2></table><p>three",
    "<table><script>'<p>no'</script><tr><td><p>one</table><p>two",
    "<table><!-- <td> --><tr><!-- <p> --><td><p>one</table>",
    "<table><tr><td><form><p>one</form><p>two</table>",
    "<table><tr><td><a><p>one<td></a><p>two</table>",
];

/// Elements that end others without being asked to.
const IMPLIED: &[&str] = &[
    "<p>one<address>two<p>three</address>four",
    "<p>one<article><p>two<section><p>three</article>four<p>five",
    "<p>one<center>two</center>three<p>four",
    "<p>one<details><summary>two<p>three</details>four<p>five",
    "<p>one<dialog><p>two</dialog>three<p>four",
    "<p>one<dir><li>two<li><p>three</dir>four<p>five",
    "<p>one<fieldset><legend>two</legend><p>three</fieldset>four<p>five",
    "<p>one<figure><p>two<figcaption>three<p>four</figure>five<p>six",
    "<p>one<footer><p>two</footer>three<p>four",
    "<p>one<header><hgroup><h1>two</h1><p>three</hgroup></header>four<p>five",
    "<p>one<main><p>two</main>three<p>four",
    "<p>one<menu><li>two</menu>three<p>four",
    "<p>one<nav><p>two</nav>three<p>four",
    "<p>one<pre>two</pre>three<p>four",
    "<p>one<search>two<p>three</search>four<p>five",
    "<p>one<aside><p>two</aside>three<p>four",
    "<h1>one<h2>two</h2><p>three</h1><p>four",
    "<h1>one</h3>two<p>three",
    "<ul><li>one<ul><li><p>two</ul><li><p>three</ul><p>four",
    "<ul><li><div><p>one<li><p>two</div></ul><p>three",
    "<ol><li><p>one</ol></li><p>two",
    "<dl><dd><p>one<dl><dt><p>two</dl><dd><p>three</dl>",
    "<dl><dt>one<div><dd><p>two</div><dd><p>three</dl><p>four",
    "<ruby>one<rp>(<rt>two<rp>)</ruby><p>three<ruby>four<rt>five</ruby>six",
    "<p>one<object><p>no</object>two<p>three",
    "<button>one<button><p>two</button>three<p>four",
    "<p>one<center><p>two</p></center></p>three<p>four",
    "<li>one<p>two<li>three<p>four",
    "<p>one<xmp><p>no</xmp>two<p>three",
];

/// References to characters, whole and broken.
const ENTITIES: &[&str] = &[
    "<p>&lt;p&gt; &quot;one&quot; &apos;two&apos;",
    "<p>one&nbsp;two&ensp;three&thinsp;four&shy;five",
    "<p>&notin; &not &notit &notin",
    "<p>&#0; &#x80; &#x9f; &#1114112; &#xD800;",
    "<p>&#65 &#65; &#x41 &#X41; &#x; &#; &#a",
    "<p>&Aacute&aacute &AMP &amp &AMPx &ampx",
    "<p>one&two;three &hellip;&mdash;&ndash;&bull;",
    "<p>&rarr;&hearts;&frac12;&euro;&pound;&yen;&sect;",
    "<p>&CounterClockwiseContourIntegral; &NotEqualTilde; &fjlig;",
    "<p title=\"&quot;>\">one<p title='&lt;p&gt;'>two",
    "<p>a&b &c; &d= e&f<p>&",
    "<p>&#x1F600; &#128512;",
    "<p>&copy&reg;&trade",
    "<textarea>&lt;p&gt;</textarea><p>one",
];

/// Elements whose content is no markup, and comments.
const RAW: &[&str] = &[
    "<script>'</p>'</script><p>one",
    "<script><!-- '<p>no' --></script><p>one",
    "<script>'</scripting>' <p>no</script ><p>one",
    "<script>a</SCRIPT\n><p>one",
    "<p>one<script/>no</script>two<p>three",
    "<style>/* </p> <p>no */</style><p>one",
    "<style>a</styles></style/><p>one",
    "<title>one</title ><p>two",
    "<title>&lt;p&gt;</title><p>one",
    "<noembed><p>no</noembed><p>one",
    "<noframes><p>no</noframes><p>one",
    "<p>one<!--two--!>three<p>four",
    "<p>one<!-- two -- three --><p>four",
    "<p>one<!>two<!x>three<?x>four</>five</ x>six",
    "<p>one<![CDATA[two]]>three<p>four",
    "<!-- <p>no --><p>one<!-- -- ><p>no --><p>two",
    "<p>one<svg><p>two",
    "<p>one<svg><desc>no</desc><circle/></svg>two<p>three",
    "<p>one<math><mi>x</mi></math>two<p>three",
    "<template><p>no</template><p>one",
    "<p>one<canvas>no</canvas>two<video>no<p>no</video>three<p>four",
    "<p>one<audio controls>no</audio>two",
];

/// Tags whose attributes are strange.
const ATTRIBUTES: &[&str] = &[
    "<p a=b>one<p a = 'b'>two<p a=\"b\"c>three",
    "<p a=b/>one<p/>two<p / >three",
    "<p a='<p>'>one<p a=<p>two",
    "<p =a>one<p a==b>two<p \"a\">three",
    "<p a a a=b>one<P CLASS=X>two</P >three<p>four",
    "<p\na\n=\nb\n>one<p\ta>two",
    "<p a=b'c\"d>one<p a='b\nc'>two",
    "<p a=\"b\" a=\"c\">one</p a=b>two<p>three",
    "<p<b>one<p>two",
    "<br/><p>one<hr/>two<p>three<img/>four",
    "<p>one</p/>two</p x=y>three<p>four",
];

/// Pages without the frame of a page, or with several.
const FRAMES: &[&str] = &[
    "one<p>two",
    "<head><title>x</title></head>one<p>two",
    "<body>one</body>two<p>three",
    "<body a><p>one<body b><p>two",
    "<html><head></head><head></head><p>one",
    "<head><p>one</head><p>two",
    "<head><meta><link><base></head><link><p>one",
    "</html><p>one</html><p>two",
    "<p>one</head><p>two",
    "<body><main><p>one</body></html> <p>two",
    "<head><script></script>one<p>two</head><p>three",
];

#[test]
fn formatting_is_closed_as_in_the_standard() {
    ADOPTION.iter().for_each(|html| check(html));
}

#[test]
fn tables_are_built_as_in_the_standard() {
    TABLES.iter().for_each(|html| check(html));
}

#[test]
fn elements_end_one_another_as_in_the_standard() {
    IMPLIED.iter().for_each(|html| check(html));
}

#[test]
fn references_are_read_as_in_the_standard() {
    ENTITIES.iter().for_each(|html| check(html));
}

#[test]
fn raw_content_is_passed_over_as_in_the_standard() {
    RAW.iter().for_each(|html| check(html));
}

#[test]
fn attributes_are_read_as_in_the_standard() {
    ATTRIBUTES.iter().for_each(|html| check(html));
}

#[test]
fn frames_of_pages_are_taken_as_in_the_standard() {
    FRAMES.iter().for_each(|html| check(html));
}
