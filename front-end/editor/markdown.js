// The subset of Markdown in which the textarea holds the text: as kit/rich/markdown.py, rule by rule.
import { DEEPEST_LIST, isAddress, isRef } from "./schema.js";
import { BREAK, lineUp, run, split, tidyLine } from "./tidying.js";

// ── Writing

export const write = (doc) => blocksOf(doc.content ?? []).join("\n\n");

function blocksOf(nodes) {
  const written = [];
  let last = null;
  for (const node of nodes) {
    for (const text of blockOf(node)) {
      // Lists of the same kind that follow each other are one; their lines stand together.
      if (last && isList(node) && last.type === node.type) written.push(written.pop() + "\n" + text);
      else written.push(text);
      last = node;
    }
  }
  return written;
}

const isList = (node) => node.type.endsWith("_list");

function blockOf(node) {
  if (node.type === "paragraph") return split(tidyLine(runsOf(node))).map(lineOf);
  if (node.type === "heading") {
    const line = tidyLine(runsOf(node).map((part) => (part === BREAK ? run(" ") : part.text === undefined ? part : { ...part, text: part.text.replaceAll("\n", " "), strong: false })));
    const isNamed = line.some((part) => part.note === undefined); // a footnote alone names nothing
    return line.length ? [`${isNamed ? `${"#".repeat(node.attrs.level)} ` : ""}${lineOf(line)}`] : [];
  }
  if (node.type === "blockquote") {
    const inner = blocksOf(node.content ?? []).join("\n\n");
    return inner ? [inner.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")] : [];
  }
  if (node.type === "placed") {
    const caption = lineUp(node.attrs.text, 300);
    return caption ? [`![${escaped(caption)}]{${node.attrs.ref}}`] : [];
  }
  const items = itemsOf(node);
  return items.length ? [listOf(items, node.type === "ordered_list", "").join("\n")] : [];
}

// Items with their line and their nested items; an empty one gives its place to what is nested in it.
function itemsOf(list) {
  return (list.content ?? []).flatMap((item) => {
    const [paragraph, nested] = item.content;
    const line = tidyLine(runsOf(paragraph), 1), inner = nested ? itemsOf(nested) : [];
    return line.length ? [{ line, inner, isNumbered: nested?.type === "ordered_list" }] : inner;
  });
}

function listOf(items, isNumbered, indent) {
  return items.flatMap(({ line, inner, isNumbered: within }, place) => {
    const sign = isNumbered ? `${place + 1}. ` : "- ", deeper = indent + " ".repeat(sign.length);
    return [indent + sign + lineOf(line).replaceAll("\n", `\n${deeper}`), ...listOf(inner, within, deeper)];
  });
}

function runsOf(node) {
  return (node.content ?? []).map((part) => {
    if (part.type === "hard_break") return BREAK;
    if (part.type === "footnote") return { note: part.attrs.text };
    if (part.type === "figure") return { ref: part.attrs.ref, words: part.attrs.text };
    const marks = Object.fromEntries((part.marks ?? []).map((mark) => [mark.type, mark.attrs?.href ?? true]));
    return run(part.text, Boolean(marks.strong), Boolean(marks.em), marks.link ?? "");
  });
}

function lineOf(line) {
  let text = "", strong = false, em = false, href = "";
  for (const part of [...line, BREAK]) {
    const wanted = part.text === undefined ? run("") : part;
    if (href && wanted.href !== href) text += `](${href.replace(/[\\()]/g, "\\$&")})`;
    text += "*".repeat((wanted.em !== em ? 1 : 0) + (wanted.strong !== strong ? 2 : 0));
    if (wanted.href && wanted.href !== href) text += "[";
    ({ strong, em, href } = wanted);
    text += inlineOf(part);
  }
  return text.slice(0, -1).split("\n").map(safeStart).join("\n");
}

const escaped = (text) => text.replace(/[\\*^[\]]/g, "\\$&");

function inlineOf(part) {
  if (part === BREAK) return "\n";
  if (part.ref !== undefined) return `[${escaped(part.words)}]{${part.ref}}`;
  return part.note === undefined ? escaped(part.text) : `^[${escaped(part.note)}]`;
}

function safeStart(line) {
  if (/^(?:[#>]|!\[|[-•](?:\s|$))/.test(line)) return `\\${line}`;
  return line.replace(/^([0-9]{1,5})(?=[.)](?:\s|$))/, "$1\\");
}

// ── Reading

const HEADING = /^(#{1,6})\s+(?=\S)/;
const QUOTE = /^> ?/;
const ITEM = /^(\s*)([-*•]|[0-9]{1,5}[.)])\s+(?=\S)/;
const INDENTED = /^\s+\S/;
const PLACED = /^!\[((?:\\[^\n]|[^[\]\\\n])+)\]\{([a-z0-9][a-z0-9._-]*)\}$/;
const isBullet = (sign) => "-*•".includes(sign);

export function read(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").map((line) => line.trimEnd());
  const content = blocksIn(lines, false);
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

function blocksIn(lines, isQuoted) {
  const blocks = [];
  let place = 0;
  while (place < lines.length) {
    const line = lines[place], heading = !isQuoted && HEADING.exec(line), placed = !isQuoted && placedIn(line);
    let end = place + 1;
    if (!line) {
      // Nothing stands here.
    } else if (heading) {
      const runs = tidyLine(inlinesIn(line.slice(heading[0].length))).map((part) => (part.text === undefined ? part : { ...part, strong: false }));
      const isNamed = runs.some((part) => part.note === undefined), content = nodesOf(tidyLine(runs));
      if (isNamed) blocks.push({ type: "heading", attrs: { level: Math.min(heading[1].length, 2) }, content });
      else if (content.length) blocks.push({ type: "paragraph", content });
    } else if (placed) {
      if (placed.attrs.text) blocks.push(placed);
    } else if (!isQuoted && QUOTE.test(line)) {
      end = endOf(lines, place, (other) => QUOTE.test(other));
      const inner = blocksIn(lines.slice(place, end).map((other) => other.replace(QUOTE, "")), true);
      if (inner.length) blocks.push({ type: "blockquote", content: inner });
    } else if (beginsList(line)) {
      end = endOfList(lines, place);
      blocks.push(listIn(lines.slice(place, end)));
    } else {
      end = endOf(lines, end, (other) => isRunning(other, isQuoted));
      const words = lines.slice(place, end).map((other) => other.trim()).join("\n");
      for (const part of split(tidyLine(inlinesIn(words)))) blocks.push({ type: "paragraph", content: nodesOf(part) });
    }
    place = end;
  }
  return blocks;
}

function placedIn(line) {
  const [, words, ref] = PLACED.exec(line) ?? [];
  return ref && isRef(ref) ? { type: "placed", attrs: { ref, text: lineUp(plain(words), 300) } } : null;
}

function endOf(lines, from, belongs) {
  let place = from;
  while (place < lines.length && belongs(lines[place])) place += 1;
  return place;
}

const isRunning = (line, isQuoted) => Boolean(line) && !beginsList(line) && (isQuoted || !(HEADING.test(line) || QUOTE.test(line) || placedIn(line)));

// A list counts from 1: a line that begins with another number says something else.
function beginsList(line) {
  const item = ITEM.exec(line);
  return Boolean(item) && (isBullet(item[2]) || item[2].slice(0, -1) === "1");
}

function endOfList(lines, from) {
  const isNumbered = !isBullet(ITEM.exec(lines[from])[2]);
  const goesOn = (line) => {
    const item = ITEM.exec(line);
    return Boolean(item) && (Boolean(item[1]) || !isBullet(item[2]) === isNumbered);
  };
  let end = from + 1;
  while (end < lines.length) {
    if (!lines[end]) {
      const after = endOf(lines, end, (other) => !other);
      if (after === lines.length || !goesOn(lines[after])) break;
      end = after;
    } else if (!goesOn(lines[end]) && !INDENTED.test(lines[end])) break;
    end += 1;
  }
  return end;
}

function listIn(lines) {
  const open = (indent, sign) => ({ indent, isNumbered: !isBullet(sign), items: [] });
  const first = ITEM.exec(lines[0]), outer = open(first[1].length, first[2]), stack = [outer];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (!item) {
      if (line) stack.at(-1).items.at(-1).words.push(line.trim());
      continue;
    }
    const indent = item[1].length;
    while (stack.length > 1 && indent < stack.at(-1).indent) stack.pop();
    if (stack.at(-1).items.length && indent >= stack.at(-1).indent + 2 && stack.length < DEEPEST_LIST) {
      const within = stack.at(-1).items.at(-1);
      within.nested ??= open(indent, item[2]);
      within.nested.indent = indent;
      stack.push(within.nested);
    }
    stack.at(-1).items.push({ words: [line.slice(item[0].length)], nested: null });
  }
  return closed(outer);
}

const closed = ({ isNumbered, items }) => ({
  type: isNumbered ? "ordered_list" : "bullet_list",
  content: items.map(({ words, nested }) => ({
    type: "list_item",
    content: [{ type: "paragraph", content: nodesOf(tidyLine(inlinesIn(words.join("\n")), 1)) }, ...(nested ? [closed(nested)] : [])],
  })),
});

function nodesOf(line) {
  return line.map((part) => {
    if (part === BREAK) return { type: "hard_break" };
    if (part.note !== undefined) return { type: "footnote", attrs: { text: part.note } };
    if (part.ref !== undefined) return { type: "figure", attrs: { ref: part.ref, text: part.words } };
    const marks = [];
    if (part.href) marks.push({ type: "link", attrs: { href: part.href } });
    if (part.strong) marks.push({ type: "strong" });
    if (part.em) marks.push({ type: "em" });
    return marks.length ? { type: "text", text: part.text, marks } : { type: "text", text: part.text };
  });
}

const TOKEN = /(?<escaped>\\[\\*[\]()#>\-•.^!])|(?<stars>\*+)|\^\[(?<note>(?:\\[^\n]|[^[\]\\\n])+)\]|\[(?<words>(?:\\[^\n]|[^[\]\\\n])+)\](?:\((?<href>(?:\\[^\s]|[^()\\\s])+)\)|\{(?<ref>[a-z0-9][a-z0-9._-]*)\})|(?<text>[^\\*[^]+|[^])/g;
const plain = (text) => text.replace(/\\([\\*[\]()#>\-•.^!])/g, "$1");

function tokensIn(text, href) {
  const tokens = [];
  for (const match of text.matchAll(TOKEN)) {
    const { escaped: sign, stars, note, words, ref } = match.groups;
    const address = words && !ref && !href ? plain(match.groups.href) : "";
    if (sign) tokens.push({ text: sign[1], href });
    else if (stars) {
      const after = text[match.index + stars.length] ?? "", before = text[match.index - 1] ?? "";
      tokens.push({ number: stars.length, opens: Boolean(after.trim()), closes: Boolean(before.trim()), href });
    } else if (note && !href) tokens.push({ note: plain(note) });
    else if (ref && !href && isRef(ref)) tokens.push({ ref, words: plain(words) });
    else if (address && isAddress(address)) tokens.push(...tokensIn(words, address));
    else tokens.push({ text: match[0], href });
  }
  return tokens;
}

// The place of the last stars that switch a mark off; those after it that would switch it on are text.
function lastSwitch(tokens, width) {
  let isOn = false, last = -1;
  tokens.forEach(({ number, opens, closes }, place) => {
    if (![width, 3].includes(number) || !(isOn ? closes : opens)) return;
    isOn = !isOn;
    if (!isOn) last = place;
  });
  return last;
}

function inlinesIn(text) {
  const tokens = tokensIn(text, ""), ends = { strong: lastSwitch(tokens, 2), em: lastSwitch(tokens, 1) }, line = [];
  let strong = false, em = false;
  tokens.forEach((token, place) => {
    if (token.number === undefined) return line.push(token.text === undefined ? token : run(token.text, strong, em, token.href));
    let left = token.number;
    if ([2, 3].includes(left) && place <= ends.strong && (strong ? token.closes : token.opens)) [strong, left] = [!strong, left - 2];
    if ([1, 3].includes(left) && place <= ends.em && (em ? token.closes : token.opens)) [em, left] = [!em, left - 1];
    if (left) line.push(run("*".repeat(left), strong, em, token.href));
  });
  return line;
}
