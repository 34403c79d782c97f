"""Markup as chance writes it, for properties that must hold of anything pasted."""

from hypothesis import strategies as st

TAGS = (
    "p", "div", "span", "b", "strong", "i", "em", "u", "s", "del", "sub", "sup", "font", "a", "q",
    "cite", "abbr", "h1", "h2", "h3", "h4", "h6", "ul", "ol", "li", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "figure", "figcaption", "img", "br", "hr", "blockquote", "pre", "svg",
    "math", "style", "script", "noscript", "template", "textarea", "title", "o:p", "center", "section",
    "custom-tag", "button", "iframe", "html", "body", "head", "dl", "dt", "dd",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", " class=MsoNormal", " lang=en", " dir=rtl", " hidden", " style='font-weight:bold'",
    " title=t", " style='font-weight:400'", " style='white-space:pre'", " href=/a", " href='javascript:x'",
    " href=//b.tr/c", " src=/media/a.jpg alt='a b'", " src=x", " src=/media/../a", " alt=🎉 src=data:x",
    " colspan=2", " scope=row", " start=3", " type=a", " role=presentation", " onclick=x", " id=x",
    " style='mso-list:l0 level2 lfo1'", " style='mso-list:Ignore'", " aria-hidden=true",
    " style='mso-comment-reference:A_1'", " class=MsoCommentReference",
    " style='vertical-align:super;text-decoration:line-through'",
)  # fmt: skip
WORDS = (
    "söz", " ", "\n", "a b", "&nbsp;", "17&nbsp;°C", "&amp;", "&lt;script&gt;", "• ", "1. ", "1.&nbsp; a",
    "2.&nbsp; b", "o  ", "·  x", "\u0301", "&#x338;", "\u200b", "&#8203;", "\x01", "👩\u200d💻", "\ufe0f",
    "<", ">", "&", "\u1100", "\u1161", "ﬁ", "&#xFEFF;", "\u202e", "<!-- x -->", "<![if !x]>",
    "<![CDATA[x]]>", "<?x?>", "]]>", "\u2800", "&#0;",
)  # fmt: skip

starts = st.builds(
    lambda tag, a, b: f"<{tag}{a}{b}>",
    st.sampled_from(TAGS),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(ATTRIBUTES),
)
ends = st.builds("</{}>".format, st.sampled_from(TAGS))
tag_soup = st.lists(st.one_of(starts, ends, st.sampled_from(WORDS), st.text(max_size=3)), max_size=40).map(
    "".join
)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, a, parts: f"<{tag}{a}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inside, max_size=4),
    )


nested = st.lists(st.recursive(st.sampled_from(WORDS), _element, max_leaves=25), max_size=4).map("".join)
markup = st.one_of(tag_soup, nested)
