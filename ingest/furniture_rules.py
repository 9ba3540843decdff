"""The rules of `furniture`, as data: each is about a kind of line, never about one publisher.

They were written from the lines that repeat most in news of 2022 and 2023, and from the
usual wording of notices; `python -m benchmarks.furniture` shows what they mark in other news.
"""

from __future__ import annotations

import re

_NAME = r"(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+"
_ROLE = (
    r"(?i:correspondent|reporter|editor|writer|columnist|journalist|contributor|producer|anchor|"
    r"critic|blogger|intern|bureau chief|commentator|author|photographer|fact[- ]checker|analyst)"
)
_SOCIAL = (
    r"(?:twitter|facebook|instagram|threads|tiktok|youtube|linkedin|bluesky|mastodon|flipboard|"
    r"@\w+)"
)


def _rule(*patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


# Rules for how a line opens (after its list mark); "$" inside them means: the whole line.
OPENINGS = {
    "link": _rule(
        r"(?:(?:also|must)[- ]?(?:read|watch|see)|(?:read|see|know|learn|watch|explore) (?:more|"
        r"also|next)|"
        r"more (?:from|on|about|in|coverage|stories|news)[^.]{0,80}|further reading|"
        r"recommended(?: reading)?|"
        r"related(?: (?:articles?|stor(?:y|ies)|posts?|topics?|links?|coverage|news|reading|"
        r"video))?|more)"
        r"\s*(?::|>|»|\||$)",
        r"(?:read|see|know|learn|find out) more (?:about|on|at|here|in|from)\b.{0,120}$",
        r"you (?:may|might) (?:also )?(?:like|be interested in|have missed)\b.{0,60}$",
        r"(?:don['’]t miss|most (?:read|popular|viewed)|up next|editors?['’]?s?['’]? picks?|"
        r"trending(?: now)?|"
        r"what to read next|read next|related|latest (?:news|stories|videos)|top stories|"
        r"in case you missed it|"
        r"just for subscribers|more news to know now|"
        r"these articles are for .{0,40}subscribers)\b[^.]{0,40}$",
        r"also on \S+\.\w+ ",
        r"(?:click|tap) here\b",
        r"(?:listen|download|itunes|watch|video)\s*:\s*https?://\S+$",
        r"https?://\S+$",
    ),
    "date": _rule(
        r"(?:first |originally |last |date |page )?(?:published|updated|modified|posted|reviewed)"
        r"\s*(?:(?:on|at|by)\b|[:|–-]|$).{0,70}$",
        r"this (?:story|article|post|report|page) (?:has been|was|is being|will be) (?:last |"
        r"first |"
        r"originally )?(?:updated|published|posted|corrected|edited|republished)\b.{0,160}$",
        r"(?:estimated )?(?:reading|read) time\b.{0,30}$|\d+ min(?:ute)?s?\.? read$",
    ),
    "disclosure": _rule(
        r"(?:disclosure|disclaimer|full disclosure|affiliate disclosure|"
        r"advertiser disclosure)\b\s*[:–—-]",
        r"affiliate links?\b",
        r"the (?:opinions|views|information)[^.]{0,60} (?:expressed|provided|contained)\b[^.]{0,80}"
        r"(?:own|author|writer|column|commentary|advice|reflect)",
        r"editor['’]?s?['’]? notes?\s*[:–—-]",
    ),
    "prompt": _rule(
        r"(?:sign(?: ?ing)? up|register|subscrib(?:e|ing))\b.{0,160}?\b(?:newsletters?|inbox|here|"
        r"today|now|free|updates?|"
        r"alerts?|e-?mails?|digital|digest|channel|to)\b",
        r"(?:get|receive|join|want|enjoy(?:ed|ing)?|like|love|"
        r"for more)\b.{0,160}?\b(?:newsletters?|your inbox|"
        r"in your inbox|our app|whatsapp channel|telegram channel|membership|subscription)\b",
        rf"(?:follow|like|join|find|connect with|friend|tweet)\b(?: (?:us|me|him|her|them|@\w+|"
        rf"{_NAME}|[\w’' ]{{2,50}}))?"
        rf"(?: \(?@?\w+\)?)? (?:on|at|via|\()\s*.{{0,40}}{_SOCIAL}",
        r"follow (?:every|the latest|all|us|live|along)\b.{0,80}$",
        rf"(?:contact|reach|e-?mail|write to|you can (?:reach|contact|follow|e-?mail))\b.{{0,80}}"
        rf"(?:@|on {_SOCIAL}|by e-?mail|at \d{{3}})",
        r"(?:have|got) (?:a|any) (?:news |story )?(?:tips?|questions?|stor(?:y|ies)|"
        r"confidential)\b.{0,30}\?",
        r"support (?:local|independent|our|quality) journalism\b",
        r"thank you for (?:supporting|reading|subscribing|joining|signing)\b",
        r"stay in the conversation\b|stay (?:tuned|connected|informed) (?:to|with|on) (?:us|our|"
        r"\w+['’]s)\b",
        r"(?:download|install) (?:the|our) [\w ’'.-]{1,40}\bapp\b",
        r"check out (?:our|all (?:the|our)|more of our)\b",
        r"for (?:more|all|the latest|breaking|details of the latest|the most)\b[^.]{0,200}?"
        r"\b(?:visit|follow|check|subscribe|click|download|head|go to|sign up|stay tuned|log on)\b",
        r"catch all the\b.{0,160}\b(?:news|updates)\b",
        r"(?:like|enjoy(?:ed)?|love) (?:this|what you)\b.{0,80}(?:\?|share|join|subscribe|sign)",
        r"if your day doesn['’]t start until you['’]re up to speed",
        r"\W*you can (?:also )?get [“\"'].{0,80}delivered to your inbox",
        r"hit play on the (?:player|podcast)\b|this transcript was (?:automatically )?generated",
        r"(?:tell us what you think|share your (?:thoughts|views|story)|join the (?:conversation|"
        r"discussion))\b.{0,60}$",
        r"would you like to receive\b|we will use the (?:information|details) you\b",
    ),
    "photo": _rule(
        r"(?:file )?(?:photos?|images?|pictures?|photographs?|pics?|illustrations?|graphics?|"
        r"videos?|screenshots?|"
        r"photo illustration|image source|featured image|cover image|main image)"
        r"(?: (?:credits?|courtesy|source|by|via|caption)(?: of)?)?\s*(?::|©|\||$)",
        r"(?:photo|image|picture|photograph|illustration)s? (?:credit|courtesy|by)\b.{0,80}$",
        r"(?:credits?|caption|image credit)\s*:",
        r"(?:hide|toggle|show|view) caption|enlarge (?:this )?image|view (?:gallery|image|"
        r"slideshow)|\d+ of \d+$",
    ),
    "credit": _rule(
        r"\(?(?:additional |with )?(?:reporting|writing|editing|translation) by\b",
        r"\(?(?:contributing|additional reporting|contributors?|contributed by|source|"
        r"sources)\s*:.{0,120}$",
        r"our standards\s*:|(?:learn )?more about our? (?:trust principles|fact-checking|"
        r"methodology)",
        r"our fact[- ]?check (?:work|sources)\b",
        r"from .{0,40}\bwire reports?$",
    ),
    "copyright": _rule(
        r"(?:©|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by|\w+ \d{4}))",
        r"this copy is for your personal\b",
    ),
    "notice": _rule(
        r"(?:advertisements?|advertising|advert|sponsored(?: content)?|promoted|paid post|"
        r"ad feedback|"
        r"video ad feedback|(?:story|article|content) continues(?: below)?\b.{0,40}|"
        r"scroll to continue\b.{0,30}|"
        r"continue reading(?: below| the main story)?|loading\W*|now playing\b.{0,80}|"
        r"filed under\b.{0,80}|"
        r"(?:tags?|topics?|categories|category)\s*:.{0,160}|back to top|skip to (?:main )?content|"
        r"menu|search)$",
        r"(?:no |\d+ |view |show |add |post |leave )?(?:a )?(?:comments?|repl(?:y|"
        r"ies))(?: \(?\d+\)?)?$",
        r"(?:we|this (?:web)?site|our (?:partners|website))\b.{0,60}\b(?:use|uses|store|"
        r"using) (?:\w+ ){0,3}cookies\b",
        r"(?:accept|manage|reject|decline|allow)(?: all)? (?:cookies|preferences|settings)\b",
        r"by (?:using|continuing|clicking|signing|subscribing|"
        r"submitting)\b.{0,80}\b(?:you (?:agree|consent|accept)|cookies)\b",
        r"order reprints$|print article$|report (?:an? )?(?:error|typo)$",
    ),
}
# Rules for words inside a line, tried only when the first word of each occurs in it.
INSIDE = {
    "disclosure": _rule(
        r"may (?:earn|receive|get|"
        r"be paid)(?: us)?(?: and [\w ]{1,40})?(?: an?)?(?: small)?(?: affiliate)? commission",
        r"(?:independently|carefully) (?:chosen|selected|reviewed|curated) by .{0,40}(?:editors?|"
        r"team|experts)",
        r"content partner (?:offering|providing|of)\b",
        r"prices (?:and availability )?(?:were|are) (?:accurate|correct) (?:at|as of)\b",
        r"(?:supported|possible|funded) in part by a grant\b",
        r"\bsee our ethics statement\b",
    ),
    "credit": _rule(
        r"\bcontributed (?:reporting\b|(?:to|reporting to|reporting for) this (?:report|story|"
        r"article))"
    ),
    "copyright": _rule(
        r"\ball rights reserved\b",
        r"\bmay not be (?:published|reproduced|republished|redistributed)[, ]",
    ),
    "photo": _rule(
        r"\((?:AP |file )?(?:photos?|images?|pictures?)\s*(?:by|credit|courtesy|/|:)[^)]*\)\s*$",
        r"\bAP Photo/",
        r"(?:/|via |by |: ?|\()(?:AFP|AP|EPA|REX|Reuters|Getty(?: Images)?|Shutterstock|NurPhoto|"
        r"iStock)"
        r"(?:[ /](?:via )?(?:Getty(?: Images)?|Shutterstock|AP|Images))?\)?\s*$",
        r"\bGetty Images\)?\s*$",
    ),
    "prompt": _rule(
        r"\bdelivered (?:straight |right |directly )?to your inbox\b",
        r"\bsign up (?:here|for (?:our|the|\w+['’]s|free)\b.{0,60}newsletter)",
        r"\bsubscribe to (?:our|the)\b.{0,60}\b(?:newsletter|channel|podcast)\b",
    ),
}
# A plain substring is found many times faster than a pattern: each line is asked for these.
GATE = tuple(
    "commission|independent|careful|partner|prices|in part|ethics|photo|image|picture|getty|afp|"
    "reuters|shutterstock|istock|nurphoto|/ap|ap)|epa|rex|inbox|sign up|subscribe|contributed|"
    "reserved|may not be".split("|")
)
BUTTONS = frozenset(
    "share tweet email e-mail print save copy link facebook twitter whatsapp linkedin pinterest "
    "reddit telegram flipboard x instagram youtube messenger threads bluesky pocket comment "
    "comments "
    "sms more subscribe login log in sign on this article story via bookmark listen gift".split()
)
FIRST_BUTTON = re.compile(
    r"(?:share|tweet|email|e-mail|print|facebook|twitter|whatsapp|copy link|linkedin)\b", re.I
)
MARK = re.compile(r"(?:[\s\-–—•*·▪◦‣●►\[>|]|\(?\d{1,2}[.)]\s)*")
BYLINE = re.compile(
    rf"(?:By|Written by|Reported by)\s+{_NAME}(?:(?:,| and| &|\s+\||\s+[-–—])\s.{{0,80}})?$"
)
TRAILING = re.compile(r"(?:…|\.\.\.)?\s*(?:Read|Show|See) [Mm]ore\s*$")
BIO = re.compile(
    rf"{_NAME}(?:,| is| has| was| cover| writes?| reports?| works?).{{0,80}}\b{_ROLE}s?\b|"
    rf"{_NAME} (?:covers|writes about|reports on)\b.{{0,80}}\b(?:for|at)\b",
)
BIO_CALL = re.compile(
    rf"\b(?:follow|reach|e-?mail|contact|find|send|tweet)\b.{{0,60}}(?:@|{_SOCIAL})|"
    r"\b(?:got into|passion(?:ate)? (?:for|about)|years of experience|when (?:he|she|"
    r"they)(?:['’]s| is|['’]re| are) not|"
    r"in (?:his|her|their) (?:free|spare) time|can be (?:reached|found|followed))\b|(?:…|"
    r"\.\.\.)\s*Read [Mm]ore",
    re.I,
)
BIO_PRESENT = re.compile(
    rf"{_NAME} is (?:an?|the)?\s*(?!.*\b(?:said|told|died|arrested|charged|"
    rf"accused)\b)[^.]{{0,70}}\b{_ROLE}\b"
    rf"[^.]{{0,120}}\b(?:at|for|with|covering|who covers|based|of)\b|{_NAME} (?:covers|"
    rf"writes about|reports on) [^.]{{3,80}} (?:for|at) "
)
BIO_GATE = tuple(
    "correspondent|report|editor|writer|columnist|journalist|contributor|producer|anchor|critic|"
    "blogger|intern|chief|commentator|author|photographer|checker|analyst|covers|writes".split("|")
)
DATE_LINE = re.compile(
    r"date\s*:?\s*(?:\d{4}-\d\d?-\d\d?|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}).{0,40}$", re.I
)
# A credit that ends a longer paragraph is marked by itself, for the paragraph is news.
CREDIT_TAIL = re.compile(r"(?<=[.!?”\"])\s+[^.!?]{3,90}$")
