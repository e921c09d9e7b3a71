"""Texts that people have pasted, each of which once broke a paper, a document or a workbook."""

from random import Random

ADDRESS = f"https://intranat.exempel.invalid/{'jamstalldhetsintegrering/' * 12}?id={'a' * 200}"
NOT_IN_OUR_FONTS = "中文报告 हिन्दी \ue000 │█"

HOSTILE = {
    "emoji": "Vi är nöjda 👍 ✅ med det vi gjort. Jåhkåmåhkke, Čohkkiras, Ŋ ŋ đ ŧ ž.",
    "kinds of emoji": "👩‍🏫 👍🏽 🇸🇪 ❤️ ✔️ ☺ 1️⃣ #️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "scripts": "السلام عليكم שָׁלוֹם ሰላም สวัสดี น้ำ Հայ ქართული Ўзбек Ελλάς",
    "signs": "⑩ ❶ ⚥ ♀ ♂ ⚧ ∈ ∀ ⇒ ☑ ☐ ✗ ★ ㎡ ℃ № ™ ﬁ 𝐀 Ａ ½ ‰ −",
    "beyond our fonts": NOT_IN_OUR_FONTS,
    "line ends": "Rad ett\x0brad två\x0crad tre\r\nrad fyra\rrad fem\u2028rad sex\u2029rad sju",
    "nobody sees them": "a\x07b\x00c\u200bd\u200ce\ufefff\u00adg\u2060h\ufe0fi\u034fj",
    "spaces": "80\u202f000 a\u2003b\u3000c\u1680d 👍\u00a0e 👍\u2009f",
    "no characters": "a\ufffeb\uffffc\U0001ffffd\ufffde",
    "decomposed": "O\u0308rebro, a\u030angest, x\u0301\u0302",
    "directions": "abc \u202edef\u202c ghi \u2067jkl\u2069",
    "markup": "<b>fet</b> & <script>alert(1)</script> {{ x }} </p></table><img src=x>",
    "address": f"Länk: {ADDRESS}",
    "addresses": "Skriv till anna.ek@exempel.invalid, se www.exempel.invalid (http://exempel.invalid/a?b=c&d=e).",
    "unbroken": "".join(Random(1).choices("abcdefghijklmnopqrstuvwxyzåäö", k=4000)),
    "list": "Vi mätte i tre veckor:\n- kvinnor 14\n- män 9\n\n1. Först det ena\n2. sedan det andra",
    "formula": '=HYPERLINK("http://exempel.invalid")',
}
