// What is pasted from Word, LibreOffice, Google Docs and the web, before ProseMirror reads it: its structure, not its looks.
import { Fragment, Slice } from "prosemirror-model";
import { DEEPEST_LIST, schema } from "./schema.js";
import { read } from "./markdown.js";

const TAG = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const GONE = "style, script, head, title, meta, link, base, img, object, iframe, svg, math, o\\:p, del, .MsoCommentReference, .msocomanchor, [data-style*='mso-element:comment'], [data-style*='mso-hide'], [data-style*='display:none']";

// The policy refuses `style=` and `on…=` and reports each, also where a page is only parsed: so they go as text, first.
function harmless(html) {
  return html
    .replace(/<!--[^]*?-->/g, "")
    .replace(/<!\[[^>]*\]>/g, "")
    .replace(/<(style|script|xml)\b[^]*?<\/\1\s*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style").replace(/\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, ""));
}

export function cleaned(html) {
  const page = new DOMParser().parseFromString(harmless(html), "text/html"), { body } = page;
  // What was copied from an editor of ours is as it should be.
  if (body.querySelector("[data-pm-slice]")) return body.innerHTML;
  // Only our own clipboard holds a table of the product.
  body.querySelectorAll("[data-placed]").forEach((box) => box.removeAttribute("data-placed"));
  takeNotes(body);
  body.querySelectorAll(GONE).forEach((part) => part.remove());
  markByLooks(body);
  makeLists(body);
  flattenTables(body);
  setHeadings(body);
  settleLists(body);
  unwrapLinks(body);
  return body.innerHTML;
}

const make = (near, tag, ...children) => {
  const element = near.ownerDocument.createElement(tag);
  element.append(...children);
  return element;
};
const rename = (element, tag) => element.replaceWith(make(element, tag, ...element.childNodes));
const looks = (element) => (element.dataset.style ?? "").replace(/\s+/g, "").toLowerCase();

// Word's and LibreOffice's footnotes: a link in the text, and what it leads to at the end.
function takeNotes(body) {
  for (const call of body.querySelectorAll("a[href^='#_ftn']:not([href^='#_ftnref']), a[href^='#_edn']:not([href^='#_ednref']), a.sdfootnoteanc, a.sdendnoteanc")) {
    const name = call.getAttribute("href").slice(1);
    const back = body.querySelector(`[id="${CSS.escape(name.replace(/^_/, ""))}"], [id="${CSS.escape(name.replace(/sym$/, ""))}"]`);
    if (!back) continue;
    const words = back.cloneNode(true);
    words.querySelectorAll("a[href^='#_ftnref'], a[href^='#_ednref'], a.sdfootnotesym, a.sdendnotesym").forEach((sign) => sign.remove());
    const text = words.textContent.trim().replace(/\s+/g, " ");
    const sup = make(body, "sup");
    sup.dataset.footnote = text;
    if (text) call.replaceWith(sup);
  }
  body.querySelectorAll("[data-style*='mso-element:footnote'], [data-style*='mso-element:endnote'], div[id^=sdfootnote], div[id^=sdendnote]").forEach((part) => part.remove());
}

// The edge, since Word writes mso-bidi-font-weight too. Google Docs makes a bold element of all that is copied, and says with its looks that it is not.
function markByLooks(body) {
  for (const element of body.querySelectorAll("b, strong, i, em")) {
    const isPlain = element.matches("b, strong") ? /(^|;)font-weight:(normal|400)/ : /(^|;)font-style:normal/;
    if (isPlain.test(looks(element))) element.replaceWith(...element.childNodes);
  }
  for (const element of body.querySelectorAll("span[data-style], font[data-style]")) {
    if (/(^|;)font-weight:(bold|[6-9]00)/.test(looks(element))) element.replaceChildren(make(element, "strong", ...element.childNodes));
    if (/(^|;)font-style:italic/.test(looks(element))) element.replaceChildren(make(element, "em", ...element.childNodes));
  }
}

// Word's lists are paragraphs, with the sign as text.
function makeLists(body) {
  for (const line of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const level = /mso-list:l\d+level(\d+)/.exec(looks(line));
    if (!level || line.matches("h1, h2, h3, h4, h5, h6")) {
      dropSign(line); // the number of a heading
      continue;
    }
    const sign = dropSign(line), kind = /[0-9a-z]+[.)]/i.test(sign) ? "ol" : "ul";
    putInList(line, kind, Math.min(Number(level[1]), DEEPEST_LIST));
  }
}

function dropSign(line) {
  const signs = [...line.querySelectorAll("[data-style*='mso-list']")].filter((part) => looks(part).includes("mso-list:ignore"));
  const words = signs.map((part) => part.textContent).join("").trim();
  signs.forEach((part) => part.remove());
  return words;
}

function putInList(line, kind, level) {
  const item = make(line, "li", make(line, "p", ...line.childNodes));
  let list = line.previousElementSibling?.matches("[data-made]") && isNothing(line.previousSibling, line.previousElementSibling) ? line.previousElementSibling : null;
  if (list && level === 1 && list.localName !== kind) list = null;
  if (!list) {
    list = make(line, kind);
    list.dataset.made = "";
    line.before(list);
  }
  for (let depth = 1; depth < level; depth += 1) {
    const last = list.lastElementChild ?? list.appendChild(make(line, "li", make(line, "p")));
    list = [...last.children].find((part) => part.matches("ul, ol")) ?? last.appendChild(make(line, kind));
  }
  list.append(item);
  line.remove();
}

// Only space stands between the two.
function isNothing(node, until) {
  for (let other = node; other && other !== until; other = other.previousSibling) if (other.textContent.trim()) return false;
  return true;
}

// A table is a paragraph for each row; what stands in its head is bold.
function flattenTables(body) {
  const tables = [...body.querySelectorAll("table")].reverse(); // the inner ones first
  for (const table of tables) {
    const rows = [...table.querySelectorAll("tr")].map((row) => {
      const isHead = row.closest("thead") || [...row.cells].every((cell) => cell.localName === "th");
      const texts = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(" – ");
      return texts && make(row, "p", isHead ? make(row, "strong", texts) : texts);
    });
    const caption = table.caption?.textContent.trim();
    table.replaceWith(...(caption ? [make(table, "p", caption)] : []), ...rows.filter(Boolean));
  }
}

function setHeadings(body) {
  for (const title of body.querySelectorAll("p.MsoTitle, p.title")) rename(title, "h1");
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => [heading, Number(heading.localName[1])]);
  const highest = Math.min(...headings.map(([, rank]) => rank));
  for (const [heading, rank] of headings) {
    if (heading.closest("li, blockquote")) heading.replaceWith(make(heading, "p", make(heading, "strong", ...heading.childNodes)));
    else rename(heading, rank === highest ? "h3" : "h4");
  }
}

// An item has a line and perhaps a list, three deep at most.
function settleLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    if (list.previousElementSibling) list.previousElementSibling.append(list);
    else list.replaceWith(...list.childNodes);
  }
  for (const item of body.querySelectorAll("li")) {
    const parts = [...item.childNodes], lists = parts.filter((part) => part.matches?.("ul, ol"));
    const lines = [[]];
    for (const part of parts.filter((other) => !lists.includes(other))) {
      if (part.matches?.("p, div, blockquote, pre")) lines.push([...part.childNodes], []);
      else lines.at(-1).push(part);
    }
    const words = lines.filter((line) => line.some((part) => part.textContent.trim() || part.matches?.("[data-footnote]")));
    const paragraph = make(item, "p", ...words.flatMap((line, place) => (place ? [make(item, "br"), ...line] : line)));
    const [first, ...others] = lists;
    others.forEach((other) => first.append(...other.childNodes));
    item.replaceChildren(paragraph, ...(first ? [first] : []));
  }
  const tooDeep = `${"li ".repeat(DEEPEST_LIST)}:is(ul, ol)`;
  for (let list = body.querySelector(tooDeep); list; list = body.querySelector(tooDeep)) {
    list.parentElement.after(...list.children);
    list.remove();
  }
}

function unwrapLinks(body) {
  for (const link of body.querySelectorAll("a")) if (!/^(https?:\/\/|mailto:)/i.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
}

// Plain text: its paragraphs, lines and lists, and no sign with a meaning.
export function sliceOf(text) {
  const safe = text.replace(/[\\*^[\]]/g, "\\$&").replace(/^([#>])/gm, "\\$1");
  return new Slice(Fragment.from(schema.nodeFromJSON(read(safe)).content), 1, 1);
}
